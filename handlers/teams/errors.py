"""What a person sees when something goes wrong, and what Teams is told."""

import logging

from bot.domain import Message
from bot.errors import UserError
from bot.messenger import NotSent
from bot.services.collecting import NotYetKnown
from bot.services.desk import Desk
from handlers.teams import text
from handlers.teams.commands import answer_key, may_say
from handlers.teams.messenger import TeamsMessenger

log = logging.getLogger(__name__)


async def say(error: UserError, activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> None:
    """The sentence, to the person who asked, once."""
    person = await may_say(activity, messenger)
    async with desk.sessions.begin() as session:
        told = Message("error", {"sentence": str(error)})
        await desk.outbox.direct(session, text.PLATFORM, person.id, told, answer_key(activity), desk.clock())


def write_down(error: Exception) -> None:
    """In the log, without a word of what was said: why Teams is told that it failed, so that it sends it again."""
    if isinstance(error, NotYetKnown):
        log.info("An activity came while a post of ours was on its way; Teams may send it again.")
    elif isinstance(error, NotSent):
        log.warning("An activity was not stored, because Microsoft did not answer us: %s", error)
    else:
        log.error("Broken on our side.", exc_info=error)
