"""Who stands behind a platform's id: asked of the platform once a day, kept in between.

It opens its own short sessions, because the platform's answer must not be waited for inside one.
"""

import logging
from dataclasses import replace
from datetime import datetime

from bot.db import Sessions
from bot.domain import Speaker
from bot.messenger import Messenger, NotSent
from bot.services import people

log = logging.getLogger(__name__)


async def identify(
    sessions: Sessions, messenger: Messenger, person: Speaker, now: datetime, *, last_chance: bool = True
) -> Speaker | None:
    """The person with e-mail address and name; None for a program.

    Where the platform does not answer, what it said before serves. Of somebody never seen, NotSent is raised so that
    the event comes again, until its last chance: then the words are kept without an organisation rather than lost.
    """
    async with sessions.read() as session:
        seen = await people.known(session, person.platform, person.id)
    if seen is not None and now - seen.seen_at <= people.FRESH:
        return seen.speaker
    try:
        described = await messenger.describe(person.id)
    except NotSent as error:
        log.warning("The platform did not say who %s is: %s", person.id, error)
        if seen is not None:
            return seen.speaker
        if not last_chance:
            raise
        return person
    if described is None:
        return None
    if described.deleted and seen is not None:  # of somebody who left, a platform tells less than before
        described = replace(seen.speaker, deleted=True)
    async with sessions.begin() as session:
        await people.remember(session, described, now)
    return described
