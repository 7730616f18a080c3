"""The sandbox itself: events a second delivered and accounted for, and the memory of 100,000 messages."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Literal

import aiohttp
from aiohttp import web

from bench import table
from bench.ports import free_port
from handlers.sandbox import Channel, Member, Workspace

Way = Literal["socket", "http"]
ROUNDS = 3
EVENTS = 5_000  # a round
AT_ONCE = 64  # members who speak at the same time
MESSAGES = 100_000
WORDS = "Issue: we see this in several of our own regions, mostly at the end of a quarter. "
LONG = 5_000  # messages of a channel that is opened
AIM_EVENTS, AIM_MEMORY, AIM_SECONDS = 1_000, 300, 1


async def measure() -> None:
    table.heading(f"The sandbox: events a second delivered and accounted for, median of {ROUNDS} rounds")
    ways: tuple[tuple[str, Way], ...] = (("Socket Mode", "socket"), ("signed HTTP", "http"))
    for name, way in ways:
        async with _listened_to(way) as (workspace, channel, members):
            rates = [await _round(workspace, channel, members, EVENTS) for _ in range(ROUNDS + 1)]
        table.row(name, f"{median(rates[1:]):,.0f} /s", f"the aim: {AIM_EVENTS:,}")  # the first warms up
    started = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.sandbox", "fill", stdout=PIPE)
    written, _ = await started.communicate()
    figures: dict[str, float] = json.loads(written)
    table.heading(f"The sandbox: {MESSAGES:,} messages, each of them told and acknowledged")
    table.row("memory with all of them", f"{figures['full']:.0f} MB", f"the aim: under {AIM_MEMORY} MB")
    table.row("memory before the first", f"{figures['empty']:.0f} MB")
    table.row("time", f"{figures['seconds']:.0f} s")
    few, many = [await _opening(messages) for messages in (LONG // 10, LONG)]
    table.heading(f"The sandbox: a channel of {LONG:,} messages on the page, without the browser's share")
    table.row(
        "time to open", f"{many:.3f} s", f"the aim: under {AIM_SECONDS} s; {many / few:.1f} times one of {LONG // 10}"
    )


@asynccontextmanager
async def _listened_to(way: Way) -> AsyncIterator[tuple[Workspace, Channel, list[Member]]]:
    """A workspace, and an app that only acknowledges, in a process of its own."""
    async with Workspace(patience=30) as workspace:
        channel, members = workspace.channel("ops"), [workspace.member(f"Member {n}") for n in range(AT_ONCE)]
        port = free_port()
        given = (workspace.api_url, workspace.app_token) if way == "socket" else (str(port),)
        app = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.sandbox", way, *given, stdout=PIPE)
        try:
            if not (app.stdout and await app.stdout.readline()):
                raise RuntimeError("the listener did not start")
            if way == "http":
                workspace.events_url = f"http://127.0.0.1:{port}/"
            yield workspace, channel, members
        finally:
            app.kill()
            await app.wait()


async def _round(workspace: Workspace, channel: Channel, members: list[Member], messages: int) -> float:
    """Events a second. Every one must have been acknowledged at its first attempt."""

    async def speaks(member: Member, times: int) -> None:
        for number in range(times):
            await member.posts(channel, f"{WORDS}{number}")

    before, start = len(workspace.deliveries), time.perf_counter()
    share, more = divmod(messages, len(members))
    await asyncio.gather(*(speaks(member, share + (place < more)) for place, member in enumerate(members)))
    seconds = time.perf_counter() - start
    told = workspace.deliveries[before:]
    if len(told) != messages or not all(each.acknowledged and each.attempts == 1 for each in told):
        raise RuntimeError("an event was not accounted for")
    return messages / seconds


async def _fill() -> dict[str, float]:
    async with _listened_to("socket") as (workspace, channel, members):
        empty, start = _memory(), time.perf_counter()
        await _round(workspace, channel, members, MESSAGES)
        return {"empty": empty, "full": _memory(), "seconds": time.perf_counter() - start}


async def _opening(messages: int) -> float:
    """Seconds in which the page answers with a channel, the median of some rounds."""
    async with Workspace() as workspace, aiohttp.ClientSession() as session:
        channel, ada = workspace.channel("ops"), workspace.member("Ada")
        for number in range(messages):
            await ada.posts(channel, f"{WORDS}{number}")
        seconds = []
        for _ in range(2 * ROUNDS):
            start = time.perf_counter()
            async with session.get(workspace.page_url, params={"as": ada.id, "room": channel.id}) as answer:
                await answer.read()
            seconds.append(time.perf_counter() - start)
        return median(seconds)


def _memory() -> float:
    """MB resident now."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


async def _acknowledge_by_socket(api_url: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{api_url}apps.connections.open", headers=headers) as response:
            address = (await response.json())["url"]
        async with session.ws_connect(address) as socket:
            print((await socket.receive_json())["type"], flush=True)
            async for frame in socket:
                await socket.send_json({"envelope_id": json.loads(frame.data)["envelope_id"]})


async def _acknowledge_by_http(port: str) -> None:
    async def take(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    application = web.Application()
    application.router.add_post("/", take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["socket", api_url, token]:
            asyncio.run(_acknowledge_by_socket(api_url, token))
        case ["http", port]:
            asyncio.run(_acknowledge_by_http(port))
        case ["fill"]:
            print(json.dumps(asyncio.run(_fill())))
        case _:
            asyncio.run(measure())
