"""Buttons under a proposal's post that ask for no form to be filled in."""

from bot import commands
from bot.domain import Message
from bot.forms.filled import Pressed, number_of
from bot.services import commenting
from bot.services.commenting import Button
from bot.services.desk import Desk


async def read_in_full(desk: Desk, pressed: Pressed) -> Message:
    """The whole text that a post had to cut."""
    async with desk.sessions.read() as session:
        asking = await commands.asking_of(session, desk.config, desk.outbox, pressed.speaker, desk.clock())
        return await commands.full_text(session, asking, number_of(pressed.value))


async def no_comment(desk: Desk, pressed: Pressed) -> Message:
    return await _answer(desk, pressed, given=True)


async def take_back(desk: Desk, pressed: Pressed) -> Message:
    """“No comment” no longer."""
    return await _answer(desk, pressed, given=False)


async def _answer(desk: Desk, pressed: Pressed, *, given: bool) -> Message:
    button = Button(number_of(pressed.value), pressed.channel)
    async with desk.sessions.begin() as session:
        return await commenting.answer(
            session, desk.config, desk.outbox, pressed.speaker, button, pressed.at, desk.clock(), given=given
        )
