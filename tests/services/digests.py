"""What tests of the weekly digest share: time that goes on, and the digests a channel had by then."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import jobs
from handlers.sandbox import Channel
from tests.house import House, open_house

MONDAY = datetime(2019, 11, 4, 9, tzinfo=UTC)  # the day before meeting 26
WEEK = timedelta(days=7)


def digests(house: House, channel: Channel | None = None) -> list[str]:
    """The words of every digest in the channel, oldest first; a line each as a reader sees it."""
    found = []
    for message in house.workspace.messages(channel or house.channel):
        blocks = [
            block.get("text") or block["elements"][0] for block in message["blocks"] if block["type"] != "divider"
        ]
        if "week to" in blocks[0]["text"]:
            found.append("\n".join(block["text"] for block in blocks))
    return found


def plain(digest: str) -> list[str]:
    """The lines without Slack's marks."""
    return re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", digest).replace("*", "").splitlines()


async def passes(house: House, until: datetime, step: timedelta) -> None:
    """Time goes on in steps, and the jobs run at each."""
    while house.clock.now < until:
        house.clock.now = min(house.clock.now + step, until)
        await jobs.send_digests(house.desk)
    await house.sends()


async def at(house: House, moment: datetime) -> list[str]:
    """The digests there are once the jobs ran at this moment."""
    house.clock.now = moment
    await house.ticks()
    return digests(house)


@asynccontextmanager
async def opened(folder: Path, old: str, new: str, *channels: str) -> AsyncIterator[House]:
    """A house with some words of its config.toml changed, and more channels."""
    async with open_house(folder, lambda text: text.replace(old, new)) as house:
        for name in channels:
            house.workspace.channel(name)
        async with house.connected():
            yield house
