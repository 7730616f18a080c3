"""The commands that answer for the record: forget a person, retract a post, audit what was done."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer

from bot import terminal
from bot.app import utc_now
from bot.config import Config
from bot.db import Sessions
from bot.decisions import Actor
from bot.errors import UserError
from bot.outbox import Outbox
from bot.rules import dates
from bot.services import acting, auditing, forgetting, retracting
from bot.services.auditing import AuditLine
from bot.services.forgetting import Forgotten, Found
from bot.services.retracting import Withdrawn
from bot.terminal import CONFIG, ConfigPath, renderer_of, say, settings_of

By = Annotated[str, typer.Option("--by", help="The analyst's e-mail address; without it, this computer's user.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


def forget(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="An e-mail address, a platform's id or a name.", show_default=False)
    ],
    yes: Yes = False,
    by: By = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Erase a person: words, names, addresses and ids, in the database and in restored backups. Counts stay."""
    settings, secrets = settings_of(config)
    actor = _actor(settings, by, config)
    found = terminal.with_database(secrets, lambda sessions: _found(sessions, settings, person, actor))
    say(renderer_of(settings), "forget", step="preview", found=found)
    if not yes and not terminal.agreed("Erase this person? It cannot be undone."):
        raise UserError("Nothing was erased.")
    done, clean = terminal.with_database(secrets, lambda sessions: _forget(sessions, settings, person, actor))
    say(renderer_of(settings), "forget", step="done", done=done, clean=clean)


def retract(
    post: Annotated[
        str,
        typer.Argument(metavar="POST", help="A proposal such as DP092, or a paper's reference.", show_default=False),
    ],
    reason: Annotated[str, typer.Option("--reason", help="A sentence, kept with it.", show_default=False)],
    channel: Annotated[str, typer.Option("--channel", help="A channel by its name; without it, every one.")] = "",
    yes: Yes = False,
    by: By = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Replace a post that was published in error by a notice. Its thread and the comments in it are kept."""
    settings, secrets = settings_of(config)
    actor, renderer = _actor(settings, by, config), renderer_of(settings)

    async def look(sessions: Sessions) -> tuple[Withdrawn, ...]:
        async with sessions.read() as session:
            return await retracting.preview(session, settings, post, channel, actor)

    async def work(sessions: Sessions) -> tuple[Withdrawn, ...]:
        async with sessions.begin() as session:
            return await retracting.retract(
                session, settings, Outbox(renderer), post, channel, reason, actor, utc_now()
            )

    say(renderer, "retracted", step="preview", posts=terminal.with_database(secrets, look))
    if not yes and not terminal.agreed("Withdraw these posts?"):
        raise UserError("Nothing was changed.")
    say(renderer, "retracted", step="done", posts=terminal.with_database(secrets, work))


def audit(
    proposal: Annotated[str, typer.Argument(metavar="[PROPOSAL]", help="Without it, everything.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON, times in UTC.")] = False,
    since: Annotated[str, typer.Option("--since", help="From a day on, such as 2019-11-04.")] = "",
    by: By = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Print who did what, when and why. It names people, so it is for SECAS alone; it quotes nobody."""
    settings, secrets = settings_of(config)
    actor = _actor(settings, by, config)
    reference = terminal.reference(proposal) if proposal else None
    day = terminal.day(since) if since else None

    async def work(sessions: Sessions) -> tuple[AuditLine, ...]:
        async with sessions.read() as session:
            return await auditing.audit(session, reference, actor)

    found = terminal.with_database(secrets, work)
    lines = [line for line in found if day is None or dates.london(line.at).date() >= day]
    if as_json:
        told = [asdict(line) | {"at": line.at.isoformat()} for line in lines]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        say(renderer_of(settings), "audit", lines=lines)


COMMANDS: dict[str, Callable[..., None]] = {"forget": forget, "retract": retract, "audit": audit}


def _actor(settings: Config, by: str, config: ConfigPath) -> Actor:
    return acting.at_terminal(settings, by, terminal.person(by, config))


async def _found(sessions: Sessions, settings: Config, person: str, actor: Actor) -> Found:
    async with sessions.read() as session:
        return await forgetting.preview(session, settings, person, actor)


async def _forget(sessions: Sessions, settings: Config, person: str, actor: Actor) -> tuple[Forgotten, bool]:
    """What was erased, and whether the file was written anew. The tombstone first: whatever fails after it is done when
    the database is next opened.
    """
    now = utc_now()
    async with sessions.begin() as session:
        found = await forgetting.preview(session, settings, person, actor)
        sessions.forgotten.add(found.person.identifiers, now)
        done = await forgetting.forget(session, found.person, actor, now)
    return done, await forgetting.compact(sessions, now)
