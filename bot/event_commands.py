"""The analyst's commands on meetings, closing times, further input, promises and recorded events."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot import terminal
from bot.app import utc_now
from bot.compilation import Event, Happened
from bot.config import Config, one_line
from bot.db import Sessions
from bot.decisions import Actor
from bot.errors import WrongUsage
from bot.models import Meeting
from bot.outbox import Outbox
from bot.rules import moments
from bot.rules.wording import listed
from bot.services import acting, closing, events
from bot.services import further as furthers
from bot.services import meetings as meetings_of
from bot.services import promises as promised
from bot.services.further import Minute
from bot.services.promises import Promise
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


def further(
    proposal: ProposalName,
    by: By,
    meeting: Annotated[int, typer.Option("--meeting", help="The meeting's number.", show_default=False)],
    minute: Annotated[str, typer.Option("--minute", help='Where it is recorded: "item 16".', show_default=False)],
    wanted: Annotated[bool, typer.Option("--wanted/--not-wanted", help="What was agreed.", show_default=False)],
    on: Annotated[str, typer.Option("--on", help="The meeting's day; without it, as the meeting is entered.")] = "",
    body: For = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Record whether a Sub-Committee agreed at a meeting that it will want to give further input."""
    reference = terminal.reference(proposal)
    where = Minute(meeting, minute.strip(), moments.day(on) if on else None)
    _do(
        config,
        by,
        "agreed",
        lambda session, settings, actor, now: furthers.agree(
            session, settings, reference, body, wanted, where, actor, now
        ),
    )


def meeting(
    body: Annotated[str, typer.Argument(metavar="SUB_COMMITTEE", help="Such as OPSG.", show_default=False)],
    number: Annotated[int, typer.Argument(metavar="NUMBER", show_default=False)],
    day: Annotated[str, typer.Argument(metavar="DAY", help="Such as 2019-11-05.", show_default=False)],
    by: By,
    config: ConfigPath = CONFIG,
) -> None:
    """Enter a Sub-Committee's meeting, confirm the one that a paper's reference names, or change its day."""
    on = moments.day(day)
    _do(
        config,
        by,
        "met",
        lambda session, settings, actor, now: meetings_of.enter(
            session, settings, Outbox(renderer_of(settings)), body, number, on, actor, now
        ),
    )


def meetings(config: ConfigPath = CONFIG) -> None:
    """List the meetings of the Sub-Committees."""
    settings, secrets = settings_of(config)

    async def work(sessions: Sessions) -> Mapping[str, list[Meeting]]:
        async with sessions.read() as session:
            return await meetings_of.known(session, settings)

    say(renderer_of(settings), "meetings_known", meetings=terminal.with_database(secrets, work))


def record(
    proposal: ProposalName,
    what: Annotated[str, typer.Argument(metavar="converted|stage|split|withdrawn", show_default=False)],
    by: By,
    named: Annotated[
        list[str] | None, typer.Argument(metavar="[STAGE|PARTS]", help="The stage; the parts.", show_default=False)
    ] = None,
    on: Annotated[str, typer.Option("--on", help="The day it happened, such as 2019-11-15.")] = "",
    body: Annotated[str, typer.Option("--by-body", help="The body that decided it, such as Panel.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="It did not happen after all.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Record what happened to a proposal, by whose decision and when. Its thread and its record go on."""
    reference = terminal.reference(proposal)
    if what not in events.KINDS:
        raise WrongUsage(f"{one_line(what)!r} cannot be recorded: allowed is {listed(list(events.KINDS), 'or')}.")
    if bool(on) == undo:
        raise WrongUsage("Say the day with --on, or --undo where it did not happen after all.")
    kind, words = events.KINDS[what], tuple(named or ())
    if words and kind in {Happened.CONVERTED, Happened.WITHDRAWN}:
        raise WrongUsage(f"{what} takes nothing more than --on and --by-body: found {one_line(' '.join(words))!r}.")
    stage, parts = (" ".join(words), ()) if kind is Happened.STAGED else (None, words)
    event = Event(kind, moments.day(on) if on else date.min, body or None, stage, parts)

    async def work(session: AsyncSession, settings: Config, actor: Actor, now: datetime) -> object:
        if undo:
            return await events.take_back(session, settings, reference, kind, actor, now)
        return await events.record(session, settings, reference, event, actor, now)

    _do(config, by, "happened", work)


def promises(config: ConfigPath = CONFIG) -> None:
    """List what papers promised to say of impacts, and what of it is done."""
    settings, secrets = settings_of(config)

    async def work(sessions: Sessions) -> tuple[Promise, ...]:
        async with sessions.read() as session:
            return await promised.promises(session)

    say(renderer_of(settings), "promises_open", promises=terminal.with_database(secrets, work))


def promise_kept(
    proposal: ProposalName,
    number: Annotated[int, typer.Argument(metavar="N", help="Its number in `dpbot promises`.", show_default=False)],
    on: Annotated[str, typer.Option("--on", help="The day it was done, such as 2019-11-05.", show_default=False)],
    by: By,
    config: ConfigPath = CONFIG,
) -> None:
    """Record that what a paper promised is done."""
    reference, day = terminal.reference(proposal), moments.day(on)
    _do(
        config,
        by,
        "kept",
        lambda session, _, actor, now: promised.keep(session, reference, number, day, actor, now),
    )


COMMANDS: dict[str, Callable[..., None]] = {
    "close": close,
    "further": further,
    "meeting": meeting,
    "meetings": meetings,
    "record": record,
    "promises": promises,
    "promise-kept": promise_kept,
}


def _do(config: Path, by: str, kind: str, work: Work) -> None:
    """One service in one transaction, and what it did in full."""
    settings, secrets = settings_of(config)
    actor = acting.analyst(settings, by)

    async def whole(sessions: Sessions) -> object:
        async with sessions.begin() as session:
            return await work(session, settings, actor, utc_now())

    say(renderer_of(settings), "told", kind=kind, done=terminal.with_database(secrets, whole))
