"""The workspace itself: a server on 127.0.0.1, its channels and members, and what tests and the demo ask of it."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from handlers.sandbox import shapes
from handlers.sandbox.administration import Administration
from handlers.sandbox.api import Call, WebApi
from handlers.sandbox.basics import Clock, Identity, Json, Limits, Stamps
from handlers.sandbox.core import Core
from handlers.sandbox.deliveries import Deliveries, Delivery, Transport
from handlers.sandbox.disturbances import Disturbances
from handlers.sandbox.faults import Faults
from handlers.sandbox.manifest import SCOPES
from handlers.sandbox.members import Channel, Member, Said
from handlers.sandbox.pace import Pace
from handlers.sandbox.page import Page
from handlers.sandbox.push import Push
from handlers.sandbox.sockets import Sockets
from handlers.sandbox.store import Kind, Person, Post, Room, Store
from handlers.sandbox.text import readable

# The manifest's, and direct messages: were they told by mistake, dpbot must not keep them.
EVENTS = ("message.channels", "message.groups", "message.im", "reaction_added", "reaction_removed")
PATIENCE = 3.0  # seconds. Slack: an app acknowledges within three


@dataclass(frozen=True)
class SandboxFile:
    """A file shared in a channel, and the ts of the message that carries it."""

    name: str
    content: bytes
    title: str
    ts: str


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """A local workspace that speaks Slack's API to one app. `async with`, or `start` and `stop`.

    `port`: of 127.0.0.1; 0 is any free one. `pace`: calls are limited as Slack's are. `events`: what the app is
    subscribed to. `redelivery`: what was not acknowledged is sent again by the clock; without it, when `redeliver` or
    `redeliver_due` is called.
    """

    def __init__(
        self,
        clock: Clock = _utc_now,
        *,
        port: int = 0,
        pace: bool = False,
        name: str = "Sandbox",
        bot_name: str = "dpbot",
        events: Iterable[str] = EVENTS,
        patience: float = PATIENCE,
        redelivery: bool = False,
    ) -> None:
        identity = Identity(name, bot_name)
        self.events_url: str | None = None
        self.faults = Faults()
        deliveries = Deliveries(self._transport, patience, clock)
        core = Core(
            identity, Store(), Stamps(clock), Sockets(identity), deliveries, frozenset(events), scopes=set(SCOPES)
        )
        bot = Person(identity.bot_user_id, bot_name, is_bot=True)
        core.store.people[bot.id] = bot
        self._core = core
        self._port = port
        self._api = WebApi(core, self.faults, Pace(clock) if pace else None)
        self._redelivery = redelivery
        self.admin = Administration(core)
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    # Lifecycle

    async def start(self) -> None:
        """OSError where the port cannot be used."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        application = self._api.application()
        Page(self._core).mount(application)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError:
            await self.stop()
            raise
        self._core.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        if self._redelivery:
            self._core.deliveries.keep_time()

    async def stop(self) -> None:
        """Close the sockets, let what is under way end, close the server."""
        await self._core.deliveries.stop()
        await self._core.sockets.close()
        await self.settled()
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # What the app is configured with

    @property
    def api_url(self) -> str:
        return f"{self._core.address}/api/"

    @property
    def page_url(self) -> str:
        """The page to try the app in, for a browser on this machine."""
        return f"{self._core.address}/"

    @property
    def bot_token(self) -> str:
        return self._core.identity.bot_token

    @property
    def app_token(self) -> str:
        return self._core.identity.app_token

    @property
    def signing_secret(self) -> str:
        return self._core.identity.signing_secret

    @property
    def bot_user_id(self) -> str:
        return self._core.identity.bot_user_id

    @property
    def bot_id(self) -> str:
        return self._core.identity.bot_id

    @property
    def team_id(self) -> str:
        return self._core.identity.team_id

    @property
    def scopes(self) -> set[str]:
        """What the app may do; change it to see it refused."""
        return self._core.scopes

    @property
    def patience(self) -> float:
        """Seconds the app has to acknowledge a delivery."""
        return self._core.deliveries.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._core.deliveries.patience = seconds

    # Channels and people

    def channel(self, name: str, *, private: bool = False, bot: bool = True) -> Channel:
        """A new channel. Slack: a name is taken once."""
        if any(room.name == name for room in self._core.store.rooms.values()):
            raise ValueError(f"There is a channel {name} already.")
        members = {self.bot_user_id} if bot else set()
        room_id = self._core.store.new_id("C")
        kind: Kind = "group" if private else "channel"
        self._core.store.rooms[room_id] = Room(room_id, name, kind, self._core.stamps.unix(), members)
        return Channel(room_id, name)

    def member(
        self,
        name: str,
        email: str | None = None,
        *,
        is_bot: bool = False,
        is_email_confirmed: bool = True,
        organisation: str = "",
        team: str = "",
        guest: bool = False,
        single_channel_guest: bool = False,
        stranger: bool = False,
    ) -> Member:
        """A new member, in every public channel. Programs, guests, and people of another `team` (workspace) are only
        where they are put; a `stranger` is of another workspace and said to be in no channel that the app sees.
        """
        person = Person(
            self._core.store.new_id("U"),
            name,
            email,
            is_bot,
            is_email_confirmed,
            organisation,
            team or ("T0ELSEWHERE" if stranger else ""),
            is_guest=guest or single_channel_guest,
            is_single_channel_guest=single_channel_guest,
            is_stranger=stranger,
        )
        self._core.store.people[person.id] = person
        return Member(person.id, self._core)

    def put(self, member: Member, channel: Channel) -> None:
        """Into a private channel, or a guest into any: only those put there can speak in it."""
        self._core.store.put(self._core.store.person(member.id), self._core.store.room(channel.id))

    def share(self, channel: Channel, *teams: str) -> None:
        """With other workspaces (Slack Connect: docs.slack.dev/apis/slack-connect), whose people may be put into it."""
        self._core.store.room(channel.id).teams.update(teams)

    def direct(self, member: Member) -> Channel:
        """The direct messages between this member and the app."""
        person = self._core.store.person(member.id)
        room = self._core.store.direct(person, self.bot_user_id, self._core.stamps.unix())
        return Channel(room.id, room.name)

    # What was said

    def messages(self, channel: Channel) -> list[Json]:
        """The channel's top-level messages, oldest first."""
        room = self._core.store.room(channel.id)
        return [self._stored(room, post) for post in room.top_level()]

    def thread(self, channel: Channel, ts: str) -> list[Json]:
        """The parent and its replies, oldest first."""
        room = self._core.store.room(channel.id)
        return [self._stored(room, post) for post in room.thread(ts)]

    def find(self, channel: Channel, text: str) -> Said:
        """The newest message of the channel, top-level or reply, that reads `text` somewhere."""
        room = self._core.store.room(channel.id)
        for post in reversed(room.posts.values()):
            if text in readable({"text": post.text, "blocks": post.blocks}):
                return Said(channel, post.ts, post.thread_ts)
        raise LookupError(f"No message in {channel.name} reads “{text}”.")

    def files(self, channel: Channel) -> list[SandboxFile]:
        posts = self._core.store.room(channel.id).posts.values()
        return [
            SandboxFile(each.name, each.content or b"", each.title, post.ts) for post in posts for each in post.files
        ]

    def ephemerals(self, member: Member) -> list[Json]:
        """What was whispered to this member: ephemeral messages and private answers to commands."""
        return self._core.store.whispers.get(member.id, [])

    def _stored(self, room: Room, post: Post) -> Json:
        blanks: Json = {"blocks": [], "metadata": None, "reactions": [], "files": [], "edited": None}
        shape = shapes.message(self._core.identity, room, post, metadata=True, full=True)
        return blanks | shape | {"pinned": post.pinned}

    # What went over the wire

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API, in order."""
        return self._api.calls

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything the app was told, in order."""
        return self._core.deliveries.record

    async def connected(self, timeout: float = 10) -> None:  # noqa: ASYNC109 (said by every test that waits)
        """Wait until a socket is open."""
        async with asyncio.timeout(timeout):
            await self._core.sockets.connected()

    async def settled(self) -> None:
        """Wait until no delivery is under way."""
        await self._core.deliveries.settled()

    async def redeliver(self) -> int:
        """Send again every event not acknowledged, whatever the clock; how many were acknowledged now."""
        return await self._core.deliveries.redeliver()

    async def redeliver_due(self) -> int:
        """Send again what is due by the workspace's clock: move it, then call this. How many attempts that were."""
        return await self._core.deliveries.redeliver_due()

    @property
    def disturb(self) -> Disturbances:
        """Lose, delay, repeat or reorder the events from now on."""
        return self._core.deliveries.disturb

    @contextmanager
    def away(self) -> Iterator[None]:
        """While it lasts, people act and the app is told nothing of it, then or later: it was away for so long that
        Slack gave up. Let it be disconnected meanwhile; commands and clicks would reach it.
        """
        with self.disturb.losing():
            yield

    @property
    def limits(self) -> Limits:
        """Lengths of pages and lists; make them smaller to have little come in pieces."""
        return self._core.identity.limits

    async def send_event(self, event: Json) -> Delivery:
        """Any event at all, wrapped and delivered once."""
        delivery = self._core.event(event)
        await self._core.deliveries.begin(delivery)
        return delivery

    def _transport(self) -> Transport:
        if self.events_url and self._session:
            return Push(self._session, self.events_url, self.signing_secret)
        return self._core.sockets
