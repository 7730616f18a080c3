"""“Record as a view” in the menu of a message of Slack: what stands there is in the payload, or is fetched."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain import HeardWords, Place
from bot.forms import messages
from bot.forms.messages import Said
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.slack import modals, text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.names import names_in
from handlers.slack.paging import find
from handlers.slack.persons import person_of


async def record_as_view(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Open the form that asks which proposal a message is on."""
    speaker, message, channel = await person_of(body, desk, messenger), body["message"], body["channel"]["id"]
    place = Place(text.PLATFORM, channel, message.get("thread_ts") or message["ts"], message["ts"])
    said = Said(place, messenger.name_of(channel), partial(_heard, message, place, desk, messenger))
    form = await messages.record_as_view(desk, speaker, said)
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.payload(text.PLATFORM, form))
    await ack()


async def record_message(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """It was submitted: the message is recorded as it stands now."""
    speaker, form = await person_of(body, desk, messenger), modals.Filled.of(body)
    place = Place(text.PLATFORM, *form.about.split())
    said = Said(place, messenger.name_of(place.channel), partial(_fetched, place, desk, messenger))
    await modals.answer(ack, await messages.record_message(desk, messenger, speaker, said, form), desk)


async def _fetched(place: Place, desk: Desk, messenger: SlackMessenger) -> HeardWords | None:
    return await _heard(await find(messenger.client, place), place, desk, messenger)


async def _heard(message: text.Event | None, place: Place, desk: Desk, messenger: SlackMessenger) -> HeardWords | None:
    """What a person said there; None where a program did, or it is gone."""
    heard = message and text.said(message, place.channel, str(messenger.identity.bot_user_id))
    author = heard and await identify(desk.sessions, messenger, heard.speaker, desk.clock())
    if not message or not heard or not author:
        return None
    names = await names_in(message, place.channel, desk, messenger)
    return replace(heard, speaker=author, text=text.readable(message, names))
