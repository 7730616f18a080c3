"""A roster in Excel: read as its words are shown, and hostile files are one sentence."""

import io
import re
import zipfile
from datetime import date, datetime

import pytest

from bot.config import Config
from bot.errors import UserError, WrongUsage
from bot.services import roster_rows
from tests.services.rosters import ADA, HEADING, LONG_HEADING, is_read_or_a_line_a_mistake, read, sheet


def test_a_sheet_is_read_as_its_words_are_shown(config: Config) -> None:
    first, second = HEADING.split(","), ADA.split(",")
    content = sheet(first, [], [*second, None, None], [*second[:4], "SSC", 7, "observer"])
    one, two = roster_rows.read("Roster.XLSX", content, config)

    assert one == read(config, HEADING, ADA)[0]
    assert (two.sub_committee, two.seat) == ("SSC", "7")


def test_a_days_cell_is_a_day(config: Config) -> None:
    content = sheet(LONG_HEADING.split(","), [*ADA.split(","), None, date(2019, 11, 5), datetime(2020, 3, 31), None])  # noqa: DTZ001 - as Excel has it
    (row,) = roster_rows.read("roster.xlsx", content, config)

    assert (row.valid_from, row.valid_to) == (date(2019, 11, 5), date(2020, 3, 31))


def test_a_formula_is_its_words_and_is_not_worked_out(config: Config) -> None:
    cells = ADA.split(",")
    cells[1] = '=HYPERLINK("http://elsewhere.example","Ada")'
    (row,) = roster_rows.read("roster.xlsx", sheet(HEADING.split(","), cells), config)

    assert row.name == cells[1]


def test_a_mistake_in_a_sheet_names_the_row(config: Config) -> None:
    with pytest.raises(UserError) as refused:
        roster_rows.read("roster.xlsx", sheet(HEADING.split(","), [], ADA.replace("OPSG", "X").split(",")), config)

    assert str(refused.value) == 'roster.xlsx: row 3: Sub-Committee: found "X"; allowed: OPSG or SSC.'


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """An Excel file with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    assert name in parts
    return packed(**parts | {name: part})


def test_a_sheet_that_unpacks_to_more_than_a_roster_is_not_unpacked(config: Config) -> None:
    bomb = with_part(sheet(HEADING.split(",")), "xl/worksheets/sheet1.xml", b" " * 20_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(UserError, match="unpacks to more than a roster can hold"):
        roster_rows.read("roster.xlsx", bomb, config)


def test_rows_numbered_without_end_are_not_counted_through(config: Config) -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="99999999999"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    )
    content = with_part(sheet(HEADING.split(",")), "xl/worksheets/sheet1.xml", far)
    assert is_read_or_a_line_a_mistake("roster.xlsx", content, config)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is protected by a password, or an old .xls file"),
        (b"PK\x03\x04" + bytes(100), "is damaged, or no Excel file"),
        (HEADING.encode(), "is damaged, or no Excel file"),
        (packed(a=b"x"), "is damaged, or no Excel file"),
        (
            with_part(sheet(["x"]), "xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'),
            "is damaged, or no Excel file",
        ),
        (bytes(3_000_000), "is too large to be a roster: at most 2 MB are read."),
    ],
)
def test_what_is_no_sheet_is_one_sentence(config: Config, content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=rf"^roster\.xlsx {re.escape(sentence)}"):
        roster_rows.read("roster.xlsx", content, config)


@pytest.mark.unmeasured
def test_a_sheet_cut_or_changed_anywhere_is_a_roster_or_one_line(config: Config) -> None:
    whole = sheet(HEADING.split(","), ADA.split(","))
    for at in range(0, len(whole), 97):
        assert is_read_or_a_line_a_mistake("roster.xlsx", whole[:at], config)
        assert is_read_or_a_line_a_mistake("roster.xlsx", whole[:at] + b"\xff" + whole[at + 1 :], config)


@pytest.mark.parametrize("name", ["roster", "roster.xls", "roster.txt", "roster.xlsm"])
def test_another_kind_of_file_is_refused(config: Config, name: str) -> None:
    with pytest.raises(WrongUsage, match=r"is no roster: allowed are \.csv and \.xlsx files\.$"):
        roster_rows.read(name, b"", config)


def test_more_rows_than_any_roster_has_are_refused(config: Config) -> None:
    with pytest.raises(UserError, match="found more than 5,000 rows; allowed: at most so many"):
        read(config, HEADING, *(f"a{n}@b.example,A,B,,OPSG,,member" for n in range(5_001)))
