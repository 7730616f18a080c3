"""The house of conversations: each test runs on Slack and on Microsoft Teams."""

import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house import Clock, House, open_house
from tests.sides import Side
from tests.sides.slack import SlackSide
from tests.sides.teams import TeamsSide

SIDES: dict[str, Callable[[Clock], Side]] = {"slack": SlackSide, "teams": TeamsSide}


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once() -> Iterator[None]:
    """Each of httpx's clients reads all of the world's certificates, which takes a tenth of a second a house."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(params=sorted(SIDES))
def side(request: pytest.FixtureRequest) -> Callable[[Clock], Side]:
    return SIDES[str(request.param)]


@pytest.fixture
async def quiet_house(tmp_path: Path, side: Callable[[Clock], Side]) -> AsyncIterator[House]:
    """dpbot is connected; no paper is stored. The fixtures of tests/conftest.py begin with it."""
    async with open_house(tmp_path, sides=[side]) as house, house.connected():
        yield house
