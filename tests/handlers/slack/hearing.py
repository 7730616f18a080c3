"""What tests of hearing share: what was told and kept, and events that come late, over HTTP or not at all."""

import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from bot import app
from tests.house import House, open_house

Json = dict[str, Any]
T = TypeVar("T")
AGREE = "Agree with the issue as described"


async def views(house: House, reference: str = "DP092") -> str:
    """What the analyst reads in `/dp views`."""
    return (await house.robin.types(house.channel, f"/dp views {reference}")).text


def told(house: House) -> Json:
    """The newest event that was delivered."""
    return next(dict(d.payload["event"]) for d in reversed(house.workspace.deliveries) if d.kind == "event")


def traces(house: House, words: str, log: str) -> list[str]:
    """Where these words stand: files of the database, the log."""
    files = sorted(path for path in house.folder.iterdir() if path.name.startswith("test.db"))
    return [path.name for path in files if words.encode() in path.read_bytes()] + (["the log"] if words in log else [])


def after(ts: str) -> Json:
    """The times of an event a minute after this one."""
    later = f"{float(ts) + 60:.6f}"
    return {"ts": later, "event_ts": later}


def ledger(house: House) -> list[tuple[Any, ...]]:
    """Everything in the ledger, read past the bot."""
    with sqlite3.connect(house.folder / "test.db") as connection:
        return connection.execute("SELECT kind, message, speaker, organisation, emoji FROM ledger").fetchall()


@asynccontextmanager
async def unheard(house: House) -> AsyncIterator[None]:
    """What is said meanwhile reaches nobody: the workspace delivers to a closed port."""
    before, house.workspace.events_url = house.workspace.events_url, "http://127.0.0.1:9/"
    yield
    house.workspace.events_url = before


@asynccontextmanager
async def heard_over_http(folder: Path) -> AsyncIterator[House]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    over_http = f'"http"\n[http]\nport = {port}'
    async with (
        open_house(folder, lambda text: text.replace('"socket"', over_http)) as house,
        app.listening(house.desk, house.secrets) as messengers,
    ):
        house.workspace.events_url = f"http://127.0.0.1:{port}/slack/events"
        house.works_with(messengers)
        yield house


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(house.folder / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def not_acknowledged(house: House, says: Callable[[], Awaitable[T]]) -> T:
    """Do this, and see that Slack was not told that it is stored."""
    done = await says()
    assert not house.workspace.deliveries[-1].acknowledged
    return done
