"""The analysts' forms on comments: sort, and what is decided of one."""

import re
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands import asking_of, deciding, sorting
from bot.commands.deciding import Deed
from bot.domain import Facet
from bot.services.desk import Desk
from handlers.slack.messenger import SlackMessenger
from handlers.slack.modals import Filled, NotOurs, about, number_of, option_of, value_of
from handlers.slack.persons import person_of

DEED = "deed_"  # begins the action_id of a button that opens the form of a deed
_FIELD = re.compile(r"[a-z]+ [0-9]{1,18} [0-9]{1,18} \S")  # the name of a field that asks for a facet


async def more(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """One comment in full, on top of the form of many."""
    speaker, ref_id = await person_of(body, desk, messenger), value_of(body)
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        message = await sorting.one_comment(session, asking, ref_id)
    await messenger.push_modal(body["trigger_id"], desk.outbox.renderer.slack(message))
    await ack()


async def deed(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """The form of what is to be done with one comment."""
    speaker, action = await person_of(body, desk, messenger), body["actions"][0]
    chosen, ref_id = option_of(Deed, action["action_id"].removeprefix(DEED)), value_of(body)
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        message = await deciding.form(session, asking, chosen, ref_id)
    await messenger.push_modal(body["trigger_id"], desk.outbox.renderer.slack(message))
    await ack()


async def sort(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """All that was chosen in one form, in one transaction."""
    form, speaker = Filled.of(body), await person_of(body, desk, messenger)
    chosen = {_field(name): option_of(Facet, facet) for name in form.values if (facet := form.chosen(name))}
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        outcome = await sorting.sort_all(session, asking, chosen)
    await ack(response_action="update", view=desk.outbox.renderer.slack(outcome))


async def decide(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """One decision on one comment."""
    form, speaker = Filled.of(body), await person_of(body, desk, messenger)
    named, _, ref = about(body).partition(" ")
    chosen, ref_id = option_of(Deed, named), number_of(ref)
    given = {name: form.chosen(name) or form.day(name) or form.words(name) for name in form.values}
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        outcome = await deciding.decide(session, asking, chosen, ref_id, given)
    await ack(response_action="update", view=desk.outbox.renderer.slack(outcome))


def _field(name: str) -> str:
    if not _FIELD.fullmatch(name):
        raise NotOurs
    return name
