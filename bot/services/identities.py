"""Under which ids, e-mail addresses and names the database has one person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import UserError
from bot.ledger import is_erased
from bot.models import (
    Act,
    Claim,
    CompileRequest,
    Decision,
    Document,
    LedgerEntry,
    ProblemStatement,
    Seat,
    SeenPerson,
    Withdrawal,
    Words,
)

# Who did something, and when: an analyst's e-mail address, a computer's user, a program or a platform's id.
DONE = (
    (Act.by, Act.at),
    (Claim.decided_by, Claim.decided_at),
    (CompileRequest.requested_by, CompileRequest.requested_at),
    (Decision.by, Decision.at),
    (Document.issued_by, Document.made_at),
    (LedgerEntry.entered_by, LedgerEntry.heard_at),
    (ProblemStatement.by, ProblemStatement.at),
    (Seat.by, Seat.imported_at),
    (Seat.superseded_by, Seat.superseded_at),
    (Withdrawal.by, Withdrawal.at),
)
_LONGEST = 100  # characters of what was typed, in a sentence


@dataclass(frozen=True)
class Person:
    """`namesakes`: ids of others with one of the names, or to whom another workspace gives one of the addresses: it may
    be the same person.
    """

    ids: frozenset[str]
    emails: frozenset[str]  # folded
    names: frozenset[str]
    namesakes: frozenset[str] = frozenset()

    @property
    def identifiers(self) -> frozenset[str]:
        return self.ids | self.emails


@dataclass(frozen=True)
class _Fact:
    """Somewhere the database says that these belong to one person.

    `claimed`: an address that another workspace alone gives them, which may be anybody's.
    """

    id: str | None
    email: str | None
    name: str | None
    claimed: str | None = None

    @property
    def keys(self) -> set[str]:
        return {key for key in (self.id, self.email) if key}


async def find(session: AsyncSession, typed: str) -> Person:
    """The person with this e-mail address or id, or this name where it is one person's. UserError otherwise."""
    facts = await _facts(session)
    word = " ".join(typed.split())
    mine = [fact for fact in facts if word == fact.id or word.casefold() == fact.email]
    mine = mine or [fact for fact in facts if fact.keys and _same_name(fact.name, word)]
    shown = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
    if not mine:
        raise UserError(f"Nobody called {shown} is in the database: allowed is an e-mail address, an id or a name.")
    person = _grown(facts, mine[0].keys)
    if any(not fact.keys <= person.identifiers for fact in mine):
        raise UserError(f"Several people are called {shown}: give the e-mail address or the id of the one.")
    return person


def _grown(facts: Sequence[_Fact], keys: set[str]) -> Person:
    """Everything that is linked with these ids and addresses, over any number of links."""
    known: set[str] = set()
    while known != keys:
        known, keys = keys, keys.union(*(fact.keys for fact in facts if fact.keys & keys))
    own = [fact for fact in facts if fact.keys & keys]
    names = frozenset(fact.name for fact in own if fact.name and fact.name.strip())
    rest = (fact for fact in facts if fact.keys and not fact.keys & keys)
    others = (f for f in rest if f.claimed in keys or any(_same_name(f.name, name) for name in names))
    return Person(
        ids=frozenset(fact.id for fact in own if fact.id),
        emails=frozenset(fact.email for fact in own if fact.email),
        names=names,
        namesakes=frozenset(fact.id or fact.email or "" for fact in others),
    )


def _same_name(one: str | None, other: str) -> bool:
    return one is not None and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


async def _facts(session: AsyncSession) -> list[_Fact]:
    """Of everybody who was not forgotten."""
    spoke = select(LedgerEntry.speaker, Words.email, Words.name).outerjoin(Words, Words.entry_id == LedgerEntry.id)
    seen = select(SeenPerson.id, SeenPerson.email, SeenPerson.name)
    rows = [
        *(await session.execute(spoke.distinct())),
        *(await session.execute(seen.where(SeenPerson.external.is_(False)))),
        *(await session.execute(select(Seat.platform_id, Seat.email, Seat.name))),
        *((person, None, None) for person in await session.scalars(select(Claim.person))),
        *[(None, by, None) for column, _ in DONE for by in await session.scalars(select(column).distinct()) if _at(by)],
    ]
    found = [_Fact(key or None, (mail or "").casefold() or None, name) for key, mail, name in rows]
    elsewhere = [_Fact(*row) for row in await session.execute(seen.where(SeenPerson.external))]
    found += _of_elsewhere(elsewhere, {fact.email for fact in found})
    return [fact for fact in dict.fromkeys(found) if not (fact.id and is_erased(fact.id))]


def _at(by: str | None) -> bool:
    """Whether it is an address: what computers' users and programs are called is looked for nowhere."""
    return by is not None and "@" in by


def _of_elsewhere(described: Sequence[_Fact], taken: set[str | None]) -> list[_Fact]:
    """An address that another workspace gives somebody is theirs where nobody else has it: there it may be anybody's.

    Where it was believed of them by the roster, what they said has it too.
    """
    claims = [(fact.email or "").casefold() for fact in described]
    alone = {claim for claim, times in Counter(claims).items() if times == 1 and claim not in taken}
    return [
        replace(fact, email=claim if claim in alone and claim else None, claimed=claim or None)
        for fact, claim in zip(described, claims, strict=True)
    ]
