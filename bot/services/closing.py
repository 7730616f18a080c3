"""To which moment comments are received: set by an analyst, as a dated decision on an invitation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor, Closes
from bot.domain import Reference
from bot.errors import UserError, WrongUsage
from bot.rules import dates
from bot.services import deciding, invited, publishing, record
from bot.services.acting import permit

_JUST_NOW = timedelta(hours=1)
_FAR = timedelta(days=731)


@dataclass(frozen=True)
class Closed:
    """What was decided. `before`, `at`: as `publishing.closing_of` has them. `new`: it did not hold before."""

    name: str
    body: str
    at: str | None
    before: str | None
    by: str
    new: bool


async def close(
    session: AsyncSession,
    config: Config,
    reference: Reference,
    word: str,
    at: datetime | None,
    acting: Actor,
    now: datetime,
    *,
    backdated: bool = False,
) -> Closed:
    """Comments are received until `at` (UTC); None: there is no closing time after all. `word`: the Sub-Committee.

    A time more than an hour ago needs `backdated`, for comments that were given in time would come to be received
    after closing. UserError where the proposal was not put to the Sub-Committee.
    """
    permit(acting, Action.CLOSE)
    if at is not None:
        _check(at, now, backdated=backdated)
    item, invitation = await invited.invitation_of(session, config, reference, word)
    decided = await record.closing_times(session, [invitation.id])
    before = publishing.closing_of(invitation, decided)
    after = publishing.closing_of(invitation, {invitation.id: at})
    new = invitation.id not in decided or decided[invitation.id] != at
    if at is None and invitation.id not in decided and before is None:
        raise UserError(f"{item.name} has no closing time: nothing was changed.")
    if new:
        about = deciding.About(invitation_id=invitation.id, proposal_id=item.proposal_id)
        await deciding.decide(session, about, Closes(at), acting, now)
        await publishing.show_again(session, item.proposal_id)
    return Closed(item.name, config.body_name(invitation.sub_committee), after, before, acting.who, new)


def _check(at: datetime, now: datetime, *, backdated: bool) -> None:
    if at < now - _JUST_NOW and not backdated:
        raise WrongUsage(
            f"{dates.moment(at)} is past: allowed is a time to come. To record one that had been announced, use "
            "`dpbot close` with --backdated."
        )
    if at > now + _FAR:
        raise WrongUsage(f"{dates.moment(at)} is more than two years away: check the year.")
