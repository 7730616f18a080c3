"""dpbot in Teams, with the sample paper posted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.repeated import published_again
from tests.sides.teams_house import TeamsHouse, teams_house


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsHouse]:
    async with teams_house(tmp_path) as house:
        await published_again(house.house)
        yield house
