"""What members do with a comment of their own: “My comment…”, and the buttons under a proposal's post."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.decisions import SpeaksFor, Stance, Stated
from bot.domain import Facet, Message, Place, Source, Speaker
from bot.rules.wording import capital
from bot.services import commenting, stating
from bot.services.commenting import Button, Invited
from bot.services.desk import Desk
from bot.services.identifying import identify
from bot.services.recorded import Recorded
from bot.services.stating import Form, Own
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.modals import Filled, about, number_of, option_of, value_of

_STANCES = [(stance, capital(stance)) for stance in Stance]


async def my_comment(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """From the menu of a message, or the button of a note: open the form of a comment that is the person's own."""
    speaker = await _speaker(body, desk, messenger)
    async with desk.sessions.read() as session:
        if body["type"] == "message_action":
            message = body["message"]
            place = Place(text.PLATFORM, body["channel"]["id"], message.get("thread_ts", ""), message["ts"])
            own = await stating.at_message(session, desk.config, speaker, place, desk.clock())
        else:
            own = await stating.own(session, desk.config, speaker, value_of(body), desk.clock())
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(form_of(own)))
    await ack()


async def change(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """“My comment…” was submitted."""
    speaker, view = await _speaker(body, desk, messenger), body["view"]
    ref_id = number_of(about(body))
    async with desk.sessions.begin() as session:
        await stating.change(session, desk.config, desk.outbox, speaker, ref_id, read(view), view["id"], desk.clock())
    await ack()


async def comment_privately(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """Open the form of a comment that is not written in the channel."""
    speaker, button = await _speaker(body, desk, messenger), _button(body)
    async with desk.sessions.read() as session:
        invited = await commenting.invited(session, desk.config, speaker, button, desk.clock())
    await messenger.open_modal(body["trigger_id"], desk.outbox.renderer.slack(private_form(invited)))
    await ack()


async def comment(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """“Comment privately” was submitted."""
    speaker, view = await _speaker(body, desk, messenger), body["view"]
    item_id, _, channel = about(body).partition(" ")  # of a submission Slack tells no channel
    button = Button(number_of(item_id), channel)
    async with desk.sessions.begin() as session:
        await commenting.comment(
            session, desk.config, desk.outbox, speaker, button, read(view), view["id"], desk.clock()
        )
    await ack()


async def no_comment(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """“No comment”, or “Take back”."""
    speaker, action = await _speaker(body, desk, messenger), body["actions"][0]
    at, given = text.moment(action["action_ts"]), action["action_id"] == "no_comment"
    async with desk.sessions.begin() as session:
        await commenting.answer(
            session, desk.config, desk.outbox, speaker, _button(body), at, desk.clock(), given=given
        )
    await ack()


def read(view: dict[str, Any]) -> Form:
    """What was filled in. A form for somebody who gives no views asks for nothing but words and whether to withdraw."""
    form = Filled.of({"view": view})
    facet, stance, speaks_for, replaces = map(form.chosen, ("facet", "stance", "speaks_for", "replaces"))
    stated = Stated(
        facet=option_of(Facet, facet) if facet else None,
        stance=option_of(Stance, stance) if stance else None,
        on_behalf_of=form.words("on_behalf_of") or None,
        speaks_for=option_of(SpeaksFor, speaks_for) if speaks_for else None,
    )
    return Form(
        stated if "facet" in form.values else None,
        _words(view, form),
        number_of(replaces) if replaces else None,
        form.ticked("withdraw"),
        _tick(view, form),
    )


def _words(view: dict[str, Any], form: Filled) -> str | None:
    """What was written; None where it was left as the form showed it: an older form brings no older words back."""
    fields = (block["element"] for block in view["blocks"] if block.get("block_id") == "words")
    shown = next((field.get("initial_value") for field in fields), None)
    return None if shown is not None and form.typed("words") == shown else form.typed("words")


def _tick(view: dict[str, Any], form: Filled) -> bool | None:
    """“Confidential” as its author set it; None where it was left as the form showed it, or not asked for."""
    fields = (block["element"] for block in view["blocks"] if block.get("block_id") == "confidential")
    shown = next((bool(field.get("initial_options")) for field in fields), None)
    ticked = form.ticked("confidential")
    return None if shown is None or ticked is shown else ticked


def form_of(own: Own) -> Message:
    """“My comment…”."""
    view = own.view
    return _modal(
        view=view,
        profile=view.profile,
        private=view.source == Source.PRIVATE,
        in_slack=stating.in_slack(view.source),
        words=view.text,
        stated=view.stated,
        earlier=_options(own.earlier),
        replaced=own.replaced,
        about=view.id,
    )


def private_form(invited: Invited) -> Message:
    """“Comment privately”."""
    return _modal(
        view=None,
        item=invited.item,
        profile=invited.profile,
        private=True,
        in_slack=False,
        words="",
        stated=Stated(),
        earlier=_options(invited.earlier),
        replaced=(),
        about=f"{invited.item.id} {invited.channel}",
    )


def _modal(**values: object) -> Message:
    return Message(
        "modals/own_comment",
        {**values, "stances": _STANCES, "most": stating.LONGEST, "longest_name": stating.LONGEST_NAME},
    )


def _options(views: tuple[Recorded, ...]) -> list[tuple[str, str]]:
    """The latest comments that Slack's list holds."""
    return [(str(view.id), f"{view.ref}: {view.text}") for view in views[-_OPTIONS:]]


_OPTIONS = 99  # Slack takes a hundred, and one of them is none


def _button(body: dict[str, Any]) -> Button:
    return Button(value_of(body), (body.get("channel") or {}).get("id", ""))


async def _speaker(body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> Speaker:
    person = Speaker(text.PLATFORM, body["user"]["id"])
    return await identify(desk.sessions, messenger, person, desk.clock()) or person
