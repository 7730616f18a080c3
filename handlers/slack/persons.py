"""Who pressed a button or submitted a form."""

from typing import Any

from bot.domain import Speaker
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.slack.messenger import SlackMessenger
from handlers.slack.text import PLATFORM


async def person_of(body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> Speaker:
    """The person of an interaction, as Slack verified them."""
    person = Speaker(PLATFORM, body["user"]["id"])
    return await identify(desk.sessions, messenger, person, desk.clock()) or person
