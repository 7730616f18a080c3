"""What is heard in our threads becomes views: one ledger entry, folded into the views, in one transaction.

The fold is commutative: repeats change nothing, an older edit never beats a newer one, a removal always wins. Only the
numbers in refs follow the order of arrival; they are given once and kept.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot import ledger, outbox
from bot.config import Config
from bot.domain import Heard, HeardRemoval, Place, Speaker
from bot.models import Invitation, Item, LedgerEntry, Post, Reaction, Ref, View, Wording
from bot.services import people
from bot.services.people import Roster


class NotYetKnown(Exception):
    """A post of ours may be out without our knowing its id: the platform must send this event again."""


@dataclass(frozen=True)
class Thread:
    """A thread of ours: its post, and the proposal it is about; a heading post is about none."""

    post_id: int
    proposal_id: int | None


async def our_thread(session: AsyncSession, platform: str, channel: str, thread: str) -> Thread | None:
    """The thread that this message heads, if it is one of our posts."""
    query = (
        select(Post.id, Item.proposal_id)
        .outerjoin(Post.invitation)
        .outerjoin(Invitation.item)
        .where(Post.platform == platform, Post.channel == channel, Post.message == thread)
    )
    row = (await session.execute(query)).first()
    return row and Thread(*row)


async def door(session: AsyncSession, channel_name: str | None, place: Place) -> Thread | None:
    """The thread of ours that this was said in; None for all else. Raises NotYetKnown while a post is on its way.

    `channel_name` is None where config.toml does not (or no longer) name the channel: our threads there stay ours.
    """
    thread = await our_thread(session, place.platform, place.channel, place.thread)
    if thread is None and channel_name and await outbox.is_posting(session, place.platform, channel_name):
        raise NotYetKnown(channel_name)
    return thread


async def removal(
    session: AsyncSession, platform: str, channel: str, message: str, at: datetime
) -> HeardRemoval | None:
    """The removal of a message of which the platform says only that it is gone; None where it was no view."""
    query = (
        select(LedgerEntry)
        .join(View, View.first_entry_id == LedgerEntry.id)
        .where(View.platform == platform, View.channel == channel, View.message == message)
    )
    first = await session.scalar(query)
    if first is None or first.said_at is None:
        return None
    place = Place(platform, channel, first.thread, message)
    return HeardRemoval(place, Speaker(platform, first.speaker), first.said_at, at)


async def known_thread(session: AsyncSession, platform: str, channel: str, message: str) -> str | None:
    """The thread of a message we know: a post heads its own, a view is in its post's. None: ask the platform."""
    query = (
        select(Post.message)
        .outerjoin(View, View.post_id == Post.id)
        .where(
            Post.platform == platform,
            Post.channel == channel,
            or_(
                Post.message == message,
                and_(View.platform == platform, View.channel == channel, View.message == message),
            ),
        )
    )
    return await session.scalar(query.limit(1))


async def hear(session: AsyncSession, config: Config, roster: Roster, heard: Heard, now: datetime) -> bool:
    """Write down what was heard in one of our threads and fold it; False where it was heard before, or is not ours."""
    thread = await our_thread(session, heard.place.platform, heard.place.channel, heard.place.thread)
    if thread is None or thread.proposal_id is None:
        return False
    item = await _item(session, thread.post_id)
    speaker = people.name_of(roster, heard.speaker)
    profile = people.profile_of(config, roster, speaker.email, item.paper.sub_committee, item)
    entry = await ledger.append(session, replace(heard, speaker=speaker), profile, now)
    if entry is None:
        return False
    await fold(session, entry)
    return True


async def _item(session: AsyncSession, post_id: int) -> Item:
    """The item that a post carries, with its paper."""
    query = select(Item).join(Invitation).join(Post).where(Post.id == post_id).options(joinedload(Item.paper))
    return (await session.scalars(query)).one()


async def fold(session: AsyncSession, entry: LedgerEntry) -> None:
    """Apply one ledger entry to views, wordings and reactions."""
    if entry.kind in {ledger.REACTED, ledger.UNREACTED}:
        await _fold_reaction(session, entry)
        return
    view = await _view(session, entry)
    if entry.kind == ledger.REMOVED:
        view.withdrawn_at = entry.at
    else:
        session.add(Wording(entry_id=entry.id, view_id=view.id, at=entry.at))
    await session.flush()


async def _view(session: AsyncSession, entry: LedgerEntry) -> View:
    """The view that this entry speaks of, made when its message is first heard of."""
    ours = and_(View.platform == entry.platform, View.channel == entry.channel, View.message == entry.message)
    view = await session.scalar(select(View).where(ours))
    if view is not None:
        return view
    thread = await our_thread(session, entry.platform, entry.channel, entry.thread)
    if thread is None or thread.proposal_id is None or entry.said_at is None:
        raise LookupError(f"ledger entry {entry.id} belongs to no post")
    ref = await _ref(session, entry, thread.proposal_id)
    view = View(
        id=ref.id,
        post_id=thread.post_id,
        platform=entry.platform,
        channel=entry.channel,
        message=entry.message,
        said_at=entry.said_at,
        first_entry_id=entry.id,
    )
    session.add(view)
    await session.flush()
    return view


async def _ref(session: AsyncSession, entry: LedgerEntry, proposal_id: int) -> Ref:
    """The number this message was given, or the next one. Writers take turns, so no two get the same."""
    ours = and_(Ref.platform == entry.platform, Ref.channel == entry.channel, Ref.message == entry.message)
    ref = await session.scalar(select(Ref).where(ours))
    if ref is not None:
        return ref
    letter = "V" if entry.capacity.gives_views else "R"
    last = await session.scalar(
        select(func.max(Ref.number)).where(Ref.proposal_id == proposal_id, Ref.letter == letter)
    )
    ref = Ref(
        proposal_id=proposal_id,
        letter=letter,
        number=(last or 0) + 1,
        platform=entry.platform,
        channel=entry.channel,
        message=entry.message,
    )
    session.add(ref)
    await session.flush()
    return ref


async def _fold_reaction(session: AsyncSession, entry: LedgerEntry) -> None:
    key = (entry.platform, entry.channel, entry.message, entry.speaker, entry.emoji)
    reaction = await session.get(Reaction, key)
    present = entry.kind == ledger.REACTED
    if reaction is None:
        names = ("platform", "channel", "message", "speaker", "emoji")
        reaction = Reaction(**dict(zip(names, key, strict=True)), thread=entry.thread)
        session.add(reaction)
    elif (entry.at, not present) <= (reaction.at, not reaction.present):
        return  # of two at the same moment the removal is kept
    reaction.present, reaction.at, reaction.entry_id = present, entry.at, entry.id
    await session.flush()
