"""The demo's own small world: a local workspace, a temporary database, invented people, a clock of its own."""

import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

from bot import app, db
from bot.config import Channel as ChannelConfig
from bot.config import Config, SubCommittee, load_config
from bot.decisions import Actor, Role
from bot.demo.place import apart, local_workspace, secrets_of
from bot.demo.script import ANALYST, Cast
from bot.environment import Secrets
from bot.papers import Reading
from bot.rules import dates
from bot.services import roster, roster_rows
from bot.services.desk import Desk
from bot.services.people import RosterRow
from handlers.sandbox import Channel, Workspace

_OPENS = 10  # o'clock in London


class DemoClock:
    """A clock that starts the day after the paper and can be put forward."""

    def __init__(self, reading: Reading) -> None:
        dated = reading.paper.dated
        day = dated + timedelta(days=1) if dated else dates.london(datetime.now(UTC)).date()
        self._start = datetime(day.year, day.month, day.day, _OPENS, tzinfo=dates.LONDON).astimezone(UTC)
        self._from = time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._from)

    def put_forward(self, moment: datetime) -> None:
        """Let it be this moment now. It never goes back."""
        self._start += max(moment - self(), timedelta())


@dataclass(frozen=True)
class Stage:
    """Where the demo plays. `cast` is by first name; `channel` is the Sub-Committee's, `secas` the analysts'."""

    desk: Desk
    bot: app.Bot
    workspace: Workspace
    clock: DemoClock
    cast: Cast
    channel: Channel
    secas: Channel


@asynccontextmanager
async def stage(reading: Reading, port: int | None = None) -> AsyncIterator[Stage]:
    """Everything is made for this run and gone after it. No token, address or mailbox comes from outside.

    `port` is the page's; without one, a free one.
    """
    clock = DemoClock(reading)
    with apart(), tempfile.TemporaryDirectory(prefix="dpbot-demo-") as folder:
        config, rows = _world(reading, Path(folder))
        async with prepared(config, rows, clock, Path(folder), port) as (workspace, desk, secrets):
            channel = workspace.channel(config.channels[0].name)
            secas = workspace.channel(config.secas.channel, private=True)
            cast = cast_of(rows, workspace)
            workspace.put(cast[_first_name(ANALYST[0])], secas)
            async with app.running(desk, secrets) as bot:
                yield Stage(desk, bot, workspace, clock, cast, channel, secas)


@asynccontextmanager
async def prepared(
    config: Config, rows: Sequence[RosterRow], clock: DemoClock, folder: Path, port: int | None
) -> AsyncIterator[tuple[Workspace, Desk, Secrets]]:
    """An empty workspace, and a desk with a new database in `folder` that has this roster; dpbot does not run yet."""
    async with local_workspace(clock, "dpbot demo", port) as workspace:
        secrets = secrets_of(workspace, folder)
        db.upgrade(secrets.database_url)
        desk = app.open_desk(config, secrets, clock)
        async with desk.sessions.begin() as session:
            await roster.store(session, rows, Actor(ANALYST[1], frozenset({Role.OPERATOR})), clock())
        yield workspace, desk, secrets


def _world(reading: Reading, folder: Path) -> tuple[Config, Sequence[RosterRow]]:
    """The demo's configuration in `folder`, and its members; a body it does not know gets a channel made for it."""
    (folder / "config.toml").write_bytes(shipped("config.toml"))
    config = load_config(folder / "config.toml")
    rows = roster_rows.read("roster.csv", shipped("roster.csv"), config)
    body = reading.paper.body
    if body is None or config.sub_committee(body):
        return config, rows
    made = SubCommittee(code=body, name=body)
    channel = ChannelConfig(platform="slack", name=body.lower(), sub_committee=body, digest=config.channels[0].digest)
    changed = config.model_copy(update={"sub_committees": (made,), "channels": (channel,)})
    return changed, [replace(row, sub_committee=body) for row in rows]


def shipped(name: str) -> bytes:
    return resources.files("bot.demo").joinpath(name).read_bytes()


def cast_of(rows: Sequence[RosterRow], workspace: Workspace) -> Cast:
    people = [(row.name, row.email, row.organisation) for row in rows]
    return {
        _first_name(name): workspace.member(name, email, organisation=organisation)
        for name, email, organisation in [*people, (*ANALYST, "SECAS")]
    }


def _first_name(name: str) -> str:
    return name.partition(" ")[0]
