"""Who speaks, and for whom: the roster, and the profile a person has when something of theirs is heard."""

import csv
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config, is_email, one_line
from bot.domain import Capacity, Profile, Speaker
from bot.errors import UserError
from bot.models import Item, SeenPerson
from bot.rules.organisations import same_organisation, same_person

log = logging.getLogger(__name__)

# How long a platform's description of a person is trusted before it is asked again.
FRESH = timedelta(days=1)
COLUMNS = ("e-mail", "name", "organisation", "Party Category", "Sub-Committee", "seat", "capacity")


class RosterCapacity(StrEnum):
    """The words the roster's last column takes."""

    MEMBER = "member"
    ALTERNATE = "alternate"
    OBSERVER = "observer"
    CHAIR = "chair"


@dataclass(frozen=True)
class RosterRow:
    """One person on one Sub-Committee. `email` is folded; `sub_committee` is the code in config.toml."""

    email: str
    name: str
    organisation: str
    party_category: str | None
    sub_committee: str
    seat: str | None
    capacity: Capacity


@dataclass(frozen=True)
class Seen:
    """A person as a platform described them at `seen_at` (UTC)."""

    speaker: Speaker
    seen_at: datetime


@dataclass(frozen=True)
class Roster:
    rows: tuple[RosterRow, ...] = ()

    def rows_of(self, email: str | None) -> tuple[RosterRow, ...]:
        return tuple(row for row in self.rows if email is not None and row.email == email.casefold())

    def sub_committees_of(self, email: str | None) -> frozenset[str]:
        """Codes of the Sub-Committees that this person sits on."""
        return frozenset(row.sub_committee for row in self.rows_of(email))


class RosterFile:
    """The roster as the file has it now; a change is read at the next use."""

    def __init__(self, config: Config) -> None:
        """Raises UserError where the file cannot be read now."""
        self._config = config
        self._stamp = self._status()
        self._roster = load_roster(config.roster_path, config)

    def current(self) -> Roster:
        """The latest roster that could be read: a broken change must not lose a comment, so it is only logged."""
        if (stamp := self._status()) != self._stamp:
            self._stamp = stamp
            try:
                self._roster = load_roster(self._config.roster_path, self._config)
            except UserError as error:
                log.error("The roster's last good state stays in use: %s", error)  # noqa: TRY400 - the line says it all
        return self._roster

    def _status(self) -> tuple[float, int] | None:
        try:
            status = self._config.roster_path.stat()
        except OSError:
            return None
        return status.st_mtime, status.st_size


def load_roster(path: Path, config: Config) -> Roster:
    """Read roster.csv (UTF-8, with a heading line). UserError: the file, the line, what was found, what is allowed."""
    (_, heading), *lines = _lines(path) or [(1, [])]
    if [word.strip().casefold() for word in heading] != [column.casefold() for column in COLUMNS]:
        found = one_line(", ".join(heading)) or "nothing"
        raise UserError(f"{path}: line 1: found {found}; allowed: {', '.join(COLUMNS)}.")
    rows: dict[tuple[str, str], RosterRow] = {}
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(path, number, cells, config)
        if rows.setdefault((row.email, row.sub_committee), row) is not row:
            raise UserError(
                f"{path}: line {number}: e-mail: found {row.email} twice for {row.sub_committee}; "
                "allowed: one row for each."
            )
    return Roster(tuple(rows.values()))


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Each row's cells, with the line of the file on which the row ends: a cell in quotes may hold line ends."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                return [(reader.line_num, cells) for cells in reader]
            except csv.Error as error:
                raise UserError(
                    f"{path}: line {reader.line_num}: it is not CSV ({error}); allowed: cells with commas between them."
                ) from None
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such roster; [people] roster in config.toml names it.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: the roster cannot be read ({type(error).__name__}); allowed: UTF-8 text.") from None


