"""A roster's lines as rows that are understood, and the way back. Every mistake is one line: place, found, allowed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.config import Config, is_email, one_line
from bot.domain import Capacity
from bot.errors import UserError
from bot.rules.categories import Category, OtherBody, Several, category_of
from bot.rules.wording import listed
from bot.services import roster_files
from bot.services.people import RosterRow
from bot.services.roster_files import Line

# The columns, and what bot.services.people.RosterRow calls them. The first seven alone are a roster too.
COLUMNS = {
    "e-mail": "email",
    "name": "name",
    "organisation": "organisation",
    "Party Category": "party_category",
    "Sub-Committee": "sub_committee",
    "seat": "seat",
    "capacity": "capacity",
    "alternate for": "alternate_for",
    "from": "valid_from",
    "to": "valid_to",
    "platform id": "platform_id",
}
_NEEDED = 7
_SEATED = {Capacity.MEMBER, Capacity.CHAIR_MEMBER}
_LONGEST = 200  # characters of a cell
_QUOTED = 80
_MOST_MISTAKES = 20
_PLATFORM_ID = re.compile(r"[\w.:@-]{1,100}", re.ASCII)
# As Excel leaves dates in a CSV file: the day before the month.
_DAYS = {r"\d{4}-\d\d-\d\d": "%Y-%m-%d", r"\d\d?/\d\d?/\d{4}": "%d/%m/%Y", r"\d\d? [A-Za-z]+ \d{4}": "%d %B %Y"}


class RosterCapacity(StrEnum):
    """The words the column "capacity" takes."""

    MEMBER = "member"
    ALTERNATE = "alternate"
    OBSERVER = "observer"
    CHAIR = "chair"


class Mistake(ValueError):
    """What is wrong with one line, without the file's name."""


def read(name: str, content: bytes, config: Config) -> tuple[RosterRow, ...]:
    """The rows of a roster's file. UserError: a line a mistake, with its place, what was found, what is allowed."""
    heading, *lines = roster_files.read(name, content) or [Line("line 1", ())]
    mistakes: list[str] = []
    rows: dict[str, RosterRow] = {}
    try:
        columns = _columns(heading)
        for line in lines:
            try:
                rows[line.place] = _row(_cells(line, heading, columns), config)
            except Mistake as mistake:
                mistakes.append(str(mistake))
        mistakes += _contradictions(rows)
    except Mistake as mistake:
        mistakes.append(str(mistake))
    if mistakes:
        more = len(mistakes) - _MOST_MISTAKES
        shown = mistakes[:_MOST_MISTAKES] + ([f"{more} more mistakes of such kinds."] if more > 0 else [])
        raise UserError("\n".join(f"{one_line(name)}: {mistake}" for mistake in shown))
    return tuple(rows.values())


def lines_of(rows: Sequence[RosterRow]) -> list[list[str]]:
    """The lines of a file with these rows, the heading first."""
    return [list(COLUMNS), *([shown(row, column) for column in COLUMNS] for row in rows)]


def shown(row: RosterRow, column: str) -> str:
    """A cell as it is written in a file."""
    value = getattr(row, COLUMNS[column])
    if value is Capacity.CHAIR_MEMBER:
        return RosterCapacity.CHAIR
    return "" if value is None else str(value)


def _columns(heading: Line) -> tuple[str, ...]:
    found = [cell.casefold() for cell in heading.cells]
    for count in (_NEEDED, len(COLUMNS)):
        columns = tuple(COLUMNS)[:count]
        if found == [column.casefold() for column in columns]:
            return columns
    few, rest = tuple(COLUMNS)[:_NEEDED], tuple(COLUMNS)[_NEEDED:]
    raise Mistake(
        f"{heading.place}: found {_short(', '.join(heading.cells)) or 'nothing'}; allowed: {', '.join(few)}, and with "
        f"them all of {listed(rest)}, or none."
    )


@dataclass(frozen=True)
class _Cells:
    """One line's cells by column; a column that the file has not is empty."""

    place: str
    columns: Sequence[str]
    texts: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    def wrong(self, column: str, allowed: str, also: str = "") -> Mistake:
        return Mistake(f'{self.place}: {column}: found "{_short(self[column])}"{also}; allowed: {allowed}.')


def _cells(line: Line, heading: Line, columns: tuple[str, ...]) -> _Cells:
    """A line's cells, if nothing in them is too long or steers a terminal; line ends and such are spaces."""
    if (count := len(line.cells)) != len(columns):
        raise Mistake(f"{line.place}: found {count} cells; allowed: {len(columns)}, as in {heading.place}.")
    texts = (" ".join(text.split()) for text in line.cells)
    cells = _Cells(line.place, columns, dict(zip(columns, texts, strict=True)))
    for column, text in cells.texts.items():
        if not text.isprintable():
            raise cells.wrong(column, "text without control characters")
        if len(text) > _LONGEST:
            raise cells.wrong(column, f"at most {_LONGEST} characters")
    return cells


