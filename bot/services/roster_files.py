"""A roster's file as lines of cells, and the way back: CSV or Excel. What stands in the cells is checked elsewhere.

A cell that a spreadsheet would run (it begins with =, +, - or @) is written with an apostrophe before it, and read
without it. Files are the analyst's own, but may come from anywhere: nothing in them is run, fetched or trusted in size.
"""

import csv
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

from bot.config import one_line
from bot.errors import UserError, WrongUsage

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
_KINDS = (".csv", ".xlsx")
# What a workbook may unpack to: one of 5,000 rows takes about 2 MB.
_MOST_XML = 10_000_000
_MOST_ENTRIES = 200
_LAST_ROW = 1_048_576  # Excel's own; a row's stated number may be anything
_MOST_COLUMNS = 30
_OLE = b"\xd0\xcf\x11\xe0"  # how old .xls files begin, and files that Excel has encrypted
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_RUN = re.compile(r"'*[=+\-@]")
_KEPT_FROM_RUNNING = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True)
class Line:
    """The cells of one line. `place`: "line 3", as an editor counts it, or "row 3"."""

    place: str
    cells: tuple[str, ...]


def check_kind(name: str) -> str:
    """The file's kind by its name's end; WrongUsage where it is none that a roster has."""
    kind = PurePath(name).suffix.lower()
    if kind not in _KINDS:
        raise WrongUsage(f"{one_line(name)} is no roster: allowed are {' and '.join(_KINDS)} files.")
    return kind


def refuse_large(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise UserError(f"{one_line(name)} is too large to be a roster: at most {MOST_BYTES // 1_000_000} MB are read.")


def read(name: str, content: bytes) -> list[Line]:
    """The lines that are not empty, the heading first. UserError, with the file's name, for what cannot be read."""
    kind, shown = check_kind(name), one_line(name)
    refuse_large(name, len(content))
    cells = _csv(shown, content) if kind == ".csv" else _xlsx(shown, content)
    lines = []
    for place, found in cells:
        if any(found):
            lines.append(Line(place, tuple(text[1:] if _KEPT_FROM_RUNNING.match(text) else text for text in found)))
        if len(lines) > MOST_ROWS + 1:
            raise UserError(f"{shown}: {place}: found more than {MOST_ROWS:,} rows; allowed: at most so many.")
    return lines


def write(name: str, lines: Sequence[Sequence[str]]) -> bytes:
    """A file of the kind that its name says. WrongUsage where that is none."""
    kind = check_kind(name)
    safe = [[f"'{text}" if _RUN.match(text) else text for text in line] for line in lines]
    if kind == ".csv":
        file = io.StringIO(newline="")
        csv.writer(file).writerows(safe)
        return file.getvalue().encode("utf-8-sig")  # so that Excel takes it for UTF-8
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Roster")
    for line in safe:
        sheet.append(line)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _csv(shown: str, content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Each row's cells, with the line of the file on which the row ends: a cell in quotes may hold line ends."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{shown}: the roster is not text in UTF-8; allowed: CSV in UTF-8, or .xlsx.") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield f"line {reader.line_num}", [cell.strip() for cell in cells]
    except csv.Error as error:
        raise UserError(
            f"{shown}: line {reader.line_num}: it is not CSV ({error}); allowed: cells with commas between them."
        ) from None


def _xlsx(shown: str, content: bytes) -> list[tuple[str, list[str]]]:
    """The rows of the first sheet. A formula is its text: nothing is worked out."""
    if content.startswith(_OLE):
        raise UserError(f"{shown} is protected by a password, or an old .xls file: save it as a plain .xlsx file.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not know: styles, extensions
            book = openpyxl.load_workbook(_copied(shown, content), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            rows = sheet.iter_rows(min_row=1, max_row=_LAST_ROW, max_col=_MOST_COLUMNS, values_only=True)
            # Counted and not asked one by one: a hostile sheet has a million empty rows.
            filled = ((number, row) for number, row in enumerate(rows, 1) if row.count(None) < len(row))
            found = [(f"row {number}", [_text(value) for value in row]) for number, row in filled]
            return _as_wide_as_the_first([(place, cells) for place, cells in found if any(cells)])
    except UserError:
        raise
    except Exception:  # noqa: BLE001 - libraries raise anything at all on bytes that are no sound workbook
        raise UserError(f"{shown} is damaged, or no Excel file: open it in Excel and save it as .xlsx again.") from None


def _as_wide_as_the_first(rows: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """A sheet's rows have no end of their own: they end with the heading, or with their own last words after it."""
    width = max((number for number, text in enumerate(rows[0][1], 1) if text), default=0) if rows else 0
    for _, cells in rows:
        while len(cells) > width and not cells[-1]:
            del cells[-1]
    return rows


def _copied(shown: str, content: bytes) -> io.BytesIO:
    """The archive's XML only, read piece by piece: what an entry says of its size need not be so."""
    copy, left = io.BytesIO(), _MOST_XML
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(copy, "w", ZIP_STORED) as safe:
        entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
        for entry in entries:
            if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                raise BadZipFile
            with archive.open(entry) as stream:
                part = stream.read(left + 1)
            left -= len(part)
            if left < 0 or len(entries) > _MOST_ENTRIES:
                raise UserError(f"{shown} unpacks to more than a roster can hold: save the roster alone as a new file.")
            if any(mark in part for mark in _DOCTYPES):
                raise BadZipFile  # definitions, which no spreadsheet needs
            safe.writestr(entry.filename, part)
    copy.seek(0)
    return copy


def _text(value: object) -> str:
    """A cell as a person reads it there."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case ArrayFormula():
            return str(value.text).strip()
        case _:
            return str(value).strip()
