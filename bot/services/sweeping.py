"""Reads threads as the platform has them, page by page: what no event told is written down, what is gone is noticed.

The platform is asked outside every session. A page is applied in one transaction, with the place where the next one
begins: a reading that was cut short goes on there.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.domain import Heard, Page, Place, Speaker
from bot.ledger import is_erased
from bot.messenger import Limited, Messenger, NotInChannel, NotSent, Refused, Unclear
from bot.models import Act, Invitation, Item, Occurrence, Post, Sweep
from bot.rules import dates
from bot.rules.wording import counted
from bot.services import acknowledging, noticing, people, receipts
from bot.services.desk import Desk
from bot.services.digesting import latest_occurrence
from bot.services.identifying import identify

log = logging.getLogger(__name__)

# A reading that takes longer begins anew: what it says of the first pages is too old.
AGE = timedelta(minutes=30)
# Whoever reads a page holds its thread so long; then another may.
LEASE = timedelta(seconds=60)
# Drafts that were made so long ago can still be issued with the receipt that they have.
KEPT = timedelta(days=90)
# What is asked again waits: where no answer came, and at the least.
_AFTER_SILENCE, _SHORTEST = timedelta(seconds=5), timedelta(seconds=1)
# Why a thread could not be checked, as the end of a sentence.
POST_GONE = "dpbot's post is no longer there"
ARCHIVED = "its channel was archived"
NOT_IN_CHANNEL = "dpbot is no longer in its channel"
NO_TIME = "there was no time to read it"


@dataclass(frozen=True)
class Turn:
    """One page to be read. `head`: the message that heads the thread; `seen`: the messages on the pages before."""

    sweep_id: int
    head: Place
    cursor: str | None
    started_at: datetime
    seen: frozenset[str]


async def queue(
    session: AsyncSession, now: datetime, *, proposal_id: int | None = None, since: datetime | None = None
) -> list[int]:
    """Have the threads of a proposal's posts, or of all, read; the posts' ids. A reading under way goes on.

    `since`: a reading that began then or later will do, and one that is older begins anew.
    """
    query = select(Post.id).join(Post.invitation).join(Invitation.item).where(Post.message.is_not(None))
    if proposal_id is not None:
        query = query.where(Item.proposal_id == proposal_id)
    posts = list(await session.scalars(query.order_by(Post.id)))
    rows = await session.scalars(select(Sweep).where(Sweep.post_id.in_(posts)).order_by(Sweep.id))
    latest = {sweep.post_id: sweep for sweep in rows}
    for post_id in posts:
        sweep = latest.get(post_id)
        if sweep is None or (sweep.finished_at and (since is None or sweep.started_at < since)):
            session.add(Sweep(post_id=post_id, started_at=now, not_before=now, seen=[], comments=0, found=0, missing=0))
        elif not sweep.finished_at and since and sweep.started_at < since:
            _begin_anew(sweep, now)
    return posts


async def queue_nightly(session: AsyncSession, nightly: str, now: datetime) -> None:
    """Have all threads read once every night, at a time such as "02:30" in Europe/London."""
    due = latest_occurrence(f"* {nightly}", now) if nightly else None
    if due is None:
        return
    local = dates.london(due).replace(tzinfo=None).isoformat(timespec="minutes")
    claim = insert(Occurrence).values(job="sweep", local_time=local, done_at=now).on_conflict_do_nothing()
    if (await session.execute(claim.returning(Occurrence.job))).first() is not None:
        await queue(session, now)


async def unfinished(session: AsyncSession, posts: Collection[int]) -> list[Sweep]:
    """The readings of these posts' threads that are to be gone on with."""
    query = select(Sweep).where(Sweep.post_id.in_(posts), Sweep.finished_at.is_(None)).order_by(Sweep.id)
    return list(await session.scalars(query))


async def give_up(session: AsyncSession, posts: Collection[int], now: datetime) -> None:
    """What could not be read in time is said not to have been."""
    for sweep in await unfinished(session, posts):
        await _end(session, sweep, sweep.problem or NO_TIME, now)


async def step(desk: Desk, posts: Collection[int] | None = None) -> bool:
    """Read the next page that is due, of these posts' threads or of any; False where none is."""
    turn = await _claim(desk, posts)
    if turn is None:
        return False
    try:
        await _read(desk, turn, desk.messengers[turn.head.platform])
    except NotSent as error:
        async with desk.sessions.begin() as session:
            if (sweep := await _held(session, turn)) is not None:
                await _failed(session, sweep, error, desk.clock())
    return True


async def _claim(desk: Desk, posts: Collection[int] | None) -> Turn | None:
    now = desk.clock()
    query = (
        select(Sweep, Post)
        .join(Post, Sweep.post_id == Post.id)
        .where(Sweep.finished_at.is_(None), Sweep.not_before <= now, Post.platform.in_(desk.messengers))
        .order_by(Sweep.not_before, Sweep.id)
        .limit(1)
    )
    if posts is not None:
        query = query.where(Sweep.post_id.in_(posts))
    async with desk.sessions.begin() as session:
        row = (await session.execute(query)).first()
        if row is None:
            return None
        sweep, post = row
        if sweep.cursor is None or now - sweep.started_at > AGE:
            _begin_anew(sweep, now)
        sweep.not_before = now + LEASE
        head = Place(post.platform, post.channel or "", post.message or "", post.message or "")
        return Turn(sweep.id, head, sweep.cursor, sweep.started_at, frozenset(sweep.seen))


def _begin_anew(sweep: Sweep, now: datetime) -> None:
    sweep.started_at = sweep.not_before = now
    sweep.cursor, sweep.seen = None, []