def _row(cells: _Cells, config: Config) -> RosterRow:
    _check_person(cells)
    body = config.sub_committee(cells["Sub-Committee"])
    if body is None:
        raise cells.wrong("Sub-Committee", listed([s.code for s in config.sub_committees], "or"))
    category, capacity = _category(cells, config), _capacity(cells)
    valid_from, valid_to = (_day(cells, column) for column in ("from", "to"))
    if valid_from and valid_to and valid_to < valid_from:
        raise cells.wrong("to", f"a day not before {valid_from.isoformat()}, from which the row holds")
    return RosterRow(
        email=cells["e-mail"].casefold() or None,
        name=cells["name"],
        organisation=cells["organisation"],
        party_category=category,
        sub_committee=body.code,
        seat=cells["seat"] or None,
        capacity=capacity,
        alternate_for=_folded_address(cells["alternate for"]) or None,
        valid_from=valid_from,
        valid_to=valid_to,
        platform_id=cells["platform id"] or None,
    )


def _check_person(cells: _Cells) -> None:
    for column in ("name", "organisation"):
        if not cells[column]:
            raise cells.wrong(column, "text that is not empty")
    if (cells["e-mail"] or not cells["platform id"]) and not is_email(cells["e-mail"]):
        also = ", or nothing where the row has a platform id" if "platform id" in cells.columns else ""
        raise cells.wrong("e-mail", f"an e-mail address{also}")
    if cells["platform id"] and not _PLATFORM_ID.fullmatch(cells["platform id"]):
        raise cells.wrong("platform id", "a person's id on the platform, such as U0123456789")


def _category(cells: _Cells, config: Config) -> str | None:
    """A wording that fits several categories is not guessed."""
    column = "Party Category"
    if not cells[column]:
        return None
    match category_of(cells[column], config):
        case Category(name) | OtherBody(name):
            return name
        case Several(names):
            raise cells.wrong(column, "exactly one of them", f", which may be {listed(names, 'or')}")
        case _:
            names = (*config.party_categories, *config.other_bodies)
            raise cells.wrong(column, ", ".join(names) + ", or empty for a body that is in none")


def _capacity(cells: _Cells) -> Capacity:
    """A chair gives views only where the same row has a member's seat."""
    if cells["capacity"].casefold() not in list(RosterCapacity):
        raise cells.wrong("capacity", ", ".join(RosterCapacity))
    written = RosterCapacity(cells["capacity"].casefold())
    if cells["alternate for"] and written is not RosterCapacity.ALTERNATE:
        raise cells.wrong("alternate for", "nothing, where the capacity is not alternate")
    if written is RosterCapacity.CHAIR:
        return Capacity.CHAIR_MEMBER if cells["seat"] else Capacity.CHAIR
    return Capacity(written.value)


def _day(cells: _Cells, column: str) -> date | None:
    text = cells[column]
    if not text:
        return None
    for pattern, form in _DAYS.items():
        for written in (form, form.replace("%B", "%b")) if re.fullmatch(pattern, text, re.ASCII) else ():
            with suppress(ValueError):
                return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day has no zone
    raise cells.wrong(column, "a day such as 2019-11-05 or 5/11/2019 (the day before the month)")


def _folded_address(text: str) -> str:
    return text.casefold() if is_email(text) else text


def _contradictions(rows: Mapping[str, RosterRow]) -> list[str]:
    """What each row allows and all of them together do not."""
    seen: defaultdict[tuple[str, str], list[RosterRow]] = defaultdict(list)
    ids: dict[str, str] = {}
    members = _members(rows.values())
    found = []
    for place, row in rows.items():
        mistake = _twice(row, seen[row.key]) or _not_one_person(row, ids) or _nobodys_alternate(row, members)
        if mistake:
            found.append(f"{place}: {mistake}")
        seen[row.key].append(row)
    return found


def _members(rows: Iterable[RosterRow]) -> Mapping[tuple[str, str], set[str]]:
    """Who has a seat on a Sub-Committee, by e-mail address and by name."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.capacity in _SEATED:
            for word in filter(None, (row.email, row.name)):
                found[row.sub_committee, _folded(word)].add(row.key[0])
    return found


def _twice(row: RosterRow, others: Sequence[RosterRow]) -> str | None:
    if any(_overlap(other, row) for other in others):
        column = "e-mail" if row.email else "platform id"
        return (
            f"{column}: found {row.key[0]} twice for {row.sub_committee}; "
            "allowed: one row for each, or rows for different days."
        )
    return None


def _overlap(one: RosterRow, other: RosterRow) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _not_one_person(row: RosterRow, ids: dict[str, str]) -> str | None:
    """A platform's id is one person's, however many rows that person has."""
    if row.platform_id and (first := ids.setdefault(row.platform_id, row.key[0])) != row.key[0]:
        return f"platform id: found {row.platform_id} for {first} too; allowed: an id for one person."
    return None


def _nobodys_alternate(row: RosterRow, members: Mapping[tuple[str, str], set[str]]) -> str | None:
    """An alternate speaks from a member's seat, so it must be clear whose."""
    name = row.alternate_for
    called = members.get((row.sub_committee, _folded(name)), set()) if name else set()
    if name is None or len(called) == 1:
        return None
    allowed = f"the e-mail address{'' if called else ' or name'} of one member of {row.sub_committee} in this roster"
    return f'alternate for: found "{_short(name)}"; allowed: {allowed}.'


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _short(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}…"
