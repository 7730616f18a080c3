"""Further input: what a Sub-Committee agreed at a meeting, as SECAS recorded it; reactions only indicate it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor, FurtherInput
from bot.domain import Reference
from bot.errors import WrongUsage
from bot.models import Invitation, Meeting, Post
from bot.rules import dates
from bot.services import counting, deciding, invited
from bot.services.acting import permit

RAISED_HAND = "raised_hand"  # the emoji whose meaning in config.toml is that further input is wanted
_LONGEST = 200


@dataclass(frozen=True)
class Further:
    """How it stands with one Sub-Committee. `indicated`: by how many people's reactions to its posts."""

    agreed: FurtherInput | None = None
    indicated: int = 0


@dataclass(frozen=True)
class Agreed:
    """What was recorded. `new` is False where the same was recorded before."""

    name: str
    body: str
    agreed: FurtherInput
    before: FurtherInput | None
    by: str
    new: bool


@dataclass(frozen=True)
class Minute:
    """Where it is recorded. `day` None: as the meeting is entered."""

    meeting: int
    minute: str
    day: date | None = None


async def agree(
    session: AsyncSession,
    config: Config,
    reference: Reference,
    word: str,
    wanted: bool,
    minute: Minute,
    acting: Actor,
    now: datetime,
) -> Agreed:
    """Record that a Sub-Committee agreed that it will want to give further input, or that it will not.

    WrongUsage where the minute is missing, the meeting's day is not known, is another than was entered, or is to come.
    """
    permit(acting, Action.RECORD)
    if not minute.minute or len(minute.minute) > _LONGEST:
        raise WrongUsage(f'Say in which minute it is recorded, in at most {_LONGEST} characters, such as "item 16".')
    item, invitation = await invited.invitation_of(session, config, reference, word)
    body = config.body_name(invitation.sub_committee)
    day = await _day_of(session, invitation.sub_committee, body, minute)
    if day > dates.london(now).date():
        raise WrongUsage(f"Meeting {minute.meeting} on {dates.day(day)} is still to come: record what it agreed then.")
    value = FurtherInput(wanted, minute.meeting, day, minute.minute)
    before = (await agreed(session, [item.proposal_id])).get((item.proposal_id, invitation.sub_committee))
    if before != value:
        about = deciding.About(invitation_id=invitation.id, proposal_id=item.proposal_id)
        await deciding.decide(session, about, value, acting, now)
    return Agreed(item.name, body, value, before, acting.who, before != value)


async def _day_of(session: AsyncSession, code: str, body: str, minute: Minute) -> date:
    query = select(Meeting.date).where(Meeting.sub_committee == code, Meeting.number == minute.meeting)
    entered = await session.scalar(query)
    if minute.day and entered and minute.day != entered:
        raise WrongUsage(
            f"Meeting {minute.meeting} of the {body} is entered on {dates.day(entered)}, not on "
            f"{dates.day(minute.day)}: correct one of them (`/dp meeting {code} {minute.meeting} on …`)."
        )
    day = minute.day or entered
    if day is None:
        raise WrongUsage(f"The day of meeting {minute.meeting} is not known: add it, such as “on 5 November 2019”.")
    return day


async def agreed(session: AsyncSession, proposals: Iterable[int]) -> Mapping[tuple[int, str], FurtherInput]:
    """What each Sub-Committee agreed on a proposal, by the ids of proposals: it holds for later papers on it too."""
    codes = {
        row.id: row.sub_committee for row in await session.execute(select(Invitation.id, Invitation.sub_committee))
    }
    found = {}
    for decision in await deciding.decisions(session, [FurtherInput], proposal_id=set(proposals)):
        if decision.proposal_id is not None and decision.invitation_id is not None:
            key = (decision.proposal_id, codes[decision.invitation_id])
            found[key] = deciding.value_of(decision, FurtherInput)
    return found


async def standing(
    session: AsyncSession, config: Config, invitations: Iterable[tuple[Invitation, Sequence[Post]]]
) -> Mapping[int, Further]:
    """How it stands with each of these invitations, by its id."""
    put = list(invitations)
    found = await agreed(session, {invitation.item.proposal_id for invitation, _ in put})
    places = [[(post.platform, post.channel or "", post.message or "") for post in posts] for _, posts in put]
    meanings = {emoji: meaning for emoji, meaning in config.reactions.items() if emoji == RAISED_HAND}
    counts = await counting.reactions_on(session, config, places, meanings)
    return {
        invitation.id: Further(
            found.get((invitation.item.proposal_id, invitation.sub_committee)), sum(count.people for count in own)
        )
        for (invitation, _), own in zip(put, counts, strict=True)
    }
