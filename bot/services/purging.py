"""Words of removed replies are deleted when their days are over."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import LedgerEntry, View, Words


async def purge(session: AsyncSession, days: int, now: datetime) -> None:
    """Delete the words of every reply that was removed more than `days` ago. Who and when stay; what was said goes."""
    removed = select(LedgerEntry.id).join(
        View,
        (View.platform == LedgerEntry.platform)
        & (View.channel == LedgerEntry.channel)
        & (View.message == LedgerEntry.message),
    )
    removed = removed.where(View.withdrawn_at < now - timedelta(days=days), LedgerEntry.said_at.is_not(None))
    spoken = Words.entry_id.in_(removed) & Words.text.is_not(None)
    await session.execute(update(Words).where(spoken).values(text=None))
