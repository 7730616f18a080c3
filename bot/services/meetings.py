"""Meetings of the Sub-Committees as SECAS entered them: number and date, never computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor
from bot.errors import WrongUsage
from bot.models import Act, Meeting
from bot.outbox import Outbox
from bot.rules import dates
from bot.rules.wording import with_article
from bot.services import invited, publishing
from bot.services.acting import permit
from bot.services.withdrawing import SEC_BEGAN

_SHOWN = 10  # of each Sub-Committee
_YEARS = 2  # ahead: a later one is a slip of the pen
_HIGHEST = 9999


@dataclass(frozen=True)
class Met:
    """A meeting as it was entered. `before`: its date until then; `confirmed`: that one was. `new`: it changed."""

    body: str
    number: int
    day: date
    before: date | None
    confirmed: bool
    by: str
    new: bool


async def enter(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    word: str,
    number: int,
    day: date,
    acting: Actor,
    now: datetime,
) -> Met:
    """Enter, confirm or change a meeting; posts that name it are updated."""
    permit(acting, Action.RECORD)
    body = invited.sub_committee(config, word)
    last = dates.london(now).year + _YEARS
    if not 0 < number <= _HIGHEST or not SEC_BEGAN <= day.year <= last:
        raise WrongUsage(
            f"Meeting {number} on {dates.day(day)}: allowed are a number from 1 to {_HIGHEST} and a day from "
            f"{SEC_BEGAN} to {last}."
        )
    query = select(Meeting).where(Meeting.sub_committee == body.code, Meeting.number == number)
    meeting = await session.scalar(query)
    before, confirmed = (meeting.date, meeting.confirmed) if meeting else (None, False)
    new = before != day or not confirmed
    if new:
        meeting = meeting or Meeting(sub_committee=body.code, number=number)
        meeting.date, meeting.confirmed = day, True
        session.add(meeting)
        await session.flush()
        about = f"Meeting {number} of {with_article(body.name)} is on {dates.day(day)}{_instead(before, day)}."
        session.add(Act(action="meeting entered", proposal_id=None, about=about, by=acting.who, at=now))
        await publishing.show_meeting(session, config, outbox, meeting.id, now)
    return Met(body.name, number, day, before, confirmed, acting.who, new)


async def known(session: AsyncSession, config: Config) -> Mapping[str, list[Meeting]]:
    """The latest meetings of each Sub-Committee, by its name, the latest first."""
    found: dict[str, list[Meeting]] = {}
    for meeting in await session.scalars(select(Meeting).order_by(Meeting.number.desc())):
        found.setdefault(config.body_name(meeting.sub_committee), []).append(meeting)
    return {body: found[body][:_SHOWN] for body in sorted(found)}


def _instead(before: date | None, day: date) -> str:
    if before is None:
        return ""
    return ", confirmed" if before == day else f", not on {dates.day(before)}"
