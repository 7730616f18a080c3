"""What is to be sent: queued in the deciding transaction, sent in order a channel, once where it must be once."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Sessions
from bot.domain import Message
from bot.messenger import Messenger, NotSent, Payload, Refused, Unavailable, Unclear
from bot.models import OutboxEntry, Post
from bot.render import Renderer

log = logging.getLogger(__name__)

# Slack: "apps may post no more than one message per second per channel".
PACE = timedelta(seconds=1)
# A sender that died holds its entry this long; then another try looks first whether it was sent.
LEASE = timedelta(seconds=60)
_BACKOFF = (5, 30, 120, 600)


class Kind(StrEnum):
    """What is sent, and how often at the most."""

    POST = "post"  # once: its key travels in the message and is looked up before a second try
    UPDATE = "update"  # as often as it likes: the latest wins
    PIN = "pin"  # as often as it likes
    WHISPER = "whisper"  # at least once: a platform cannot say whether it was shown
    FILE = "file"  # once: its name is its key and is looked up before a second try


class State(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    UNCLEAR = "unclear"  # no answer came: it may be out
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outbox:
    """Where services put what is to be sent. Messages are rendered here and now."""

    renderer: Renderer

    async def post(self, session: AsyncSession, post: Post, message: Message, now: datetime) -> None:
        """Post a message in a post's channel; once, and the post learns its id."""
        payload: Payload = {"payload": self.renderer.slack(message)}
        await _queue(session, Kind.POST, f"post:{post.id}", post.platform, post.channel_name, payload, now, post.id)

    async def pin(self, session: AsyncSession, post: Post, now: datetime) -> None:
        await _queue(session, Kind.PIN, f"pin:{post.id}", post.platform, post.channel_name, {}, now, post.id)

    async def update(self, session: AsyncSession, post: Post, message: Message, now: datetime) -> None:
        """Show a post's latest state; an update still waiting is replaced."""
        await session.execute(
            delete(OutboxEntry).where(
                OutboxEntry.kind == Kind.UPDATE, OutboxEntry.post_id == post.id, OutboxEntry.state == State.QUEUED
            )
        )
        key = f"update:{post.id}:{now.isoformat()}"
        payload: Payload = {"payload": self.renderer.slack(message)}
        await _queue(session, Kind.UPDATE, key, post.platform, post.channel_name, payload, now, post.id)

    async def announce(
        self, session: AsyncSession, platform: str, channel: str, message: Message, key: str, now: datetime
    ) -> None:
        """Post a message that is nobody's thread, once for its key."""
        payload: Payload = {"payload": self.renderer.slack(message)}
        await _queue(session, Kind.POST, key, platform, channel, payload, now)

    async def whisper(
        self,
        session: AsyncSession,
        platform: str,
        channel: str,
        thread: str | None,
        person: str,
        key: str,
        message: Message,
        now: datetime,
    ) -> None:
        """Show a message to one person in a channel or thread, once queued for its key."""
        payload: Payload = {"payload": self.renderer.slack(message), "thread": thread, "person": person}
        await _queue(session, Kind.WHISPER, key, platform, channel, payload, now)

    async def file(
        self,
        session: AsyncSession,
        platform: str,
        channel: str,
        name: str,
        content: bytes,
        message: Message,
        now: datetime,
    ) -> None:
        """Put a file into a channel with a message, once for its name."""
        payload: Payload = {"name": name, "payload": self.renderer.slack(message)}
        await _queue(session, Kind.FILE, f"file:{channel}:{name}", platform, channel, payload, now, content=content)


async def _queue(
    session: AsyncSession,
    kind: Kind,
    key: str,
    platform: str,
    channel: str,
    payload: Payload,
    now: datetime,
    post_id: int | None = None,
    content: bytes | None = None,
) -> None:
    await session.execute(
        insert(OutboxEntry)
        .values(
            key=key,
            kind=kind,
            platform=platform,
            channel=channel,
            state=State.QUEUED,
            payload=payload,
            content=content,
            post_id=post_id,
            attempts=0,
            not_before=now,
            queued_at=now,
        )
        .on_conflict_do_nothing(index_elements=[OutboxEntry.key])
    )


async def is_posting(session: AsyncSession, platform: str, channel_names: set[str]) -> bool:
    """Whether a message to one of these channels may be out without our knowing its id yet."""
    query = select(OutboxEntry.id).where(
        OutboxEntry.platform == platform,
        OutboxEntry.channel.in_(channel_names),
        OutboxEntry.kind == Kind.POST,
        OutboxEntry.state.in_([State.SENDING, State.UNCLEAR]),
    )
    return await session.scalar(query.limit(1)) is not None


