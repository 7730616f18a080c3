"""What conversation tests need of a platform: its rooms and people, what stands there, and what each person was told.

People have the methods of handlers.sandbox.Member on either side; `types` gives what the person was answered.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, Self

from handlers.sandbox import Channel, Member, Said
from handlers.sandbox.deliveries import Delivery
from tests.sides.forms import Forms, Json

# Of everybody, by name; the last two are on no roster.
PEOPLE = {
    "Ada Firth": "ada.firth@northshire.example",
    "Ben Holm": "ben.holm@northshire.example",
    "Cara Dunn": "cara.dunn@calder.example",
    "Dan Okoro": "dan.okoro@wharfe.example",
    "Finn Reid": "finn.reid@tarn.example",
    "Gwen Lowe": "gwen.lowe@dcc.example",
    "Hugh Ames": "hugh.ames@panel.example",
    "Isla Beck": "isla.beck@ribble.example",
    "Robin Ainsley": "robin.ainsley@secas.example",
    "Jo Stone": "jo.stone@elsewhere.example",
    "Kit Vale": None,
}


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


class Side(Protocol):
    """One platform, running. `printed`: as documents name it. `channel`: the Operations Group's; `secas`: SECAS's."""

    platform: str
    printed: str
    mention: str  # of dpbot, in somebody's words
    channel: Channel
    secas: Channel
    cast: dict[str, Member]  # by first name

    @property
    def forms(self) -> Forms: ...
    @property
    def addresses(self) -> tuple[str, ...]:
        """What stands in the record and differs in each house, such as ports."""

    def said(self) -> object:
        """Everything that was said, for `stands` in another house, whose ids are the same."""

    def stands(self, said: object) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *error: object) -> None: ...

    def configured(self, config: str) -> str:
        """config.toml of a house on Slack, for a house here."""

    def secrets(self) -> dict[str, str]:
        """By the names of `Secrets`."""

    async def connected(self, sends: Callable[[], Awaitable[None]]) -> None:
        """dpbot is listening; `sends` has it send what is queued."""

    async def settled(self) -> None: ...
    def away(self) -> AbstractContextManager[None]: ...
    def room(self, name: str, *, private: bool = False) -> Channel:
        """The channel of this name, which is made where there is none."""

    def link(self, channel: Channel) -> str:
        """What config.toml says of a channel beside its name."""

    def http(self) -> str:
        """What config.toml needs beside, where dpbot is called over HTTP."""

    def member(self, name: str, email: str | None) -> Member: ...
    def put(self, member: Member, channel: Channel) -> None: ...
    def post(self, channel: Channel, reference: str) -> Said:
        """The post for a proposal."""

    def find(self, channel: Channel, words: str) -> Said: ...
    def words(self, said: Said) -> str:
        """All the words of a message as it is now."""

    def messages(self, channel: Channel) -> list[str]:
        """The words of each top-level message."""

    def notes(self, member: Member) -> list[str]:
        """What dpbot told this person alone."""

    def address(self, said: Said) -> str:
        """What stands in every link to this message."""

    async def asks_form(self, member: Member, line: str) -> Json:
        """The form of this command."""

    @property
    def told(self) -> list[Delivery]:
        """What dpbot was told, or should have been, and may be told again: commands are not."""

    async def tells(self, told: Delivery) -> None:
        """Once more."""

    async def files(self, channel: Channel) -> list[File]:
        """What was put there, or is linked to from there."""
