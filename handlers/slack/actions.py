"""Buttons in Slack."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot import commands
from bot.services import acting, claiming, people
from bot.services.desk import Desk
from handlers.slack.messenger import SlackMessenger
from handlers.slack.modals import value_of
from handlers.slack.persons import person_of


async def read_in_full(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Open the whole text that a post had to cut."""
    by = await person_of(body, desk, messenger)
    async with desk.sessions.read() as session:
        asking = await commands.asking_of(session, desk.config, desk.outbox, by, desk.clock())
        message = await commands.full_text(session, asking, value_of(body))
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(message))
    await ack()


async def state_organisation(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Open the form in which somebody says for whom they speak."""
    async with desk.sessions.read() as session:
        form = await claiming.form(session, desk.config)
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(form))
    await ack()


async def decide_claim(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """SECAS confirms, or does not, for whom somebody says to speak."""
    action, by = body["actions"][0], await person_of(body, desk, messenger)
    async with desk.sessions.begin() as session:
        actor = acting.actor_of(by, await people.viewer(session, desk.config, by, desk.clock()))
        confirmed = action["action_id"] == "confirm_claim"
        await claiming.decide(session, desk.config, desk.outbox, value_of(body), confirmed, actor, desk.clock())
    await ack()