def profile_of(config: Config, roster: Roster, email: str | None, sub_committee: str, item: Item | None) -> Profile:
    """For whom this person speaks on this item to this Sub-Committee. Nobody is dropped: unknown is "not stated".

    Only the roster and the analysts of config.toml are believed: a platform's display name is the person's to choose.
    """
    row = _best_row(roster.rows_of(email), sub_committee)
    if config.secas.is_analyst(email):
        return Profile("SECAS", None, None, Capacity.SECAS)
    if row is None:
        return Profile(None, None, None, Capacity.NOT_STATED)
    capacity = row.capacity if row.sub_committee == sub_committee else Capacity.OBSERVER
    side = _proposer_side(row, item)
    return Profile(row.organisation, row.party_category, row.seat, side or capacity)


def name_of(roster: Roster, speaker: Speaker) -> Speaker:
    """The speaker under the roster's name, which SECAS keeps, rather than the platform's."""
    rows = roster.rows_of(speaker.email)
    return Speaker(speaker.platform, speaker.id, speaker.email, rows[0].name) if rows else speaker


async def known(session: AsyncSession, platform: str, person: str) -> Seen | None:
    """What the platform last said of a person."""
    seen = await session.get(SeenPerson, (platform, person))
    return None if seen is None else Seen(Speaker(platform, person, seen.email, seen.name), seen.seen_at)


async def remember(session: AsyncSession, speaker: Speaker, now: datetime) -> None:
    """Keep what the platform just said of a person."""
    values = {"email": speaker.email, "name": speaker.name, "seen_at": now}
    statement = insert(SeenPerson).values(platform=speaker.platform, id=speaker.id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["platform", "id"], set_=values))


def _best_row(rows: Iterable[RosterRow], sub_committee: str) -> RosterRow | None:
    """The row for this Sub-Committee; else any: the organisation is known, and the person observes."""
    return min(rows, key=lambda row: row.sub_committee != sub_committee, default=None)


def _proposer_side(row: RosterRow, item: Item | None) -> Capacity | None:
    if item is None:
        return None
    if item.proposer and any(same_person(row.name, name) for name in item.proposer.split(" and ")):
        return Capacity.PROPOSER
    raisers = (item.organisation, item.on_behalf_of)
    if any(raiser and same_organisation(row.organisation, raiser) for raiser in raisers):
        return Capacity.PROPOSER_ORGANISATION
    return None


def _row(path: Path, number: int, cells: list[str], config: Config) -> RosterRow:
    """One row of the file. `number` is its line, the heading being line 1."""
    if len(cells) != len(COLUMNS):
        raise UserError(f"{path}: line {number}: found {len(cells)} cells; allowed: {len(COLUMNS)}, as in line 1.")
    cell = dict(zip(COLUMNS, map(str.strip, cells), strict=True))

    def wrong(column: str, allowed: str) -> UserError:
        return UserError(f'{path}: line {number}: {column}: found "{one_line(cell[column])}"; allowed: {allowed}.')

    for column in ("name", "organisation"):
        if not cell[column]:
            raise wrong(column, "text that is not empty")
    if not is_email(cell["e-mail"]):
        raise wrong("e-mail", "an e-mail address")
    body = config.sub_committee(cell["Sub-Committee"])
    if body is None:
        raise wrong("Sub-Committee", " or ".join(s.code for s in config.sub_committees))
    category = config.party_category(cell["Party Category"])
    if cell["Party Category"] and category is None:
        raise wrong("Party Category", ", ".join(config.party_categories) + ", or empty for a body that is in none")
    if cell["capacity"].casefold() not in list(RosterCapacity):
        raise wrong("capacity", ", ".join(RosterCapacity))
    capacity = _capacity(RosterCapacity(cell["capacity"].casefold()), cell["seat"])
    return RosterRow(
        cell["e-mail"].casefold(),
        cell["name"],
        cell["organisation"],
        category,
        body.code,
        cell["seat"] or None,
        capacity,
    )


def _capacity(written: RosterCapacity, seat: str) -> Capacity:
    """A chair gives views only where the same row has a member's seat."""
    if written is RosterCapacity.CHAIR:
        return Capacity.CHAIR_MEMBER if seat else Capacity.CHAIR
    return Capacity(written.value)
