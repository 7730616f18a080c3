"""The month's small world: two Sub-Committees, one of them in a private channel, and the papers sent to them."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot import confined
from bot.config import Channel as ChannelConfig
from bot.config import Config, SubCommittee, load_config
from bot.demo.place import apart
from bot.demo.script import ANALYST, Cast
from bot.demo.stage import DemoClock, cast_of, prepared, shipped
from bot.environment import Secrets
from bot.papers import Reading
from bot.services import roster_rows
from bot.services.desk import Desk
from handlers.sandbox import Channel, Workspace

SECURITY = SubCommittee(code="SSC", name="Security Sub-Committee")
PRIVATE = "security-sub-committee"
PAPER = "OPSG_26_0511_16"
# The sample paper once more: to another Sub-Committee, and of a classification that is not posted.
SECURITY_PAPER = {PAPER: "SSC_90_0611_04", "Operations Group": "Security Sub-Committee"}
AMBER_PAPER = {PAPER: "OPSG_26_0511_17", "classified as **White**": "classified as **Amber**"}


@dataclass(frozen=True)
class World:
    """`operations` is open to the workspace, `security` and `secas` are private."""

    workspace: Workspace
    desk: Desk
    secrets: Secrets
    clock: DemoClock
    cast: Cast
    operations: Channel
    security: Channel
    secas: Channel


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    """Made for this run and gone after it; dpbot does not run yet."""
    clock = DemoClock(paper({})[0])
    with apart(), tempfile.TemporaryDirectory(prefix="dpbot-month-") as made:
        folder = Path(made)
        config = _config(folder)
        content = resources.files("bot.demo.month").joinpath("roster.csv").read_bytes()
        rows = roster_rows.read("roster.csv", content, config)
        async with prepared(config, rows, clock, folder, None) as (workspace, desk, secrets):
            operations = workspace.channel(config.channels[0].name)
            security = workspace.channel(PRIVATE, private=True)
            secas = workspace.channel(config.secas.channel, private=True)
            cast = cast_of(rows, workspace)
            for name, channel in (("Isla", security), ("Joan", security), (ANALYST[0].split()[0], secas)):
                workspace.put(cast[name], channel)
            yield World(workspace, desk, secrets, clock, cast, operations, security, secas)


def paper(changes: dict[str, str]) -> tuple[Reading, bytes]:
    """The sample paper with some of its words replaced, read as any paper is; and its bytes."""
    text = shipped("sample_paper.txt").decode()
    for old, new in changes.items():
        text = text.replace(old, new)
    content = text.encode()
    return confined.read("paper.txt", content).reading, content


def _config(folder: Path) -> Config:
    """The demo's, with the second Sub-Committee and its channel."""
    (folder / "config.toml").write_bytes(shipped("config.toml"))
    config = load_config(folder / "config.toml")
    channel = ChannelConfig(platform="slack", name=PRIVATE, sub_committee=SECURITY.code)
    changes = {
        "sub_committees": (*config.sub_committees, SECURITY),
        "channels": (*config.channels, channel),
    }
    return config.model_copy(update=changes)
