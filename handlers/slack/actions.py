"""Buttons in Slack, and “My comment…” in a message's menu: bot.forms knows what each does."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain import Place
from bot.forms import DOERS, OPENERS
from bot.forms.filled import Pressed
from bot.services.desk import Desk
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.persons import person_of


async def opens(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """A button that opens a form; of one in a form, it lies on top of that."""
    message = await OPENERS[body["actions"][0]["action_id"]](desk, await _pressed(body, desk, messenger))
    show = messenger.push_modal if body.get("view") else messenger.open_modal
    await show(body["trigger_id"], desk.outbox.renderer.payload(text.PLATFORM, message))
    await ack()


async def chosen(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """The same from the menu of a message."""
    message = await OPENERS[body["callback_id"]](desk, await _pressed(body, desk, messenger))
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.payload(text.PLATFORM, message))
    await ack()


async def does(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """A button that does something at once; whoever pressed it is told in a note."""
    await DOERS[body["actions"][0]["action_id"]](desk, await _pressed(body, desk, messenger))
    await ack()


async def _pressed(body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> Pressed:
    action = next(iter(body.get("actions") or [body]))  # of a menu Slack says it outside
    channel, message = (body.get("channel") or {}).get("id", ""), body.get("message") or {}
    ts = message.get("ts", "")
    return Pressed(
        await person_of(body, desk, messenger),
        str(action.get("value") or ""),
        Place(text.PLATFORM, channel, message.get("thread_ts", ""), ts) if channel else None,
        text.moment(action["action_ts"]),
    )
