"""The /dp grammar and its answers, on every platform: one module for each thing that can be asked for."""

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import (
    auditing,
    discussing,
    documents,
    entering,
    looking,
    meetings,
    own,
    profiling,
    recording,
    sorting,
)
from bot.commands.asking import Answer, Asking, Command, OpenModal, Reader, short
from bot.commands.looking import Help, Show, Standing, full_text
from bot.config import Config
from bot.domain import Speaker
from bot.errors import NotPermitted, WrongUsage
from bot.outbox import Outbox
from bot.rules.references import parse_reference
from bot.rules.wording import listed
from bot.services import people

_LONGEST = 300  # characters of a command: whatever is longer is a comment, and is not matched against any pattern
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_GOES_ON = re.compile(r"(?<![ap]\.m)[.;!?]\s")  # a sentence ended before the last; not "5 p.m. 12 November 2019"

__all__ = [
    "Answer",
    "Command",
    "OpenModal",
    "Standing",
    "answer",
    "asking_of",
    "full_text",
    "kept_as_comment",
    "parse",
    "recognise",
]

# Every verb, in the order in which they are told of.
_MODULES = (looking, discussing, documents, profiling, own, sorting, entering, meetings, recording, auditing)
READERS: dict[str, Reader] = {verb: reader for module in _MODULES for verb, reader in module.READERS.items()}
_USAGES = [usage for module in _MODULES for usage in module.USAGES]


def parse(text: str) -> Command:
    """What was asked for. A reference alone shows it, nothing at all is help. WrongUsage says what is allowed."""
    words = text.split(maxsplit=1)
    if not words:
        return Help()
    if len(text.strip()) > _LONGEST or len(text.strip().splitlines()) > 1:
        raise WrongUsage(
            f'"{short(words[0])} …" is not a command: allowed is one line of up to {_LONGEST} characters. Shorten it.'
        )
    reader = READERS.get(words[0].casefold())
    if reader is not None:
        return reader(" ".join(words[1:]).strip())
    if (reference := parse_reference(text.strip())) is not None:
        return Show(reference)
    raise WrongUsage(f'"{short(text)}" is not a command: allowed are {listed(_USAGES, "or")}.')


def recognise(text: str) -> Command | None:
    """A command in words that may as well be a comment: only what parses whole is one, with nothing said after it."""
    if _GOES_ON.search(_QUOTED.sub("", text)):
        return None
    try:
        return parse(text) if text.strip() else None
    except WrongUsage:
        return None


def kept_as_comment() -> NotPermitted:
    """What is said to a person who gave an analyst's command in a proposal's thread: nothing that is said is lost."""
    return NotPermitted(
        "Only the SECAS analysts named in dpbot's configuration may do that, so your message was recorded as a "
        "comment: delete it where it is none."
    )


async def asking_of(session: AsyncSession, config: Config, outbox: Outbox, speaker: Speaker, now: datetime) -> Asking:
    """Who asks, with what they may see and do."""
    return Asking(config, outbox, speaker, await people.viewer(session, config, speaker, now), now)


async def answer(
    session: AsyncSession, config: Config, outbox: Outbox, command: Command, speaker: Speaker, now: datetime
) -> Answer:
    """The private answer to a person's command. UserError where it cannot be given."""
    return await command.answer(session, await asking_of(session, config, outbox, speaker, now))
