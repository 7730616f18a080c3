"""What every test may ask for: a house with dpbot in it, a terminal. And CI's rule: what cannot be tested fails."""

import os
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from bot.environment import Secrets
from tests.house import CONFIG, PAPER, ROSTER, SAMPLE, House, open_house, published
from tests.terminal import Terminal


@pytest.fixture(autouse=True)
def _measured(request: pytest.FixtureRequest) -> Iterator[None]:
    """Coverage looks away from tests marked `unmeasured`: in xdist's workers pytest-cov's `no_cover` does nothing."""
    trace = sys.gettrace()
    if request.node.get_closest_marker("unmeasured"):
        sys.settrace(None)
    yield
    sys.settrace(trace)


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


@pytest.fixture
async def queued(quiet_house: House) -> House:
    """The sample paper's seven posts and a pin are queued; nothing is sent yet."""
    await quiet_house.imports()
    await quiet_house.queues()
    return quiet_house


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Before `dpbot db upgrade`."""
    for name in Secrets.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(tmp_path, monkeypatch, capsys)
    terminal.file("config.toml", CONFIG)
    terminal.file("roster.csv", ROSTER)
    return terminal


@pytest.fixture
def terminal(empty: Terminal) -> Terminal:
    """With a database."""
    assert empty.types("db", "upgrade").code == 0
    return empty


@pytest.fixture
def stored(terminal: Terminal) -> Terminal:
    """With the sample paper in it."""
    assert terminal.types("import", SAMPLE, answer="y\n").code == 0
    return terminal


@pytest.fixture
def posted(stored: Terminal) -> Terminal:
    """With its posts queued."""
    assert stored.types("publish", PAPER).code == 0
    return stored


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
