"""Buttons in Teams that do something at once: who pressed one is told in a line; cards change by the outbox."""

from typing import Any

from bot.domain import Message
from bot.errors import Broken, UserError
from bot.forms import DOERS
from bot.forms.filled import NotOurs, Pressed
from bot.services import reacting
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.teams.asked import Asked
from handlers.teams.messenger import TeamsMessenger

Answer = dict[str, Any]
_REACT = "react"


async def execute(desk: Desk, messenger: TeamsMessenger, asked: Asked) -> Answer:
    """What the button does, and a line for who pressed it."""
    now = desk.clock()
    try:
        speaker = await identify(desk.sessions, messenger, asked.speaker, now) or asked.speaker
        pressed = Pressed(speaker, asked.value, asked.place, asked.at or now)
        done = await (_react(desk, pressed) if asked.action == _REACT else _do(desk, asked.action, pressed))
    except UserError as error:
        return sorry(error)
    return _line(desk.outbox.renderer.text(done).strip())


def sorry(error: Exception) -> Answer:
    """What is said to who pressed it, where it was not done."""
    return _line(str(error) if isinstance(error, UserError) else str(Broken()))


async def _do(desk: Desk, action: str, pressed: Pressed) -> Message:
    if action not in DOERS:
        raise NotOurs
    await DOERS[action](desk, pressed)
    return Message("pressed", {"action": action})


async def _react(desk: Desk, pressed: Pressed) -> Message:
    if pressed.place is None:
        raise NotOurs
    async with desk.sessions.begin() as session:
        who, where = pressed.speaker, pressed.place
        given = await reacting.toggle(
            session, desk.config, desk.outbox, who, where, pressed.value, pressed.at, desk.clock()
        )
    return Message("pressed", {"action": _REACT, "meaning": given.meaning, "given": given.given})


def _line(words: str) -> Answer:
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}
