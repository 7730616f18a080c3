"""What every /dp command is made of: who asks, what they get, and how its words are read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Actor
from bot.domain import Message, Reference, Speaker
from bot.errors import WrongUsage
from bot.outbox import Outbox
from bot.rules.references import parse_reference
from bot.services import acting
from bot.services.audience import Viewer

# A proposal in a pattern, of one word or two: with any words, a pattern of several such parts takes too long.
PROPOSAL = r"(?P<proposal>[^ ]+(?: [^ ]+)??)"
_QUOTED = 40  # characters of what was typed, in a sentence


@dataclass(frozen=True)
class OpenModal:
    """The answer is a form. A platform that cannot open one says what to type instead."""

    message: Message
    instead: str  # "`/dp enter DP092`"


Answer = Message | OpenModal


@dataclass(frozen=True)
class Asking:
    """Who asks, as the platform verified them, and what answering needs. `now` is UTC."""

    config: Config
    outbox: Outbox
    speaker: Speaker
    viewer: Viewer
    now: datetime

    @property
    def actor(self) -> Actor:
        return acting.actor_of(self.speaker, self.viewer)


class Command(Protocol):
    """Something that was asked for. `writes`: it changes something, so it waits for those who write.

    `for_analysts`: nobody else has an answer to it. What reads so in a thread is a comment where no analyst says it.
    """

    writes: ClassVar[bool]
    for_analysts: ClassVar[bool]

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        """The private answer. UserError where it cannot be given."""


class Looks:
    """A command that only looks."""

    writes: ClassVar[bool] = False
    for_analysts: ClassVar[bool] = False


class Changes:
    """A command that writes something down: for analysts alone."""

    writes: ClassVar[bool] = True
    for_analysts: ClassVar[bool] = True


class Inspects:
    """A command that only looks, at what is for analysts alone."""

    writes: ClassVar[bool] = False
    for_analysts: ClassVar[bool] = True


Reader = Callable[[str], Command]  # from the words after the verb; WrongUsage says what is allowed


def plain(verb: str, make: Callable[[], Command]) -> Reader:
    """A verb that takes nothing more."""

    def read(rest: str) -> Command:
        if rest:
            raise WrongUsage(f'{verb} takes nothing more: found "{short(rest)}"; allowed is `/dp {verb}`.')
        return make()

    return read


def on_proposal(verb: str, make: Callable[[Reference], Command]) -> Reader:
    """A verb that takes one proposal."""

    def read(rest: str) -> Command:
        reference = parse_reference(rest)
        if reference is None:
            found = f'found "{short(rest)}"' if rest else "found nothing"
            raise WrongUsage(f"{verb} needs a proposal: {found}; allowed is a number or reference such as DP092.")
        return make(reference)

    return read


def short(text: str) -> str:
    """What was typed, cut to fit a sentence."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
