"""The analyst's commands on meetings, closing times, further input, promises and recorded events."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot import terminal
from bot.app import utc_now
from bot.config import Config
from bot.db import Sessions
from bot.decisions import Actor
from bot.errors import WrongUsage
from bot.rules import moments
from bot.services import acting, closing
from bot.terminal import CONFIG, ConfigPath, renderer_of, say, settings_of

ProposalName = Annotated[
    str, typer.Argument(metavar="PROPOSAL", help="The proposal, such as DP092.", show_default=False)
]
By = Annotated[str, typer.Option("--by", help="The analyst's e-mail address.", show_default=False)]
For = Annotated[str, typer.Option("--for", help="The Sub-Committee, where several were invited.")]

Work = Callable[[AsyncSession, Config, Actor, datetime], Awaitable[object]]


def close(
    proposal: ProposalName,
    by: By,
    at: Annotated[str, typer.Option("--at", help='Such as "2019-11-12T17:00" or "5pm 12 November 2019".')] = "",
    never: Annotated[bool, typer.Option("--never", help="There is no closing time after all.")] = False,
    body: For = "",
    backdated: Annotated[bool, typer.Option("--backdated", help="The time is past, and had been announced.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Say to which moment comments are received, in London. Later ones are kept, and shown as received after it."""
    reference = terminal.reference(proposal)
    if bool(at) == never:
        raise WrongUsage("Say when comments close with --at, or --never where they do not.")
    moment = moments.moment(at) if at else None
    _do(
        config,
        by,
        "closed",
        lambda session, settings, actor, now: closing.close(
            session, settings, reference, body, moment, actor, now, backdated=backdated
        ),
    )


COMMANDS: dict[str, Callable[..., None]] = {"close": close}


def _do(config: Path, by: str, kind: str, work: Work) -> None:
    """One service in one transaction, and what it did in full."""
    settings, secrets = settings_of(config)
    actor = acting.analyst(settings, by)

    async def whole(sessions: Sessions) -> object:
        async with sessions.begin() as session:
            return await work(session, settings, actor, utc_now())

    say(renderer_of(settings), "told", kind=kind, done=terminal.with_database(secrets, whole))
