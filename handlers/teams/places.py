"""Where Microsoft Teams is reached: a service address a channel, a conversation a person; kept as they are told.

Microsoft: a bot stores the service address of what it is sent, and asks there; it may change. Until a channel has
been heard of, the address for all the world serves, and config.toml's link says the rest.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from bot.config import TeamsPlace
from bot.db import Sessions
from bot.messenger import Refused
from bot.services import addressing

log = logging.getLogger(__name__)

PLATFORM = "teams"
_EVERYWHERE = "https://smba.trafficmanager.net/teams"
# Microsoft: TeamsServiceEndpoints of the Microsoft 365 Agents SDK. What follows the host is a region, and may change.
_HOSTS = {
    "smba.trafficmanager.net",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
}
# What is kept of each: the rest says config.toml, or the person's id.
_TOLD = {addressing.CHANNEL: ("service", "team", "bot"), addressing.PERSON: ("service", "conversation")}


@dataclass(frozen=True)
class Room:
    """A channel of config.toml, or (`conversation`) where one person is spoken with."""

    service: str
    tenant: str
    group: str = ""
    team: str = ""
    bot: str = ""
    conversation: str = ""

    def link(self, channel: str, message: str) -> str:
        """Microsoft: learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams."""
        more = {"tenantId": self.tenant, "groupId": self.group, "parentMessageId": message, "createdTime": message}
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in more.items())
        return f"https://teams.microsoft.com/l/message/{quote(channel, safe='')}/{quote(message, safe='')}?{asked}"


class Places:
    """`rooms`: the channels of config.toml by id. Without `sessions` only what they and Microsoft's documents say.

    `url`: another server than Microsoft's, and then no other.
    """

    def __init__(self, rooms: Mapping[str, TeamsPlace], url: str = "", sessions: Sessions | None = None) -> None:
        self._service = f"{url}/connector" if url else _EVERYWHERE
        self._url = url
        self._refused: set[str] = set()
        self._sessions = sessions
        self._rooms = {channel: Room(self._service, place.tenant, place.group) for channel, place in rooms.items()}
        self._told: dict[tuple[str, str], Room] = {}

    async def room(self, channel: str) -> Room | None:
        """None for a channel that is not ours."""
        room = self._rooms.get(channel)
        return room and await self._known(channel, addressing.CHANNEL, room)

    async def ours(self, channel: str) -> Room:
        """Refused for a channel that is not ours."""
        room = await self.room(channel)
        if room is None:
            raise Refused("its channel is no longer one of dpbot's")
        return room

    async def met(self, person: str) -> Room:
        """Where a person is spoken with; without a conversation where there was none yet."""
        first = next(iter(self._rooms), None)
        room = await self.room(first) if first else None
        # Microsoft: the tenant in which it takes place, which is the channels', also with a guest.
        begun = Room(room.service, room.tenant) if room else Room(self._service, person.partition(":")[0])
        return await self._known(person, addressing.PERSON, begun)

    async def noted(self, activity: Mapping[str, Any], now: datetime, person: str | None = None) -> None:
        """Keep what a checked activity says of its channel; of `person`, whose direct chat it came from, likewise."""
        conversation, service = activity.get("conversation") or {}, str(activity.get("serviceUrl") or "").rstrip("/")
        name = str(conversation.get("id") or "").partition(";")[0]
        if not is_service(service, self._url):
            self._refuse(service)
            return
        told = activity.get("channelData") or {}
        if name in self._rooms:
            team, bot = told.get("team") or {}, activity.get("recipient") or {}
            room = replace(
                self._rooms[name], service=service, team=str(team.get("id") or ""), bot=str(bot.get("id") or "")
            )
            await self._keep(name, addressing.CHANNEL, room, now)
        elif person is not None and conversation.get("conversationType") == "personal":
            room = Room(service, person.partition(":")[0], conversation=name)
            await self._keep(person, addressing.PERSON, room, now)

    def _refuse(self, service: str) -> None:
        if service not in self._refused:
            self._refused.add(service)
            log.warning(
                "Teams is said to be at %r, which is none of Microsoft's: nothing is sent there.", service[:100]
            )

    async def begun(self, person: str, room: Room, now: datetime) -> None:
        """A conversation that we began."""
        await self._keep(person, addressing.PERSON, room, now)

    async def person_of(self, ending: str) -> str | None:
        """The person dpbot has seen whose id ends so."""
        if self._sessions is None:
            return None
        async with self._sessions.read() as session:
            return await addressing.person_ending(session, PLATFORM, ending)

    async def _known(self, name: str, kind: str, otherwise: Room) -> Room:
        """A person's is not remembered here: who is erased must be gone."""
        if (name, kind) in self._told or self._sessions is None:
            return self._told.get((name, kind), otherwise)
        async with self._sessions.read() as session:
            values = await addressing.known(session, PLATFORM, name, kind)
        if values is None:
            return otherwise
        room = replace(otherwise, **{key: str(values[key]) for key in _TOLD[kind] if key in values})
        if not is_service(room.service, self._url):
            room = replace(room, service=otherwise.service)
        if kind == addressing.CHANNEL:
            self._told[name, kind] = room
        return room

    async def _keep(self, name: str, kind: str, room: Room, now: datetime) -> None:
        if self._sessions is None or await self._known(name, kind, replace(room, service="")) == room:
            return
        values = {key: value for key, value in asdict(room).items() if key in _TOLD[kind]}
        async with self._sessions.begin() as session:
            await addressing.keep(session, PLATFORM, name, kind, values, now)
        if kind == addressing.CHANNEL:
            self._told[name, kind] = room


def is_service(address: str, url: str = "") -> bool:
    """Whether our token may go there: to Microsoft's own servers, or to the one (`url`) that is in their place."""
    try:
        told, here = urlsplit(address), urlsplit(url)
    except ValueError:
        return False
    if url:
        return (told.scheme, told.netloc) == (here.scheme, here.netloc)
    return told.scheme == "https" and told.netloc in _HOSTS
