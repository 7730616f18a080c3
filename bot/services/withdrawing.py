"""That a proposal was withdrawn, as people decided it: recorded with who said so, never concluded."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import Reference
from bot.errors import NotPermitted, UserError, WrongUsage
from bot.models import Item, Withdrawal
from bot.rules import dates
from bot.services import publishing, register

SEC_BEGAN = 2013


@dataclass(frozen=True)
class Recorded:
    """`stored` is False where the same was recorded before. `item` speaks for the proposal."""

    item: Item
    withdrawal: Withdrawal
    stored: bool


async def withdraw(
    session: AsyncSession, config: Config, reference: Reference, by: str, day: date, now: datetime
) -> Recorded:
    """Record that a proposal was withdrawn on a day; another day than was recorded before corrects it.

    Raises NotPermitted where `by` is no analyst; UserError where the proposal is unknown, or the day is to come or
    before there was a code to change.
    """
    _permit(config, by)
    if day.year < SEC_BEGAN:
        raise WrongUsage(
            f"{dates.day(day)} is before the Smart Energy Code began in {SEC_BEGAN}: allowed is the day on which the "
            "proposal was withdrawn."
        )
    if day > dates.london(now).date():
        raise WrongUsage(f"{dates.day(day)} is still to come: allowed is the day on which the proposal was withdrawn.")
    item = await register.item_of(session, reference, unpublished=True)
    before = item.proposal.withdrawal
    if before is not None and before.day == day:
        return Recorded(item, before, stored=False)
    return await _record(session, item, Withdrawal(withdrawn=True, day=day, by=by, at=now))


async def undo(session: AsyncSession, config: Config, reference: Reference, by: str, now: datetime) -> Recorded:
    """Record that a proposal is not withdrawn after all. UserError where it is not recorded as withdrawn."""
    _permit(config, by)
    item = await register.item_of(session, reference, unpublished=True)
    if item.proposal.withdrawal is None:
        raise UserError(f"{item.name} is not recorded as withdrawn: nothing was changed.")
    return await _record(session, item, Withdrawal(withdrawn=False, day=dates.london(now).date(), by=by, at=now))


def _permit(config: Config, by: str) -> None:
    if not config.secas.is_analyst(by):
        raise NotPermitted(f"{by} may not record a withdrawal: only the analysts in [secas] analysts may.")


async def _record(session: AsyncSession, item: Item, withdrawal: Withdrawal) -> Recorded:
    withdrawal.proposal_id = item.proposal_id
    session.add(withdrawal)
    await session.flush()
    await session.refresh(item.proposal, ["withdrawals"])
    await publishing.show_again(session, item.proposal_id)
    return Recorded(item, withdrawal, stored=True)
