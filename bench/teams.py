"""Microsoft Teams beside Slack in one process of dpbot: activities and events a second, commands, start-up, memory."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import table
from bench.ports import free_port
from bench.traffic import CONNECTIONS, Listener, post, process, replies, send
from bot.environment import Secrets
from handlers.sandbox import Channel
from handlers.sandbox.teams.members import Member
from handlers.sandbox.teams.workspace import TeamsWorkspace
from tests.house import House, open_house, published
from tests.programs import DPBOT

ROUNDS, EVENTS, COMMANDS, STARTS = 3, 300, 100, 3
WORDS = "Issue: we see this in several of our own regions."


@dataclass(frozen=True)
class There:
    """The local Teams, the Sub-Committee's channel in it, and one of its members."""

    workspace: TeamsWorkspace
    channel: Channel
    ada: Member


@asynccontextmanager
async def both() -> AsyncIterator[tuple[House, There, int]]:
    """One Sub-Committee with a channel in each, the sample paper posted in both; dpbot is not connected any more."""
    port = free_port()
    with TemporaryDirectory(prefix="dpbot-bench-") as folder:
        async with TeamsWorkspace() as teams:
            channel = teams.channel("in-teams")
            there = f'name = "in-teams"\nplatform = "teams"\nlink = "{teams.link(channel)}"'
            more = f'[http]\nport = {port}\n[[channels]]\n{there}\nsub_committee = "OPSG"\n[secas]'
            async with open_house(Path(folder), lambda text: text.replace("[secas]", more)) as house:
                given = {name.lower(): value for name, value in teams.environment.items()}
                house.secrets = Secrets.model_validate({**_plain(house.secrets), **given})
                async with house.connected():
                    teams.app_url = f"http://127.0.0.1:{port}/api/messages"
                    await published(house)
                house.reconfigures(lambda text: text.replace('mode = "socket"', 'mode = "http"'))
                yield house, There(teams, channel, teams.member("Ada Firth", "ada.firth@northshire.example")), port


def _plain(secrets: Secrets) -> dict[str, Any]:
    return {
        name: value.get_secret_value() if hasattr(value, "get_secret_value") else value
        for name, value in secrets
        if value
    }


@asynccontextmanager
async def running(house: House, teams: There, port: int) -> AsyncIterator[Listener]:
    command = (str(DPBOT), "run", "--config", str(house.folder / "config.toml"))
    async with process(house, "dpbot", port, *command, environment=teams.workspace.environment) as listener:
        yield listener


async def measure() -> None:
    """Print it all."""
    async with both() as (house, teams, port):
        await _starting(house, teams, port)
        async with AsyncExitStack() as stack:
            bot = await stack.enter_async_context(running(house, teams, port))
            await _rates(house, teams, bot)
            await _commands(house, teams, bot)


async def _starting(house: House, teams: There, port: int) -> None:
    """Until `dpbot run` says that it runs; what it then weighs. Slack alone, and with Teams."""
    path = house.folder / "config.toml"
    whole = path.read_text("utf-8")
    before, after = whole.split("[[channels]]\nname =")[0], whole[whole.index("[secas]") :]
    seconds, memory = {}, {}
    for name, text in (("Slack", before + after), ("Slack and Teams", whole)):
        path.write_text(text, "utf-8")
        took = []
        for _ in range(STARTS):
            start = time.perf_counter()
            async with running(house, teams, port) as bot:
                took.append(time.perf_counter() - start)
                memory[name] = bot.memory
        seconds[name] = median(took)
    table.heading(f"Starting `dpbot run`, median of {STARTS}, and its memory at rest")
    for name, taken in seconds.items():
        share = taken / seconds["Slack"], memory[name] / memory["Slack"]
        figures = f"{taken:.1f} s, {memory[name]:.0f} MB"
        table.row(name, figures, f"{share[0]:.2f} and {share[1]:.2f} x Slack's")


