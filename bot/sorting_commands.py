"""The analyst's commands on single comments: sort, set aside, withhold, restore, correct, question, respond, decide."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot import terminal
from bot.app import utc_now
from bot.config import Config, one_line
from bot.db import Sessions
from bot.decisions import Actor
from bot.domain import Facet
from bot.errors import WrongUsage
from bot.rules.refs import EXAMPLE, RefName, parse_ref
from bot.rules.wording import listed
from bot.services import acting, answering, correcting, sorting
from bot.services.correcting import Correction
from bot.services.sorting import Decided
from bot.terminal import CONFIG, ConfigPath, renderer_of, say, settings_of

RefPath = Annotated[
    str, typer.Argument(metavar="REF", help="The comment, such as DP092-V007 (V007a for a part).", show_default=False)
]
By = Annotated[str, typer.Option("--by", help="The analyst's e-mail address.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="A sentence, kept with the decision.", show_default=False)]
Optionally = Annotated[str, typer.Option("--reason", help="A sentence, kept with the decision; it may be left out.")]

Work = Callable[[AsyncSession, Config, Actor, datetime], Awaitable[Decided]]


def sort(
    ref: RefPath,
    facet: Annotated[str, typer.Argument(metavar="FACET", help=f"{listed([*Facet], 'or')}.", show_default=False)],
    by: By,
    config: ConfigPath = CONFIG,
) -> None:
    """Put a comment, or a part of it, under a facet. It counts for the words as they are now."""
    named, chosen = _named(ref), _facet(facet)
    _decide(config, by, lambda session, _, actor, now: sorting.sort(session, named, chosen, actor, now))


def set_aside(ref: RefPath, reason: Reason, by: By, config: ConfigPath = CONFIG) -> None:
    """Set a comment aside: it is not a view, such as a courtesy. The restricted annex lists it."""
    named = _named(ref)
    _decide(config, by, lambda session, _, actor, now: sorting.set_aside(session, named, reason, actor, now))


def withhold(ref: RefPath, reason: Reason, by: By, config: ConfigPath = CONFIG) -> None:
    """Take a comment or a reply out of every output at once. SECAS alone still sees it."""
    named = _named(ref)
    _decide(config, by, lambda session, _, actor, now: sorting.withhold(session, named, reason, actor, now))


def restore(ref: RefPath, by: By, reason: Optionally = "", config: ConfigPath = CONFIG) -> None:
    """Let a comment stand again that was set aside or withheld."""
    named = _named(ref)
    _decide(config, by, lambda session, _, actor, now: sorting.restore(session, named, reason, actor, now))


def decide(
    ref: RefPath,
    decision: Annotated[str, typer.Argument(metavar="stands|withdrawn", show_default=False)],
    by: By,
    reason: Optionally = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Decide of a comment that is no longer seen: it stands, or its absence is taken for a withdrawal."""
    named = _named(ref)
    if decision not in {"stands", "withdrawn"}:
        raise WrongUsage(f"{one_line(decision)!r} is no decision: allowed are stands or withdrawn.")
    stands = decision == "stands"
    _decide(
        config, by, lambda session, _, actor, now: sorting.decide_missing(session, named, stands, reason, actor, now)
    )


def correct(
    ref: RefPath,
    reason: Reason,
    by: By,
    organisation: Annotated[str | None, typer.Option("--organisation", help='"" where it is not stated.')] = None,
    category: Annotated[str | None, typer.Option("--category", help='The Party Category; "" for none.')] = None,
    seat: Annotated[str | None, typer.Option("--seat", help='Such as "Large Supplier 1"; "" for none.')] = None,
    capacity: Annotated[str | None, typer.Option("--capacity", help="member, alternate, observer, …")] = None,
    alternate_for: Annotated[
        str | None, typer.Option("--alternate-for", help="The member an alternate is for.")
    ] = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Correct for whom a comment was given. What was recorded first is kept beside it."""
    named = _named(ref)
    correction = Correction(organisation, category, seat, capacity, alternate_for)
    if correction == Correction():
        raise WrongUsage(
            "Say what is to be corrected: --organisation, --category, --seat, --capacity, --alternate-for."
        )
    _decide(
        config,
        by,
        lambda session, settings, actor, now: correcting.correct(
            session, settings, named, correction, reason, actor, now
        ),
    )


def question(
    ref: RefPath,
    by: By,
    owner: Annotated[str, typer.Option("--owner", help="Who is to answer; without it, the Lead Analyst.")] = "",
    due: Annotated[str, typer.Option("--due", help="A day such as 2019-11-20.")] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Say who is to answer a comment, and by when."""
    named, day = _named(ref), terminal.day(due) if due else None
    _decide(config, by, lambda session, _, actor, now: answering.ask(session, named, owner, day, actor, now))


def respond(
    ref: RefPath,
    disposition: Annotated[
        str, typer.Option("--disposition", help="noted, answered, passed, updated or retained.", show_default=False)
    ],
    by: By,
    words: Annotated[str, typer.Option("--words", help="What SECAS says to it, printed as it is.")] = "",
    reply: Annotated[str, typer.Option("--reply", help="The reply that answers it, such as R001.")] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Record what became of a comment, in SECAS's words or by a reply of the Proposer's side."""
    named, chosen = _named(ref), answering.disposition_of(disposition)
    answer = _named(reply, named) if reply else None
    _decide(
        config, by, lambda session, _, actor, now: answering.respond(session, named, chosen, words, answer, actor, now)
    )


COMMANDS: dict[str, Callable[..., None]] = {
    "sort": sort,
    "set-aside": set_aside,
    "withhold": withhold,
    "restore": restore,
    "decide": decide,
    "correct": correct,
    "question": question,
    "respond": respond,
}


def _decide(config: Path, by: str, work: Work) -> None:
    settings, secrets = settings_of(config)
    actor = acting.analyst(settings, by)

    async def whole(sessions: Sessions) -> Decided:
        async with sessions.begin() as session:
            return await work(session, settings, actor, utc_now())

    say(renderer_of(settings), "decided", decided=terminal.with_database(secrets, whole))


def _named(typed: str, beside: RefName | None = None) -> RefName:
    found = parse_ref(typed, beside.proposal if beside else None)
    if found is None:
        raise WrongUsage(f"{one_line(typed)!r} is no comment: allowed is a ref such as {EXAMPLE}.")
    return found


def _facet(typed: str) -> Facet:
    if typed.casefold() not in [*Facet]:
        raise WrongUsage(f"{one_line(typed)!r} is no facet: allowed are {listed([*Facet], 'or')}.")
    return Facet(typed.casefold())
