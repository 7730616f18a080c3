"""What members do with a comment of their own in forms: “My comment…” and “Comment privately”."""

from bot.decisions import SpeaksFor, Stance, Stated
from bot.domain import Facet, Message, Source, Speaker
from bot.forms.filled import Filled, Pressed, number_of, option_of
from bot.messenger import Messenger
from bot.rules.wording import capital
from bot.services import commenting, stating
from bot.services.commenting import Button, Invited
from bot.services.desk import Desk
from bot.services.recorded import Recorded
from bot.services.stating import Form, Own

_STANCES = [(stance, capital(stance)) for stance in Stance]
_OPTIONS = 99  # Slack takes a hundred, and one of them is none


async def my_comment(desk: Desk, pressed: Pressed) -> Message:
    """The form of a comment that is the person's own: named by a button, or the message in whose menu it was chosen."""
    speaker, place = pressed.speaker, pressed.place
    async with desk.sessions.read() as session:
        if place and not pressed.value:
            own = await stating.at_message(session, desk.config, speaker, place, desk.clock())
        else:
            own = await stating.own(session, desk.config, speaker, number_of(pressed.value), desk.clock())
    return form_of(own)


async def change(desk: Desk, _: Messenger, speaker: Speaker, form: Filled) -> None:
    """“My comment…” was sent."""
    ref_id, filled = number_of(form.about), read(form)
    async with desk.sessions.begin() as session:
        await stating.change(session, desk.config, desk.outbox, speaker, ref_id, filled, form.key, desk.clock())


async def comment_privately(desk: Desk, pressed: Pressed) -> Message:
    """The form of a comment that is not written in the channel."""
    button = Button(number_of(pressed.value), pressed.channel)
    async with desk.sessions.read() as session:
        return private_form(await commenting.invited(session, desk.config, pressed.speaker, button, desk.clock()))


async def comment(desk: Desk, _: Messenger, speaker: Speaker, form: Filled) -> None:
    """“Comment privately” was sent."""
    item_id, channel = form.about.partition(" ")[::2]  # of a submission no platform tells the channel
    button, filled = Button(number_of(item_id), channel), read(form)
    async with desk.sessions.begin() as session:
        await commenting.comment(session, desk.config, desk.outbox, speaker, button, filled, form.key, desk.clock())


def read(form: Filled) -> Form:
    """What was filled in. A form for somebody who gives no views asks for nothing but words and whether to withdraw.

    What was left as the form showed it is not taken: an older form brings no older words back, and no older tick.
    """
    facet, stance, speaks_for, replaces = map(form.chosen, ("facet", "stance", "speaks_for", "replaces"))
    stated = Stated(
        facet=option_of(Facet, facet) if facet else None,
        stance=option_of(Stance, stance) if stance else None,
        on_behalf_of=form.words("on_behalf_of") or None,
        speaks_for=option_of(SpeaksFor, speaks_for) if speaks_for else None,
    )
    return Form(
        stated if "facet" in form.names else None,
        None if form.left("words") else form.typed("words"),
        number_of(replaces) if replaces else None,
        form.ticked("withdraw"),
        None if form.left("confidential") else form.ticked("confidential"),
    )


def form_of(own: Own) -> Message:
    """“My comment…”."""
    view = own.view
    return _form(
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
    return _form(
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


def _form(**values: object) -> Message:
    return Message(
        "modals/own_comment",
        {**values, "stances": _STANCES, "most": stating.LONGEST, "longest_name": stating.LONGEST_NAME},
    )


def _options(views: tuple[Recorded, ...]) -> list[tuple[str, str]]:
    """The latest comments that a list holds."""
    return [(str(view.id), f"{view.ref}: {view.text}") for view in views[-_OPTIONS:]]
