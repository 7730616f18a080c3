"""The composition root: configuration, database, platforms and clock put together and kept running."""

import asyncio
import errno
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from aiohttp import web

from bot import jobs
from bot.config import Config
from bot.db import Sessions, open_sessions
from bot.environment import Secrets
from bot.errors import UserError
from bot.gate import Gate
from bot.messenger import Messenger
from bot.outbox import Outbox
from bot.render import Renderer
from bot.sender import PACE, Sender
from bot.services import forgetting
from bot.services.desk import Desk
from bot.web import add_pages
from handlers.slack import connecting as slack
from handlers.teams import connecting as teams

log = logging.getLogger(__name__)
_PARTING = 5.0  # seconds
# Why nothing can be listened on, and what to change.
_NOT_OURS = {
    errno.EADDRINUSE: "another program has it; change [http] port",
    errno.EACCES: "the system keeps it for itself; change [http] port to one above 1023",
}
_NO_HOST = 'this machine has no such address; change [http] host, to "127.0.0.1" say'


class Connecting(Protocol):
    """What each platform's handlers give: a connection that hears and answers, and one that only asks."""

    def connect(
        self, desk: Desk, secrets: Secrets, site: web.Application
    ) -> AbstractAsyncContextManager[Messenger]: ...

    async def reach(self, config: Config, secrets: Secrets, sessions: Sessions) -> Messenger: ...


PLATFORMS: Mapping[str, Connecting] = {"slack": slack, "teams": teams}


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_desk(config: Config, secrets: Secrets, clock: Callable[[], datetime] = utc_now) -> Desk:
    """What the services work with. UserError where the database cannot be used."""
    outbox = Outbox(Renderer(config.template_directories))
    return Desk(config, open_sessions(secrets.database_url), outbox, clock)


async def asking(config: Config, secrets: Secrets, sessions: Sessions) -> Desk:
    """A desk from which the platforms can be asked, and nothing is heard. UserError where one refuses dpbot."""
    messengers: dict[str, Messenger] = {
        platform: await PLATFORMS[platform].reach(config, secrets, sessions) for platform in config.platforms
    }
    return Desk(config, sessions, Outbox(Renderer(config.template_directories)), utc_now, messengers)


@asynccontextmanager
async def listening(desk: Desk, secrets: Secrets) -> AsyncIterator[Mapping[str, Messenger]]:
    """Connected: events, commands and buttons are answered. UserError where a platform refuses dpbot."""
    site = web.Application()
    messengers: dict[str, Messenger] = {}
    async with AsyncExitStack() as stack:
        for platform in desk.config.platforms:
            connection = PLATFORMS[platform].connect(desk, secrets, site)
            messengers[platform] = await stack.enter_async_context(connection)
        add_pages(site, desk)
        if site.router.routes():
            await stack.enter_async_context(_served(site, desk.config))
        yield messengers


@asynccontextmanager
async def running(desk: Desk, secrets: Secrets, pace: timedelta = PACE) -> AsyncIterator["Bot"]:
    """dpbot at work: listening, sending what is queued, keeping time."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(desk.sessions.close)
        if found := await forgetting.again(desk.sessions, desk.clock()):
            log.warning(forgetting.brought_back(found))
        desk = replace(desk, messengers=await stack.enter_async_context(listening(desk, secrets)))
        await jobs.sweep_all(desk)
        await stack.enter_async_context(jobs.keeping_time(desk))
        on, gate = desk.config.publishing.enabled, Gate(desk.config, desk.outbox)
        sender = Sender(desk.sessions, desk.messengers, desk.clock, gate, publishing=on, pace=pace)
        sending = asyncio.create_task(sender.run())
        stack.push_async_callback(_finish, sender, sending)
        yield Bot(desk, sender, sending)


@dataclass(frozen=True)
class Bot:
    """dpbot while it runs."""

    desk: Desk
    sender: Sender
    sending: asyncio.Task[None]

    async def forever(self) -> None:
        """Until SIGINT or SIGTERM, or until what sends its messages fails."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, self.sender.stop)
        await self.sending


@asynccontextmanager
async def _served(site: web.Application, config: Config) -> AsyncIterator[None]:
    """What the platforms call, and GET /healthz."""
    site.router.add_get("/healthz", _healthy)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, config)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, config: Config) -> None:
    host, port = config.http.host, config.http.port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise UserError(
            f"dpbot cannot listen on {host} port {port}: {_NOT_OURS.get(error.errno or 0, _NO_HOST)}."
        ) from None


async def _healthy(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def _finish(sender: Sender, sending: asyncio.Task[None]) -> None:
    """Let it end what it is at; what takes longer is cut short, and looked up when dpbot runs again."""
    sender.stop()
    await asyncio.wait({sending}, timeout=_PARTING)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
