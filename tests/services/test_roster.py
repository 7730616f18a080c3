"""The roster: what may stand in it, what is said of mistakes, and what a change of it does while dpbot runs."""

import logging
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.domain import Capacity
from bot.errors import UserError
from bot.services.people import Roster, RosterFile, RosterRow, load_roster
from tests.house import ROOT

HEADING = "e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity"
ADA = "ada@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,OPSG,Large Supplier 1,member"


def write(config: Config, *lines: str, end: str = "\n", encoding: str = "utf-8") -> Path:
    config.roster_path.write_bytes((end.join(lines) + end).encode(encoding))
    return config.roster_path


def read(config: Config, *lines: str, end: str = "\n", encoding: str = "utf-8") -> Roster:
    return load_roster(write(config, *lines, end=end, encoding=encoding), config)


def mistake(config: Config, *lines: str) -> str:
    """The sentence for a roster of these lines, without the file's name."""
    path = write(config, *lines)
    with pytest.raises(UserError) as refused:
        load_roster(path, config)
    sentence = str(refused.value)
    assert sentence.startswith(f"{path}: ")
    assert sentence.isprintable()
    return sentence.removeprefix(f"{path}: ")


def is_read_or_one_line(path: Path, config: Config) -> bool:
    """Whether the file is a roster, or is refused in one line; anything else that happens is raised."""
    try:
        load_roster(path, config)
    except UserError as error:
        return str(error).startswith(f"{path}: ") and str(error).isprintable()
    return True


# --- what may stand in it ---------------------------------------------------------------------------------------------


def test_a_row_is_read_with_its_words_understood(config: Config) -> None:
    row = "Ada@Northshire.example, Ada Firth ,Northshire Energy,large supplier,ops,,Member"

    assert read(config, HEADING, row).rows == (
        RosterRow(
            "ada@northshire.example",
            "Ada Firth",
            "Northshire Energy",
            "Large Suppliers",
            "OPSG",
            None,
            Capacity.MEMBER,
        ),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_spreadsheets_save_is_read(config: Config, end: str, encoding: str) -> None:
    quoted = '"zoë@wharfe.example","Okoro, Zoë","Wharfe ""Green"" Supply",,SSC,,observer'
    roster = read(config, HEADING, "", ADA, ",,,,,,", "  ", quoted, end=end, encoding=encoding)

    assert [(row.name, row.organisation) for row in roster.rows] == [
        ("Ada Firth", "Northshire Energy"),
        ("Okoro, Zoë", 'Wharfe "Green" Supply'),
    ]


def test_the_heading_may_be_in_any_case(config: Config) -> None:
    assert len(read(config, HEADING.upper(), ADA).rows) == 1


def test_a_roster_of_nobody_is_a_roster(config: Config) -> None:
    assert read(config, HEADING).rows == ()


def test_the_roster_that_is_shipped_is_right_and_empty(config: Config) -> None:
    assert load_roster(ROOT / "roster.csv", config).rows == ()


def test_one_person_may_sit_on_two_sub_committees(config: Config) -> None:
    roster = read(config, HEADING, ADA, ADA.replace("OPSG", "SSC"))

    assert roster.sub_committees_of("ADA@northshire.example") == {"OPSG", "SSC"}
    assert roster.sub_committees_of("nobody@northshire.example") == frozenset()
    assert roster.sub_committees_of(None) == frozenset()


@pytest.mark.parametrize(
    ("written", "seat", "capacity"),
    [
        ("member", "Seat 1", Capacity.MEMBER),
        ("alternate", "Seat 1", Capacity.ALTERNATE),
        ("OBSERVER", "", Capacity.OBSERVER),
        ("chair", "", Capacity.CHAIR),
        ("chair", "Seat 1", Capacity.CHAIR_MEMBER),
        ("chair", "  ", Capacity.CHAIR),
    ],
)
def test_a_chair_speaks_as_a_member_only_from_a_members_seat(
    config: Config, written: str, seat: str, capacity: Capacity
) -> None:
    (row,) = read(config, HEADING, f"a@b.example,A,B,,OPSG,{seat},{written}").rows

    assert row.capacity is capacity


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "ada@northshire.example",
            "ada at northshire",
            'line 3: e-mail: found "ada at northshire"; allowed: an e-mail address.',
        ),
        ("ada@northshire.example", "", 'line 3: e-mail: found ""; allowed: an e-mail address.'),
        ("Ada Firth", " ", 'line 3: name: found ""; allowed: text that is not empty.'),
        ("Northshire Energy", "", 'line 3: organisation: found ""; allowed: text that is not empty.'),
        ("OPSG", "OPSGG", 'line 3: Sub-Committee: found "OPSGG"; allowed: OPSG or SSC.'),
        ("OPSG", "", 'line 3: Sub-Committee: found ""; allowed: OPSG or SSC.'),
        (
            "Large Suppliers",
            "Suppliers",
            (
                'line 3: Party Category: found "Suppliers"; allowed: Large Suppliers, Small Suppliers, '
                "Electricity Networks, Gas Networks, Other SEC Parties, or empty for a body that is in none."
            ),
        ),
        (",member", ",Vice", 'line 3: capacity: found "Vice"; allowed: member, alternate, observer, chair.'),
        (",member", ",", 'line 3: capacity: found ""; allowed: member, alternate, observer, chair.'),
        (",member", "", "line 3: found 6 cells; allowed: 7, as in line 1."),
        (",member", ",member,", "line 3: found 8 cells; allowed: 7, as in line 1."),
        ("OPSG", "OP\x1bSG", r'line 3: Sub-Committee: found "OP\x1bSG"; allowed: OPSG or SSC.'),
        ("OPSG", '"OP\nSG"', r'line 4: Sub-Committee: found "OP\nSG"; allowed: OPSG or SSC.'),
    ],
)
def test_a_mistake_is_one_line_with_its_place_and_what_is_allowed(
    config: Config, old: str, new: str, sentence: str
) -> None:
    assert old in ADA
    assert mistake(config, HEADING, "", ADA.replace(old, new, 1)) == sentence


