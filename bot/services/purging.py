"""Words of removed replies are deleted when their days are over, wherever the database has them."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import LedgerEntry, OutboxEntry, Proposal, Ref, View, Words
from bot.outbox import Kind, State
from bot.rules import dates
from bot.services import recalling, redacting

_SETTLED = (State.SENT, State.REFUSED)


async def purge(session: AsyncSession, days: int, now: datetime) -> None:
    """Delete the words of every reply that was removed more than `days` ago. Who and when stay; what was said goes.

    It goes from drafts and from what was sent too. A document that was issued while the words stood keeps them: it
    says what stood on its day.
    """
    limit = now - timedelta(days=days)
    old = OutboxEntry.state.in_(_SETTLED) & (OutboxEntry.settled_at < limit)
    await session.execute(update(OutboxEntry).where(old, OutboxEntry.kind == Kind.FILE).values(content=None))
    removed = select(LedgerEntry.id).join(
        View,
        (View.platform == LedgerEntry.platform)
        & (View.channel == LedgerEntry.channel)
        & (View.message == LedgerEntry.message),
    )
    removed = removed.where(View.withdrawn_at < limit, LedgerEntry.said_at.is_not(None))
    spoken = Words.entry_id.in_(removed) & Words.text.is_not(None)
    views = removed.join(Words, Words.entry_id == LedgerEntry.id).where(Words.text.is_not(None))
    for ref_id in set(await session.scalars(views.with_only_columns(View.id))):
        await _purge_copies(session, await session.get_one(Ref, ref_id), now)
    await session.execute(update(Words).where(spoken).values(text=None, raw=None, salt=None))


async def _purge_copies(session: AsyncSession, ref: Ref, now: datetime) -> None:
    """In drafts, and in what was sent or refused."""
    proposal = await session.get_one(Proposal, ref.proposal_id)
    mark = f"[words deleted on {dates.day(dates.london(now))}]"
    for document in await recalling.documents_with(session, ref, proposal):
        if document.issued_by is None:
            document.snapshot = redacting.without(document.snapshot, {f"{ref.letter}{ref.number:03}"}, mark)
            document.redacted_at = now
    ours = (OutboxEntry.post_id.is_(None), OutboxEntry.state.in_(_SETTLED), recalling.naming(ref, proposal))
    await session.execute(update(OutboxEntry).where(*ours).values(payload={}, content=None))
