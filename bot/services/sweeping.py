"""Reads threads as the platform has them, page by page: what no event told is written down, what is gone is noticed.

The platform is asked outside every session. A page is applied in one transaction, with the place where the next one
begins: a reading that was cut short goes on there. After a thread come the messages that were recorded on its post from
elsewhere in its channel, each by itself: how the thread was read is known by then.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.domain import Heard, HeardAbsence, HeardWords, Page, Place, Speaker
from bot.ledger import is_erased
from bot.messenger import Limited, Messenger, NotInChannel, NotReadable, NotSent, Refused, Unclear
from bot.models import Act, Invitation, Item, Occurrence, Post, Sweep
from bot.rules import dates
from bot.rules.wording import counted, platform_name
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
NOT_READABLE = "dpbot has not been given the right to read its messages"
NOT_CONNECTED = "dpbot is not connected to {}"
# Begins a place of our own after a thread's end: the view whose message is read next. No platform's has a blank.
_RECORDED = "recorded "


@dataclass(frozen=True)
class Turn:
    """One page to be read. `head`: the message that heads the thread; `seen`: the messages on the pages before.

    `recorded`: in place of a page the message of this view, which was said at that place.
    """

    sweep_id: int
    head: Place
    cursor: str | None
    started_at: datetime
    seen: frozenset[str]
    recorded: tuple[int, Place] | None = None


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
        await _end(session, sweep, sweep.problem if _past_thread(sweep) else sweep.problem or NO_TIME, now)


async def step(desk: Desk, posts: Collection[int] | None = None) -> bool:
    """Read the next page that is due, of these posts' threads or of any; False where none is.

    What is on a platform that is not connected is said not to have been read at once: nobody waits for it.
    """
    turn = await _claim(desk, posts)
    if turn is None:
        return False
    try:
        messenger = desk.messengers[turn.head.platform]
        if turn.recorded is None:
            await _read(desk, turn, messenger)
        else:
            await _read_recorded(desk, turn, messenger, *turn.recorded)
    except NotSent as error:
        async with desk.sessions.begin() as session:
            if (sweep := await _held(session, turn)) is not None:
                await _failed(session, sweep, turn, error, desk.clock())
    return True


async def _claim(desk: Desk, posts: Collection[int] | None) -> Turn | None:
    now = desk.clock()
    unfinished = select(Sweep, Post).join(Post, Sweep.post_id == Post.id).where(Sweep.finished_at.is_(None))
    if posts is not None:
        unfinished = unfinished.where(Sweep.post_id.in_(posts))
    due = unfinished.where(Sweep.not_before <= now, Post.platform.in_(desk.messengers)).order_by(
        Sweep.not_before, Sweep.id
    )
    async with desk.sessions.begin() as session:
        unread = unfinished.where(Post.platform.not_in(desk.messengers)).with_only_columns(Sweep, Post.platform)
        for sweep, platform in (await session.execute(unread)).all():
            await _end(session, sweep, NOT_CONNECTED.format(platform_name(platform)), now)
        row = (await session.execute(due.limit(1))).first()
        if row is None:
            return None
        sweep, post = row
        if sweep.cursor is not None and now - sweep.started_at > AGE:
            _begin_anew(sweep, now)
        sweep.not_before = now + LEASE
        head = Place(post.platform, post.channel or "", post.message or "", post.message or "")
        turn = Turn(sweep.id, head, sweep.cursor, sweep.started_at, frozenset(sweep.seen))
        if not _past_thread(sweep):
            return turn
        view_id = int((sweep.cursor or "").removeprefix(_RECORDED))
        return replace(turn, recorded=(view_id, await noticing.place_of(session, view_id)))


def _past_thread(sweep: Sweep) -> bool:
    """Whether the thread is read; `problem` says then why it could not be."""
    return sweep.cursor is not None and sweep.cursor.startswith(_RECORDED)


def _begin_anew(sweep: Sweep, now: datetime) -> None:
    """From here on a page that was fetched before does not serve: it would tell of less than was asked for."""
    sweep.started_at = sweep.not_before = now
    sweep.cursor, sweep.seen, sweep.problem = None, [], None


async def _held(session: AsyncSession, turn: Turn) -> Sweep | None:
    """The reading, if it still is where this page begins: another may have gone on with it meanwhile."""
    sweep = await session.get_one(Sweep, turn.sweep_id)
    moved = (sweep.started_at, sweep.cursor) != (turn.started_at, turn.cursor)
    return None if sweep.finished_at or moved else sweep


async def _read(desk: Desk, turn: Turn, messenger: Messenger) -> None:
    head = turn.head
    page = await messenger.page(head.channel, head.thread, turn.cursor, turn.started_at, desk.clock())
    speakers = await speakers_on(desk, messenger, page) if page else {}
    absent, doubt = await _absent(desk, messenger, turn, page) if page else (set[str](), POST_GONE)
    async with desk.sessions.begin() as session:
        sweep = await _held(session, turn)
        if sweep is None:
            return
        if page is None:
            await _go_on(session, sweep, POST_GONE, desk.clock())
            return
        if not await _apply(desk, session, sweep, page, speakers):
            return
        if sweep.cursor is None:
            sweep.started_at = page.fetched_at
        sweep.seen = [*sweep.seen, *_there(page)]
        sweep.cursor, sweep.not_before = page.next_cursor, desk.clock()
        if page.next_cursor is not None:
            return
        gone = [] if doubt else await noticing.gone(session, head, sweep.seen, page.fetched_at)
        await _mark(desk, session, sweep, [heard for heard in gone if heard.place.message in absent])
        await _go_on(session, sweep, doubt if head.message in sweep.seen else POST_GONE, desk.clock())


async def _read_recorded(desk: Desk, turn: Turn, messenger: Messenger, view_id: int, place: Place) -> None:
    """A message by itself. Where the thread could not be checked, its being gone says no more than the thread's."""
    now = desk.clock()
    told = await messenger.message(place)
    page = Page((told,) if told else (), None, now)
    speakers = await speakers_on(desk, messenger, page)
    hidden = told is None and (await messenger.describe_channel(place.channel)).is_archived
    async with desk.sessions.begin() as session:
        sweep = await _held(session, turn)
        if sweep is None or not await _apply(desk, session, sweep, page, speakers):
            return
        if told is None and not hidden and sweep.problem is None:
            await _mark(desk, session, sweep, await noticing.gone_message(session, place, now))
        await _go_on(session, sweep, sweep.problem, desk.clock(), after=view_id)


