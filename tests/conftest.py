"""What every test may ask for: a house with dpbot in it, a terminal. And CI's rule: what cannot be tested fails."""

import gc
import os
import sys
import threading
from collections.abc import AsyncIterator, Generator, Iterator
from compileall import compile_dir
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

import pytest
from jinja2 import Environment

from bot import db
from bot.environment import Secrets
from tests.databases import new_database
from tests.house import CONFIG, PAPER, ROOT, ROSTER, SAMPLE, House, open_house
from tests.repeated import published_again
from tests.terminal import Terminal

LONG = {"test_crash.py", "test_wheel.py"}  # more than ten seconds in one test
# What happens in these, other tests cover: to measure it again would take a third of their time.
COVERED = {"test_compilation.py", "test_compiling.py", "test_counts.py", "test_demo.py", "test_docs.py", "test_run.py"}
COVERED |= {"test_events.py", "test_marks.py", "test_sweeping.py", "test_private_comments.py", "test_golden.py"}
Kept = dict[tuple[str | Path, ...], bytes]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    """Coverage looks at what tests do, not at what is made ready for them: every house would be measured again."""
    with unmeasured():
        yield


pytest_runtest_teardown = pytest_runtest_setup


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Nor at tests marked `unmeasured`: in xdist's workers pytest-cov's `no_cover` does nothing."""
    with unmeasured() if item.get_closest_marker("unmeasured") else nullcontext():
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Each house has a renderer of its own; they would all have Jinja compile the same templates."""
    compiled, compile_one = dict[tuple[object, ...], object](), Environment.compile

    def compile_once(self: Environment, *source: object, **how: object) -> object:
        settings = (type(self), self.autoescape, *_same(self.finalize))
        key = (*settings, *source, *how.items())
        if key not in compiled:
            compiled[key] = compile_one(self, *source, **how)  # type: ignore[call-overload]
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


def _same(function: object) -> tuple[object, ...]:
    """Equal for functions that do the same: of one code, with the same values in it."""
    cells = getattr(function, "__closure__", None) or ()
    return getattr(function, "__code__", function), *(cell.cell_contents for cell in cells)


@contextmanager
def unmeasured() -> Iterator[None]:
    here, threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        yield
    finally:
        sys.settrace(here)
        threading.settrace(threads)


@pytest.fixture
def impatient_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite gives up on a locked database at once, not after ten seconds."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)


@pytest.fixture
async def quiet_house(tmp_path: Path) -> AsyncIterator[House]:
    """dpbot is connected; no paper is stored."""
    async with open_house(tmp_path) as house, house.connected():
        yield house


@pytest.fixture
async def house(quiet_house: House) -> House:
    """dpbot is connected and the sample paper is posted."""
    await published_again(quiet_house)
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
    new_database(empty.folder / "dpbot.db")
    return empty


@pytest.fixture
def stored(terminal: Terminal, kept: Kept) -> Terminal:
    """With the sample paper in it."""
    return _typed_once(kept, terminal, "import", SAMPLE, answer="y\n")


@pytest.fixture
def posted(stored: Terminal, kept: Kept) -> Terminal:
    """With its posts queued."""
    return _typed_once(kept, stored, "publish", PAPER)


@pytest.fixture(scope="session")
def kept() -> Kept:
    """The databases that commands left, by the words of the command."""
    return {}


def _typed_once(kept: Kept, terminal: Terminal, *words: str | Path, answer: str = "") -> Terminal:
    """The command is typed for the first test of a process; the others have its database copied."""
    path = terminal.folder / "dpbot.db"
    if words not in kept:
        assert terminal.types(*words, answer=answer).code == 0
        kept[words] = path.read_bytes()
    path.write_bytes(kept[words])
    return terminal


def pytest_configure() -> None:
    """Many tests start dpbot in a process: where Python writes no bytecode, each would compile the house again."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for room in ("bot", "handlers", "templates"):
            compile_dir(ROOT / room, quiet=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first: at the end, one process would wait for another's."""
    items.sort(key=lambda item: item.path.name not in LONG)
    for item in items:
        if item.path.name in COVERED or item.path.parent.name == "conversations":
            item.add_marker("unmeasured")


def pytest_collection_finish() -> None:
    """What is imported and collected stays: the garbage collector need not look through it, nor look all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


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
