"""Slack's side of a conversation: the local workspace."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from typing import Any, Self

from handlers.sandbox import Channel, Member, Said, Workspace
from handlers.sandbox.basics import Clock
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.text import readable
from tests.sides import PEOPLE, File
from tests.sides.forms import Json, SlackForms, top


class SlackSide:
    platform, printed = "slack", "Slack"

    def __init__(self, clock: Clock) -> None:
        self.workspace = Workspace(clock=clock)
        self.mention = f"<@{self.workspace.bot_user_id}>"
        self._rooms: dict[str, Channel] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.workspace.page_url,)

    def said(self) -> object:
        core = self.workspace._core
        return deepcopy((core.store.rooms, core.store._numbers, core.stamps._last))

    def stands(self, said: Any) -> None:  # noqa: ANN401 - what `said` gave
        core = self.workspace._core
        core.store.rooms, core.store._numbers, core.stamps._last = deepcopy(said)

    async def __aenter__(self) -> Self:
        await self.workspace.start()
        self.channel = self.room("operations-group")
        self.secas = self.room("secas-change-team", private=True)
        self.cast = {name.split()[0]: self.workspace.member(name, email) for name, email in PEOPLE.items()}
        self.workspace.put(self.cast["Robin"], self.secas)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.workspace.stop()

    def configured(self, config: str) -> str:
        return config

    def secrets(self) -> dict[str, str]:
        return {
            "slack_bot_token": self.workspace.bot_token,
            "slack_app_token": self.workspace.app_token,
            "slack_signing_secret": self.workspace.signing_secret,
            "slack_api_url": self.workspace.api_url,
        }

    async def connected(self, sends: Callable[[], Awaitable[None]]) -> None:
        del sends  # commands are answered in their acknowledgement
        await self.workspace.connected()

    async def settled(self) -> None:
        await self.workspace.settled()

    def away(self) -> AbstractContextManager[None]:
        return self.workspace.away()

    def room(self, name: str, *, private: bool = False) -> Channel:
        made = self._rooms.get(name) or self.workspace.channel(name, private=private)
        return self._rooms.setdefault(name, made)

    def link(self, channel: Channel) -> str:
        del channel
        return 'platform = "slack"'

    def http(self) -> str:
        return ""

    def member(self, name: str, email: str | None) -> Member:
        return self.workspace.member(name, email)

    def put(self, member: Member, channel: Channel) -> None:
        self.workspace.put(member, channel)

    def post(self, channel: Channel, reference: str) -> Said:
        return self.workspace.find(channel, f"*{reference}  ")

    def find(self, channel: Channel, words: str) -> Said:
        return self.workspace.find(channel, words)

    def words(self, said: Said) -> str:
        thread = self.workspace.thread(said.channel, said.thread_ts or said.ts)
        return _shown(next(each for each in thread if each["ts"] == said.ts))

    def messages(self, channel: Channel) -> list[str]:
        return [_shown(each) for each in self.workspace.messages(channel)]

    def notes(self, member: Member) -> list[str]:
        told = [*self.workspace.ephemerals(member), *self.workspace.messages(self.workspace.direct(member))]
        return [_shown(each) for each in told]

    def address(self, said: Said) -> str:
        return f"/archives/{said.channel.id}/p{said.ts.replace('.', '')}"

    @property
    def forms(self) -> SlackForms:
        return SlackForms(self.workspace)

    async def asks_form(self, member: Member, line: str) -> Json:
        member.modals.clear()
        assert (await member.types(self.channel, line)).acknowledged
        return top(member)

    @property
    def told(self) -> list[Delivery]:
        return [each for each in self.workspace.deliveries if each.kind != "command"]

    async def tells(self, told: Delivery) -> None:
        again = Delivery(f"{told.id}-{len(self.workspace.deliveries)}", told.kind, told.payload)
        await self.workspace._core.deliveries.begin(again)
        assert again.acknowledged

    async def files(self, channel: Channel) -> list[File]:
        return [File(each.name, each.content) for each in self.workspace.files(channel)]


def _shown(message: dict[str, Any]) -> str:
    """What is read in a message; its text is only for notifications where it has blocks."""
    return readable({"text": "" if message["blocks"] else message["text"], "blocks": message["blocks"]}).strip()
