"""`/dp meeting`, `meetings`, `close`, `further`: when Sub-Committees meet, to when they comment, what they agreed."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import PROPOSAL, Answer, Asking, Changes, Looks, Reader, plain, short
from bot.domain import Message, Reference
from bot.errors import WrongUsage
from bot.rules import moments
from bot.rules.references import parse_reference
from bot.services import closing, further, meetings
from bot.services.further import Minute

_CLOSE = re.compile(
    rf"{PROPOSAL}(?: for (?P<body>.+?))? (?:(?:at|by|on|until) (?P<at>.+)|(?P<never>never|open))", re.IGNORECASE
)
_FURTHER = re.compile(
    rf"{PROPOSAL}(?: for (?P<body>.+?))? (?P<answer>yes|no) (?:at )?meeting (?P<meeting>[0-9]{{1,4}})"
    r"(?: on (?P<day>.+?))? minute (?P<minute>.+)",
    re.IGNORECASE,
)
_MEETING = re.compile(r"(?P<body>.+?) (?P<number>[0-9]{1,4}) (?:is )?on (?P<day>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Close(Changes):
    """`at` None: there is no closing time after all."""

    reference: Reference
    body: str
    at: datetime | None

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        given = (self.reference, self.body, self.at, asking.actor, asking.now)
        return Message("acted", {"kind": "closed", "done": await closing.close(session, asking.config, *given)})


@dataclass(frozen=True)
class Further(Changes):
    reference: Reference
    body: str
    wanted: bool
    minute: Minute

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        given = (self.reference, self.body, self.wanted, self.minute, asking.actor, asking.now)
        return Message("acted", {"kind": "agreed", "done": await further.agree(session, asking.config, *given)})


@dataclass(frozen=True)
class Meet(Changes):
    body: str
    number: int
    day: date

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        given = (self.body, self.number, self.day, asking.actor, asking.now)
        done = await meetings.enter(session, asking.config, asking.outbox, *given)
        return Message("acted", {"kind": "met", "done": done})


@dataclass(frozen=True)
class Meetings(Looks):
    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        return Message("meetings", {"meetings": await meetings.known(session, asking.config)})


def _close(rest: str) -> Close:
    found = _CLOSE.fullmatch(rest)
    reference = parse_reference(found["proposal"]) if found else None
    if found is None or reference is None:
        raise WrongUsage(
            f'close needs a proposal and a time: found "{short(rest)}"; allowed are '
            "`/dp close DP092 at 5pm 12 November 2019` and `/dp close DP092 never`."
        )
    return Close(reference, found["body"] or "", moments.moment(found["at"]) if found["at"] else None)


def _further(rest: str) -> Further:
    found = _FURTHER.fullmatch(rest)
    reference = parse_reference(found["proposal"]) if found else None
    if found is None or reference is None:
        raise WrongUsage(
            f'further needs a proposal, yes or no, a meeting and a minute: found "{short(rest)}"; allowed is '
            '`/dp further DP092 yes meeting 26 on 5 November 2019 minute "item 16"`.'
        )
    day = moments.day(found["day"]) if found["day"] else None
    minute = Minute(int(found["meeting"]), found["minute"].strip(' "“”'), day)
    return Further(reference, found["body"] or "", found["answer"].casefold() == "yes", minute)


def _meeting(rest: str) -> Meet:
    found = _MEETING.fullmatch(rest)
    if found is None:
        raise WrongUsage(
            f'meeting needs a Sub-Committee, a number and a day: found "{short(rest)}"; allowed is '
            "`/dp meeting OPSG 26 on 5 November 2019`."
        )
    return Meet(found["body"], int(found["number"]), moments.day(found["day"]))


READERS: dict[str, Reader] = {
    "meetings": plain("meetings", Meetings),
    "meeting": _meeting,
    "close": _close,
    "further": _further,
}
USAGES = (
    "meetings",
    "meeting OPSG 26 on 5 November 2019",
    "close DP092 at 5pm 12 November 2019",
    'further DP092 yes meeting 26 minute "item 16"',
)
