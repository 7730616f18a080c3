"""What happened to a proposal, as people decided it: conversion, stages, split. Recorded, never concluded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.compilation import Event, Happened
from bot.config import Config, one_line
from bot.decisions import Action, Actor, Converted, Split, Staged
from bot.domain import ProposalType, Reference
from bot.errors import UserError, WrongUsage
from bot.models import Item, Proposal
from bot.rules import dates
from bot.rules.references import label, parse_reference
from bot.rules.wording import listed
from bot.services import deciding, publishing, register, withdrawing
from bot.services.acting import permit
from bot.services.history import events_of
from bot.services.withdrawing import SEC_BEGAN

KINDS: dict[str, Happened] = {
    "converted": Happened.CONVERTED,
    "stage": Happened.STAGED,
    "split": Happened.SPLIT,
    "withdrawn": Happened.WITHDRAWN,
}
_LONGEST = 80  # characters of a body's name


@dataclass(frozen=True)
class Told:
    """What was recorded, or (`holds` is False) taken back. `name`: the proposal's since then, `before` until then."""

    name: str
    before: str
    event: Event
    by: str
    new: bool
    holds: bool = True


async def record(
    session: AsyncSession, config: Config, reference: Reference, event: Event, acting: Actor, now: datetime
) -> Told:
    """Record that something happened to a proposal on a day; the same kind on another day corrects what was recorded.

    UserError where the proposal is unknown, the day is to come, or it cannot have happened to this proposal.
    """
    permit(acting, Action.RECORD)
    item = await register.item_of(session, reference, unpublished=True)
    before = item.name
    _check_day(event.day, now)
    event = replace(event, body=_body(event), stage=_stage(config, event), into=_parts(item, event))
    new = event not in events_of(item.proposal)
    if new and event.what is Happened.WITHDRAWN:
        await withdrawing.withdraw(session, config, reference, acting.who, event.day, now)
    elif new:
        await _decide(session, item, _value(item, event), acting, now)
    if new:
        await publishing.show_again(session, item.proposal_id)
    return Told(item.name, before, event, acting.who, new)


async def take_back(
    session: AsyncSession, config: Config, reference: Reference, what: Happened, acting: Actor, now: datetime
) -> Told:
    """Record that what was last recorded of a kind did not happen after all. UserError where nothing was."""
    permit(acting, Action.RECORD)
    item = await register.item_of(session, reference, unpublished=True)
    before = item.name
    found = [event for event in events_of(item.proposal) if event.what is what]
    if not found:
        raise UserError(f"{item.name} is not recorded as {_done(what)}: nothing was changed.")
    if what is Happened.WITHDRAWN:
        await withdrawing.undo(session, config, reference, acting.who, now)
    else:
        await _decide(session, item, replace(_value(item, found[-1]), holds=False), acting, now)
    await publishing.show_again(session, item.proposal_id)
    return Told(item.name, before, found[-1], acting.who, new=True, holds=False)


async def whole_of(session: AsyncSession, proposal: Proposal) -> Event | None:
    """The split that a part came of, where it is recorded: the record of the whole stays under its number alone."""
    if not proposal.suffix:
        return None
    query = select(Proposal).where(Proposal.number == proposal.number, Proposal.suffix == "")
    whole = await session.scalar(query)
    splits = [event for event in (events_of(whole) if whole else ()) if event.what is Happened.SPLIT]
    return splits[-1] if splits else None


async def _decide(
    session: AsyncSession, item: Item, value: Converted | Staged | Split, acting: Actor, now: datetime
) -> None:
    await deciding.decide(session, deciding.About(proposal_id=item.proposal_id), value, acting, now)
    await session.refresh(item.proposal, ["recorded"])


def _value(item: Item, event: Event) -> Converted | Staged | Split:
    match event.what:
        case Happened.CONVERTED:
            if item.type is ProposalType.MODIFICATION:
                raise UserError(f"{item.name} is a Modification Proposal already: its paper says so.")
            return Converted(event.body or "", event.day)
        case Happened.STAGED:
            return Staged(event.stage or "", event.day, event.body)
        case _:
            return Split(event.into, event.day, event.body)


def _check_day(day: date, now: datetime) -> None:
    if day > dates.london(now).date():
        raise WrongUsage(f"{dates.day(day)} is still to come: allowed is the day on which it happened.")
    if day.year < SEC_BEGAN:
        raise WrongUsage(f"{dates.day(day)} is before the Smart Energy Code began in {SEC_BEGAN}: check the year.")


def _body(event: Event) -> str | None:
    body = (event.body or "").strip()
    if event.what is Happened.CONVERTED and not body:
        raise WrongUsage("Say which body converted it, such as the Panel.")
    if event.what is Happened.WITHDRAWN and body:
        raise WrongUsage("A withdrawal is its Proposer's: say the day alone.")
    if body != one_line(body) or len(body) > _LONGEST:
        raise WrongUsage(f"A body's name is one line of at most {_LONGEST} characters.")
    return body or None


def _stage(config: Config, event: Event) -> str | None:
    if event.what is not Happened.STAGED:
        return None
    allowed = [config.stages.draft, *config.stages.others]
    found = next((name for name in allowed if name.casefold() == (event.stage or "").strip().casefold()), None)
    if found is None:
        raise WrongUsage(
            f'"{one_line((event.stage or "")[:_LONGEST])}" is no stage: allowed is {listed(allowed, "or")} '
            "([stages] in config.toml)."
        )
    return found


def _parts(item: Item, event: Event) -> tuple[str, ...]:
    """As the SEC prints them, in their order."""
    if event.what is not Happened.SPLIT:
        return ()
    parts = sorted({_part(item, typed) for typed in event.into})
    if len(parts) < 2:  # noqa: PLR2004 - else it is not split
        raise WrongUsage(f"A proposal is split into two or more: say which, such as {_such_as(item)}.")
    return tuple(parts)


def _part(item: Item, typed: str) -> str:
    found, own = parse_reference(typed), item.proposal
    if found is None or found.number != own.number or not found.suffix or own.suffix:
        raise WrongUsage(
            f'"{one_line(typed[:_LONGEST])}" is no part of {item.called}: allowed are such as {_such_as(item)}.'
        )
    return label(found.number, found.suffix, _prefix(item))


def _such_as(item: Item) -> str:
    names: Sequence[str] = [label(item.proposal.number, letter, _prefix(item)) for letter in "AB"]
    return listed(names)


def _prefix(item: Item) -> str:
    return "MP" if item.type_now is ProposalType.MODIFICATION else "DP"


def _done(what: Happened) -> str:
    return "in a stage" if what is Happened.STAGED else {kind: word for word, kind in KINDS.items()}[what]
