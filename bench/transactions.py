"""Where the time of an event goes: its transaction alone, with the disk waited for and without."""

import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine

from bench import table
from bot.db import Sessions, prepare
from bot.services import collecting, people
from tests.services.hearing import ADA, NOW, Record, open_record

ROUNDS = 5
EVENTS = 200


def sessions(folder: Path, synchronous: str) -> Sessions:
    """The record's database as dpbot opens it, but for `PRAGMA synchronous`."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'test.db'}")
    prepare(engine.sync_engine)

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection has no common type
        connection.execute(f"PRAGMA synchronous = {synchronous}")

    return Sessions(engine)


async def measure(rates: dict[str, float]) -> None:
    with TemporaryDirectory(prefix="dpbot-bench-") as folder:
        async with open_record(Path(folder)) as record:
            full = replace(record, sessions=sessions(Path(folder), "FULL"))
            off = replace(record, sessions=sessions(Path(folder), "OFF"))
            found: dict[str, list[float]] = {"full": [], "off": [], "door": []}
            for round_ in range(ROUNDS):
                found["full"].append(await _hear(full, f"full{round_}"))
                found["off"].append(await _hear(off, f"off{round_}"))
                found["door"].append(await _door(full))
            await full.sessions.close()
            await off.sessions.close()
    full_ms, off_ms, door_ms = (median(found[name]) * 1000 for name in ("full", "off", "door"))
    whole, bolt = 1000 / rates["dpbot"], 1000 / rates["noop"]
    table.heading("Where the time of one event goes (milliseconds; shares of the whole)")
    table.row("the whole, over signed HTTP", f"{whole:.2f} ms")
    table.row("Bolt, aiohttp and this client: the no-op listener", f"{bolt:.2f} ms", f"{bolt / whole:.0%}")
    table.row("the door: is it our thread, who speaks", f"{door_ms:.2f} ms", f"{door_ms / whole:.0%}")
    table.row("the transaction, synchronous=FULL", f"{full_ms:.2f} ms", f"{full_ms / whole:.0%}")
    remark = f"{off_ms / full_ms:.2f} of FULL: the disk is waited for {max(1 - off_ms / full_ms, 0):.0%} of it"
    table.row("the transaction with synchronous=OFF", f"{off_ms:.2f} ms", remark)


async def _hear(record: Record, name: str) -> float:
    """Seconds for one reply, in a transaction of its own."""
    start = time.perf_counter()
    for number in range(EVENTS):
        await record.hears(ADA.replies(f"{name}-{number}", "Issue: these are some words.", number))
    return (time.perf_counter() - start) / EVENTS


async def _door(record: Record) -> float:
    """Seconds for what is looked up before the transaction."""
    heard = ADA.replies("m", "words", 1)
    async with record.sessions.begin() as session:
        await people.remember(session, ADA.speaker, NOW)
    start = time.perf_counter()
    for _ in range(EVENTS):
        async with record.sessions.read() as session:
            await collecting.door(session, "operations-group", heard)
        async with record.sessions.read() as session:
            await people.known(session, "slack", ADA.speaker.id)
    return (time.perf_counter() - start) / EVENTS