async def _rates(house: House, teams: There, bot: Listener) -> None:
    """Rounds take turns, to one process; all is committed when it is acknowledged."""
    secret, events = house.secrets.need("slack_signing_secret"), replies(house)
    activities, address = (
        _activities(await _example(teams)),
        f"http://127.0.0.1:{bot.port}/api/messages",
    )
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {teams.workspace.tokens.inbound()}"}

    async def slack() -> object:
        return await send(bot, secret, list(islice(events, EVENTS)))

    async def microsoft() -> object:
        return await post(address, [(json.dumps(each).encode(), headers) for each in islice(activities, EVENTS)])

    found: dict[str, list[float]] = {"Slack": [], "Teams": []}
    for round_ in range(ROUNDS + 1):
        for name, sends in (("Slack", slack), ("Teams", microsoft)):
            start = time.perf_counter()
            await sends()
            if round_:  # the first warms up
                found[name].append(EVENTS / (time.perf_counter() - start))
    if sum(view.platform == "teams" for view in await house.views()) <= ROUNDS * EVENTS:
        raise RuntimeError("a reply that was acknowledged is not in the record")
    table.heading(f"Durable replies a second to one dpbot, {CONNECTIONS} connections, median of {ROUNDS} rounds")
    slacks, theirs = median(found["Slack"]), median(found["Teams"])
    table.row("Slack: events, signature checked", f"{slacks:.0f} /s", _spread(found["Slack"]))
    table.row(
        "Teams: activities, token checked",
        f"{theirs:.0f} /s",
        f"{theirs / slacks:.2f} x Slack's; {_spread(found['Teams'])}",
    )


def _spread(rates: list[float]) -> str:
    return f"{min(rates):.0f} to {max(rates):.0f}"


async def _example(teams: There) -> dict[str, Any]:
    """A reply's activity as Teams tells it."""
    await teams.ada.replies(teams.workspace.find(teams.channel, "DP092"), WORDS)
    await teams.workspace.settled()
    told = teams.workspace.deliveries[-1]
    if not told.acknowledged:
        raise RuntimeError(f"Teams' first reply was not taken: {told.failure}")
    return dict(told.payload)


def _activities(example: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same reply for ever, each a new one."""
    first = int(example["id"])
    text = json.dumps(example)
    for number in count(1):
        activity: dict[str, Any] = json.loads(
            text.replace(WORDS, f"Issue: we see this in {number} of our own regions.")
        )
        yield activity | {"id": str(first + number)}


async def _commands(house: House, teams: There, bot: Listener) -> None:
    """Slack's answer is in the response. In Teams the response says that the answer is queued; it comes by itself."""
    house.workspace.events_url, direct = bot.url, teams.workspace.direct(teams.ada)

    async def slack() -> bool:
        return "DP092" in (await house.ada.types(house.channel, "/dp show DP092")).text

    async def microsoft() -> bool:
        await teams.ada.types(direct, "show DP092")
        return teams.workspace.deliveries[-1].acknowledged

    found: dict[str, list[float]] = {"Slack": [], "Teams": []}
    for _ in range(COMMANDS):
        for name, asks in (("Slack", slack), ("Teams", microsoft)):
            found[name].append(await _timed(asks))
            await asyncio.sleep(0.01)
    table.heading(f"show DP092, {COMMANDS} times in turns: answered in Slack, taken and its answer queued in Teams")
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        slacks, theirs = (table.percentile(found[each], share) * 1000 for each in ("Slack", "Teams"))
        table.row(name, f"{slacks:.1f}, {theirs:.1f} ms", f"Teams {theirs / slacks:.2f} x Slack's")


async def _timed(asks: Callable[[], Awaitable[bool]]) -> float:
    start = time.perf_counter()
    if not await asks():
        raise RuntimeError("a command was not answered")
    return time.perf_counter() - start


if __name__ == "__main__":
    asyncio.run(measure())
