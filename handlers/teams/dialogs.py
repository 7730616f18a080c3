"""Dialogs in Teams: a button opens one, what is sent is taken, and the next page says the outcome or the mistake."""

from collections.abc import Mapping
from dataclasses import replace

from bot import commands
from bot.commands import OpenModal
from bot.domain import HeardWords, Message, Place, Speaker
from bot.errors import Broken, UserError, WrongUsage
from bot.forms import DEED, OPENERS, TAKERS, messages
from bot.forms.filled import NotOurs, Pressed
from bot.forms.messages import Said
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.teams import pages
from handlers.teams.asked import Asked
from handlers.teams.filled import Filled
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.pages import PLATFORM, Answer

CLOSED: Answer = {}  # the dialog is closed
_RECORD, _RECORDED = "record_as_view", "record_message"  # in a message's menu, and its form
# Each form by the button that opens it; those of commands by the command.
_OPENED_BY = {name: name for name in ("my_comment", "state_organisation", "object_to_record")}
_COMMANDS = {"enter_comment": "enter", "sort_comments": "sort"}


async def fetch(desk: Desk, messenger: TeamsMessenger, asked: Asked) -> Answer:
    """A button that opens a form, or an entry in a message's menu."""
    try:
        return await _next(desk, messenger, asked, await _speaker(desk, messenger, asked))
    except UserError as error:
        return sorry(desk, error)


async def submit(desk: Desk, messenger: TeamsMessenger, asked: Asked) -> Answer:
    """A form was sent; or, in one, a button pressed that opens the next."""
    asked = _where_it_was_sent(asked)
    try:
        speaker = await _speaker(desk, messenger, asked)
        if asked.action not in TAKERS and asked.action != _RECORDED:
            return await _next(desk, messenger, asked, speaker)
    except UserError as error:
        return sorry(desk, error)
    try:
        outcome = await _take(desk, messenger, asked, speaker)
    except UserError as error:
        return await _mistaken(desk, messenger, asked, speaker, error)
    return CLOSED if outcome is None else pages.page(desk.outbox.renderer, outcome)


def _where_it_was_sent(asked: Asked) -> Asked:
    """A private comment is the Sub-Committee's in whose channel its form was sent: what the form says may be forged."""
    if asked.action != "private_comment":
        return asked
    channel = asked.place.channel if asked.place else ""
    return replace(asked, value=f"{asked.value.partition(' ')[0]} {channel}")


def sorry(desk: Desk, error: Exception, words: object = "") -> Answer:
    """What a person sees instead of a form. `words`: what they had written in it."""
    sentence = str(error) if isinstance(error, UserError) else str(Broken())
    return pages.page(
        desk.outbox.renderer, Message("modals/error", {"sentence": sentence, "words": str(words or "").strip()})
    )


async def _take(desk: Desk, messenger: TeamsMessenger, asked: Asked, speaker: Speaker) -> Message | None:
    form = Filled.of(asked)
    if asked.action == _RECORDED:
        return await messages.record_message(desk, messenger, speaker, _said(asked.value, desk, messenger), form)
    return await TAKERS[asked.action](desk, messenger, speaker, form)


async def _next(desk: Desk, messenger: TeamsMessenger, asked: Asked, speaker: Speaker) -> Answer:
    message = await _opened(desk, messenger, speaker, asked.action, asked.value, asked.place)
    return pages.page(desk.outbox.renderer, message, _brought(asked.data))


async def _opened(
    desk: Desk, messenger: TeamsMessenger, speaker: Speaker, action: str, value: str, place: Place | None
) -> Message:
    if action == pages.OPEN:
        return await _of_command(desk, speaker, value.removeprefix("/dp "))
    if action == _RECORD and place is not None:
        about = f"{place.channel} {place.thread or place.message} {place.message}"
        return await messages.record_as_view(desk, speaker, _said(about, desk, messenger))
    if action not in OPENERS:
        raise NotOurs
    return await OPENERS[action](desk, Pressed(speaker, value, place, desk.clock()))


async def _of_command(desk: Desk, speaker: Speaker, typed: str) -> Message:
    """The form that a command opens, which its button names: asked for anew, so that the right to it is checked."""
    try:
        asked = commands.parse(typed)
    except WrongUsage:
        raise NotOurs from None
    if asked.writes:
        raise NotOurs
    async with desk.sessions.read() as session:
        answer = await commands.answer(session, desk.config, desk.outbox, asked, speaker, desk.clock())
    if not isinstance(answer, OpenModal):
        raise NotOurs
    return answer.message


async def _mistaken(desk: Desk, messenger: TeamsMessenger, asked: Asked, speaker: Speaker, error: UserError) -> Answer:
    """The form again as it would be opened now; where it cannot be, the sentence alone."""
    try:
        message = await _again(desk, messenger, asked, speaker)
    except UserError:
        return sorry(desk, error, asked.data.get("words"))
    return pages.mistaken(desk.outbox.renderer, message, asked.data, error) or sorry(
        desk, error, asked.data.get("words")
    )


async def _again(desk: Desk, messenger: TeamsMessenger, asked: Asked, speaker: Speaker) -> Message:
    form, about = asked.action, asked.value
    first, rest = about.partition(" ")[::2]
    action, value, place = _OPENED_BY.get(form, ""), about, None
    if form in _COMMANDS:
        action, value = pages.OPEN, f"{_COMMANDS[form]} {about}"
    elif form == "private_comment":
        action, value, place = "comment_privately", first, Place(PLATFORM, rest, "", "")
    elif form == "decide_comment":
        action, value = DEED + first, rest
    elif form == _RECORDED:
        return await messages.record_as_view(desk, speaker, _said(about, desk, messenger))
    return await _opened(desk, messenger, speaker, action, value, place)


def _said(about: str, desk: Desk, messenger: TeamsMessenger) -> Said:
    """A message by the channel, the thread and the id that a form has of it."""
    parts = about.split()
    if len(parts) != len(("channel", "thread", "message")):
        raise NotOurs
    place = Place(PLATFORM, *parts)

    async def heard() -> HeardWords | None:
        told = await messenger.message(place)
        if told is None or told.speaker is None or told.removed:
            return None
        author = await identify(desk.sessions, messenger, Speaker(PLATFORM, told.speaker), desk.clock())
        at = told.edited_at or told.said_at
        return HeardWords(place, author, told.text, told.said_at, at, told.raw) if author else None

    return Said(place, messenger.name_of(place.channel), heard)


def _brought(data: Mapping[str, str]) -> dict[str, str]:
    """What was filled in on the page that is left, or on the one before that."""
    kept = {name.removeprefix(pages.KEPT): value for name, value in data.items() if name.startswith(pages.KEPT)}
    return kept | {name: value for name, value in data.items() if not name.startswith(pages.KEPT)}


async def _speaker(desk: Desk, messenger: TeamsMessenger, asked: Asked) -> Speaker:
    return await identify(desk.sessions, messenger, asked.speaker, desk.clock()) or asked.speaker
