"""What every test may ask for: a house with dpbot in it. And CI's rule: what cannot be tested there is a failure."""

import os
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import TypeVar

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


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _no_skip_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _no_skip_in_ci((yield))


def _no_skip_in_ci(report: Report) -> Report:
    """CI provides everything that tests need: there, what skips has failed."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} must not be skipped in CI: {report.longrepr}"
    return report
