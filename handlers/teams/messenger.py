"""Microsoft Teams behind the Messenger port: the Bot Connector to send, Microsoft Graph to read again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from bot.config import Config
from bot.db import Sessions
from bot.domain import ChannelFacts, Fetched, Page, Place, Speaker
from bot.environment import Secrets
from bot.errors import UserError
from bot.messenger import Capabilities, NotInChannel, NotReadable, NotSent, Payload, Refused
from handlers.teams import fetching, graph, text
from handlers.teams.calls import Calls, Told
from handlers.teams.connector import OURS, Connector, mark_of
from handlers.teams.granted import CONNECTOR, NoToken, Tokens
from handlers.teams.persons import Persons, is_guest
from handlers.teams.places import Places

_ASKED_AGAIN = 60.0  # seconds: the members of a channel are asked for no oftener
# Our clock and Microsoft's may differ a little.
_APART = timedelta(minutes=1)
UNNAMED = "an organisation that Microsoft Teams does not name"
# What follows "dpbot", for who runs it and who reads its documents.
ALWAYS = (
    "It cannot put its mark on a reply that is recorded.",
    "It cannot pin its posts.",
    "It cannot put a file into a channel: a message links to the document.",
    "An answer for one person is a direct message.",
    "It is told of reactions to its own posts alone, and finds those to replies when it reads a thread again.",
    "It is not told of every edit and removal, and finds the others when it reads a thread again.",
)
UNREAD = (
    "It hears only messages that mention it.",
    "It cannot read a thread again: what it was not told is not found.",
    "It cannot look for a post of which Microsoft gave no answer: the post is sent again, and may stand twice.",
)


class TeamsMessenger:
    """Implements `bot.messenger.Messenger`. `resolve` finds out what it was given the right to."""

    def __init__(self, config: Config, secrets: Secrets, sessions: Sessions | None = None) -> None:
        url = secrets.teams_url.rstrip("/")
        self.program, self.home = secrets.need("teams_client_id"), secrets.need("teams_tenant_id")
        login = f"{url}/login" if url else ""
        self.tokens = Tokens(self.program, secrets.need("teams_client_secret"), self.home, login)
        self._config = config
        rooms = {name: place for name, place in config.rooms(text.PLATFORM) if place}
        self._ids = {name: place.channel for name, place in rooms.items()}
        self._tenants = {name: place.tenant for name, place in rooms.items()}
        self._called = {place.channel: name for name, place in rooms.items()}
        vouched = {team for each in config.organisations for team in each.teams}
        calls = Calls(self.tokens)
        self.places = Places({place.channel: place for place in rooms.values()}, url, sessions)
        self.persons = Persons(calls, self.places, self._called, self.home, vouched)
        self._connector = Connector(calls, self.places, self.program)
        self._graph = graph.Graph(calls, self.places, self._called, f"{url}/graph/v1.0" if url else graph.ADDRESS)
        self._keys_come_back = True
        # Teams' own reactions have names; what is printed on a post beside them is a button there.
        self._pressed = frozenset(config.reactions) - frozenset(text.EMOJI.values())
        self._described: dict[str, tuple[float, tuple[bool | None, set[str]]]] = {}

    async def resolve(self) -> None:
        """Ask for tokens, and which channels may be read. UserError says what to do."""
        if len(self._called) < len(self._ids):
            raise UserError("config.toml has the link of one Teams channel twice: keep one of them.")
        for name, tenant in self._tenants.items():
            if tenant.lower() != self.home.lower():
                raise UserError(
                    f"The link of the channel {name} is of the tenant {tenant}, and TEAMS_TENANT_ID is another: "
                    "correct the one that is wrong, for dpbot works in the tenant in which it is registered."
                )
        for name, channel in self._ids.items():
            try:
                await self.tokens.token(CONNECTOR)
                await self._graph.may_read(channel)
            except NoToken as error:
                raise UserError(f"{error}: {error.to_do}.") from None
            except Refused:
                raise UserError(
                    f"Microsoft Teams has no channel {name}: copy its link into config.toml again, and have an owner "
                    "of its team add the app there."
                ) from None
            except NotSent as error:
                raise UserError(
                    f"Microsoft does not tell of the channel {name}: {error}; check the network, or try again later."
                ) from None

    @property
    def unheard(self) -> list[str]:
        """The Sub-Committees' channels in which only what mentions dpbot is heard, as Graph last said."""
        return [name for name in self._heard if not self._graph.readable.get(self._ids[name], True)]

    @property
    def capabilities(self) -> Capabilities:
        """As Graph last said. One refusal is no reason not to ask again."""
        unheard = self.unheard
        reads = not unheard or len(unheard) < len(self._heard)
        hears_all = not unheard
        return Capabilities(
            marks=False,
            pins=False,
            files=False,
            reads_threads=reads,
            finds_posts=reads and self._keys_come_back,
            hears_all=hears_all,
            hears_changes=False,
            cannot=ALWAYS if hears_all else ALWAYS + UNREAD,
        )

    @property
    def _heard(self) -> list[str]:
        return [channel.name for channel in self._config.channels if channel.name in self._ids]

    @property
    def names(self) -> Mapping[str, str]:
        """The channels of config.toml: how it names each, by Teams' id."""
        return self._called

    def name_of(self, channel: str) -> str | None:
        """The channel as config.toml names it; None for one that is not ours."""
        return self._called.get(channel)

    async def channel_id(self, name: str) -> str:
        return self._ids.get(name, name)

    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        return await self._connector.post(channel, thread, payload, key)

    async def find_post(self, channel: str, thread: str | None, key: str, since: datetime) -> str | None:
        """NotReadable where it cannot be told: there is no consent, or Graph leaves the keys out of our cards."""
        earliest, ours, keys = since - _APART, 0, 0
        for told in await self._posts(channel, thread, earliest):
            if not fetching.is_by(told, self.program) or told.get("deletedDateTime"):
                continue
            cards = "".join(str(each.get("content") or "") for each in told.get("attachments") or ())
            if mark_of(key) in cards:
                return str(told["id"])
            said_at = text.moment(str(told["id"]))
            ours += said_at is not None and said_at >= earliest
            keys += OURS in cards
        if ours and not keys:
            self._keys_come_back = False
            raise NotReadable("Graph does not tell dpbot's posts apart")
        return None

    async def _posts(self, channel: str, thread: str | None, since: datetime) -> list[Told]:
        if thread is None:
            return [told async for told in self._graph.roots(channel, since)]
        now = datetime.now(UTC)
        found = await self._graph.thread(channel, thread, now, now)
        return found[0] if found else []

    async def link(self, channel: str, message: str) -> str | None:
        return (await self.places.ours(channel)).link(channel, message)

    async def update(self, channel: str, message: str, payload: Payload) -> None:
        try:
            await self._connector.update(channel, message, payload)
        except NotInChannel as error:
            raise Refused(str(error)) from None  # the post went with its channel

    async def pin(self, channel: str, message: str) -> None:
        """Not possible."""

    async def unpin(self, channel: str, message: str) -> None:
        """Not possible."""

    async def mark(self, channel: str, message: str) -> None:
        """Not possible."""

    async def unmark(self, channel: str, message: str) -> None:
        """Not possible."""

    async def whisper(self, channel: str, thread: str | None, person: str, payload: Payload) -> None:  # noqa: ARG002
        """A direct message: Teams shows nothing in a channel to one person alone."""
        await self._connector.direct(person, payload)

    async def direct(self, person: str, payload: Payload) -> None:
        await self._connector.direct(person, payload)

    async def upload(self, channel: str, name: str, content: bytes, comment: str) -> None:  # noqa: ARG002
        raise Refused("Microsoft Teams takes no files from dpbot")

    async def has_file(self, channel: str, name: str, since: datetime) -> bool:  # noqa: ARG002
        return False

    async def thread_of(self, channel: str, message: str) -> str | None:
        """Of a message that heads a thread. With a reply Teams itself names its thread, and here it does not."""
        return message if await self.message(Place(text.PLATFORM, channel, message, message)) else None

    async def page(self, channel: str, thread: str, cursor: str | None, since: datetime, now: datetime) -> Page | None:
        """The whole thread is one page, because Graph begins with its newest reply."""
        if cursor is not None:
            raise Refused("the place in the thread is not known")
        found = await self._graph.thread(channel, thread, since, now)
        if found is None:
            return None
        messages, fetched_at = found
        return Page(tuple([await self._fetched(told, channel, thread) for told in messages]), None, fetched_at)

    async def message(self, place: Place) -> Fetched | None:
        told = await self._graph.message(place)
        return await self._fetched(told, place.channel, place.thread) if told else None

    async def _fetched(self, told: Told, channel: str, thread: str) -> Fetched:
        return await fetching.message(told, channel, thread, self.program, self.persons.id_of, self._pressed)

    async def describe(self, person: str) -> Speaker | None:
        return await self.persons.describe(person)

    async def describe_channel(self, channel: str) -> ChannelFacts:
        """Graph: membershipType. Of a standard channel it is not said for whom its team is open."""
        told = await self._graph.channel(channel)
        kind = told.get("membershipType")
        guests, tenants = await self._members(channel)
        unnamed = (UNNAMED,) if kind == "shared" and guests is None else ()
        return ChannelFacts(
            is_private=True if kind in {"private", "shared"} else None,
            is_archived=bool(told.get("isArchived")),
            teams=tuple(sorted(tenants)) or unnamed,
            guests=guests,
        )

    async def _members(self, channel: str) -> tuple[bool | None, set[str]]:
        """Whether there are guests, None where it cannot be said; and the other tenants."""
        asked_at, found = self._described.get(channel, (-_ASKED_AGAIN, (None, set())))
        if monotonic() - asked_at < _ASKED_AGAIN:
            return found
        members = await self.persons.among(channel)
        guests = None if members is None else any(is_guest(each) for each in members)
        tenants = {str(each["tenantId"]) for each in members or () if each.get("tenantId")} - {self.home}
        self._described[channel] = monotonic(), (guests, tenants)
        return guests, tenants
