"""Views, wordings and reactions made anew from the ledger."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Answer, Decision, LedgerEntry, Reaction, View, Wording
from bot.services import collecting, deciding


@dataclass(frozen=True)
class Replayed:
    entries: int
    views: int
    wordings: int
    reactions: int


async def replay(session: AsyncSession) -> Replayed:
    """Throw away what was folded and fold the whole ledger again, in the order of arrival, then the decisions."""
    for table in (Answer, Reaction, Wording, View):
        await session.execute(delete(table))
    entries = (await session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))).all()
    for entry in entries:
        await collecting.fold(session, entry)
    for decision in await session.scalars(select(Decision).order_by(Decision.id)):
        await deciding.fold(session, decision)
    sizes = [await session.scalar(select(func.count()).select_from(table)) or 0 for table in (View, Wording, Reaction)]
    return Replayed(len(entries), *sizes)
