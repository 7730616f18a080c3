"""A person's ids, addresses and names out of every column of the database; what stands for them tells nothing."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import JSON, Column, Enum, LargeBinary, String, Table, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ledger import ERASED
from bot.models import Address, Base
from bot.services.identities import Person

NAME = "[erased]"  # in place of a name
# What a published paper says of who raised a proposal is the paper's; documents and messages have rules of their own.
_APART = {"papers", "items", "attachments", "documents", "outbox"}
# These belong to the row's own person, who may only be called the same.
_OWN_NAMES = {("people", "name"), ("words", "name"), ("seats", "name")}
# Columns, and keys in JSON, with words of the program's or of the configuration: people may call themselves so too.
_NO_NAMES = frozenset(
    """
    action action_id basis block_id body callback_id capacity channel channel_name classification cursor digest
    disposition edition emoji facet into job key kind letter local_time mark meaning message of organisation
    organisations part party_category platform ref reply replaced_by role seat seen source speaks_for stage stance state
    style sub_committee suggested thread type value version way what
    """.split()  # noqa: SIM905 - one word a line would be harder to read
)


@dataclass(frozen=True)
class Scrub:
    """What stands for what. Every id keeps one stand-in, so that one person stays one."""

    person: Person
    stand_ins: dict[str, str]

    @cached_property
    def _keys(self) -> re.Pattern[str]:
        """Ids and addresses as whole words, and no name."""
        return self._whole("(?!)")

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        """Names too. One of one word as it is written, for "Will" is a verb too."""
        names = (r"\s+".join(map(re.escape, name.split())) for name in _longest(self.person.names))
        cased = (f"(?i:{name})" if r"\s+" in name else name for name in names)
        return self._whole("|".join(cased) or "(?!)")

    def _whole(self, names: str) -> re.Pattern[str]:
        keys = "|".join(f"(?i:{re.escape(key)})" for key in _longest(self.stand_ins))
        return re.compile(rf"(?<!\w)(?:(?P<key>{keys})|(?P<name>{names}))(?!\w)")

    def __call__(self, value: object, called: str = "") -> object:
        """A text, or anything made of texts as JSON is. `called`: the column it stands in, or the key in JSON."""
        if isinstance(value, str):
            return (self._keys if called in _NO_NAMES else self._exact).sub(self._stand_in, value)
        if isinstance(value, list):
            return [self(each, called) for each in value]
        if isinstance(value, dict):
            return {key: self(each, str(key)) for key, each in value.items()}
        return value

    def _stand_in(self, found: re.Match[str]) -> str:
        return self._by_folded[found["key"].casefold()] if found["key"] else NAME

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {key.casefold(): stand_in for key, stand_in in self.stand_ins.items()}


def scrub_of(person: Person) -> Scrub:
    """By random stand-ins, which begin alike: `bot.ledger.erased_person` knows one person by them."""
    own = f"{ERASED}{secrets.token_hex(6)}"
    return Scrub(person, {key: f"{own}-{number}" for number, key in enumerate(sorted(person.identifiers), 1)})


async def scrub_all(session: AsyncSession, scrub: Scrub) -> None:
    """In every table but those that have rules of their own. Where a person is reached is not kept."""
    await session.execute(delete(Address).where(Address.kind == "person", Address.id.in_(scrub.stand_ins)))
    for table in Base.metadata.sorted_tables:
        if table.name not in _APART:
            await _scrub_table(session, scrub, table)


async def _scrub_table(session: AsyncSession, scrub: Scrub, table: Table) -> None:
    keys = list(table.primary_key)
    columns = [column for column in table.columns if _holds_text(column)]
    if not columns:
        return
    for row in (await session.execute(select(*keys, *columns))).all():
        before = dict(zip((column.name for column in columns), row[len(keys) :], strict=True))
        after = {name: scrub(value, name) for name, value in before.items()}
        if after != before:
            if table.name == "words":
                after["raw"] = ERASED  # not to be taken for other words when the thread is read again
            this = and_(*(key == value for key, value in zip(keys, row, strict=False)))
            await session.execute(update(table).where(this).values(after))


def _holds_text(column: Column[object]) -> bool:
    """A platform's own name for a message or a moment is no person's; files are none of ours to change."""
    if isinstance(column.type, Enum | LargeBinary) or (column.table.name, column.name) in _OWN_NAMES:
        return False
    return isinstance(column.type, String | JSON)


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
