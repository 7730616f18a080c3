"""What papers promise to say of impacts ("The DCC plan to present in November"): open until SECAS marks it done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.decisions import Action, Actor, PromiseKept
from bot.domain import Outlook, Reference
from bot.errors import UserError, WrongUsage
from bot.models import Invitation, Item
from bot.rules import dates
from bot.rules.outlooks import outlook_of
from bot.services import deciding, register
from bot.services.acting import permit


@dataclass(frozen=True)
class Promise:
    """An impact statement that promises to say more, in its paper's own words. `number`: among its proposal's.

    `kept`: the day on which it was done, where SECAS recorded that.
    """

    item: Item
    number: int
    heading: str
    words: str
    kept: date | None


@dataclass(frozen=True)
class Kept:
    """What was recorded. `new` is False where the same was recorded before."""

    promise: Promise
    day: date
    by: str
    new: bool


async def promises(session: AsyncSession, proposal_id: int | None = None) -> tuple[Promise, ...]:
    """Those of every proposal that was put to a Sub-Committee, or of one; a later paper that repeats one adds none."""
    query = (
        select(Item)
        .join(Invitation, Invitation.item_id == Item.id)
        .options(joinedload(Item.paper), joinedload(Item.proposal))
        .order_by(Item.proposal_id, Item.id)
    )
    if proposal_id is not None:
        query = query.where(Item.proposal_id == proposal_id)
    items = (await session.scalars(query)).all()
    taken = await deciding.decisions(session, [PromiseKept], proposal_id={item.proposal_id for item in items})
    values = [(decision.proposal_id, deciding.value_of(decision, PromiseKept)) for decision in taken]
    kept = {(proposal, value.words): value.day for proposal, value in values}
    found: dict[tuple[int, str], Promise] = {}
    numbers: dict[int, int] = {}
    for item in items:
        for heading, words in _promised(item):
            key = (item.proposal_id, words)
            if key not in found:
                numbers[item.proposal_id] = numbers.get(item.proposal_id, 0) + 1
                found[key] = Promise(item, numbers[item.proposal_id], heading, words, kept.get(key))
    return tuple(sorted(found.values(), key=_order))


async def keep(
    session: AsyncSession, reference: Reference, number: int, day: date, acting: Actor, now: datetime
) -> Kept:
    """Record that what a paper promised is done. UserError where there is no such promise, or the day is to come."""
    permit(acting, Action.RECORD)
    if day > dates.london(now).date():
        raise WrongUsage(f"{dates.day(day)} is still to come: allowed is the day on which it was done.")
    item = await register.item_of(session, reference, unpublished=True)
    found = await promises(session, item.proposal_id)
    promise = next((each for each in found if each.number == number), None)
    if promise is None:
        known = f"its papers promise {len(found)}: `/dp promises` lists them" if found else "its papers promise nothing"
        raise UserError(f"{item.name} has no promise {number}: {known}.")
    if promise.kept != day:
        value = PromiseKept(promise.item.id, promise.words, day)
        await deciding.decide(session, deciding.About(proposal_id=item.proposal_id), value, acting, now)
    return Kept(promise, day, acting.who, promise.kept != day)


def _promised(item: Item) -> Sequence[tuple[str, str]]:
    """Headings and words of the statements that a rule reads as a promise; the words are the paper's."""
    found = []
    for impact in item.impacts:
        texts = impact["text"]
        words = " ".join(map(str, texts)) if isinstance(texts, list) else str(texts)
        if outlook_of(words).value is Outlook.PENDING:
            found.append((str(impact["heading"]), words))
    return found


def _order(promise: Promise) -> tuple[int, str, int]:
    proposal = promise.item.proposal
    return proposal.number, proposal.suffix, promise.number
