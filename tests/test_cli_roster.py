"""`dpbot roster`: what an analyst types and reads; nothing is stored without a yes."""

from pathlib import Path

import pytest

from bot import roster_commands
from bot.config import load_config
from tests.house import ROBIN, ROSTER
from tests.terminal import Shown, Terminal

BY = ("--by", ROBIN)


def imports(terminal: Terminal, *words: str, answer: str = "y\n", file: str = "roster.csv") -> Shown:
    return terminal.types("roster", "import", file, *BY, *words, answer=answer)


def moved(terminal: Terminal) -> None:
    """Ada has moved, Isla has left, Jo has come."""
    *others, isla = ROSTER.splitlines()
    text = "\n".join(others).replace("Ada Firth,Northshire Energy", "Ada Firth,Calder Networks")
    terminal.file("roster.csv", f"{text}\n{isla.replace('isla.beck', 'jo.stone').replace('Isla Beck', 'Jo Stone')}\n")


def test_what_a_roster_would_change_is_shown_and_asked(terminal: Terminal) -> None:
    assert imports(terminal).code == 0
    moved(terminal)
    shown = imports(terminal)

    assert shown.code == 0
    assert [line.strip() for line in shown.out.splitlines()] == [
        "new      Jo Stone, Ribble Security  |  SSC, member, SSC 1",
        "changed  Ada Firth  |  OPSG  |  organisation: Northshire Energy, now Calder Networks",
        "ended    Isla Beck, Ribble Security  |  SSC, member, SSC 1",
        "1 row new, 1 changed, 1 ended; 6 as before.",
        "The roster has 8 rows now. What it said before is kept; comments keep the organisation they were made for.",
    ]
    assert "Make this the roster?" in shown.err


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_without_a_yes_nothing_is_stored(terminal: Terminal, answer: str) -> None:
    shown = imports(terminal, answer=answer)

    assert (shown.code, shown.err.splitlines()[-1].endswith("Nothing was stored.")) == (1, True)
    assert terminal.rows("seats") == []


def test_the_same_file_twice_changes_nothing_and_asks_nothing(terminal: Terminal) -> None:
    assert imports(terminal, "--yes").code == 0
    before = terminal.rows("seats")
    shown = imports(terminal, answer="")

    assert (shown.code, shown.out, shown.err) == (0, "The roster is as in the file: nothing changes.\n", "")
    assert terminal.rows("seats") == before


@pytest.mark.parametrize("name", ["kept.csv", "kept.xlsx"])
def test_what_is_exported_is_imported_again_without_a_change(terminal: Terminal, name: str) -> None:
    assert imports(terminal, "--yes").code == 0
    exported = terminal.types("roster", "export", name)
    again = imports(terminal, answer="", file=name)

    assert (exported.code, exported.out) == (0, f"8 rows are in {name}.\n")
    assert again.out == "The roster is as in the file: nothing changes.\n"


def test_what_is_wrong_with_a_roster_is_a_line_a_mistake_and_nothing_is_stored(terminal: Terminal) -> None:
    terminal.file("roster.csv", ROSTER.replace("observer", "watcher").replace(",SSC,", ",TABASC,"))
    shown = imports(terminal, "--yes")

    assert (shown.code, shown.out) == (1, "")
    assert shown.err.splitlines() == [
        'roster.csv: line 6: capacity: found "watcher"; allowed: member, alternate, observer, chair.',
        'roster.csv: line 9: Sub-Committee: found "TABASC"; allowed: OPSG or SSC.',
    ]
    assert terminal.rows("seats") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["import", "roster.csv"],
            "Say with --by which analyst you are: an address in [secas] analysts of config.toml.",
        ),
        (
            ["import", "roster.csv", "--by", "ada.firth@northshire.example"],
            "ada.firth@northshire.example is no analyst: --by takes an address in [secas] analysts.",
        ),
        (
            ["import", "no.csv", *BY],
            "no.csv: it cannot be read (No such file or directory); allowed is a .csv or .xlsx file.",
        ),
        (["import", "config.toml", *BY], "config.toml is no roster: allowed are .csv and .xlsx files."),
        (["export", "roster.txt"], "roster.txt is no roster: allowed are .csv and .xlsx files."),
    ],
)
def test_what_is_not_possible_is_one_sentence(terminal: Terminal, words: list[str], sentence: str) -> None:
    shown = terminal.types("roster", *words)

    assert shown.code in {1, 2}
    assert (shown.out, shown.sentence) == ("", sentence)


def test_where_no_analyst_is_named_the_computers_user_imports(terminal: Terminal) -> None:
    terminal.configures(f'analysts = ["{ROBIN}"]', "analysts = []")

    assert terminal.types("roster", "import", "roster.csv", "--yes").code == 0
    assert len(terminal.rows("seats")) == 8


def test_the_preview_has_the_roster_that_is_named_else_the_one_beside_else_the_databases(
    terminal: Terminal, tmp_path: Path
) -> None:
    config = load_config(tmp_path / "config.toml")
    terminal.file("other.csv", "\n".join(ROSTER.splitlines()[:2]))
    assert len(roster_commands.rows_of(tmp_path / "other.csv", config)) == 1
    assert len(roster_commands.rows_of(None, config)) == 8

    assert imports(terminal, "--yes", file="other.csv").code == 0
    (tmp_path / "roster.csv").unlink()
    assert len(roster_commands.rows_of(None, config)) == 1

    (tmp_path / "dpbot.db").unlink()
    assert roster_commands.rows_of(None, config) == ()
