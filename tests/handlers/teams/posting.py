"""A house on the local Teams for tests of sending and of reading again: nothing is heard, only sent and fetched."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import select

from bot import app
from bot.config import load_config
from bot.environment import Secrets
from bot.gate import Gate
from bot.models import OutboxEntry
from bot.papers import read_paper
from bot.sender import Sender
from bot.services import importing, publishing
from bot.services.desk import Desk
from handlers.sandbox.teams import Channel, Member, Said, TeamsWorkspace
from handlers.teams.messenger import TeamsMessenger
from tests.databases import new_database
from tests.house import CONFIG, OPERATOR, PAPER, ROSTER, SAMPLE, Clock, House, has_roster
from tests.sides import PEOPLE

IN_ORDER = ["Operations Group", "DP088", "DP089", "DP090", "DP091", "DP092", "DP093"]


@dataclass
class TeamsHouse:
    workspace: TeamsWorkspace
    clock: Clock
    desk: Desk
    secrets: Secrets
    channel: Channel
    secas: Channel
    cast: dict[str, Member]

    @property
    def messenger(self) -> TeamsMessenger:
        messenger = self.desk.messengers["teams"]
        assert isinstance(messenger, TeamsMessenger)
        return messenger

    def sender(self, messenger: TeamsMessenger | None = None) -> Sender:
        gate = Gate(self.desk.config, self.desk.outbox)
        messengers = {"teams": messenger or self.messenger}
        return Sender(self.desk.sessions, messengers, self.clock, gate, pace=timedelta())

    async def sends(self) -> None:
        await self.sender().drain()

    async def queues(self) -> None:
        """The sample paper is stored, and its posts wait in the outbox."""
        reading = read_paper(SAMPLE.name, SAMPLE.read_bytes())
        async with self.desk.sessions.begin() as session:
            await importing.store(session, self.desk.config, reading, "p.txt", b"p", True, OPERATOR, self.clock())
            await publishing.publish(session, self.desk.config, self.desk.outbox, PAPER, OPERATOR, self.clock())

    @property
    def as_house(self) -> House:
        """For what tests of Slack share: it uses nothing of Slack's."""
        return cast("House", self)

    def posts(self) -> list[str]:
        """What every message in the Sub-Committee's channel begins with, of `IN_ORDER`."""
        messages = self.workspace.messages(self.channel)
        return [next((word for word in IN_ORDER if str(each["summary"]).startswith(word)), "?") for each in messages]

    def post(self, reference: str = "DP092") -> Said:
        return next(
            Said(self.channel, str(each["ts"]))
            for each in self.workspace.messages(self.channel)
            if reference in str(each["summary"])
        )

    async def outbox(self) -> list[OutboxEntry]:
        async with self.desk.sessions.read() as session:
            return list(await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))


@asynccontextmanager
async def open_teams_house(
    folder: Path, change: Callable[[str], str] = lambda text: text, *, consent: bool = True, resolve: bool = True
) -> AsyncIterator[TeamsHouse]:
    """`resolve`: dpbot has found out what it was given the right to."""
    clock = Clock()
    async with TeamsWorkspace(clock=clock, consent=consent) as workspace:
        cast = {name.split()[0]: workspace.member(name, email) for name, email in PEOPLE.items()}
        channel = workspace.channel("operations-group")
        secas = workspace.channel("secas-change-team", private=True)
        workspace.put(cast["Robin"], secas)
        config_text = CONFIG.replace('platform = "slack"', f'platform = "teams"\nlink = "{workspace.link(channel)}"')
        on_teams = f'[secas]\nplatform = "teams"\nlink = "{workspace.link(secas)}"\n'
        (folder / "config.toml").write_text(change(config_text.replace("[secas]\n", on_teams)), "utf-8")
        config = load_config(folder / "config.toml")
        told = {name.lower(): value for name, value in workspace.environment.items()}
        secrets = Secrets.model_validate(told | {"database_url": new_database(folder / "teams.db")})
        desk = app.open_desk(config, secrets, clock)
        await has_roster(desk.sessions, config, ROSTER, clock())
        messenger = TeamsMessenger(config, secrets, desk.sessions)
        try:
            if resolve:
                await messenger.resolve()
            desk = replace(desk, messengers={"teams": messenger})
            yield TeamsHouse(workspace, clock, desk, secrets, channel, secas, cast)
        finally:
            await desk.sessions.close()