async def _held(session: AsyncSession, turn: Turn) -> Sweep | None:
    """The reading, if it still is where this page begins: another may have gone on with it meanwhile."""
    sweep = await session.get_one(Sweep, turn.sweep_id)
    moved = (sweep.started_at, sweep.cursor) != (turn.started_at, turn.cursor)
    return None if sweep.finished_at or moved else sweep


async def _read(desk: Desk, turn: Turn, messenger: Messenger) -> None:
    page = await messenger.page(turn.head.channel, turn.head.thread, turn.cursor, desk.clock())
    speakers = await _speakers(desk, messenger, page) if page else {}
    archived = page is not None and await _is_archived(desk, messenger, turn, page)
    async with desk.sessions.begin() as session:
        sweep = await _held(session, turn)
        if sweep is None:
            return
        if page is None:
            await _end(session, sweep, POST_GONE, desk.clock())
            return
        for heard in await noticing.news(session, page):
            sweep.found += await _hear(desk, session, heard, speakers.get(heard.speaker.id))
        sweep.seen = [*sweep.seen, *_there(page)]
        sweep.cursor, sweep.not_before = page.next_cursor, desk.clock()
        if page.next_cursor is None:
            problem = await _notice_gone(desk, session, sweep, turn.head, page.fetched_at, archived)
            await _end(session, sweep, problem, desk.clock())


def _there(page: Page) -> list[str]:
    return [told.place.message for told in page.messages if not told.removed]


async def _hear(desk: Desk, session: AsyncSession, heard: Heard, speaker: Speaker | None) -> bool:
    """False for a program's, and for what an event told before us."""
    if speaker is None:
        return False
    heard = replace(heard, speaker=speaker)
    return await acknowledging.hear(session, desk.config, desk.outbox, heard, desk.clock(), swept=True)


async def _speakers(desk: Desk, messenger: Messenger, page: Page) -> Mapping[str, Speaker | None]:
    """Whoever said what is new on a page, by id; None for a program."""
    async with desk.sessions.read() as session:
        persons = {heard.speaker.id: heard.speaker for heard in await noticing.news(session, page)}
    return {person.id: await _speaker(desk, messenger, person) for person in persons.values()}


async def _speaker(desk: Desk, messenger: Messenger, person: Speaker) -> Speaker | None:
    """Whom the platform will never describe is recorded without an organisation; who was forgotten, not at all."""
    if is_erased(person.id):
        return person
    if desk.sessions.forgotten.has([person.id]):
        return None
    try:
        return await identify(desk.sessions, messenger, person, desk.clock(), last_chance=False)
    except Refused:
        return person


async def _is_archived(desk: Desk, messenger: Messenger, turn: Turn, page: Page) -> bool:
    """Asked only where replies seem to be gone at the end of a thread: an archived channel may hide them."""
    if page.next_cursor is not None:
        return False
    async with desk.sessions.read() as session:
        absent = await noticing.gone(session, turn.head, turn.seen | {*_there(page)}, page.fetched_at)
    return bool(absent) and (await messenger.describe_channel(turn.head.channel)).is_archived


async def _notice_gone(
    desk: Desk, session: AsyncSession, sweep: Sweep, head: Place, fetched_at: datetime, archived: bool
) -> str | None:
    """Write down which replies a whole reading did not see; or why nothing can be said of them."""
    if head.message not in sweep.seen:
        return POST_GONE
    absent = await noticing.gone(session, head, sweep.seen, fetched_at)
    if absent and archived:
        return ARCHIVED
    for heard in absent:
        seen = await people.known(session, head.platform, heard.speaker.id)
        sweep.missing += await _hear(desk, session, heard, seen.speaker if seen else heard.speaker)
    return None


async def _failed(session: AsyncSession, sweep: Sweep, error: NotSent, now: datetime) -> None:
    """Again later where that may help; a place that the platform no longer knows: once more from the first page."""
    match error:
        case Limited(retry_after=seconds):
            sweep.not_before = now + max(timedelta(seconds=seconds), _SHORTEST)
        case Unclear():
            sweep.not_before = now + _AFTER_SILENCE
        case Refused() if sweep.cursor is not None and sweep.problem != str(error):
            _begin_anew(sweep, now + _SHORTEST)
        case NotInChannel():
            await _end(session, sweep, NOT_IN_CHANNEL, now)
            return
        case _:
            await _end(session, sweep, f"it was refused ({error})", now)
            return
    sweep.problem = str(error)


async def _end(session: AsyncSession, sweep: Sweep, problem: str | None, now: datetime) -> None:
    own = (Sweep.post_id == sweep.post_id, Sweep.finished_at.is_not(None))
    before = await session.scalar(select(Sweep.problem).where(*own).order_by(Sweep.id.desc()).limit(1))
    await session.execute(delete(Sweep).where(*own, Sweep.finished_at < now - KEPT))
    sweep.finished_at, sweep.problem = now, problem
    post = await session.get_one(Post, sweep.post_id, options=[joinedload(Post.invitation).joinedload(Invitation.item)])
    sweep.comments = await receipts.included(session, post, sweep.seen)
    if post.invitation is not None and (sweep.found or sweep.missing or problem not in {None, before}):
        item = post.invitation.item
        about = f"The thread of {item.reference} in {post.channel_name} {_told(sweep)}."
        log.info(about)
        session.add(Act(action="swept", proposal_id=item.proposal_id, about=about, by="dpbot", at=now))


def _told(sweep: Sweep) -> str:
    if sweep.problem:
        return f"could not be checked: {sweep.problem}"
    told = counted(sweep.found, "thing was", "things were")
    gone = f"; {counted(sweep.missing, 'reply was', 'replies were')} not seen" if sweep.missing else ""
    return f"was read: {told} found that no event had told of{gone}"
