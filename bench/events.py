"""Events a second over signed HTTP beside two other bots, commands while events come, and memory at rest."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import table
from bench.traffic import CONNECTIONS, Listener, dpbot, other, replies, send
from handlers.sandbox import Member
from tests.house import House, open_house, published

ROUNDS = 3
EVENTS = 300  # a round and listener
COMMANDS = 150
BESIDE = 100  # events a second while commands are typed
BACKLOG = 50  # of these at the most unanswered at a time: a listener that cannot keep up is not buried


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """A workspace with the sample paper posted; dpbot is not connected any more."""
    with TemporaryDirectory(prefix="dpbot-bench-") as folder:
        async with open_house(Path(folder)) as opened:
            async with opened.connected():
                await published(opened)
            yield opened


async def measure() -> dict[str, float]:
    """Print it all; events a second by listener."""
    async with house() as there, AsyncExitStack() as stack:
        bots = [
            await stack.enter_async_context(each) for each in (dpbot(there), other(there, "noop"), other(there, "orm"))
        ]
        _memory(bots)
        rates = await _rates(there, bots)
        await _commands(there, bots[0])
    return rates


def _memory(bots: list[Listener]) -> None:
    memory = {bot.name: bot.memory for bot in bots}
    table.heading("Memory at rest")
    table.row(
        "dpbot run", f"{memory['dpbot']:.0f} MB", f"{memory['dpbot'] / memory['noop']:.2f} x Bolt's no-op listener"
    )
    table.row("Bolt's no-op listener", f"{memory['noop']:.0f} MB")


async def _rates(there: House, bots: list[Listener]) -> dict[str, float]:
    """Rounds take turns, so that what else the machine does falls on all of them."""
    events, secret = replies(there), there.secrets.need("slack_signing_secret")
    found: dict[str, list[float]] = {bot.name: [] for bot in bots}
    sent = dict.fromkeys(found, 0)
    for round_ in range(ROUNDS + 1):
        for bot in bots:
            start = time.perf_counter()
            await send(bot, secret, list(islice(events, EVENTS)))
            sent[bot.name] += EVENTS
            await _durable(there, bot, sent[bot.name])
            if round_:  # the first warms up
                found[bot.name].append(EVENTS / (time.perf_counter() - start))
    rates = {name: median(values) for name, values in found.items()}
    table.heading(f"Durable events a second, signed HTTP, {CONNECTIONS} connections, median of {ROUNDS} rounds")
    for bot, what in zip(
        bots,
        ("dpbot: acknowledged after commit", "Bolt's no-op listener", "ORM commit after acknowledging"),
        strict=True,
    ):
        spread = f"{min(found[bot.name]):.0f} to {max(found[bot.name]):.0f}"
        table.row(
            what, f"{rates[bot.name]:.0f} /s", f"{rates['dpbot'] / rates[bot.name]:.2f} = dpbot's share; {spread}"
        )
    return rates


async def _durable(there: House, bot: Listener, wanted: int) -> None:
    """Wait until the database has every event; nothing to wait for where none is kept, or where 200 says it."""
    if bot.name != "orm":
        return
    database = sqlite3.connect(there.folder / "orm.db")
    while database.execute("SELECT count(*) FROM events").fetchone()[0] < wanted:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.002)
    database.close()


async def _commands(there: House, bot: Listener) -> None:
    there.workspace.events_url, there.workspace.patience = bot.url, 60
    members = list(there.cast.values())
    alone = await _latencies(there, members[0])
    start, before = time.perf_counter(), _acknowledged(there)
    beside = asyncio.create_task(_reply_steadily(there, members))
    busy = await _latencies(there, members[0])
    rate = (_acknowledged(there) - before) / (time.perf_counter() - start)
    beside.cancel()
    await asyncio.wait([beside])
    await there.workspace.settled()
    table.heading(f"/dp show DP092, {COMMANDS} times; {BESIDE} replies a second beside it ({rate:.0f} were taken)")
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        quiet, loud = table.percentile(alone, share) * 1000, table.percentile(busy, share) * 1000
        table.row(name, f"{loud:.1f} ms", f"{loud / quiet:.1f} x {quiet:.1f} ms alone")


def _acknowledged(there: House) -> int:
    return sum(each.acknowledged for each in there.workspace.deliveries if each.kind == "event")


async def _latencies(there: House, member: Member) -> list[float]:
    """One command after the other, at the pace of people who type at once."""
    found = []
    for _ in range(COMMANDS):
        start = time.perf_counter()
        answer = await member.types(there.channel, "/dp show DP092")
        found.append(time.perf_counter() - start)
        if "DP092" not in answer.text:
            raise RuntimeError(answer.text)
        await asyncio.sleep(0.01)
    return found


async def _reply_steadily(there: House, members: list[Member]) -> None:
    post, start, said = there.post(), time.perf_counter(), 0
    under_way: set[asyncio.Task[object]] = set()
    async with asyncio.TaskGroup() as group:
        while True:
            for _ in range(said, int((time.perf_counter() - start) * BESIDE)):
                if len(under_way) < BACKLOG:
                    reply = members[said % len(members)].replies(post, f"Impacts: number {said}")
                    under_way.add(task := group.create_task(reply))
                    task.add_done_callback(under_way.discard)
                said += 1
            await asyncio.sleep(1 / BESIDE)
