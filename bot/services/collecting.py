"""What is heard in our threads becomes views: one ledger entry, folded into the views, in one transaction.

The fold is commutative: repeats change nothing, an older edit never beats a newer one, a removal always wins. Only the
numbers in refs follow the order of arrival; they are given once and kept.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot import ledger, outbox
from bot.config import Config
from bot.domain import (
    Classification,
    Heard,
    HeardAnswer,
    HeardReaction,
    HeardRemoval,
    HeardWords,
    Origin,
    Place,
    Profile,
    Source,
    Speaker,
)
from bot.models import Answer, Invitation, Item, LedgerEntry, Post, Reaction, Ref, View, Wording
from bot.rules.classification import highest
from bot.services import deciding, people, recalling

PRESENCE = (ledger.NOT_SEEN, ledger.SEEN_AGAIN)


class NotYetKnown(Exception):
    """A post of ours may be out without our knowing its id: the platform must send this event again."""


@dataclass(frozen=True)
class Thread:
    """A thread of ours: its post, and the proposal it is about; a heading post is about none.

    A message that was said elsewhere and recorded as a view is heard as if it were in one: `source` tells.
    """

    post_id: int
    proposal_id: int | None
    source: Source = Source.THREAD


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


async def door(session: AsyncSession, channel_name: str | None, heard: Heard) -> Thread | None:
    """The thread of ours that this was said in; None for all else. Raises NotYetKnown while a post is on its way.

    `channel_name` is None where config.toml does not (or no longer) name the channel: our threads there stay ours.
    """
    thread = await _belongs(session, heard.place)
    # Words outside every thread are in none of ours; a reaction outside may be on a post.
    outside = heard.place.thread == heard.place.message and not isinstance(heard, HeardReaction)
    if thread is not None or outside or channel_name is None:
        return thread
    if await outbox.is_posting(session, heard.place.platform, channel_name):
        raise NotYetKnown(channel_name)
    return None


async def _belongs(session: AsyncSession, place: Place) -> Thread | None:
    """By the thread; else by the message itself, which may have been recorded as a view."""
    thread = await our_thread(session, place.platform, place.channel, place.thread)
    if thread is not None and thread.proposal_id is not None:
        return thread
    query = (
        select(View.post_id, Ref.proposal_id, LedgerEntry.source)
        .join(View.ref)
        .join(View.first)
        .where(View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    )
    row = (await session.execute(query)).first()
    return Thread(*row) if row else thread


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
    """The thread of a message we know: a post heads its own; of a view it is known. None: ask the platform."""
    post = (Post.platform == platform, Post.channel == channel, Post.message == message)
    view = (View.platform == platform, View.channel == channel, View.message == message)
    said_in = select(LedgerEntry.thread).join(View, View.first_entry_id == LedgerEntry.id).where(*view)
    return await session.scalar(select(Post.message).where(*post)) or await session.scalar(said_in)


async def hear(session: AsyncSession, config: Config, heard: Heard, now: datetime, *, swept: bool = False) -> bool:
    """Write down what was heard in one of our threads and fold it; False where it was heard before, or is not ours.

    `swept`: it was found by reading the thread; else an event told of it.
    """
    thread = await _belongs(session, heard.place)
    if thread is None or thread.proposal_id is None:
        return False
    if (erased := await _erased(session, heard.place)) is not None and not isinstance(heard, HeardReaction):
        if isinstance(heard, HeardWords):
            return False  # what was erased stays erased
        heard = replace(heard, speaker=erased)
    origin = Origin(thread.source, swept=swept)
    return await write(session, config, heard, thread.post_id, now, origin) is not None


async def _erased(session: AsyncSession, place: Place) -> Speaker | None:
    """What stands for the author of a message, where that is somebody who was forgotten."""
    at = (View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    speaker = await session.scalar(
        select(LedgerEntry.speaker).join(View, View.first_entry_id == LedgerEntry.id).where(*at)
    )
    return Speaker(place.platform, speaker) if speaker and ledger.is_erased(speaker) else None


async def write(
    session: AsyncSession,
    config: Config,
    heard: Heard,
    post_id: int,
    now: datetime,
    origin: Origin,
    profile: Profile | None = None,
) -> LedgerEntry | None:
    """Write down something on the invitation of a post, however it came, and fold it; None where it was there before.

    The profile is the speaker's when it was said, however late it is heard; or `profile`, where SECAS says it.
    """
    if profile is None:
        item = await _item(session, post_id)
        said = heard.at if isinstance(heard, HeardReaction | HeardAnswer) else heard.said_at
        speaker, profile = await people.profile(session, config, heard.speaker, item.paper.sub_committee, item, said)
        heard = replace(heard, speaker=speaker)
    marked = replace(origin, mark=origin.mark or await _mark(session, config, post_id))
    entry = await ledger.append(session, heard, profile, post_id, marked, now)
    if entry is not None:
        await fold(session, entry)
        if entry.kind in {ledger.REMOVED, ledger.NOT_SEEN} and (ref_id := await _ref_id(session, entry)) is not None:
            await recalling.recall(session, ref_id, now)
    return entry


async def _ref_id(session: AsyncSession, entry: LedgerEntry) -> int | None:
    ours = (Ref.platform == entry.platform, Ref.channel == entry.channel, Ref.message == entry.message)
    return await session.scalar(select(Ref.id).where(*ours))


async def _mark(session: AsyncSession, config: Config, post_id: int) -> Classification:
    """What is said in a channel is of the highest classification that may be posted there.

    Of a channel that config.toml no longer names, what was recorded there tells: what was said in confidence stays so.
    """
    post = await session.get_one(Post, post_id)
    named = next((each for each in config.channels if each.name == post.channel_name), None)
    if named is not None:
        return named.clearance
    there = (LedgerEntry.platform == post.platform, LedgerEntry.channel == post.channel)
    marks = await session.scalars(select(LedgerEntry.mark).where(*there, LedgerEntry.mark.is_not(None)).distinct())
    return highest([(await _item(session, post_id)).paper.classification, *(mark for mark in marks if mark)])


async def _item(session: AsyncSession, post_id: int) -> Item:
    """The item that a post carries, with its paper."""
    query = select(Item).join(Invitation).join(Post).where(Post.id == post_id).options(joinedload(Item.paper))
    return (await session.scalars(query)).one()


async def fold(session: AsyncSession, entry: LedgerEntry) -> None:
    """Apply one ledger entry to views, wordings, reactions and answers."""
    if entry.kind in {ledger.REACTED, ledger.UNREACTED}:
        await _fold_reaction(session, entry)
        return
    if entry.kind in {ledger.ANSWERED, ledger.UNANSWERED}:
        await _fold_answer(session, entry)
        return
    view = await _view(session, entry)
    if entry.kind == ledger.REMOVED:
        view.withdrawn_at = entry.at
        await session.flush()
        await deciding.relink(session, view.id)
    elif entry.kind in PRESENCE:
        await _fold_presence(session, view, entry)
    else:
        session.add(Wording(entry_id=entry.id, view_id=view.id, at=entry.at))
    await session.flush()


async def _view(session: AsyncSession, entry: LedgerEntry) -> View:
    """The view that this entry speaks of, made when its message is first heard of."""
    ours = and_(View.platform == entry.platform, View.channel == entry.channel, View.message == entry.message)
    view = await session.scalar(select(View).where(ours))
    if view is not None:
        return view
    if entry.post_id is None or entry.said_at is None:
        raise LookupError(f"ledger entry {entry.id} belongs to no post")
    item = await _item(session, entry.post_id)
    ref = await _ref(session, entry, item.proposal_id)
    view = View(
        id=ref.id,
        post_id=entry.post_id,
        platform=entry.platform,
        channel=entry.channel,
        message=entry.message,
        said_at=entry.said_at,
        first_entry_id=entry.id,
        organisation=entry.organisation,
        party_category=entry.party_category,
        seat=entry.seat,
        capacity=entry.capacity,
        alternate_for=entry.alternate_for,
        basis=entry.basis,
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


async def _fold_presence(session: AsyncSession, view: View, entry: LedgerEntry) -> None:
    """The latest reading says whether it is there; of two at the same moment the one that saw it."""
    readings = (
        select(LedgerEntry.id)
        .where(LedgerEntry.platform == entry.platform, LedgerEntry.channel == entry.channel)
        .where(LedgerEntry.message == entry.message, LedgerEntry.kind.in_(PRESENCE))
        .order_by(LedgerEntry.at.desc(), LedgerEntry.kind.desc())  # in the order of letters “seen again” is the later
    )
    if await session.scalar(readings.limit(1)) == entry.id:
        view.missing_at = entry.at if entry.kind == ledger.NOT_SEEN else None


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


async def _fold_answer(session: AsyncSession, entry: LedgerEntry) -> None:
    post = await session.get_one(Post, entry.post_id)
    key = (post.invitation_id, entry.platform, entry.speaker)
    answer = await session.get(Answer, key)
    given = entry.kind == ledger.ANSWERED
    if answer is None:
        answer = Answer(**dict(zip(("invitation_id", "platform", "speaker"), key, strict=True)))
        session.add(answer)
    elif (entry.at, not given) <= (answer.at, not answer.given):
        return  # of two at the same moment the one taken back is kept
    answer.given, answer.at, answer.entry_id = given, entry.at, entry.id
    await session.flush()
