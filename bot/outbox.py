"""What is to be sent: rendered and queued in the transaction that decides it. `bot.sender` sends it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import Classification, Message
from bot.messenger import Payload
from bot.models import OutboxEntry, Post
from bot.render import Renderer


class Kind(StrEnum):
    """What is sent, and how often at the most."""

    POST = "post"  # once: its key travels in the message and is looked up before a second try
    UPDATE = "update"  # as often as it likes: the latest wins
    PIN = "pin"  # as often as it likes
    UNPIN = "unpin"  # likewise
    WHISPER = "whisper"  # at least once: a platform cannot say whether it was shown
    DIRECT = "direct"  # at least once: our direct messages are not read back
    MARK = "mark"  # as often as it likes: of marking and unmarking a message the latest wins
    UNMARK = "unmark"
    FILE = "file"  # once: its name is its key and is looked up before a second try


MARKS = (Kind.MARK, Kind.UNMARK)


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
        payload: Payload = {"payload": self.renderer.payload(post.platform, message)}
        where = (f"post:{post.id}", post.platform, post.channel_name)
        await _queue(session, Kind.POST, *where, payload, now, post.id, mark=post.paper.classification)

    async def pin(self, session: AsyncSession, post: Post, now: datetime) -> None:
        await _queue(session, Kind.PIN, f"pin:{post.id}", post.platform, post.channel_name, {}, now, post.id)

    async def unpin(self, session: AsyncSession, post: Post, now: datetime) -> None:
        await _queue(session, Kind.UNPIN, f"unpin:{post.id}", post.platform, post.channel_name, {}, now, post.id)

    async def update(
        self, session: AsyncSession, post: Post, message: Message, now: datetime, mark: Classification | None = None
    ) -> None:
        """Show a post's latest state; an update still waiting is replaced. `mark`: where it is not the paper's."""
        await session.execute(
            delete(OutboxEntry).where(
                OutboxEntry.kind == Kind.UPDATE, OutboxEntry.post_id == post.id, OutboxEntry.state == State.QUEUED
            )
        )
        key = f"update:{post.id}:{now.isoformat()}"
        payload: Payload = {"payload": self.renderer.payload(post.platform, message)}
        where = (key, post.platform, post.channel_name)
        await _queue(session, Kind.UPDATE, *where, payload, now, post.id, mark=mark or post.paper.classification)

    async def announce(
        self,
        session: AsyncSession,
        platform: str,
        channel: str,
        message: Message,
        key: str,
        mark: Classification,
        now: datetime,
    ) -> None:
        """Post a message that is nobody's thread, once for its key. `mark`: the highest of what it holds."""
        payload: Payload = {"payload": self.renderer.payload(platform, message)}
        await _queue(session, Kind.POST, key, platform, channel, payload, now, mark=mark)

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
        payload: Payload = {"payload": self.renderer.payload(platform, message), "thread": thread, "person": person}
        await _queue(session, Kind.WHISPER, key, platform, channel, payload, now)

    async def direct(
        self, session: AsyncSession, platform: str, person: str, message: Message, key: str, now: datetime
    ) -> None:
        """Send a direct message to one person, once queued for its key. It waits for nothing but others to them."""
        payload: Payload = {"payload": self.renderer.payload(platform, message)}
        await _queue(session, Kind.DIRECT, f"direct:{key}", platform, person, payload, now)

    async def mark(self, session: AsyncSession, platform: str, channel: str, message: str, now: datetime) -> None:
        """Put our small mark on somebody's message: it is recorded."""
        await _queue_mark(session, Kind.MARK, platform, channel, message, now)

    async def unmark(self, session: AsyncSession, platform: str, channel: str, message: str, now: datetime) -> None:
        """Take our mark off a message."""
        await _queue_mark(session, Kind.UNMARK, platform, channel, message, now)

    async def file(
        self,
        session: AsyncSession,
        platform: str,
        channel: str,
        name: str,
        content: bytes,
        message: Message,
        mark: Classification,
        now: datetime,
    ) -> None:
        """Put a file into a channel with a message, once for its name."""
        payload: Payload = {"name": name, "payload": self.renderer.payload(platform, message)}
        await _queue(
            session, Kind.FILE, f"file:{channel}:{name}", platform, channel, payload, now, content=content, mark=mark
        )


async def _queue_mark(
    session: AsyncSession, kind: Kind, platform: str, channel: str, message: str, now: datetime
) -> None:
    """What still waits for the same message is replaced; what is being sent comes before this."""
    about = f"mark:{platform}:{channel}:{message}:"
    waiting = (OutboxEntry.kind.in_(MARKS), OutboxEntry.state == State.QUEUED)
    await session.execute(delete(OutboxEntry).where(*waiting, OutboxEntry.key.startswith(about, autoescape=True)))
    await _queue(session, kind, about + uuid4().hex, platform, channel, {"message": message}, now)


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
    mark: Classification | None = None,
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
            mark=mark,
            post_id=post_id,
            attempts=0,
            not_before=now,
            queued_at=now,
        )
        .on_conflict_do_nothing(index_elements=[OutboxEntry.key])
    )


async def is_posting(session: AsyncSession, platform: str, channel_name: str) -> bool:
    """Whether a message to this channel may be out without our knowing its id yet."""
    query = select(OutboxEntry.id).where(
        OutboxEntry.platform == platform,
        OutboxEntry.channel == channel_name,
        OutboxEntry.kind == Kind.POST,
        OutboxEntry.state.in_([State.SENDING, State.UNCLEAR]),
    )
    return await session.scalar(query.limit(1)) is not None


async def queue_again(session: AsyncSession, post_ids: set[int], now: datetime) -> int:
    """Give posts that the platform refused, and their pins, another try. How many posts."""
    refused = (OutboxEntry.post_id.in_(post_ids), OutboxEntry.state == State.REFUSED)
    query = select(OutboxEntry.post_id).where(*refused, OutboxEntry.kind == Kind.POST)
    posts = (await session.scalars(query)).all()
    again = update(OutboxEntry).where(*refused, OutboxEntry.post_id.in_(posts))
    await session.execute(again.values(state=State.QUEUED, not_before=now, settled_at=None))
    return len(posts)
