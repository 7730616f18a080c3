"""“Record as a view” in the menu of a message, and its author's objection."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import asking_of
from bot.domain import HeardWords, Message, Place, Speaker
from bot.services import audience, meanwhile, record, recording
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.modals import Filled, number_of
from handlers.slack.names import names_in
from handlers.slack.paging import find
from handlers.slack.persons import person_of


async def record_as_view(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Open the form that asks which proposal a message is on."""
    speaker, message, channel = await person_of(body, desk, messenger), body["message"], body["channel"]["id"]
    place = Place(text.PLATFORM, channel, message.get("thread_ts") or message["ts"], message["ts"])
    await _check(place, speaker, desk, messenger)
    heard = await _heard(message, place, desk, messenger)
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        name = messenger.name_of(channel)
        form = await recording.form(session, desk.config, place, heard, name, asking.actor)
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(form))
    await ack()


async def record_message(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """It was submitted: the message is recorded as it stands now."""
    speaker = await person_of(body, desk, messenger)
    place = Place(text.PLATFORM, *body["view"]["private_metadata"].split())
    await _check(place, speaker, desk, messenger)
    heard = await _heard(await find(messenger.client, place), place, desk, messenger)
    item_id = number_of(Filled.of(body).chosen("proposal"))
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        name = messenger.name_of(place.channel)
        by, now = asking.actor, asking.now
        view = await recording.record_message(session, desk.config, desk.outbox, place, heard, name, item_id, by, now)
    if heard is not None:
        await meanwhile.catch_up(desk, messenger, heard, view.proposal_id)
    async with desk.sessions.read() as session:
        view = await record.view(session, audience.SECAS, view.id) or view
    await ack(
        response_action="update", view=desk.outbox.renderer.slack(Message("modals/message_recorded", {"view": view}))
    )


async def object_to_record(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """The author's button: open the form for the objection."""
    speaker = await person_of(body, desk, messenger)
    async with desk.sessions.read() as session:
        view = await recording.objectionable(session, speaker, number_of(body["actions"][0]["value"]))
    form = Message("modals/object", {"view": view, "most": recording.LONGEST})
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(form))
    await ack()


async def objection(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """It was submitted."""
    speaker, view = await person_of(body, desk, messenger), body["view"]
    about, words = number_of(view["private_metadata"]), Filled.of(body).words("words")
    async with desk.sessions.begin() as session:
        kept = await recording.object_to(
            session, desk.config, desk.outbox, speaker, about, words, view["id"], desk.clock()
        )
    await ack(response_action="update", view=desk.outbox.renderer.slack(Message("modals/objected", {"view": kept})))


async def _check(place: Place, speaker: Speaker, desk: Desk, messenger: SlackMessenger) -> None:
    """Before anybody is looked up: who is named in a message that may not be recorded is none of ours to know."""
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        await recording.check(session, desk.config, place, messenger.name_of(place.channel), asking.actor)


async def _heard(message: text.Event | None, place: Place, desk: Desk, messenger: SlackMessenger) -> HeardWords | None:
    """What a person said there; None where a program did, or it is gone."""
    heard = message and text.said(message, place.channel, str(messenger.identity.bot_user_id))
    author = heard and await identify(desk.sessions, messenger, heard.speaker, desk.clock())
    if not message or not heard or not author:
        return None
    names = await names_in(message, place.channel, desk, messenger)
    return replace(heard, speaker=author, text=text.readable(message, names))
