"""The house on Microsoft Teams alone, for what is Teams' own: its workspace and members, and what dpbot kept."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from bot.environment import Secrets
from bot.models import OutboxEntry
from bot.sender import Sender
from bot.services.desk import Desk
from handlers.sandbox import Channel, Said
from handlers.sandbox.teams import Member, TeamsWorkspace
from handlers.teams.messenger import TeamsMessenger
from tests.house import Clock, House, open_house
from tests.sides.teams import TeamsSide


def unchanged(config: str) -> str:
    return config


@dataclass
class TeamsHouse:
    """`house`: for what tests of both platforms share."""

    house: House
    workspace: TeamsWorkspace
    clock: Clock
    secrets: Secrets
    channel: Channel
    secas: Channel
    cast: dict[str, Member]
    folder: Path

    def __getattr__(self, name: str) -> Member:
        try:
            return self.cast[name.capitalize()]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def desk(self) -> Desk:
        return self.house.desk

    @property
    def messenger(self) -> TeamsMessenger:
        messenger = self.desk.messengers["teams"]
        assert isinstance(messenger, TeamsMessenger)
        return messenger

    def sender(self, messenger: TeamsMessenger | None = None) -> Sender:
        messengers = {"teams": messenger or self.messenger}
        return Sender(self.desk.sessions, messengers, self.clock, self.house.gate, pace=timedelta())

    async def queues(self) -> None:
        """The sample paper is stored, and its posts wait in the outbox."""
        await self.house.imports()
        await self.house.queues()

    async def publishes(self) -> None:
        """The sample paper is stored and posted."""
        await self.queues()
        await self.sends()

    async def sends(self) -> None:
        await self.house.sends()

    def post(self, reference: str = "DP092") -> Said:
        return self.house.post(reference)

    async def outbox(self) -> list[OutboxEntry]:
        return await self.house.outbox()

    async def told(self, member: Member) -> str:
        """The bot's latest direct message to this member; "" where there is none."""
        await self.sends()
        notes = self.workspace.notes(member)
        return str(notes[-1]["text"]) if notes else ""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read past the bot."""
        with sqlite3.connect(self.folder / "test.db") as connection:
            return connection.execute(query).fetchall()

    def change(self, statement: str) -> None:
        """Write past the bot."""
        with sqlite3.connect(self.folder / "test.db") as connection:
            connection.execute(statement)

    def words(self) -> list[str]:
        """Every wording in the record, in the order in which it was heard."""
        return [row[0] for row in self.rows("SELECT text FROM words ORDER BY entry_id") if row[0]]

    def traces(self, words: str) -> list[str]:
        files = sorted(path for path in self.folder.iterdir() if path.name.startswith("test.db"))
        return [path.name for path in files if words.encode() in path.read_bytes()]


@asynccontextmanager
async def teams_house(
    folder: Path, change: Callable[[str], str] = unchanged, *, consent: bool = True
) -> AsyncIterator[TeamsHouse]:
    """dpbot is connected to Teams; nothing is posted."""
    async with _opened(folder, change, consent=consent) as teams, teams.house.connected():
        yield teams


@asynccontextmanager
async def deaf_house(
    folder: Path, change: Callable[[str], str] = unchanged, *, consent: bool = True, resolve: bool = True
) -> AsyncIterator[TeamsHouse]:
    """dpbot sends and reads again, and hears nothing. `resolve`: it has found out what it was given the right to."""
    async with _opened(folder, change, consent=consent) as teams:
        messenger = TeamsMessenger(teams.desk.config, teams.secrets, teams.desk.sessions)
        if resolve:
            await messenger.resolve()
        teams.house.works_with({"teams": messenger})
        yield teams


@asynccontextmanager
async def _opened(folder: Path, change: Callable[[str], str], *, consent: bool) -> AsyncIterator[TeamsHouse]:
    def side(clock: Clock) -> TeamsSide:
        return TeamsSide(clock, consent=consent)

    async with open_house(folder, change, sides=[side]) as house:
        assert isinstance(house.side, TeamsSide)
        people = cast("dict[str, Member]", house.cast)  # their methods are those of Slack's
        yield TeamsHouse(
            house, house.side.workspace, house.clock, house.secrets, house.channel, house.secas, people, folder
        )
