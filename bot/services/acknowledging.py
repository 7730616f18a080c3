"""What a person is told of their own comment: our small mark on it, and the note on the first one ever."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.config import Config
from bot.domain import Heard, HeardWords, Message, Place, Source, Speaker
from bot.models import Invitation, Item, LedgerEntry, View, Wording
from bot.outbox import Outbox
from bot.services import audience, collecting, people, record
from bot.services.counting import VIEW_CAPACITIES
from bot.services.recorded import Recorded

_IN_CHANNELS = {Source.THREAD, Source.MESSAGE}


async def hear(
    session: AsyncSession, config: Config, outbox: Outbox, heard: Heard, now: datetime, *, swept: bool = False
) -> bool:
    """Write down what was heard in one of our threads, and acknowledge words; False where it was heard before.

    A message in which nothing can be read is no comment; should words come by an edit, that is heard.
    """
    if isinstance(heard, HeardWords) and not heard.text.strip() and not await _is_recorded(session, heard.place):
        return False
    new = await collecting.hear(session, config, heard, now, swept=swept)
    if new and isinstance(heard, HeardWords):
        await acknowledge(session, config, outbox, heard.place, now)
    return new


async def _is_recorded(session: AsyncSession, place: Place) -> bool:
    at = (View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    return await session.scalar(select(View.id).where(*at)) is not None


async def acknowledge(session: AsyncSession, config: Config, outbox: Outbox, place: Place, now: datetime) -> None:
    """Mark a message whose first words were just recorded; the first ever view of its author is answered, once.

    To be called in the transaction that recorded it. An edit, or what was removed before it was heard, gets neither.
    """
    at = (View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    query = select(View.id, View.capacity, LedgerEntry.speaker).join(View.first)
    found = (await session.execute(query.where(*at, View.withdrawn_at.is_(None)))).first()
    if found is None or await _wordings(session, found.id) > 1:
        return
    await outbox.mark(session, place.platform, place.channel, place.message, now)
    if not found.capacity.gives_views:
        return
    seen = await people.known(session, place.platform, found.speaker)
    speaker = seen.speaker if seen else Speaker(place.platform, found.speaker)
    if await _has_others(session, await people.accounts(session, config, speaker), found.id):
        return
    view = await record.view(session, audience.SECAS, found.id)
    if view is not None:
        key = f"first comment:{place.platform}:{found.speaker}"
        to = (place.platform, place.channel, place.thread, found.speaker)
        await outbox.whisper(session, *to, key, await note(session, view), now)


async def take_mark(session: AsyncSession, outbox: Outbox, view: Recorded, now: datetime) -> None:
    """Take our mark off a message that is no longer recorded with its author's will; others have none."""
    if view.source in _IN_CHANNELS:
        await outbox.unmark(session, view.platform, view.channel, view.message, now)


async def tell(
    session: AsyncSession,
    outbox: Outbox,
    view: Recorded,
    message: Message,
    key: str,
    now: datetime,
    speaker: Speaker | None = None,
) -> None:
    """Tell the author something of a comment: where it was said, or directly where it was said in no channel, or the
    author is at another platform now.

    `speaker`: the author as the platform knows them; None: as the record does, which is of no platform where SECAS
    entered it.
    """
    author = speaker or view.author
    if author is None:
        return
    if view.source not in _IN_CHANNELS or author.platform != view.platform:
        await outbox.direct(session, author.platform, author.id, message, key, now)
        return
    first = select(LedgerEntry.thread).join(View, View.first_entry_id == LedgerEntry.id).where(View.id == view.id)
    thread = await session.scalar(first)
    place = (view.platform, view.channel, thread if thread != view.message else None)
    await outbox.whisper(session, *place, author.id, key, message, now)


async def note(session: AsyncSession, view: Recorded) -> Message:
    """Its ref and how it will appear, for its author."""
    query = select(Item).join(Invitation).where(Invitation.id == view.invitation_id).options(joinedload(Item.proposal))
    return Message("recorded", {"view": view, "item": (await session.scalars(query)).one()})


async def _wordings(session: AsyncSession, view_id: int) -> int:
    return await session.scalar(select(func.count()).select_from(Wording).where(Wording.view_id == view_id)) or 0


async def _has_others(session: AsyncSession, accounts: Collection[people.Account], view_id: int) -> bool:
    """Whether a person has given another view: what is gone again was perhaps never answered."""
    query = (
        select(View.id)
        .join(View.first)
        .where(tuple_(LedgerEntry.platform, LedgerEntry.speaker).in_(accounts), View.id != view_id)
        .where(View.withdrawn_at.is_(None), View.capacity.in_(VIEW_CAPACITIES))
    )
    return await session.scalar(query.limit(1)) is not None
