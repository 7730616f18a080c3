"""dpbot in Teams, with the sample paper posted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.teams.hearing import TeamsHouse, teams_house


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsHouse]:
    async with teams_house(tmp_path) as house:
        await house.publishes()
        yield house
