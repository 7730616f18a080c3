"""Who said what SECAS enters for them, and for whom they spoke: by the roster, else as SECAS says."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from uuid import uuid4

from sqlalchemy import false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config, is_email, one_line
from bot.domain import Basis, Profile, Speaker
from bot.errors import UserError, WrongField
from bot.models import Item, LedgerEntry, SeenPerson, Words
from bot.rules.canonical import known_as
from bot.rules.organisations import same_organisation, same_person
from bot.services import people, recorded
from bot.services.correcting import category_named
from bot.services.people import Roster

ENTERED = "entered"  # in place of a platform, where a comment came by none
_LONGEST = 200  # characters of a name, as in a roster
_SURE = {Basis.ROSTER, Basis.CONFIRMED, Basis.CONFIGURATION}


@dataclass(frozen=True)
class Said:
    """Who an analyst says it was. `who`: an e-mail address, a name, or both; or the person as a platform knows them.

    Organisation and Party Category are for somebody who is not on the roster.
    """

    who: str | Speaker
    organisation: str = ""
    party_category: str = ""


@dataclass(frozen=True)
class Author:
    """The person and the profile. `named`: how the analyst may call them. A speaker of no platform cannot be told."""

    speaker: Speaker
    profile: Profile
    named: str

    @property
    def reachable(self) -> bool:
        return self.speaker.platform != ENTERED and not self.speaker.deleted


async def author_of(
    session: AsyncSession, config: Config, said: Said, item: Item, sub_committee: str, platform: str, at: datetime
) -> Author:
    """The person, with the profile of that moment (UTC). WrongField where it is not clear who that is or for whom.

    `platform` is where the proposal was put, and where the person is looked for first.
    """
    found = said.who
    if not isinstance(found, Speaker):
        found = await _person(session, config, found, said.organisation, platform, at)
    speaker, profile = await people.profile(session, config, found, sub_committee, item, at)
    named = speaker.name or speaker.email or "This person"
    organisation, category = _text("organisation", said.organisation), _category(config, said.party_category)
    if profile.basis in _SURE:
        _check_same(config, profile, named, organisation, category)
    elif organisation:
        profile = _as_entered(config, speaker, sub_committee, item, organisation, category)
    elif category:
        raise WrongField(
            "organisation", "The organisation is missing: a Party Category alone does not say whose view it is."
        )
    elif profile.organisation is None:
        raise WrongField(
            "organisation", f"{named} is not on SECAS's roster: check the spelling, or give the organisation as well."
        )
    return Author(speaker, profile, named)


async def reachable(session: AsyncSession, config: Config, author: recorded.Author, now: datetime) -> Speaker | None:
    """Whom a platform knows as the author of a comment; None where no note can be sent."""
    roster = await people.roster_at(session, config, now)
    found = await _described(session, roster, author.id, author.email or "")
    return next((speaker for speaker in found if not speaker.deleted), None)


async def _person(
    session: AsyncSession, config: Config, typed: str, organisation: str, platform: str, at: datetime
) -> Speaker:
    """Whom an address or a name means: somebody of the roster, somebody the platform described, or neither."""
    name, address = _name_and_address(_text("person", typed))
    roster = await people.roster_at(session, config, at)
    rows = [r for r in roster.rows if (r.email == address.casefold() if address else same_person(name, r.name))]
    if len({row.key[0] for row in rows}) > 1:
        raise WrongField("person", f"The roster has several people called {name}: give the e-mail address.")
    address = address or next((row.email for row in rows if row.email), "")
    platform_id = next((row.platform_id for row in rows if row.platform_id), None)
    described = await _described(session, roster, platform_id, "" if platform_id else address)
    if described:
        return min(described, key=lambda speaker: speaker.platform != platform)
    if platform_id:
        return Speaker(platform, platform_id, address or None, name)
    own = await _own_id(session, name, address, known_as(config, _text("organisation", organisation)))
    return Speaker(ENTERED, own, address or None, name or None)


async def _described(session: AsyncSession, roster: Roster, person: str | None, address: str) -> list[Speaker]:
    """Those a platform described under this id or address; first accounts that are open, and of our workspace.

    Another workspace's word for the address counts only as it does in the roster.
    """
    by_address = func.lower(SeenPerson.email) == address.casefold() if address else false()
    query = select(SeenPerson.platform, SeenPerson.id).where((SeenPerson.id == person) | by_address)
    query = query.order_by(SeenPerson.deleted, SeenPerson.external, SeenPerson.seen_at.desc())
    seen = [await people.known(session, *key) for key in await session.execute(query)]
    found = [each.speaker for each in seen if each]
    return [s for s in found if s.id == person or not s.external or _is_at(roster, s, address)]


def _is_at(roster: Roster, speaker: Speaker, address: str) -> bool:
    return any(row.email == address.casefold() for row in roster.rows_of(speaker))


async def _own_id(session: AsyncSession, name: str, address: str, organisation: str) -> str:
    """An id that says nothing of the person: the one given for an earlier comment of theirs, else a new one.

    A name alone is not the person's: it is the same person where it is the same organisation too.
    """
    mine = func.lower(Words.email) == address.casefold() if address else Words.email.is_(None) & (Words.name == name)
    query = select(LedgerEntry.speaker, LedgerEntry.organisation).join(Words, Words.entry_id == LedgerEntry.id)
    rows = (await session.execute(query.where(LedgerEntry.platform == ENTERED, mine))).all()
    found = (own for own, other in rows if address or same_organisation(other or "", organisation))
    return next(found, f"person-{uuid4().hex}")


def _name_and_address(typed: str) -> tuple[str, str]:
    """Of "Ada Firth <ada.firth@northshire.example>", or one of the two."""
    name, address = parseaddr(typed) if "<" in typed else ("", typed)
    if is_email(address):
        return name, address
    if not typed or "@" in typed or "<" in typed:
        raise WrongField("person", "Say who it was by an e-mail address or a name, such as Ada Firth.")
    return typed, ""


def _as_entered(
    config: Config, speaker: Speaker, sub_committee: str, item: Item, organisation: str, category: str | None
) -> Profile:
    """SECAS vouches for it, as for what a person stated and SECAS confirmed; the Proposer's side is told apart too."""
    vouched = people.Stated(organisation, category, confirmed=True)
    profile = people.profile_of(config, Roster(), speaker, sub_committee, item, vouched)
    return replace(profile, basis=Basis.ENTERED)


def _check_same(config: Config, profile: Profile, named: str, organisation: str, category: str | None) -> None:
    given = known_as(config, organisation) if organisation else profile.organisation
    if given != profile.organisation or (category or profile.party_category) != profile.party_category:
        recorded = ", ".join(filter(None, (profile.organisation, profile.party_category)))
        raise WrongField(
            "organisation",
            f"{named} is recorded with {recorded}: leave organisation and Party Category out; `dpbot correct` corrects "
            "a single comment.",
        )


def _category(config: Config, typed: str) -> str | None:
    try:
        return category_named(config, _text("party_category", typed))
    except WrongField:
        raise
    except UserError as error:
        raise WrongField("party_category", str(error)) from None


def _text(field: str, typed: str) -> str:
    text = " ".join(typed.split())
    if len(text) > _LONGEST or not text.isprintable():
        raise WrongField(
            field, f'"{one_line(text[:40])}" cannot be taken: allowed are {_LONGEST} characters, no control characters.'
        )
    return text
