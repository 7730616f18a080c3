"""`/dp close`: to which moment comments are received."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Changes, Reader, short
from bot.domain import Message, Reference
from bot.errors import WrongUsage
from bot.rules import moments
from bot.rules.references import parse_reference
from bot.services import closing

_CLOSE = re.compile(
    r"(?P<proposal>.+?)(?: for (?P<body>.+?))? (?:(?:at|by|on|until) (?P<at>.+)|(?P<never>never|open))", re.IGNORECASE
)


@dataclass(frozen=True)
class Close(Changes):
    """`at` None: there is no closing time after all."""

    reference: Reference
    body: str
    at: datetime | None

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        given = (self.reference, self.body, self.at, asking.actor, asking.now)
        return Message("acted", {"kind": "closed", "done": await closing.close(session, asking.config, *given)})


def _close(rest: str) -> Close:
    found = _CLOSE.fullmatch(rest)
    reference = parse_reference(found["proposal"]) if found else None
    if found is None or reference is None:
        raise WrongUsage(
            f'close needs a proposal and a time: found "{short(rest)}"; allowed are '
            f"`/dp close DP092 at 5pm 12 November 2019` and `/dp close DP092 never`."
        )
    return Close(reference, found["body"] or "", moments.moment(found["at"]) if found["at"] else None)


READERS: dict[str, Reader] = {"close": _close}
USAGES = ("close DP092 at 5pm 12 November 2019",)
