"""The local Teams itself: a server on 127.0.0.1, its channels and members, and what tests ask of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote

import aiohttp
from aiohttp import web

from handlers.sandbox.basics import Clock, Json
from handlers.sandbox.deliveries import Deliveries, Delivery, Transport
from handlers.sandbox.disturbances import Disturbances
from handlers.sandbox.faults import Faults
from handlers.sandbox.members import Channel, Said
from handlers.sandbox.teams import activities, forms, talk
from handlers.sandbox.teams.connector import Call, Connector
from handlers.sandbox.teams.core import Core, Push
from handlers.sandbox.teams.graph import Graph
from handlers.sandbox.teams.members import Member
from handlers.sandbox.teams.store import Identity, Kind, Person, Post, Room, Store, Team
from handlers.sandbox.teams.tokens import Tokens

PATIENCE = 15.0  # seconds. Teams: an app answers within fifteen


def _utc_now() -> datetime:
    return datetime.now(UTC)


class TeamsWorkspace:
    """A local Teams for one app: the Connector, login, keys and Graph. `async with`, or `start` and `stop`.

    `app_url`: the app's POST /api/messages. `consent`: resource-specific, ChannelMessage.Read.Group: without it the app
    hears only what mentions it, and Graph refuses it. `tells_edits`: edits and removals in channels are told.
    """

    def __init__(self, clock: Clock = _utc_now, *, port: int = 0, consent: bool = True, name: str = "SECAS") -> None:
        self.app_url = ""
        self.faults = Faults()
        self.identity = Identity()
        self._store = Store()
        self._tokens = Tokens(self.identity, self.faults)
        stamps = talk.Stamps(clock)
        graph = Graph(self._store, self.identity, self.faults, lambda header: self._tokens.is_given(header, "graph"))
        graph.consent = consent
        deliveries = Deliveries(self._transport, PATIENCE, clock)
        self._core = Core(self.identity, self._store, stamps, clock, self._tokens, graph, deliveries)
        self._connector = Connector(
            self._store,
            self.identity,
            self.faults,
            stamps,
            lambda header: self._tokens.is_given(header, "connector"),
            lambda: self._tokens.service_url,
        )
        self.team = Team(name, self.identity.tenant)
        self._store.teams.append(self.team)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._push: Push | None = None

    # Lifecycle

    async def start(self) -> None:
        application = web.Application(client_max_size=10 * 1024 * 1024)
        self._tokens.routes(application)
        self._connector.routes(application)
        self._core.graph.routes(application)
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError:
            await self.stop()
            raise
        self._tokens.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._core.deliveries.stop()
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
    def url(self) -> str:
        """TEAMS_URL: login at /login, keys at /keys, Graph at /graph/v1.0, the Connector at /connector."""
        return self._tokens.address

    @property
    def service_url(self) -> str:
        return self._tokens.service_url

    @property
    def tenant(self) -> str:
        return self.identity.tenant

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TEAMS_CLIENT_ID": self.identity.app_id,
            "TEAMS_CLIENT_SECRET": self.identity.secret,
            "TEAMS_TENANT_ID": self.identity.tenant,
            "TEAMS_URL": self.url,
        }

    def link(self, channel: Channel) -> str:
        """What "Get link to channel" gives."""
        team, name = self._core.store.room(channel.id).team or self.team, quote(channel.name)
        ids = f"groupId={team.group}&tenantId={team.tenant}"
        return f"https://teams.microsoft.com/l/channel/{quote(channel.id, safe='')}/{name}?{ids}"

    @property
    def consent(self) -> bool:
        return self._core.graph.consent

    @consent.setter
    def consent(self, given: bool) -> None:
        self._core.graph.consent = given

    @property
    def tells_edits(self) -> bool:
        return self._core.tells_edits

    @tells_edits.setter
    def tells_edits(self, told: bool) -> None:
        self._core.tells_edits = told

    # Channels and people

    def channel(self, name: str, *, private: bool = False, shared: bool = False, bot: bool = True) -> Channel:
        """A new channel of the team. The team's own people are in every standard one."""
        kind: Kind = "private" if private else "shared" if shared else "standard"
        room = Room(f"19:{len(self._store.rooms) + 1:032x}@thread.tacv2", name, kind, self.team, has_bot=bot)
        if kind == "standard":
            room.members = {each.key for each in self._store.people.values() if self._is_home(each)}
        self._store.rooms[room.id] = room
        return Channel(room.id, name)

    def member(self, name: str, email: str | None = None, *, guest: bool = False, team: str = "") -> Member:
        """A new member, in every standard channel. Guests, and people of another tenant (`team`), are only where they
        are put.
        """
        person = Person(name, email, team or self.tenant, is_guest=guest)
        self._store.people[person.key] = person
        if self._is_home(person):
            for room in self._store.rooms.values():
                if room.kind == "standard":
                    room.members.add(person.key)
        return Member(person.key, self._core)

    def put(self, member: Member, channel: Channel) -> None:
        self._store.room(channel.id).members.add(member.id)

    def direct(self, member: Member) -> Channel:
        """The direct chat of this member with the bot."""
        room = self._store.direct(member.person)
        return Channel(room.id, room.name)

    def person(self, member: Member) -> Person:
        """To change: `blocks_bot`, the e-mail address."""
        return member.person

    async def installs(self, channel: Channel, member: Member) -> None:
        """The app is added to the channel's team, by this member: two activities tell it."""
        room = self._store.room(channel.id)
        room.has_bot = True
        made = self._core.activity("installationUpdate", room, member.person)
        await self._core.tell(activities.installed(made, "add"))
        made = self._core.activity("conversationUpdate", room, member.person)
        await self._core.tell(activities.joined(made, self.identity))

    def _is_home(self, person: Person) -> bool:
        return person.tenant == self.tenant and not person.is_guest

    # What was said

    def messages(self, channel: Channel) -> list[Json]:
        """The channel's top-level messages, oldest first; without those that were deleted."""
        return [_stored(post) for post in self._store.room(channel.id).top_level() if not post.deleted_at]

    def thread(self, channel: Channel, ts: str) -> list[Json]:
        """The root and its replies, oldest first."""
        room = self._store.room(channel.id)
        return [_stored(post) for post in (room.post(ts), *room.replies(ts)) if not post.deleted_at]

    def find(self, channel: Channel, text: str) -> Said:
        """The newest message of the channel, root or reply, that reads `text` somewhere."""
        room = self._store.room(channel.id)
        for post in reversed(room.posts.values()):
            if not post.deleted_at and text in _words(post):
                return Said(channel, post.id, post.root)
        raise LookupError(f"No message in {channel.name} reads “{text}”.")

    def notes(self, member: Member) -> list[Json]:
        """The bot's direct messages to this member, oldest first."""
        posts = self._store.direct(member.person).posts.values()
        return [_stored(post) for post in posts if post.author == self.identity.bot_id and not post.deleted_at]

    ephemerals = notes  # Teams has no whisper: what Slack whispers is a direct message here

    # What went over the wire

    @property
    def calls(self) -> list[Call]:
        """Every call of the Connector, in order."""
        return self._connector.calls

    @property
    def graph(self) -> Graph:
        """Its calls, and the length of its pages."""
        return self._core.graph

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def deliveries(self) -> list[Delivery]:
        return self._core.deliveries.record

    async def settled(self) -> None:
        await self._core.deliveries.settled()

    async def redeliver(self) -> int:
        """Send again every activity not acknowledged; how many were acknowledged now. Invokes are not sent again."""
        return await self._core.deliveries.redeliver()

    @property
    def disturb(self) -> Disturbances:
        return self._core.deliveries.disturb

    @contextmanager
    def away(self) -> Iterator[None]:
        """While it lasts, people act and the app is told nothing of it, then or later."""
        with self.disturb.losing():
            yield

    def activity(self, kind: str, channel: Channel, member: Member) -> Json:
        """The beginnings of an activity, to be changed and sent with `sends`."""
        return self._core.activity(kind, self._store.room(channel.id), member.person)

    async def sends(self, body: Json, token: str | None = None) -> Delivery:
        """Any activity at all, delivered once; `token`: another than the right one, "" for none."""
        delivery = Delivery(str(body.get("id")), "event" if body.get("type") != "invoke" else "interactive", body)
        self._transport()
        if self._push:
            self._push.token = token
        try:
            await self._core.deliveries.begin(delivery)
        finally:
            if self._push:
                self._push.token = None
        return delivery

    def _transport(self) -> Transport:
        if self._session is None:
            raise RuntimeError("The workspace is not started.")
        if self._push is None or self._push.url != self.app_url:
            self._push = Push(self._session, self.app_url, self._tokens)
        return self._push


def _words(post: Post) -> str:
    return forms.readable(post.card) if post.card else post.words


def _stored(post: Post) -> Json:
    return {
        "ts": post.id,
        "thread_ts": post.root,
        "user": post.author,
        "text": _words(post),
        "summary": post.summary,
        "card": post.card,
        "edited": post.edited_at,
        "reactions": [{"name": each.kind, "user": each.person} for each in post.reactions],
    }
