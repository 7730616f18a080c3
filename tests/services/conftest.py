"""Fixtures for tests of services: an empty database, and the record of a paper whose posts are out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Config
from bot.db import Sessions
from tests.services.hearing import Record, configured, open_database, open_record


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    async with open_database(tmp_path) as opened:
        yield opened


@pytest.fixture
async def record(tmp_path: Path) -> AsyncIterator[Record]:
    async with open_record(tmp_path) as opened:
        yield opened
