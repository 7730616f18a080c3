"""What tests of hearing share: dpbot in Teams alone, at a site of its own, and what it kept."""

import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import app
from bot.config import load_config
from bot.environment import Secrets
from bot.gate import Gate
from bot.papers import read_paper
from bot.sender import Sender
from bot.services import importing, publishing
from bot.services.desk import Desk
from handlers.sandbox import Channel, Said
from handlers.sandbox.teams.members import Member
from handlers.sandbox.teams.workspace import TeamsWorkspace
from handlers.teams.messenger import TeamsMessenger
from tests.databases import new_database
from tests.house import CONFIG, OPERATOR, PAPER, ROSTER, SAMPLE, Clock, has_roster
from tests.sides import PEOPLE

Json = dict[str, Any]


@dataclass
class TeamsHouse:
    """As tests.house: the sender runs when a test says so."""

    workspace: TeamsWorkspace
    clock: Clock
    desk: Desk
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
    def messenger(self) -> TeamsMessenger:
        messenger = self.desk.messengers["teams"]
        assert isinstance(messenger, TeamsMessenger)
        return messenger

    async def publishes(self) -> None:
        """The sample paper is stored and posted."""
        reading = read_paper(SAMPLE.name, SAMPLE.read_bytes())
        config, now = self.desk.config, self.clock()
        async with self.desk.sessions.begin() as session:
            await importing.store(session, config, reading, "paper.txt", b"sample", True, OPERATOR, now)
            await publishing.publish(session, config, self.desk.outbox, PAPER, OPERATOR, now)
        await self.sends()

    async def sends(self) -> None:
        gate = Gate(self.desk.config, self.desk.outbox)
        on = self.desk.config.publishing.enabled
        sender = Sender(self.desk.sessions, self.desk.messengers, self.clock, gate, publishing=on, pace=timedelta())
        await sender.drain()
        await self.workspace.settled()

    def post(self, text: str = "DP092") -> Said:
        return self.workspace.find(self.channel, text)

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


def teams_config(workspace: TeamsWorkspace, channel: Channel, secas: Channel) -> str:
    """The house's config.toml, with both channels in Teams."""
    there = f'platform = "teams"\nlink = "{workspace.link(channel)}"'
    config = CONFIG.replace('[slack]\nmode = "socket"\n', "").replace('platform = "slack"', there)
    return config.replace("[secas]", f'[secas]\nplatform = "teams"\nlink = "{workspace.link(secas)}"')


@asynccontextmanager
async def teams_house(
    folder: Path, change: Callable[[str], str] = lambda text: text, *, consent: bool = True
) -> AsyncIterator[TeamsHouse]:
    """dpbot is connected to Teams; nothing is posted."""
    clock = Clock()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with TeamsWorkspace(clock=clock, consent=consent) as workspace:
        channel, secas = workspace.channel("operations-group"), workspace.channel("secas-change-team", private=True)
        cast = {name.split()[0]: workspace.member(name, email) for name, email in PEOPLE.items()}
        workspace.put(cast["Robin"], secas)
        text = teams_config(workspace, channel, secas) + f"[http]\nport = {port}\n"
        (folder / "config.toml").write_text(change(text), "utf-8")
        config = load_config(folder / "config.toml")
        environment = {name.lower(): value for name, value in workspace.environment.items()}
        database = new_database(folder / "test.db")
        secrets = Secrets.model_validate({**environment, "database_url": database})
        desk = app.open_desk(config, secrets, clock)
        await has_roster(desk.sessions, config, ROSTER, clock())
        try:
            async with app.listening(desk, secrets) as messengers:
                workspace.app_url = f"http://127.0.0.1:{port}/api/messages"
                desk = replace(desk, messengers=messengers)
                yield TeamsHouse(workspace, clock, desk, channel, secas, cast, folder)
        finally:
            await desk.sessions.close()
