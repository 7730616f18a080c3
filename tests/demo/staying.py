"""A command that stays up, in a process of its own whose every way out is watched, and a visitor of its page."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp

from tests.waiting import PATIENCE, comes

# dpbot as a shell starts it, and every host that it looks up or connects to in a file.
WATCHED = """
import sys
found, guard = open(sys.argv.pop(1), "a", 1), []
def hook(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"} and not guard:
        where = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        guard.append(1)
        print(where[0] if isinstance(where, tuple) else where, file=found)
        guard.clear()
sys.addaudithook(hook)
sys.argv[0] = "dpbot"
from bot.cli import main
main()
"""
ADDRESS = re.compile(r"Open (http://127\.0\.0\.1:\d+/) ")


def real_looking(folder: Path, outside: str) -> dict[str, str]:
    """An environment as a real installation has it, with every address that of a server which must not be called."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-1-real-looking",
        "SLACK_APP_TOKEN": "xapp-1-real-looking",
        "SLACK_SIGNING_SECRET": "0123456789abcdef",
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "0123456789abcdef",
        "SLACK_API_URL": f"{outside}/api/",
        "DATABASE_URL": f"sqlite:///{folder}/real.db",
        "HTTP_PROXY": outside,
        "HTTPS_PROXY": outside,
    }


@dataclass
class Staying:
    """The command, what it has said so far, and the page."""

    process: asyncio.subprocess.Process
    folder: Path
    addresses: Path
    session: aiohttp.ClientSession
    said: list[str] = field(default_factory=list)
    page: str = ""
    errors: str = ""

    async def says(self, pattern: str | re.Pattern[str]) -> re.Match[str]:
        """Read on until a line has this. Each line may take its time: the demo plays between them."""
        assert self.process.stdout
        while line := (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)).decode():
            self.said.append(line)
            if found := re.search(pattern, line):
                return found
        raise AssertionError("".join(self.said) + (await self.process.communicate())[1].decode())

    async def sees(self, **query: str) -> str:
        """The page's HTML."""
        async with self.session.get(self.page, params=query) as answer:
            assert answer.status == 200
            return unescape(await answer.text())

    async def member(self, name: str) -> str:
        """The id of the member whose name begins so."""
        found = re.search(rf'<option [^>]*value="(U\w+)"[^>]*>{name}', await self.sees())
        assert found, name
        return found[1]

    async def places(self, member: str) -> dict[str, str]:
        """The channels this member has on the page: ids by name."""
        html = await self.sees(**{"as": member})
        return {name: room for room, name in re.findall(r'id="place-(\w+)".*?</span><span>([^<]+)<', html)}

    async def does(self, action: str, member: str, room: str, **given: str) -> dict[str, Any]:
        """What the page answers."""
        token = re.search(r'name="token" content="([^"]+)"', await self.sees())
        assert token
        headers, body = {"X-Sandbox-Token": token[1]}, {"as": member, "room": room} | given
        async with self.session.post(f"{self.page}page/do/{action}", json=body, headers=headers) as answer:
            assert answer.status == 200
            found: dict[str, Any] = await answer.json()
            return found

    async def finds(self, member: str, room: str, words: str) -> str:
        """The ts of the message with these words that the channel has, once it is there."""

        async def found() -> str:
            html = await self.sees(**{"as": member, "room": room})
            articles = re.findall(r'<article [^>]*data-ts="([\d.]+)"(.*?)</article>', html, re.DOTALL)
            return next((ts for ts, post in articles if words in post), "")

        return await comes(found, words)

    async def ends(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Ctrl+C, and how it ended."""
        self.process.send_signal(sign)
        async with asyncio.timeout(PATIENCE):
            rest, errors = await self.process.communicate()
        self.said += rest.decode().splitlines(keepends=True)
        self.errors = errors.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    @property
    def hosts(self) -> set[str]:
        return set(self.addresses.read_text("utf-8").split())

    @property
    def temporary(self) -> list[Path]:
        """What it has in the folder for temporary files."""
        return list((self.folder / "tmp").iterdir())


@asynccontextmanager
async def started(
    folder: Path, *words: str | Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Staying]:
    """`dpbot` with these words in folder/here; its temporary files go to folder/tmp. It does not outlive the block."""
    for name in ("here", "tmp"):
        (folder / name).mkdir(exist_ok=True)
    addresses = folder / "addresses.txt"
    addresses.touch()
    pipe = asyncio.subprocess.PIPE
    # A child has what its parent ignores: under nohup, the tests would start one that no closed terminal ends.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WATCHED, addresses, *words),
        cwd=folder / "here",
        env={"PATH": os.environ["PATH"], "TMPDIR": str(folder / "tmp"), **(environment or {})},
        stdout=pipe,
        stderr=pipe,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    try:
        async with aiohttp.ClientSession() as session:
            yield Staying(process, folder, addresses, session)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@asynccontextmanager
async def open_page(
    folder: Path, *words: str | Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Staying]:
    """The same, once it has said its page's address."""
    async with started(folder, *words, environment=environment) as staying:
        staying.page = (await staying.says(ADDRESS))[1]
        yield staying
