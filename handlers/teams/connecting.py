"""Microsoft Teams connected: heard over HTTP at the site that dpbot keeps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.config import Config
from bot.db import Sessions
from bot.environment import Secrets
from bot.services.desk import Desk
from bot.services.following import follow
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.text import PLATFORM
from handlers.teams.tokens import KEYS, Inbound


@asynccontextmanager
async def connect(desk: Desk, secrets: Secrets, site: web.Application) -> AsyncIterator[TeamsMessenger]:
    """Messages, commands and buttons are answered once `site` is served. UserError where Microsoft refuses dpbot."""
    from handlers.teams import hearing  # noqa: PLC0415 - Microsoft's SDK takes half a second: who uses it pays for it

    messenger = await reach(desk.config, secrets, desk.sessions)
    async with desk.sessions.begin() as session:
        await follow(session, PLATFORM, messenger.names)
    url = secrets.teams_url.rstrip("/")
    inbound = Inbound(messenger.program, f"{url}/keys" if url else KEYS)
    await hearing.register(site, desk, messenger, inbound)
    yield messenger


async def reach(config: Config, secrets: Secrets, sessions: Sessions) -> TeamsMessenger:
    """Teams, which takes dpbot's token and has its channels. UserError where it does not."""
    messenger = TeamsMessenger(config, secrets, sessions)
    await messenger.resolve()
    return messenger
