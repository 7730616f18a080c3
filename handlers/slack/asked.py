"""A message that asks dpbot something: it opens with a mention and parses as a command, so it is no comment."""

from bot import commands
from bot.commands import Command
from handlers.slack import text


def command_in(message: text.Event, bot_user: str) -> Command | None:
    """What a message asks for, whether an event tells of it or it was fetched; None where it asks for nothing."""
    asked = text.mention_text(message, bot_user)
    return commands.recognise(asked) if asked is not None else None
