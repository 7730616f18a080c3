"""`/dp` in Slack."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot import commands
from bot.commands import OpenModal
from bot.domain import Speaker
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger


async def dp(ack: AsyncAck, command: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Answer in the acknowledgement, once what was asked is committed."""
    asked = commands.parse(text.plain(command.get("text") or ""))
    person = Speaker(text.PLATFORM, command["user_id"])
    speaker = await identify(desk.sessions, messenger, person, desk.clock()) or person
    async with desk.sessions.open(write=asked.writes) as session:
        answer = await commands.answer(session, desk.config, desk.outbox, asked, speaker, desk.clock())
    if isinstance(answer, OpenModal):
        await messenger.open_modal(command["trigger_id"], desk.outbox.renderer.payload("slack", answer.message))
        await ack()
    else:
        await ack({"response_type": "ephemeral", **desk.outbox.renderer.payload("slack", answer)})
