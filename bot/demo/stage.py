"""The demo's own small world: a local workspace, a temporary database, invented people, a clock of its own."""

import csv
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

from bot import app, db
from bot.config import Channel as ChannelConfig
from bot.config import Config, SubCommittee, load_config
from bot.demo.place import apart, local_workspace, secrets_of
from bot.demo.script import ANALYST, Cast
from bot.papers import Reading
from bot.rules import dates
from bot.services.desk import Desk
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
        config = demo_config(reading, Path(folder))
        async with local_workspace(clock, "dpbot demo", port) as workspace:
            channel = workspace.channel(config.channels[0].name)
            secas = workspace.channel(config.secas.channel, private=True)
            cast = _cast(config, workspace)
            workspace.put(cast[_first_name(ANALYST[0])], secas)
            secrets = secrets_of(workspace, Path(folder))
            db.upgrade(secrets.database_url)
            desk = app.open_desk(config, secrets, clock)
            async with app.running(desk, secrets) as bot:
                yield Stage(desk, bot, workspace, clock, cast, channel, secas)


def demo_config(reading: Reading, folder: Path) -> Config:
    """The demo's configuration and roster in `folder`; a body it does not know gets a channel made for it."""
    for name in ("config.toml", "roster.csv"):
        (folder / name).write_bytes(resources.files("bot.demo").joinpath(name).read_bytes())
    config = load_config(folder / "config.toml")
    body = reading.paper.body
    if body is None or config.sub_committee(body):
        return config
    made = SubCommittee(code=body, name=body)
    channel = ChannelConfig(platform="slack", name=body.lower(), sub_committee=body, digest=config.channels[0].digest)
    roster = (folder / "roster.csv").read_text("utf-8").replace(f",{config.sub_committees[0].code},", f",{body},")
    (folder / "roster.csv").write_text(roster, "utf-8")
    return config.model_copy(update={"sub_committees": (made,), "channels": (channel,)})


def _cast(config: Config, workspace: Workspace) -> Cast:
    with config.roster_path.open(encoding="utf-8", newline="") as file:
        people = [(row["name"], row["e-mail"], row["organisation"]) for row in csv.DictReader(file)]
    return {
        _first_name(name): workspace.member(name, email, organisation=organisation)
        for name, email, organisation in [*people, (*ANALYST, "SECAS")]
    }


def _first_name(name: str) -> str:
    return name.partition(" ")[0]
