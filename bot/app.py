"""The composition root: configuration, database, Slack and clock put together and kept running."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot import jobs
from bot.config import Config
from bot.db import Sessions, open_sessions
from bot.environment import Secrets
from bot.errors import UserError
from bot.gate import Gate
from bot.outbox import Outbox
from bot.render import Renderer
from bot.sender import PACE, Sender
from bot.services import forgetting
from bot.services.desk import Desk
from bot.services.following import follow
from handlers import slack
from handlers.slack.messenger import SlackMessenger, accepted, web_client
from handlers.slack.text import PLATFORM

log = logging.getLogger(__name__)
_PARTING = 5.0  # seconds


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_desk(config: Config, secrets: Secrets, clock: Callable[[], datetime] = utc_now) -> Desk:
    """What the services work with. UserError where the database cannot be used."""
    outbox = Outbox(Renderer(config.template_directories))
    return Desk(config, open_sessions(secrets.database_url), outbox, clock)


def bolt_app(desk: Desk, messenger: SlackMessenger, secrets: Secrets) -> AsyncApp:
    """Bolt, acknowledging an event only when its listener has committed it."""
    http = desk.config.slack.mode == "http"

    async def authorize() -> AuthorizeResult:
        """As Slack said at start-up: Bolt itself asks at the first event, and if that fails acknowledges it unheard."""
        return messenger.identity

    app = AsyncApp(
        client=web_client(None, secrets.slack_api_url),
        authorize=authorize,
        signing_secret=secrets.need("slack_signing_secret") if http else None,
        process_before_response=True,
        # It would also hide the removal of our own posts; handlers.slack.text filters instead.
        ignoring_self_events_enabled=False,
        request_verification_enabled=http,
    )
    slack.register(app, desk, messenger)
    return app


async def reached(config: Config, secrets: Secrets) -> SlackMessenger:
    """Slack, which takes dpbot's token and has its channels. UserError where it does not."""
    messenger = SlackMessenger(web_client(secrets.need("slack_bot_token"), secrets.slack_api_url))
    names = {channel.name for channel in config.channels} | {config.secas.channel}
    await messenger.resolve(names, private=config.secas.channel)
    return messenger


async def asking(config: Config, secrets: Secrets, sessions: Sessions) -> Desk:
    """A desk from which Slack can be asked, and nothing is heard. UserError where Slack refuses dpbot."""
    messenger = await reached(config, secrets)
    return Desk(config, sessions, Outbox(Renderer(config.template_directories)), utc_now, {PLATFORM: messenger})


@asynccontextmanager
async def listening(desk: Desk, secrets: Secrets) -> AsyncIterator[SlackMessenger]:
    """Connected to Slack: events, commands and buttons are answered. UserError where Slack refuses dpbot."""
    config = desk.config
    messenger = await reached(config, secrets)
    async with desk.sessions.begin() as session:
        await follow(session, PLATFORM, messenger.names)
    app = bolt_app(desk, messenger, secrets)
    async with _http(app, config) if config.slack.mode == "http" else _socket(app, secrets):
        yield messenger


@asynccontextmanager
async def running(desk: Desk, secrets: Secrets, pace: timedelta = PACE) -> AsyncIterator["Bot"]:
    """dpbot at work: listening, sending what is queued, keeping time."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(desk.sessions.close)
        if found := await forgetting.again(desk.sessions, desk.clock()):
            log.warning(forgetting.brought_back(found))
        messenger = await stack.enter_async_context(listening(desk, secrets))
        desk = replace(desk, messengers={PLATFORM: messenger})
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
async def _socket(app: AsyncApp, secrets: Secrets) -> AsyncIterator[None]:
    """Socket Mode: its client has the app token, not the bot's."""
    token = secrets.need("slack_app_token")
    client = web_client(token, secrets.slack_api_url)
    # Asked here, because the SDK's own connect tries a refused token for ever.
    address = (await accepted(client.apps_connections_open(app_token=token)))["url"]
    handler = AsyncSocketModeHandler(app, token, web_client=client)
    handler.client.wss_uri = address
    try:
        await accepted(handler.connect_async())
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def _http(app: AsyncApp, config: Config) -> AsyncIterator[None]:
    """POST /slack/events for events, commands and interactivity; GET /healthz."""
    site = app.web_app("/slack/events")
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
    except OSError:
        raise UserError(
            f"dpbot cannot listen on {host} port {port}: another program has it; change [http] port."
        ) from None


async def _healthy(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def _finish(sender: Sender, sending: asyncio.Task[None]) -> None:
    """Let it end what it is at; what takes longer is cut short, and looked up when dpbot runs again."""
    sender.stop()
    await asyncio.wait({sending}, timeout=_PARTING)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
