"""Microsoft Teams' side of a conversation: the local Teams."""

import re
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Self, cast
from urllib.parse import quote

import aiohttp

from handlers.sandbox import Answer, Channel, Member, Said
from handlers.sandbox.basics import Clock
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.teams import Member as TeamsMember
from handlers.sandbox.teams import TeamsWorkspace, cards
from tests.sides import PEOPLE, File
from tests.sides.forms import OPEN, Json, TeamsForms, top


@dataclass(frozen=True)
class Person(TeamsMember):
    """Commands are typed in the direct chat, where the answers come once dpbot has sent what it queued."""

    _side: "TeamsSide | None" = field(default=None, repr=False, compare=False)

    async def types(self, channel: Channel, line: str) -> Answer:
        del channel  # as a slash command, the question is seen by nobody else
        side = self._side
        assert side
        assert side.sends, "dpbot is not connected"
        before = len(side.workspace.notes(self))
        asked = await super().types(side.workspace.direct(self), line)
        await side.sends()
        came = side.workspace.notes(self)[before:]
        text = "\n".join(each["text"] for each in came)
        return Answer(text, came[-1]["card"] if came else {}, asked.acknowledged)


class TeamsSide:
    """`name`: of the Operations Group's channel; a name is taken once on all platforms."""

    platform, printed, mention = "teams", "Microsoft Teams", "@dpbot"

    def __init__(self, clock: Clock, *, consent: bool = True, name: str = "operations-group") -> None:
        self.workspace = TeamsWorkspace(clock=clock, consent=consent)
        self.sends: Callable[[], Awaitable[None]] | None = None
        self.port = _free_port()
        self._name = name
        self._rooms: dict[str, Channel] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        return self.workspace.url, self.http_address

    def said(self) -> object:
        store, stamps = self.workspace._core.store, self.workspace._core.stamps
        return deepcopy(({id_: room.posts for id_, room in store.rooms.items()}, stamps._last))

    def stands(self, said: Any) -> None:  # noqa: ANN401 - what `said` gave
        store, stamps = self.workspace._core.store, self.workspace._core.stamps
        posts, stamps._last = deepcopy(said)
        for id_, each in posts.items():
            store.rooms[id_].posts = each

    async def __aenter__(self) -> Self:
        await self.workspace.start()
        self.channel = self.room(self._name)
        self.secas = self.room("secas-change-team", private=True)
        self.cast = {name.split()[0]: self.member(name, email) for name, email in PEOPLE.items()}
        self.put(self.cast["Robin"], self.secas)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.workspace.stop()

    def configured(self, config: str) -> str:
        there = re.sub(
            r'platform = "slack"\nname = "(.+)"', self._linked, config.replace('[slack]\nmode = "socket"\n', "")
        )
        return there.replace("[secas]", f"[secas]\n{self.link(self.secas)}") + self.http()

    def _linked(self, channel: re.Match[str]) -> str:
        return f'{self.link(self.room(channel[1]))}\nname = "{channel[1]}"'

    @property
    def http_address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def http(self) -> str:
        return f'[http]\nport = {self.port}\naddress = "{self.http_address}"\n'

    def secrets(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.workspace.environment.items()}

    async def connected(self, sends: Callable[[], Awaitable[None]]) -> None:
        self.sends = sends
        self.workspace.app_url = f"{self.http_address}/api/messages"

    async def settled(self) -> None:
        await self.workspace.settled()

    def away(self) -> AbstractContextManager[None]:
        return self.workspace.away()

    def room(self, name: str, *, private: bool = False) -> Channel:
        made = self._rooms.get(name) or self.workspace.channel(name, private=private)
        return self._rooms.setdefault(name, made)

    def link(self, channel: Channel) -> str:
        return f'platform = "teams"\nlink = "{self.workspace.link(channel)}"'

    def member(self, name: str, email: str | None) -> Member:
        made = self.workspace.member(name, email)
        return cast("Member", Person(made.id, made._core, self))  # its methods are those of Slack's

    def put(self, member: Member, channel: Channel) -> None:
        self.workspace.put(cast("TeamsMember", member), channel)

    def post(self, channel: Channel, reference: str) -> Said:
        return self.workspace.find(channel, f"{reference}  ")

    def find(self, channel: Channel, words: str) -> Said:
        return self.workspace.find(channel, words)

    def words(self, said: Said) -> str:
        thread = self.workspace.thread(said.channel, said.thread_ts or said.ts)
        return str(next(each for each in thread if each["ts"] == said.ts)["text"])

    def messages(self, channel: Channel) -> list[str]:
        return [str(each["text"]) for each in self.workspace.messages(channel)]

    def notes(self, member: Member) -> list[str]:
        return [str(each["text"]) for each in self.workspace.notes(cast("TeamsMember", member))]

    def address(self, said: Said) -> str:
        return f"/l/message/{quote(said.channel.id, safe='')}/{said.ts}"

    @property
    def forms(self) -> TeamsForms:
        return TeamsForms(self.workspace)

    async def asks_form(self, member: Member, line: str) -> Json:
        await member.types(self.channel, line)
        await self.forms.told(member, OPEN)
        return top(member)

    @property
    def told(self) -> list[Delivery]:
        return list(self.workspace.deliveries)

    async def tells(self, told: Delivery) -> None:
        assert (await self.workspace.sends(told.payload)).acknowledged

    async def files(self, channel: Channel) -> list[File]:
        """The links are opened, as somebody's browser would."""
        found = []
        async with aiohttp.ClientSession() as session:
            for message in self.workspace.messages(channel):
                for part in cards.walk(message["card"] or {}):
                    if part["type"] == "Action.OpenUrl" and "/documents/" in part["url"]:
                        async with session.get(part["url"]) as answer:
                            found.append(File(str(part["title"]), await answer.read()))
        return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
