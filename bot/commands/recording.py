"""`/dp record`, `promises` and `promise`: what happened to a proposal, and what its papers said would be done."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import PROPOSAL, Answer, Asking, Changes, Inspects, Reader, plain, short
from bot.compilation import Event, Happened
from bot.decisions import Action
from bot.domain import Message, Reference
from bot.errors import WrongUsage
from bot.rules import moments
from bot.rules.references import parse_reference
from bot.rules.wording import listed
from bot.services import events, promises
from bot.services.acting import permit

_DAY = re.compile(
    r"\b(?:on )?(?:[a-z]+day,? )?(?:[0-9]{1,2}(?:st|nd|rd|th)? [a-z]{3,9} [0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2})\b",
    re.IGNORECASE,
)
_RECORD = re.compile(rf"{PROPOSAL} (?P<no>not )?(?P<what>{'|'.join(events.KINDS)})(?P<rest> .*)?", re.IGNORECASE)
_BODY = re.compile(r"(?:^|\s)by (?:the )?(?P<body>.+)$", re.IGNORECASE)
_PROMISE = re.compile(rf"{PROPOSAL} (?P<number>[0-9]{{1,3}}) kept on (?P<day>.+)", re.IGNORECASE)
_SUCH_AS: Mapping[Happened, str] = {
    Happened.CONVERTED: "converted Panel 15 November 2019",
    Happened.STAGED: 'stage "Refinement Process" 15 November 2019',
    Happened.SPLIT: "split MP092A MP092B 15 November 2019",
    Happened.WITHDRAWN: "withdrawn 15 November 2019",
}


@dataclass(frozen=True)
class Record(Changes):
    """`holds` False: what was recorded of this kind did not happen after all."""

    reference: Reference
    event: Event
    holds: bool

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        given = (asking.actor, asking.now)
        if self.holds:
            told = await events.record(session, asking.config, self.reference, self.event, *given)
        else:
            told = await events.take_back(session, asking.config, self.reference, self.event.what, *given)
        return Message("acted", {"kind": "happened", "done": told})


@dataclass(frozen=True)
class Promises(Inspects):
    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        permit(asking.actor, Action.RECORD)
        found = [each for each in await promises.promises(session) if each.kept is None]
        return Message("promises", {"promises": found})


@dataclass(frozen=True)
class Keep(Changes):
    reference: Reference
    number: int
    day: date

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        done = await promises.keep(session, self.reference, self.number, self.day, asking.actor, asking.now)
        return Message("acted", {"kind": "kept", "done": done})


def _record(rest: str) -> Record:
    found = _RECORD.fullmatch(rest)
    reference = parse_reference(found["proposal"]) if found else None
    if found is None or reference is None:
        raise WrongUsage(
            f'record needs a proposal and what happened: found "{short(rest)}"; allowed are '
            f"{listed([f'`/dp record DP092 {such_as}`' for such_as in _SUCH_AS.values()])}."
        )
    what = events.KINDS[found["what"].casefold()]
    if found["no"]:
        return Record(reference, Event(what, date.min), holds=False)
    return Record(reference, _event(what, (found["rest"] or "").strip()), holds=True)


def _event(what: Happened, said: str) -> Event:
    """The day stands anywhere in what was said; what is left names the body, the stage, or the parts."""
    days = list(_DAY.finditer(said))
    if len(days) != 1:
        raise WrongUsage(f"Say the one day on which it happened, such as `/dp record DP092 {_SUCH_AS[what]}`.")
    before, after = said[: days[0].start()].strip(), said[days[0].end() :].strip()
    if before and after and not _BODY.match(after):
        raise WrongUsage(f'After the day comes nothing but "by" and the body that decided: found "{short(after)}".')
    rest = f"{before} {after}".strip()
    by = _BODY.search(rest)
    body = by["body"].strip() if by else None
    rest = rest[: by.start()].strip() if by else rest
    day = moments.day(days[0].group())
    match what:
        case Happened.CONVERTED:
            return Event(what, day, body or rest.removeprefix("the "))
        case Happened.STAGED:
            return Event(what, day, body, stage=rest.strip('"“” '))
        case Happened.SPLIT:
            return Event(what, day, body, into=_parts(rest))
        case _:
            if rest:
                raise WrongUsage(f'withdrawn takes a day alone: found "{short(rest)}" beside it.')
            return Event(what, day)


def _parts(said: str) -> tuple[str, ...]:
    """What else is said is no command: it may be a comment that opens as one."""
    parts = tuple(word for word in re.split(r"[\s,]+", said) if word not in {"", "and"})
    wrong = next((part for part in parts if parse_reference(part) is None), None)
    if wrong is not None:
        raise WrongUsage(
            f'"{short(wrong)}" is no part of a proposal: allowed is `/dp record DP092 {_SUCH_AS[Happened.SPLIT]}`.'
        )
    return parts


def _keep(rest: str) -> Keep:
    found = _PROMISE.fullmatch(rest)
    reference = parse_reference(found["proposal"]) if found else None
    if found is None or reference is None:
        raise WrongUsage(
            f'promise needs a proposal, a number and a day: found "{short(rest)}"; allowed is '
            "`/dp promise DP092 1 kept on 5 November 2019`; `/dp promises` has the numbers."
        )
    return Keep(reference, int(found["number"]), moments.day(found["day"]))


READERS: dict[str, Reader] = {
    "record": _record,
    "promises": plain("promises", Promises),
    "promise": _keep,
}
USAGES = ("record DP092 converted Panel 15 November 2019", "promises", "promise DP092 1 kept on 5 November 2019")
