"""What happened to a message in the moment in which it was recorded as a view: the events of it found no view."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import Fetched, Heard, HeardReaction, HeardRemoval, HeardWords, Page
from bot.messenger import Messenger, NotSent
from bot.services import acknowledging, noticing, sweeping
from bot.services.desk import Desk

log = logging.getLogger(__name__)
_NEXT = timedelta(microseconds=1)


async def catch_up(desk: Desk, messenger: Messenger, recorded: HeardWords, proposal_id: int) -> None:
    """Hear it now, and the reactions of before. Where the platform does not say, it is read again with the threads.

    That it was recorded stands either way. It was there a moment ago: so, other than in a sweep, if it is gone it was
    removed.
    """
    now = desk.clock()
    try:
        told = await messenger.message(recorded.place)
        page = Page((told,) if told else (), None, now)
        speakers = await sweeping.speakers_on(desk, messenger, page)
    except NotSent as error:
        log.warning("A message that was just recorded as a view is read again later: %s", error)
        async with desk.sessions.begin() as session:
            await sweeping.queue(session, now, proposal_id=proposal_id, since=now)
        return
    async with desk.sessions.begin() as session:
        for heard in _since(recorded, told, now):
            await acknowledging.hear(session, desk.config, desk.outbox, heard, now)
        for heard in await noticing.news(session, page):
            if isinstance(heard, HeardReaction):
                await sweeping.hear(desk, session, heard, speakers.get(heard.speaker.id))


def _since(recorded: HeardWords, told: Fetched | None, now: datetime) -> Iterator[Heard]:
    """What its author did. A platform may tell the whole second of an edit alone."""
    if told is None:
        yield HeardRemoval(recorded.place, recorded.speaker, recorded.said_at, now)
        return
    at = told.edited_at or told.said_at
    if (told.raw, at) != (recorded.raw, recorded.at):
        yield replace(recorded, text=told.text, raw=told.raw, at=max(at, recorded.at + _NEXT))
