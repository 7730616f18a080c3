"""What a reading of a thread says that the record does not, as things heard. Nothing is written here.

A reading tells how things stand, not what happened. It never beats what an event told of a later moment; and a reply
that is gone is only not seen, because retention, a lost right to read and a removal look the same.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot import ledger
from bot.domain import Fetched, Heard, HeardAbsence, HeardReaction, HeardWords, Page, Place, Source, Speaker
from bot.ledger import ERASED, is_erased
from bot.models import LedgerEntry, Reaction, View, Wording, Words
from bot.services.collecting import PRESENCE

# Our clock and a platform's may differ a little: from the absence of what is so fresh nothing is concluded.
FRESH = timedelta(minutes=1)
# A message tells the whole second of its last edit, an event the moment at which it was told: up to this much later.
_LATER = timedelta(seconds=2)
_NEXT = timedelta(microseconds=1)
Touches = Mapping[tuple[str, str], Reaction]  # the reactions to one message, by person and emoji


async def news(session: AsyncSession, page: Page) -> list[Heard]:
    """What a page has that the record has not, in its order: words, replies seen again, reactions."""
    there = [told for told in page.messages if not told.removed]
    if not there:
        return []
    head, messages = there[0].place, [told.place.message for told in there]
    views, touches = await _views(session, head, messages), await _touches(session, head, messages)
    unseen = await _unseen(session, head, messages)
    found: list[Heard] = []
    for told in there:
        message = told.place.message
        found += _words(told, views.get(message), page.fetched_at)
        if message in unseen:
            found += _seen_again(told.place, unseen[message], page.fetched_at)
        found += _touched(told, touches.get(message, {}), page.fetched_at)
    return found


async def gone(session: AsyncSession, head: Place, seen: Collection[str], fetched_at: datetime) -> list[HeardAbsence]:
    """The replies that the record has and a whole reading of their thread has not, unless that is known.

    `head`: the message that heads the thread. `fetched_at`: when the last page was.
    """
    in_thread = (LedgerEntry.thread == head.thread, LedgerEntry.source == Source.THREAD)
    found = await _absences(session, head, fetched_at, View.message != head.thread, *in_thread)
    return [absence for absence in found if absence.place.message not in seen]


async def gone_message(session: AsyncSession, place: Place, fetched_at: datetime) -> list[HeardAbsence]:
    """That a message which was recorded as a view was not there, unless that is known."""
    return await _absences(session, place, fetched_at, View.message == place.message)


async def next_recorded(session: AsyncSession, post_id: int, after: int) -> int | None:
    """The next view after that one which was recorded on a post from another message of a channel, and stands there."""
    recorded = (View.post_id == post_id, LedgerEntry.source == Source.MESSAGE, View.withdrawn_at.is_(None))
    query = select(View.id).join(View.first).where(View.id > after, *recorded)
    return await session.scalar(query.order_by(View.id).limit(1))


async def place_of(session: AsyncSession, view_id: int) -> Place:
    """Where a view was said."""
    view = await session.get_one(View, view_id, options=[joinedload(View.first)])
    return Place(view.platform, view.channel, view.first.thread, view.message)


async def _absences(
    session: AsyncSession, at: Place, fetched_at: datetime, *which: ColumnElement[bool]
) -> list[HeardAbsence]:
    """That these views of a channel are gone: not of what is withdrawn, is too fresh, or is known to be gone."""
    query = (
        select(View)
        .join(View.first)
        .where(View.platform == at.platform, View.channel == at.channel, *which)
        .where(View.withdrawn_at.is_(None), View.said_at < fetched_at - FRESH)
        .options(joinedload(View.first))
        .order_by(View.id)
    )
    missing = (await session.scalars(query)).all()
    known = await _unseen(session, at, [view.message for view in missing])
    return [_absence(view, fetched_at) for view in missing if view.message not in known]


def _absence(view: View, at: datetime) -> HeardAbsence:
    place = Place(view.platform, view.channel, view.first.thread, view.message)
    return HeardAbsence(place, Speaker(view.platform, view.first.speaker), view.said_at, seen=False, at=at)


def _seen_again(place: Place, entry: LedgerEntry, at: datetime) -> Iterator[HeardAbsence]:
    if entry.said_at is not None and entry.at < at:
        yield HeardAbsence(place, Speaker(entry.platform, entry.speaker), entry.said_at, seen=True, at=at)


def _words(told: Fetched, view: View | None, fetched_at: datetime) -> Iterator[HeardWords]:
    """Its words as they are now, where the record has not heard them. What was withdrawn or erased stays so."""
    is_head = view is None and told.place.message == told.place.thread  # one that was recorded may head a thread
    if told.speaker is None or is_head or (view and view.withdrawn_at):
        return
    latest = view.wordings[-1] if view and view.wordings else None
    if latest is None:
        if not told.asks or told.asks_as_analyst:
            yield replace(_said(told, told.speaker, told.said_at), asks=told.asks_as_analyst)
        return
    if latest.words is None or latest.words.text is None or latest.words.raw == ERASED or _same(told, latest.words):
        return
    if told.edited_at is not None and latest.at < fetched_at and latest.at - told.edited_at < _LATER:
        yield _said(told, told.speaker, latest.at)


def _said(told: Fetched, speaker: str, before: datetime) -> HeardWords:
    """Its words at the moment of the last edit, of which the platform tells the whole second: later than `before`."""
    at = max(told.edited_at, before + _NEXT) if told.edited_at else told.said_at
    return HeardWords(told.place, Speaker(told.place.platform, speaker), told.text, told.said_at, at, told.raw)


def _same(told: Fetched, words: Words) -> bool:
    """By the platform's own text: how people it mentions are called may have changed since."""
    return told.raw == words.raw if words.raw else told.text == words.text


