"""What every test may ask for: a house with dpbot in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import House, open_house, published


@pytest.fixture
async def quiet_house(tmp_path: Path) -> AsyncIterator[House]:
    """dpbot is connected; no paper is stored."""
    async with open_house(tmp_path) as house, house.connected():
        yield house


@pytest.fixture
async def house(quiet_house: House) -> House:
    """dpbot is connected and the sample paper is posted."""
    await published(quiet_house)
    return quiet_house