def test_a_line_is_counted_as_an_editor_counts_it(config: Config) -> None:
    over_two_lines = ADA.replace("Ada Firth", '"Ada\nFirth"')

    assert mistake(config, HEADING, over_two_lines, "x").startswith("line 4: found 1 cells")


def test_the_same_person_twice_on_one_sub_committee_is_a_mistake(config: Config) -> None:
    assert mistake(config, HEADING, ADA, "", ADA.replace("ada@", "Ada@").replace("OPSG", "OPS")) == (
        "line 4: e-mail: found ada@northshire.example twice for OPSG; allowed: one row for each."
    )


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("", "nothing"),
        ("e-mail,name", "e-mail, name"),
        (HEADING.replace(",", ";"), HEADING.replace(",", ";")),
        ("a\x00b", r"a\x00b"),
    ],
)
def test_another_heading_is_said_with_the_right_one(config: Config, heading: str, found: str) -> None:
    assert mistake(config, heading, ADA) == f"line 1: found {found}; allowed: {HEADING.replace(',', ', ')}."


def test_a_quote_that_is_never_closed_is_said_with_its_line(config: Config) -> None:
    sentence = mistake(config, HEADING, ADA, ADA.replace("Ada", '"Ada'))

    assert sentence.startswith("line 3: it is not CSV (")
    assert sentence.endswith("); allowed: cells with commas between them.")


@pytest.mark.parametrize("content", [HEADING.encode("utf-16"), HEADING.encode() + b"\n\xff"])
def test_a_file_that_is_not_utf_8_is_said_so(config: Config, content: bytes) -> None:
    config.roster_path.write_bytes(content)
    with pytest.raises(UserError, match=r"the roster cannot be read \(UnicodeDecodeError\); allowed: UTF-8 text\.$"):
        load_roster(config.roster_path, config)


def test_a_missing_roster_says_where_it_is_named(config: Config) -> None:
    config.roster_path.unlink()

    with pytest.raises(UserError, match=r"there is no such roster; \[people\] roster in config\.toml names it\.$"):
        RosterFile(config)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.booleans())
@example(b'"' * 9, True)
@example(b"a" * 140_000, True)
def test_any_bytes_at_all_are_a_roster_or_one_line(config: Config, content: bytes, headed: bool) -> None:
    path = config.roster_path
    path.write_bytes(HEADING.encode() + b"\n" + content if headed else content)
    assert is_read_or_one_line(path, config)


cells = st.sampled_from(
    [
        "",
        " ",
        "a@b.example",
        "Ada",
        "Large Supplier",
        "OPSG",
        "ssc",
        "chair",
        "member",
        '"',
        "\n",
        ",",
        "\x00",
        "é",
        "=",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=6, max_size=8), max_size=4))
def test_any_rows_at_all_are_a_roster_or_one_line(config: Config, rows: list[list[str]]) -> None:
    path = write(config, HEADING, *(",".join(row) for row in rows))
    assert is_read_or_one_line(path, config)


# --- while dpbot runs -------------------------------------------------------------------------------------------------


def test_a_change_is_read_at_the_next_use(config: Config) -> None:
    write(config, HEADING, ADA)
    file = RosterFile(config)
    write(config, HEADING, ADA, ADA.replace("ada@", "ben@").replace("Ada", "Ben"))

    assert [row.name for row in file.current().rows] == ["Ada Firth", "Ben Firth"]


def test_a_change_of_the_same_length_is_read_too(config: Config) -> None:
    path = write(config, HEADING, ADA)
    file = RosterFile(config)
    write(config, HEADING, ADA.replace("Ada Firth", "Ada Forth"))
    os.utime(path, (0, 0))

    assert [row.name for row in file.current().rows] == ["Ada Forth"]


@pytest.mark.parametrize("broken", [f"{HEADING}\nnobody\n".encode(), b"\xff", None], ids=["a row", "no text", "gone"])
def test_a_roster_broken_while_dpbot_runs_leaves_the_last_good_one_in_use_and_is_logged_once(
    config: Config, caplog: pytest.LogCaptureFixture, broken: bytes | None
) -> None:
    path = write(config, HEADING, ADA)
    file = RosterFile(config)
    if broken is None:
        path.unlink()
    else:
        path.write_bytes(broken)

    assert [row.name for row in file.current().rows] == ["Ada Firth"]
    assert [row.name for row in file.current().rows] == ["Ada Firth"]
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert line.getMessage().startswith(f"The roster's last good state stays in use: {path}: ")

    write(config, HEADING, ADA.replace("Ada", "Adeline"))
    assert [row.name for row in file.current().rows] == ["Adeline Firth"]