def _touched(told: Fetched, known: Touches, fetched_at: datetime) -> Iterator[HeardReaction]:
    """Reactions put on or taken off; a reading does not tell when, so its own moment is theirs."""
    if told.reactions is None:
        return
    there = {(person, emoji) for emoji, people in told.reactions.items() for person in people}
    for person, emoji in sorted(there | known.keys()):
        if is_erased(person):
            continue  # who that was nobody knows, so nobody can say that it is gone
        if (person, emoji) not in there and emoji in told.pressed:
            continue
        before, added = known.get((person, emoji)), (person, emoji) in there
        if added == (before is not None and before.present) or (before and before.at >= fetched_at - FRESH):
            continue
        yield HeardReaction(told.place, Speaker(told.place.platform, person), emoji, added, fetched_at)


async def _views(session: AsyncSession, head: Place, messages: Collection[str]) -> dict[str, View]:
    query = (
        select(View)
        .where(View.platform == head.platform, View.channel == head.channel, View.message.in_(messages))
        .options(selectinload(View.wordings).joinedload(Wording.words))
    )
    return {view.message: view for view in await session.scalars(query)}


async def _touches(session: AsyncSession, head: Place, messages: Collection[str]) -> dict[str, Touches]:
    query = select(Reaction).where(
        Reaction.platform == head.platform, Reaction.channel == head.channel, Reaction.message.in_(messages)
    )
    found: dict[str, dict[tuple[str, str], Reaction]] = {}
    for reaction in await session.scalars(query):
        found.setdefault(reaction.message, {})[reaction.speaker, reaction.emoji] = reaction
    return {**found}


async def _unseen(session: AsyncSession, head: Place, messages: Collection[str]) -> dict[str, LedgerEntry]:
    """Those of the messages that the last reading which told of them did not see, with its entry."""
    query = (
        select(LedgerEntry)
        .where(LedgerEntry.platform == head.platform, LedgerEntry.channel == head.channel)
        .where(LedgerEntry.message.in_(messages), LedgerEntry.kind.in_(PRESENCE))
        .order_by(LedgerEntry.at, LedgerEntry.kind)  # as in the fold: of two at one moment “seen again” counts
    )
    latest = {entry.message: entry for entry in await session.scalars(query)}
    return {message: entry for message, entry in latest.items() if entry.kind == ledger.NOT_SEEN}
