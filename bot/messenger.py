"""The port to a chat platform: what the outbox asks of it, and how it says that it could not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain import ChannelFacts, Fetched, Page, Place, Speaker

Payload = dict[str, object]  # a message in a platform's own shape, as `render` made it


class NotSent(Exception):
    """The platform did not do it, for a reason in one sentence. Its text never holds a token."""


class Refused(NotSent):
    """The platform will never accept this one."""


class Unavailable(NotSent):
    """Nothing happened; try again, not before `retry_after` seconds."""

    def __init__(self, reason: str, retry_after: float = 5.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Limited(Unavailable):
    """The platform asks to slow down."""


class NotInChannel(Unavailable):
    """We are not in the channel: it can be neither read nor written to."""


class Unclear(NotSent):
    """No answer came: it may have happened. Look before trying again."""


class Unreachable(Refused):
    """A person who cannot be sent direct messages: another would not arrive either."""


class NotReadable(Refused):
    """We have not been given the right to read it."""


@dataclass(frozen=True)
class Capabilities:
    """What a platform lets dpbot do. `cannot`: a sentence for each thing it does not, for who runs and reads dpbot.

    `files`: put files into a channel; else a message links to them. `reads_threads`: read a thread again, which a
    sweep needs. `finds_posts`: find a message again by its key, so that a second try does not post it twice.
    `hears_all`: hear messages that do not mention it. `hears_changes`: be told of every edit and removal.
    """

    marks: bool = True
    pins: bool = True
    files: bool = True
    reads_threads: bool = True
    finds_posts: bool = True
    hears_all: bool = True
    hears_changes: bool = True
    cannot: tuple[str, ...] = ()


class Messenger(Protocol):
    """One platform. Every method may raise Refused, Unavailable or Unclear. Channels and messages are its own ids."""

    @property
    def capabilities(self) -> Capabilities:
        """What the platform lets dpbot do now: it may change with the rights that it is given."""

    async def channel_id(self, name: str) -> str:
        """The id of the channel that config.toml names (by name or id)."""

    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        """Post a message that carries `key` unseen; its id."""

    async def find_post(self, channel: str, thread: str | None, key: str, since: datetime) -> str | None:
        """The id of our message that carries `key`, if it was posted since then (UTC)."""

    async def link(self, channel: str, message: str) -> str | None:
        """An address that opens the message, or None where the platform gives none."""

    async def update(self, channel: str, message: str, payload: Payload) -> None:
        """Replace one of our messages."""

    async def pin(self, channel: str, message: str) -> None:
        """Pin one of our messages; pinning it twice is no error."""

    async def unpin(self, channel: str, message: str) -> None:
        """Pin it no longer; that it was not pinned is no error."""

    async def whisper(self, channel: str, thread: str | None, person: str, payload: Payload) -> None:
        """Show a message to one person only."""

    async def direct(self, person: str, payload: Payload) -> None:
        """Send a message to one person, outside every channel."""

    async def mark(self, channel: str, message: str) -> None:
        """Put our small mark on somebody's message; marking it twice is no error."""

    async def unmark(self, channel: str, message: str) -> None:
        """Take our mark off a message; taking it off twice is no error."""

    async def upload(self, channel: str, name: str, content: bytes, comment: str) -> None:
        """Put a file into a channel with a line of text."""

    async def has_file(self, channel: str, name: str, since: datetime) -> bool:
        """Whether we put a file of this name into the channel since then (UTC)."""

    async def thread_of(self, channel: str, message: str) -> str | None:
        """The message at the head of the thread that `message` is in; itself where it heads one; None if it is gone."""

    async def page(self, channel: str, thread: str, cursor: str | None, since: datetime, now: datetime) -> Page | None:
        """A page of a thread, every message with its reactions in full; `cursor` None: the first, with its head.

        None where the thread is gone. After Unavailable the same page may be asked for again, and is as it was first
        fetched, if that was at `since` or later. Refused where the platform no longer knows the cursor: begin anew.
        """

    async def message(self, place: Place) -> Fetched | None:
        """One message by itself, with its reactions in full; None where it is gone."""

    async def describe_channel(self, channel: str) -> ChannelFacts:
        """What the channel is now, and for whom it is open."""

    async def describe(self, person: str) -> Speaker | None:
        """A person's verified e-mail address and name, as far as the platform says them; None for a program."""
