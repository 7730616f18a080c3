"""dpbot over signed HTTP, for the tests that need it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.slack.hearing import heard_over_http
from tests.house import House, published


@pytest.fixture
async def http_house(tmp_path: Path, impatient_database: None) -> AsyncIterator[House]:
    """dpbot hears over signed HTTP, where what is not acknowledged is said at once; the sample paper is posted."""
    async with heard_over_http(tmp_path) as house:
        await published(house)
        yield house