class Sender:
    """Sends what is queued: one at a time, in order a channel, posts no faster than `pace` a channel."""

    def __init__(
        self,
        sessions: Sessions,
        messengers: Mapping[str, Messenger],
        clock: Callable[[], datetime],
        pace: timedelta = PACE,
    ) -> None:
        self._sessions = sessions
        self._messengers = messengers
        self._clock = clock
        self._pace = pace.total_seconds()
        self._free_at: dict[tuple[str, str], float] = {}  # on the loop's clock, not the wall's

    async def run(self, idle: float = 0.5) -> None:
        """Send for ever. Other processes queue too, so the table is looked at every `idle` seconds."""
        while True:
            if not await self.step():
                await asyncio.sleep(idle)

    async def drain(self) -> None:
        """Send until nothing is due now."""
        while await self.step():
            pass

    async def step(self) -> bool:
        """Send the next entry that is due; False where none is."""
        entry = await self._claim()
        if entry is None:
            return False
        try:
            await self._send(entry)
        except NotSent as error:
            await self._put_back(entry, error)
        return True

    async def _claim(self) -> OutboxEntry | None:
        """The oldest entry of a channel, if it is due: what waits before it is not overtaken."""
        now = self._clock()
        async with self._sessions.begin() as session:
            heads = (
                select(func.min(OutboxEntry.id))
                .where(OutboxEntry.state.in_([State.QUEUED, State.SENDING, State.UNCLEAR]))
                .group_by(OutboxEntry.platform, OutboxEntry.channel)
            )
            query = select(OutboxEntry).where(OutboxEntry.id.in_(heads), OutboxEntry.not_before <= now)
            entry = await session.scalar(query.order_by(OutboxEntry.not_before, OutboxEntry.id).limit(1))
            if entry is not None:
                entry.state = State.SENDING
                entry.not_before = now + LEASE
                entry.attempts += 1
        return entry

    @asynccontextmanager
    async def _paced(self, entry: OutboxEntry) -> AsyncIterator[None]:
        """Wait until the channel may have another post; the next one waits from the end of this one."""
        loop = asyncio.get_running_loop()
        key = (entry.platform, entry.channel)
        await asyncio.sleep(max(0.0, self._free_at.get(key, 0.0) - loop.time()))
        try:
            yield
        finally:
            self._free_at[key] = loop.time() + self._pace

    async def _send(self, entry: OutboxEntry) -> None:
        messenger = self._messengers[entry.platform]
        channel = await messenger.channel_id(entry.channel)
        match Kind(entry.kind):
            case Kind.POST:
                await self._post(entry, messenger, channel)
            case Kind.UPDATE | Kind.PIN:
                await self._touch(entry, messenger)
            case Kind.WHISPER:
                thread, person = entry.payload["thread"], str(entry.payload["person"])
                await messenger.whisper(channel, cast("str | None", thread), person, _payload(entry))
                await self._settle(entry)
            case Kind.FILE:
                await self._upload(entry, messenger, channel)

    async def _post(self, entry: OutboxEntry, messenger: Messenger, channel: str) -> None:
        message = None
        if entry.attempts > 1:
            message = await messenger.find_post(channel, None, entry.key, entry.queued_at)
        if message is None:
            async with self._paced(entry):
                message = await messenger.post(channel, None, _payload(entry), entry.key)
        await self._settle(entry, channel, message)
        if entry.post_id is not None:
            await self._keep_link(entry.post_id, messenger, channel, message)

    async def _keep_link(self, post_id: int, messenger: Messenger, channel: str, message: str) -> None:
        """Where the post can be opened. A post without it works; so its failure is no failure of the post."""
        try:
            link = await messenger.link(channel, message)
        except NotSent as error:
            log.warning("No link to the post: %s", error)
            return
        async with self._sessions.begin() as session:
            (await session.get_one(Post, post_id)).link = link

    async def _touch(self, entry: OutboxEntry, messenger: Messenger) -> None:
        async with self._sessions.read() as session:
            post = await session.get_one(Post, entry.post_id)
        if post.channel is None or post.message is None:
            raise Refused("the post was never sent")
        if entry.kind == Kind.PIN:
            await messenger.pin(post.channel, post.message)
        else:
            await messenger.update(post.channel, post.message, _payload(entry))
        await self._settle(entry)

    async def _upload(self, entry: OutboxEntry, messenger: Messenger, channel: str) -> None:
        name = str(entry.payload["name"])
        if entry.attempts == 1 or not await messenger.has_file(channel, name, entry.queued_at):
            await messenger.upload(channel, name, entry.content or b"", str(_payload(entry)["text"]))
        await self._settle(entry)

    async def _settle(self, entry: OutboxEntry, channel: str | None = None, message: str | None = None) -> None:
        now = self._clock()
        async with self._sessions.begin() as session:
            stored = await session.get_one(OutboxEntry, entry.id)
            stored.state, stored.settled_at, stored.content = State.SENT, now, None
            if entry.post_id is not None and message is not None:
                post = await session.get_one(Post, entry.post_id)
                post.channel, post.message, post.posted_at = channel, message, now

    async def _put_back(self, entry: OutboxEntry, error: NotSent) -> None:
        """Refused for good, or back into the queue for a later try; said in the log either way."""
        now = self._clock()
        async with self._sessions.begin() as session:
            stored = await session.get_one(OutboxEntry, entry.id)
            stored.error = str(error)
            if isinstance(error, Refused):
                stored.state, stored.settled_at = State.REFUSED, now
                log.error("Not sent to %s: %s", entry.channel, error)
                return
            wait = error.retry_after if isinstance(error, Unavailable) else _BACKOFF[min(entry.attempts, 4) - 1]
            stored.state = State.UNCLEAR if isinstance(error, Unclear) else State.QUEUED
            stored.not_before = now + timedelta(seconds=wait)
            log.warning("Not sent to %s yet, next try in %g seconds: %s", entry.channel, wait, error)


def _payload(entry: OutboxEntry) -> Payload:
    return cast("Payload", entry.payload["payload"])
