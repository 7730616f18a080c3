"""The roster in the database: what a file would change, storing it, and giving it back. A file is the whole roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.decisions import Action, Actor
from bot.errors import UserError
from bot.models import Seat
from bot.services import auditing
from bot.services.acting import permit
from bot.services.people import RosterRow, row_of
from bot.services.roster_rows import COLUMNS, shown


@dataclass(frozen=True)
class Change:
    """One person's row on one Sub-Committee, before and after."""

    before: RosterRow
    after: RosterRow

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """Each column that differs, with what it said and what it says."""
        told = ((column, shown(self.before, column), shown(self.after, column)) for column in COLUMNS)
        return [each for each in told if each[1] != each[2]]


@dataclass(frozen=True)
class Changes:
    """What a roster would change. `unchanged`: how many rows stay as they are."""

    added: tuple[RosterRow, ...] = ()
    changed: tuple[Change, ...] = ()
    ended: tuple[RosterRow, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.ended)


async def current(session: AsyncSession) -> tuple[RosterRow, ...]:
    """The whole roster as SECAS has it now, rows of the past and the future too, in an order of its own."""
    return tuple(sorted(map(row_of, await _seats(session)), key=_order))


async def compare(session: AsyncSession, rows: Sequence[RosterRow]) -> Changes:
    """What would change if these were all the rows."""
    return _changes([row_of(seat) for seat in await _seats(session)], rows)


async def store(
    session: AsyncSession, rows: Sequence[RosterRow], by: Actor, now: datetime, agreed: Changes | None = None
) -> Changes:
    """Make these the rows of the roster; what they replace is kept as superseded.

    Raises NotPermitted; UserError where the changes are no longer the ones that were `agreed`, if any were.
    """
    permit(by, Action.ROSTER)
    seats = await _seats(session)
    changes = _changes([row_of(seat) for seat in seats], rows)
    if agreed is not None and changes != agreed:
        raise UserError("The roster was changed meanwhile: nothing was stored; import the file again.")
    gone = {*changes.ended, *(change.before for change in changes.changed)}
    for seat in seats:
        if row_of(seat) in gone:
            seat.superseded_at, seat.superseded_by = now, by.who
    for row in (*changes.added, *(change.after for change in changes.changed)):
        session.add(Seat(**vars(row), imported_at=now, by=by.who))
    if changes:
        told = f"{len(changes.added)} rows added, {len(changes.changed)} changed, {len(changes.ended)} ended"
        auditing.note(session, "roster", f"Roster imported: {told}", by.who, None, now)
    await session.flush()
    return changes


async def _seats(session: AsyncSession) -> Sequence[Seat]:
    return (await session.scalars(select(Seat).where(Seat.superseded_at.is_(None)).order_by(Seat.id))).all()


def _changes(before: Sequence[RosterRow], after: Sequence[RosterRow]) -> Changes:
    """Rows of the same person on the same Sub-Committee are taken for one that changed, in the order of their days."""
    kept = set(before) & set(after)
    old, new = ([row for row in rows if row not in kept] for rows in (before, after))
    added, changed = [], []
    for row in sorted(new, key=_order):
        same = min((other for other in old if other.key == row.key), key=_order, default=None)
        if same is None:
            added.append(row)
        else:
            old.remove(same)
            changed.append(Change(same, row))
    return Changes(tuple(added), tuple(changed), tuple(old), len(kept))


def _order(row: RosterRow) -> tuple[str, ...]:
    first = row.valid_from.isoformat() if row.valid_from else ""
    return (
        row.sub_committee,
        row.organisation.casefold(),
        row.name.casefold(),
        first,
        row.email or row.platform_id or "",
    )
