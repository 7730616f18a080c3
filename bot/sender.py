"""Sends what is queued: in order a channel, once where it must be once, again where it failed."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import func, select, tuple_
from sqlalchemy.exc import OperationalError

from bot.db import Sessions
from bot.gate import Gate, Stopped
from bot.messenger import Limited, Messenger, NotReadable, NotSent, Payload, Refused, Unavailable, Unclear, Unreachable
from bot.models import OutboxEntry, Post
from bot.outbox import MARKS, Kind, State

log = logging.getLogger(__name__)

# Slack: "apps may post no more than one message per second per channel".
PACE = timedelta(seconds=1)
# Slack: reactions.add is of tier 3, 50 calls a minute; reactions.remove of tier 2, 20. Several at once may be sent.
A_MINUTE = {Kind.MARK: 50, Kind.UNMARK: 20}
# A sender that died holds its entry this long; then another try looks first whether it was sent.
LEASE = timedelta(seconds=60)
# One turn ends before its lease does, so that no second sender takes the entry meanwhile.
DEADLINE = timedelta(seconds=45)
_BACKOFF = (5, 30, 120, 600)
_OPEN = (State.QUEUED, State.SENDING, State.UNCLEAR)
# What an operator who turns publishing off still wants: answers, and documents for SECAS.
_NOT_PUBLISHED = (Kind.WHISPER, Kind.FILE, Kind.DIRECT, *MARKS)
# These are looked up before a second try; the others may be done twice.
_ONCE = (Kind.POST, Kind.FILE)
# They may hold members' words, which must not outlive their removal here.
_PRIVATE = (Kind.WHISPER, Kind.DIRECT)
# No more of these than one a second may go to one channel.
_PACED = (Kind.POST, Kind.DIRECT)
# Marks have an order of their own: no post waits for one.
_IS_MARK = OutboxEntry.kind.in_(MARKS)


@dataclass
class Turn:
    """One entry being sent. `in_doubt`: an earlier try may have succeeded, and nobody has looked yet."""

    entry: OutboxEntry
    in_doubt: bool


class Sender:
    """Sends one entry at a time, posts no faster than `pace` a channel; without `publishing` only private things."""

    def __init__(
        self,
        sessions: Sessions,
        messengers: Mapping[str, Messenger],
        clock: Callable[[], datetime],
        gate: Gate,
        *,
        publishing: bool = True,
        pace: timedelta = PACE,
    ) -> None:
        self._sessions = sessions
        self._messengers = messengers
        self._clock = clock
        self._gate = gate
        self._kinds = tuple(Kind) if publishing else _NOT_PUBLISHED
        self._pace = pace.total_seconds()
        self._free_at: dict[tuple[str, str], float] = {}  # on the loop's clock, not the wall's
        self._marked_at: dict[Kind, deque[float]] = {kind: deque(maxlen=most) for kind, most in A_MINUTE.items()}
        self._no_marks_until: dict[Kind, datetime] = {}  # by our clock, as Slack asked
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let `run` end after the entry it is at: a sending cut short is in doubt afterwards."""
        self._stopping.set()

    async def run(self, idle: float = 0.5) -> None:
        """Send until stopped. Other processes queue too, so the table is looked at every `idle` seconds."""
        while not self._stopping.is_set():
            try:
                sent = await self.step()
            except OperationalError as error:
                log.warning("The database is busy; sending goes on when it is free: %s", error.orig)
                sent = False
            if not sent:
                with suppress(TimeoutError):
                    async with asyncio.timeout(idle):
                        await self._stopping.wait()

    async def drain(self) -> None:
        """Send until nothing is due now."""
        while await self.step():
            pass

    async def step(self) -> bool:
        """Send the next entry that is due; False where none is."""
        turn = await self._claim()
        if turn is None:
            return False
        try:
            async with asyncio.timeout(DEADLINE.total_seconds()):
                await self._send(turn)
        except NotSent as error:
            await self._put_back(turn, error)
        except TimeoutError:
            await self._put_back(turn, Unclear("no answer in time"))
        return True

    async def _claim(self) -> Turn | None:
        """The oldest entry of a channel's posts or marks, if it is due: what waits before it is not overtaken.

        What need not wait for the pace goes first, and of that a post before a mark.
        """
        now = self._clock()
        heads = (
            select(func.min(OutboxEntry.id))
            .where(
                OutboxEntry.state.in_(_OPEN),
                OutboxEntry.kind.in_(self._kinds),
                OutboxEntry.platform.in_(self._messengers),
            )
            .group_by(OutboxEntry.platform, OutboxEntry.channel, _IS_MARK)
        )
        due = (OutboxEntry.id.in_(heads), OutboxEntry.not_before <= now)
        held = [kind for kind in MARKS if not self._may_mark(kind, now)]
        waits = OutboxEntry.kind.in_(_PACED) & tuple_(OutboxEntry.platform, OutboxEntry.channel).in_(self._busy())
        query = select(OutboxEntry).where(*due, OutboxEntry.kind.not_in(held))
        async with self._sessions.begin() as session:
            entry = await session.scalar(
                query.order_by(waits, _IS_MARK, OutboxEntry.not_before, OutboxEntry.id).limit(1)
            )
            if entry is None:
                return None
            turn = Turn(entry, in_doubt=entry.state != State.QUEUED and entry.kind in _ONCE)
            entry.state = State.SENDING
            entry.not_before = now + LEASE
            entry.attempts += 1
        return turn

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

    def _busy(self) -> list[tuple[str, str]]:
        """The channels that may not have another post yet."""
        now = asyncio.get_running_loop().time()
        return [key for key, free_at in self._free_at.items() if free_at > now]

    async def _send(self, turn: Turn) -> None:
        entry = turn.entry
        messenger = self._messengers[entry.platform]
        channel = await messenger.channel_id(entry.channel)
        match Kind(entry.kind):
            case Kind.POST:
                await self._post(turn, messenger, channel)
            case Kind.UPDATE | Kind.PIN | Kind.UNPIN:
                await self._touch(entry, messenger)
            case Kind.WHISPER:
                thread, person = entry.payload["thread"], str(entry.payload["person"])
                await messenger.whisper(channel, cast("str | None", thread), person, _payload(entry))
                await self._settle(entry)
            case Kind.DIRECT:
                async with self._paced(entry):
                    await messenger.direct(entry.channel, _payload(entry))
                await self._settle(entry)
            case Kind.MARK | Kind.UNMARK:
                await self._mark(entry, messenger, channel)
            case Kind.FILE:
                await self._upload(turn, messenger, channel)

    async def _post(self, turn: Turn, messenger: Messenger, channel: str) -> None:
        entry, message = turn.entry, None
        if turn.in_doubt:
            message = await self._found(turn, messenger, channel)
        if message is None:
            await self._gate.check(entry, messenger, channel)
            async with self._paced(entry):
                message = await messenger.post(channel, None, _payload(entry), entry.key)
        await self._settle(entry, channel, message)
        if entry.post_id is not None:
            await self._keep_link(entry.post_id, messenger, channel, message)

    async def _found(self, turn: Turn, messenger: Messenger, channel: str) -> str | None:
        """What an earlier try posted. Where that cannot be looked for, a post that stands twice is better than none."""
        entry = turn.entry
        try:
            message = await messenger.find_post(channel, None, entry.key, entry.queued_at)
        except NotReadable as error:
            log.warning("Sent to %s again without a look whether it is there: %s", entry.channel, error)
            message = None
            await self._note_doubt(entry)
        turn.in_doubt = False
        return message

    async def _note_doubt(self, entry: OutboxEntry) -> None:
        """Before it is sent again: the program may die between the two."""
        if entry.post_id is not None:
            async with self._sessions.begin() as session:
                (await session.get_one(Post, entry.post_id)).maybe_twice = True

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
        elif entry.kind == Kind.UNPIN:
            await messenger.unpin(post.channel, post.message)
        else:
            await self._gate.check(entry, messenger, post.channel)
            await messenger.update(post.channel, post.message, _payload(entry))
        await self._settle(entry)

    async def _mark(self, entry: OutboxEntry, messenger: Messenger, channel: str) -> None:
        kind, message = Kind(entry.kind), str(entry.payload["message"])
        self._marked_at[kind].append(asyncio.get_running_loop().time())
        try:
            await (messenger.mark if kind is Kind.MARK else messenger.unmark)(channel, message)
        except Limited as limited:  # in whatever channel
            self._no_marks_until[kind] = self._clock() + timedelta(seconds=limited.retry_after)
            raise
        await self._settle(entry)

    def _may_mark(self, kind: Kind, now: datetime) -> bool:
        if now < self._no_marks_until.get(kind, now):
            return False
        made = self._marked_at[kind]
        return len(made) < A_MINUTE[kind] or made[0] + 60 * self._pace <= asyncio.get_running_loop().time()

    async def _upload(self, turn: Turn, messenger: Messenger, channel: str) -> None:
        entry, there = turn.entry, False
        name = str(entry.payload["name"])
        if turn.in_doubt:
            there = await messenger.has_file(channel, name, entry.queued_at)
            turn.in_doubt = False
        if not there:
            await self._gate.check(entry, messenger, channel)
            await messenger.upload(channel, name, entry.content or b"", str(_payload(entry)["text"]))
        await self._settle(entry)

    async def _settle(self, entry: OutboxEntry, channel: str | None = None, message: str | None = None) -> None:
        now = self._clock()
        async with self._sessions.begin() as session:
            stored = await session.get_one(OutboxEntry, entry.id)
            stored.state, stored.settled_at, stored.content = State.SENT, now, None
            if entry.kind in _PRIVATE:
                stored.payload = {}
            if entry.post_id is not None and message is not None:
                post = await session.get_one(Post, entry.post_id)
                post.channel, post.message, post.posted_at = channel, message, now

    async def _put_back(self, turn: Turn, error: NotSent) -> None:
        """Refused for good, or back into the queue; what is in doubt stays so until a look has answered."""
        entry, now = turn.entry, self._clock()
        in_doubt = turn.in_doubt or (isinstance(error, Unclear) and entry.kind in _ONCE)
        wait = error.retry_after if isinstance(error, Unavailable) else _BACKOFF[min(entry.attempts, len(_BACKOFF)) - 1]
        async with self._sessions.begin() as session:
            stored = await session.get_one(OutboxEntry, entry.id)
            if stored.state != State.SENDING:
                return  # it was taken back meanwhile
            stored.error = str(error)
            if isinstance(error, Refused) and not in_doubt:
                stored.state, stored.settled_at = State.REFUSED, now
                if isinstance(error, Stopped):
                    await self._gate.tell(session, stored, str(error), now)
                whom = str(entry.payload.get("person") or entry.channel)
                if isinstance(error, Unreachable):
                    await self._gate.tell_unreachable(session, entry.platform, whom, str(error), now)
                if entry.kind in _PRIVATE:
                    stored.payload = {}
                quiet = entry.kind in MARKS  # the message is gone, say: nobody misses its mark
                log.log(logging.INFO if quiet else logging.ERROR, "Not sent to %s: %s", whom, error)
                return
            stored.state = State.UNCLEAR if in_doubt else State.QUEUED
            stored.not_before = now + timedelta(seconds=wait)
            log.warning("Not sent to %s yet, next try in %g seconds: %s", entry.channel, wait, error)


def _payload(entry: OutboxEntry) -> Payload:
    return cast("Payload", entry.payload["payload"])
