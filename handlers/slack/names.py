"""What the people and channels that a message mentions are called: as Slack says, or said before.

It asks Slack, so it is called outside every session. Where Slack does not answer, ids stay: no word waits for a name.
"""

import asyncio
from contextlib import suppress

from bot.domain import Speaker
from bot.messenger import NotSent
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger

_MOST = 20  # names looked up for one message
_PATIENCE = 1.5  # seconds, of the three that Slack waits for an event's acknowledgement


async def names_in(message: text.Event, channel: str, desk: Desk, messenger: SlackMessenger) -> dict[str, str]:
    """Names for the ids that a message said in this channel mentions, as far as they can be known."""
    clock = asyncio.get_running_loop().time
    until, names = clock() + _PATIENCE, {}
    for mentioned in text.mentioned(message)[:_MOST]:
        if clock() < until and (name := await _name(mentioned, channel, desk, messenger)):
            names[mentioned] = " ".join(name.split())
    return names


async def _name(mentioned: str, said_in: str, desk: Desk, messenger: SlackMessenger) -> str | None:
    """Slack: ids of people begin with U or W, of channels with C or G."""
    if mentioned == messenger.identity.bot_user_id:
        return messenger.identity.user
    match mentioned[:1]:
        case "U" | "W":
            person = await identify(desk.sessions, messenger, Speaker(text.PLATFORM, mentioned), desk.clock())
            return person.name if person else None
        case "C" | "G":
            with suppress(NotSent):
                return await messenger.called(mentioned, said_in)
    return None