async def _go_on(session: AsyncSession, sweep: Sweep, problem: str | None, now: datetime, *, after: int = 0) -> None:
    """With the next message that was recorded on the post; after the last the reading has ended."""
    following = await noticing.next_recorded(session, sweep.post_id, after)
    if following is None:
        await _end(session, sweep, problem, now)
    else:
        sweep.cursor, sweep.problem, sweep.not_before = f"{_RECORDED}{following}", problem, now


async def _apply(
    desk: Desk, session: AsyncSession, sweep: Sweep, page: Page, speakers: Mapping[str, Speaker | None]
) -> bool:
    """Write down what is new; False where it is somebody's of whom nothing was when they were looked up: read again."""
    news = await noticing.news(session, page)
    if any(heard.speaker.id not in speakers for heard in news):
        sweep.not_before = desk.clock()
        return False
    for heard in news:
        sweep.found += await hear(desk, session, heard, speakers[heard.speaker.id])
    return True


def _there(page: Page) -> list[str]:
    return [told.place.message for told in page.messages if not told.removed]


async def hear(desk: Desk, session: AsyncSession, heard: Heard, speaker: Speaker | None) -> bool:
    """False for a program's, an analyst's command, and for what an event told before us."""
    if speaker is None or (isinstance(heard, HeardWords) and heard.asks and people.is_analyst(desk.config, speaker)):
        return False
    heard = replace(heard, speaker=speaker)
    return await acknowledging.hear(session, desk.config, desk.outbox, heard, desk.clock(), swept=True)


async def speakers_on(desk: Desk, messenger: Messenger, page: Page) -> Mapping[str, Speaker | None]:
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


async def _absent(desk: Desk, messenger: Messenger, turn: Turn, page: Page) -> tuple[set[str], str | None]:
    """Which replies seem to be gone at the end of a thread; and why nothing can be said of that, asked only then.

    An archived channel may hide them; and retention may have come between two pages, and taken our post as well.
    """
    if page.next_cursor is not None:
        return set(), None
    async with desk.sessions.read() as session:
        gone = await noticing.gone(session, turn.head, turn.seen | {*_there(page)}, page.fetched_at)
    absent, doubt = {heard.place.message for heard in gone}, None
    if absent and (await messenger.describe_channel(turn.head.channel)).is_archived:
        doubt = ARCHIVED
    elif absent and await messenger.message(turn.head) is None:
        doubt = POST_GONE
    return absent, doubt


async def _mark(desk: Desk, session: AsyncSession, sweep: Sweep, absent: Collection[HeardAbsence]) -> None:
    """Write down which comments were not seen."""
    for heard in absent:
        seen = await people.known(session, heard.place.platform, heard.speaker.id)
        sweep.missing += await hear(desk, session, heard, seen.speaker if seen else heard.speaker)


async def _failed(session: AsyncSession, sweep: Sweep, turn: Turn, error: NotSent, now: datetime) -> None:
    """Again later where that may help; a place that the platform no longer knows: once more from the first page.

    A recorded message that cannot be read is passed over, and says nothing of the thread.
    """
    before = sweep.problem
    match error:
        case Limited(retry_after=seconds):
            sweep.not_before = now + max(timedelta(seconds=seconds), _SHORTEST)
        case Unclear():
            sweep.not_before = now + _AFTER_SILENCE
        case _ if turn.recorded is not None:
            log.warning("A message that was recorded as a view could not be read again: %s", error)
            await _go_on(session, sweep, before, now, after=turn.recorded[0])
            return
        case NotReadable():
            await _end(session, sweep, NOT_READABLE, now)
            return
        case Refused() if sweep.cursor is not None and before != str(error):
            _begin_anew(sweep, now + _SHORTEST)
        case NotInChannel():
            await _go_on(session, sweep, NOT_IN_CHANNEL, now)
            return
        case _:
            await _go_on(session, sweep, f"it was refused ({error})", now)
            return
    sweep.problem = before if turn.recorded else str(error)


async def _end(session: AsyncSession, sweep: Sweep, problem: str | None, now: datetime) -> None:
    own = (Sweep.post_id == sweep.post_id, Sweep.finished_at.is_not(None))
    before = await session.scalar(select(Sweep.problem).where(*own).order_by(Sweep.id.desc()).limit(1))
    await session.execute(delete(Sweep).where(*own, Sweep.finished_at < now - KEPT))
    sweep.finished_at, sweep.problem = now, problem
    if not sweep.seen:  # nothing was read: this is when that was tried
        sweep.started_at = now
    whole = [joinedload(Post.invitation).joinedload(Invitation.item)]
    post = await session.get_one(Post, sweep.post_id, options=whole, populate_existing=True)
    sweep.comments = len(await receipts.included(session, post, sweep.seen))
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
