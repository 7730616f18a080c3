"""Processes that listen, and signed requests to them: the same client for each."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiohttp

from bench.ports import free_port
from handlers.sandbox.push import signature
from tests.house import House
from tests.programs import DPBOT

CONNECTIONS = 32
_OK = 200


@dataclass(frozen=True)
class Listener:
    """A bot in a process of its own."""

    name: str
    port: int
    process: Process

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/slack/events"

    @property
    def memory(self) -> float:
        """MB resident now."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


@asynccontextmanager
async def process(
    house: House, name: str, port: int, *command: str, environment: Mapping[str, str] = MappingProxyType({})
) -> AsyncIterator[Listener]:
    """A bot that prints a line when it listens. `environment`: beside the house's."""
    with (house.folder / f"{name}.log").open("wb") as log:
        started = await asyncio.create_subprocess_exec(
            *command, env={**house.environment, **environment}, stdout=PIPE, stderr=log
        )
        try:
            if not (started.stdout and await started.stdout.readline()):
                raise RuntimeError((house.folder / f"{name}.log").read_text("utf-8"))
            yield Listener(name, port, started)
        finally:
            if started.returncode is None:
                started.kill()
            await started.communicate()


@asynccontextmanager
async def dpbot(house: House) -> AsyncIterator[Listener]:
    """`dpbot run` on the house's database, over HTTP."""
    port, path = free_port(), house.folder / "config.toml"
    text = path.read_text("utf-8").replace('mode = "socket"', 'mode = "http"')
    path.write_text(f"{text}[http]\nport = {port}\n", "utf-8")
    command = (str(DPBOT), "run", "--config", str(path))
    async with process(house, "dpbot", port, *command) as listener:
        yield listener


@asynccontextmanager
async def other(house: House, kind: str) -> AsyncIterator[Listener]:
    """One of the bots to compare with."""
    port = free_port()
    command = (sys.executable, "-m", "bench.listeners", kind, str(port), *_database(house, kind))
    async with process(house, kind, port, *command) as listener:
        yield listener


def _database(house: House, kind: str) -> list[str]:
    return [str(house.folder / "orm.db")] if kind == "orm" else []


def replies(house: House) -> Iterator[dict[str, Any]]:
    """Events of members' replies under the post of DP092, for ever, each a new one."""
    post, members = house.post(), list(house.cast.values())
    for number in count(1):
        ts = f"1572430000.{number:06}"
        event = {
            "type": "message",
            "channel": house.channel.id,
            "channel_type": "channel",
            "user": members[number % len(members)].id,
            "text": f"Issue: we see this in {number} of our own regions, mostly at the end of a quarter.",
            "ts": ts,
            "event_ts": ts,
            "thread_ts": post.ts,
        }
        yield {"type": "event_callback", "team_id": house.workspace.team_id, "event_id": f"Ev{number}", "event": event}


async def send(listener: Listener, secret: str, payloads: list[dict[str, Any]]) -> float:
    """Send every payload, signed, over a number of connections; the seconds until the last was acknowledged."""
    bodies = [json.dumps(payload).encode() for payload in payloads]
    now = int(time.time())
    signed = [(body, {"Content-Type": "application/json"} | signature(secret, body, now)) for body in bodies]
    return await post(listener.url, signed)


async def post(url: str, requests: list[tuple[bytes, dict[str, str]]]) -> float:
    """Send every body with its headers; the seconds until the last was acknowledged."""
    waiting = list(requests)

    async def connection(session: aiohttp.ClientSession) -> None:
        while waiting:
            body, headers = waiting.pop()
            async with session.post(url, data=body, headers=headers) as response:
                if response.status != _OK:
                    raise RuntimeError(f"{url} answered {response.status}")

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:
        start = time.perf_counter()
        await asyncio.gather(*(connection(session) for _ in range(CONNECTIONS)))
        return time.perf_counter() - start
