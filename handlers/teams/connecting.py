"""Microsoft Teams connected: heard over HTTP at the site that dpbot keeps."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.config import Config
from bot.db import Sessions
from bot.environment import Secrets
from bot.errors import UserError
from bot.messenger import NotInChannel, NotSent
from bot.rules.classification import may_hold_names
from bot.services.desk import Desk
from bot.services.following import follow
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.text import PLATFORM
from handlers.teams.tokens import KEYS, Inbound

log = logging.getLogger(__name__)


@asynccontextmanager
async def connect(desk: Desk, secrets: Secrets, site: web.Application) -> AsyncIterator[TeamsMessenger]:
    """Messages, commands and buttons are answered once `site` is served. UserError where Microsoft refuses dpbot."""
    from handlers.teams import hearing  # noqa: PLC0415 - Microsoft's SDK takes half a second: who uses it pays for it

    messenger = await reach(desk.config, secrets, desk.sessions)
    await _check_rooms(desk.config, messenger)
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


async def _check_rooms(config: Config, messenger: TeamsMessenger) -> None:
    """UserError where it may not hear, and where SECAS's channel is not fit for what is SECAS's alone.

    Without consent Microsoft does not say what a channel is: who runs dpbot so is told, and it runs.
    """
    if messenger.unheard and not config.teams.mentions_only:
        raise UserError(
            f"dpbot may not hear the channel {messenger.unheard[0]}: have an owner of its team add the app there and "
            "consent to its permissions, or set mentions_only = true under [teams] in config.toml."
        )
    if config.secas.platform != PLATFORM:
        return
    name = config.secas.channel
    because = await _unfit(messenger, name)
    sentence = (
        f"The Teams channel {name} of [secas] cannot be sent documents: {because}; take a private channel of SECAS's "
        "own, and have an owner add the app there and consent to its permissions."
    )
    if because and not config.teams.mentions_only:
        raise UserError(sentence)
    if because:
        log.warning(sentence)


async def _unfit(messenger: TeamsMessenger, name: str) -> str:
    """Why the channel may not hold what is SECAS's alone; "" where it may."""
    try:
        fit = may_hold_names(await messenger.describe_channel(await messenger.channel_id(name)))
    except NotInChannel:
        return "dpbot is not there"
    except NotSent as error:
        raise UserError(
            f"Microsoft does not tell of the channel {name}: {error}; check the network, or try again later."
        ) from None
    return "" if fit.value else fit.because
