"""Buttons in Teams that do something at once: who pressed one sees what came of it, all others by the outbox."""

from typing import Any

from bot.domain import Message
from bot.errors import Broken, UserError
from bot.forms import DOERS
from bot.forms.filled import NotOurs, Pressed
from bot.services import reacting, showing
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.teams import text
from handlers.teams.asked import Asked
from handlers.teams.messenger import TeamsMessenger

Answer = dict[str, Any]
_REACT = "react"
_CARD, _LINE = "application/vnd.microsoft.card.adaptive", "application/vnd.microsoft.activity.message"


async def execute(desk: Desk, messenger: TeamsMessenger, asked: Asked) -> Answer:
    """What the button does, and how that is shown to who pressed it."""
    now = desk.clock()
    try:
        speaker = await identify(desk.sessions, messenger, asked.speaker, now) or asked.speaker
        pressed = Pressed(speaker, asked.value, asked.place, asked.at or now)
        outcome = await (_react(desk, pressed) if asked.action == _REACT else _do(desk, asked.action, pressed))
    except UserError as error:
        return sorry(error)
    return await _answer(desk, pressed, outcome)


def sorry(error: Exception) -> Answer:
    """What is said to who pressed it, where it was not done."""
    return _line(str(error) if isinstance(error, UserError) else str(Broken()))


async def _do(desk: Desk, action: str, pressed: Pressed) -> Message:
    if action not in DOERS:
        raise NotOurs
    return await DOERS[action](desk, pressed)


async def _react(desk: Desk, pressed: Pressed) -> Message:
    if pressed.place is None:
        raise NotOurs
    async with desk.sessions.begin() as session:
        who, where = pressed.speaker, pressed.place
        given = await reacting.toggle(
            session, desk.config, desk.outbox, who, where, pressed.value, pressed.at, desk.clock()
        )
    return Message("reacted", {"meaning": given.meaning, "given": given.given})


async def _answer(desk: Desk, pressed: Pressed, outcome: Message) -> Answer:
    """Under a post: the post as it is now, and a sentence. Elsewhere in a channel the outcome, in place of the buttons.
    In the direct chat a line, as the whole comes there as a message.
    """
    told = Message("pressed", {**outcome.values, "outcome": outcome.name})
    sentence = desk.outbox.renderer.text(told).strip()
    if pressed.place is None:
        return _line(sentence)
    async with desk.sessions.read() as session:
        post = await showing.shown(session, desk.config, pressed.place)
        seen = Message(post.name, {**post.values, "done": sentence}) if post else outcome
        card = desk.outbox.renderer.payload(text.PLATFORM, seen)["card"]
    return {"statusCode": 200, "type": _CARD, "value": card}


def _line(words: str) -> Answer:
    """Nothing is marked in it, commands neither."""
    return {"statusCode": 200, "type": _LINE, "value": words.replace("`", "")}
