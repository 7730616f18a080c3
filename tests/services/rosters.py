"""Rosters as files for tests: lines, cells in Excel, and whether what is wrong with one is said in lines."""

import io
from collections.abc import Sequence

import openpyxl

from bot.config import Config
from bot.errors import UserError
from bot.services import roster_rows
from bot.services.people import RosterRow

HEADING = "e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity"
LONG_HEADING = f"{HEADING},alternate for,from,to,platform id"
ADA = "ada@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,OPSG,Large Supplier 1,member"
Rows = tuple[RosterRow, ...]


def read(config: Config, *lines: str, end: str = "\n", encoding: str = "utf-8") -> Rows:
    return roster_rows.read("roster.csv", (end.join(lines) + end).encode(encoding), config)


def is_read_or_a_line_a_mistake(name: str, content: bytes, config: Config) -> bool:
    """Whether the file is a roster, or is refused with a line a mistake; anything else that happens is raised."""
    try:
        roster_rows.read(name, content, config)
    except UserError as error:
        return all(line.startswith(name) and line.isprintable() for line in str(error).split("\n"))
    return True


def sheet(*rows: Sequence[object]) -> bytes:
    """An Excel file with these rows."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()
