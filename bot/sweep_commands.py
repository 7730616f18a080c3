"""The command `dpbot sweep`, and the reading of threads before a document is compiled in a terminal."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

import typer

from bot import app as application
from bot import terminal
from bot.compilation import Check
from bot.config import Config
from bot.db import Sessions
from bot.domain import Reference
from bot.environment import Secrets
from bot.errors import UserError
from bot.models import Item
from bot.services import receipts, register, sweeping
from bot.services.desk import Desk
from bot.terminal import CONFIG, ConfigPath, renderer_of, say, settings_of

# So long somebody at the keyboard waits while nothing can be read; then the receipt says that it could not be.
PATIENCE = timedelta(minutes=2)
Receipt = tuple[Item, tuple[Check, ...]]


def sweep(
    proposal: Annotated[
        str, typer.Argument(metavar="[PROPOSAL]", help="The proposal, such as DP092; without it, all.")
    ] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Read the threads again, for what dpbot was not told of, and print the receipt. Nothing is posted."""
    settings, secrets = settings_of(config)
    reference = terminal.reference(proposal) if proposal else None

    async def work(sessions: Sessions) -> list[Receipt]:
        items = await _items(sessions, reference)
        desk = await application.asking(settings, secrets, sessions)
        await _read(desk, items[0].proposal_id if reference else None)
        async with sessions.read() as session:
            now = desk.clock()
            return [(item, await receipts.checks(session, settings, item.proposal_id, now)) for item in items]

    say(renderer_of(settings), "swept", receipts=terminal.with_database(secrets, work))


async def before_compiling(config: Config, secrets: Secrets, sessions: Sessions, reference: Reference) -> None:
    """Read a proposal's threads where there is something to do it with; else the receipt says when they last were."""
    tokens = {"slack": secrets.slack_bot_token, "teams": secrets.teams_client_secret}
    if not any(tokens[platform] for platform in config.platforms):
        return
    (item,) = await _items(sessions, reference)
    try:
        desk = await application.asking(config, secrets, sessions)
    except UserError as error:
        typer.echo(f"{error} So the threads were not read again.", err=True)
        return
    await _read(desk, item.proposal_id)


async def _items(sessions: Sessions, reference: Reference | None) -> list[Item]:
    async with sessions.read() as session:
        if reference is not None:
            return [await register.item_of(session, reference, unpublished=True)]
        return await register.latest_items(session, unpublished=False)


async def _read(desk: Desk, proposal_id: int | None) -> None:
    """Read the threads of a proposal's posts, or of all, as fast as the platform lets us."""
    async with desk.sessions.begin() as session:
        posts = await sweeping.queue(session, desk.clock(), proposal_id=proposal_id, since=desk.clock())
    until = desk.clock() + PATIENCE
    while True:
        while await sweeping.step(desk, posts):
            until = desk.clock() + PATIENCE
        async with desk.sessions.begin() as session:
            waiting = await sweeping.unfinished(session, posts)
            again = min((each.not_before for each in waiting), default=until)
            if again >= until:
                await sweeping.give_up(session, posts, desk.clock())
                return
        await asyncio.sleep(max(0.1, (again - desk.clock()).total_seconds()))


COMMANDS: dict[str, Callable[..., None]] = {"sweep": sweep}
