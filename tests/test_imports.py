"""Imports run one way: the contracts hold, and an import that climbs is found and named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code in another place, to make faults in."""
    for name in ("bot", "handlers", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """Exit code and report of import-linter on the code in this folder."""
    done = subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def add(folder: Path, file: str, line: str) -> None:
    path = folder / file
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")


def test_every_contract_holds(copy: Path) -> None:
    code, report = lint(copy)

    assert code == 0, report
    assert "Contracts: 3 kept, 0 broken." in report


@pytest.mark.parametrize(
    ("file", "line", "contract", "found"),
    [
        ("bot/rules/dates.py", "import bot.services", "Imports run one way", "bot.rules.dates -> bot.services"),
        ("bot/errors.py", "import bot.domain", "Imports run one way", "bot.errors -> bot.domain"),
        ("bot/services/desk.py", "import bot.app", "Imports run one way", "bot.services.desk -> bot.app"),
        (
            "bot/services/collecting.py",
            "import slack_sdk",
            "No chat platform below handlers",
            "bot.services.collecting -> slack_sdk",
        ),
        (
            "bot/confined.py",
            "import slack_sdk",
            "No chat platform below handlers",
            "bot.confined -> slack_sdk",
        ),
        ("bot/jobs.py", "import handlers.slack", "No chat platform below handlers", "bot.jobs -> handlers.slack"),
        (
            "handlers/sandbox/store.py",
            "import bot.domain",
            "The sandbox stands alone",
            "handlers.sandbox.store -> bot.domain",
        ),
        (
            "handlers/sandbox/text.py",
            "import slack_sdk",
            "The sandbox stands alone",
            "handlers.sandbox.text -> slack_sdk",
        ),
    ],
)
def test_an_import_that_climbs_is_found_and_named(copy: Path, file: str, line: str, contract: str, found: str) -> None:
    add(copy, file, line)

    code, report = lint(copy)

    assert code == 1, report
    assert f"{contract} BROKEN" in report
    assert found in report.replace("\n", " ")
