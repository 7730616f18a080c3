"""Slack connected: Bolt hears it over Socket Mode, or over HTTP at the site that dpbot keeps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.config import Config
from bot.db import Sessions
from bot.environment import Secrets
from bot.services.desk import Desk
from bot.services.following import follow
from handlers import slack
from handlers.slack.messenger import SlackMessenger, accepted, web_client
from handlers.slack.text import PLATFORM


@asynccontextmanager
async def connect(desk: Desk, secrets: Secrets, site: web.Application) -> AsyncIterator[SlackMessenger]:
    """Events, commands and buttons are answered: over HTTP once `site` is served.

    UserError where Slack refuses dpbot.
    """
    messenger = await reach(desk.config, secrets, desk.sessions)
    async with desk.sessions.begin() as session:
        await follow(session, PLATFORM, messenger.names)
    app = bolt_app(desk, messenger, secrets)
    if desk.config.slack.mode == "socket":
        async with _socket(app, secrets):
            yield messenger
    else:
        for route in app.web_app("/slack/events").router.routes():
            site.router.add_route(route.method, "/slack/events", route.handler)
        yield messenger


async def reach(config: Config, secrets: Secrets, _sessions: Sessions) -> SlackMessenger:
    """Slack, which takes dpbot's token and has its channels. UserError where it does not."""
    messenger = SlackMessenger(web_client(secrets.need("slack_bot_token"), secrets.slack_api_url))
    private = config.secas.channel if config.secas.platform == PLATFORM else None
    await messenger.resolve({name for name, _ in config.rooms(PLATFORM)}, private)
    return messenger


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
