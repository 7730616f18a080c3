"""Buttons in Slack."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot import commands
from bot.services.desk import Desk
from handlers.slack.messenger import SlackMessenger


async def read_in_full(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Open the whole text that a post had to cut."""
    async with desk.sessions.read() as session:
        message = await commands.full_text(session, int(body["actions"][0]["value"]))
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(message))
    await ack()
