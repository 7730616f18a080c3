"""For whom a person says to speak, and what SECAS says to it: two columns; until confirmed it decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor
from bot.domain import Classification, Message, Profile, Speaker
from bot.errors import UserError, WrongField
from bot.models import Claim
from bot.outbox import Outbox
from bot.rules import dates
from bot.rules.canonical import known_as
from bot.services import people, roster
from bot.services.acting import permit
from bot.services.people import Roster

LONGEST = 75  # characters of an organisation's name: as many as an option of a form shows
_MOST_OFFERED = 100  # options that a form's list takes


@dataclass(frozen=True)
class Standing:
    """For whom a person speaks now: everywhere, and by Sub-Committee (as it is called) where he sits on one."""

    profile: Profile
    seats: tuple[tuple[str, Profile], ...]
    parties: tuple[str, ...]  # that the organisation represents, by config.toml
    claim: Claim | None  # the latest


async def standing(session: AsyncSession, config: Config, speaker: Speaker, now: datetime) -> Standing:
    """What is recorded of a person who speaks now."""
    found = await people.roster_at(session, config, now)
    stated = await people.stated_at(session, found, speaker, now)
    codes = sorted({row.sub_committee for row in found.rows_of(speaker)})
    seats = [(code, people.profile_of(config, found, speaker, code, None, stated)) for code in codes]
    profile = seats[0][1] if seats else people.profile_of(config, found, speaker, "", None, stated)
    parties = next((each.parties for each in config.organisations if each.name == profile.organisation), ())
    named = tuple((config.body_name(code), each) for code, each in seats)
    return Standing(profile, named, parties, await _latest(session, config, speaker))


async def form(session: AsyncSession, config: Config) -> Message:
    """The form in which a person states it: the organisations that are known, and a field for another."""
    rows = await roster.current(session)
    names = {known_as(config, row.organisation) for row in rows} | {each.name for each in config.organisations}
    short = (name for name in names if len(escape(name, quote=False)) <= LONGEST)  # as a form holds it
    offered = sorted(short, key=str.casefold)[:_MOST_OFFERED]
    categories = [*config.party_categories, *config.other_bodies]
    return Message(
        "modals/state_organisation", {"organisations": offered, "categories": categories, "longest": LONGEST}
    )


async def state(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    speaker: Speaker,
    organisation: str,
    category: str | None,
    now: datetime,
) -> Claim:
    """Keep what a person states of himself and ask SECAS; said twice, SECAS is asked once.

    WrongField where it is no name, or no Party Category of config.toml.
    """
    name = known_as(config, _name(organisation))
    if category is not None and category not in {*config.party_categories, *config.other_bodies}:
        raise WrongField("category", "That is no Party Category: choose one of the list.")
    before = await _latest(session, config, speaker)
    if before and before.confirmed is not False and (before.organisation, before.party_category) == (name, category):
        return before
    claim = Claim(
        platform=speaker.platform, person=speaker.id, organisation=name, party_category=category, stated_at=now
    )
    session.add(claim)
    await session.flush()
    found = await people.roster_at(session, config, now)
    named = people.name_of(found, speaker)
    values = {"claim": claim, "speaker": named, "listed": _listed(config, found, speaker)}
    await _tell_secas(session, config, outbox, Message("claim", values), f"claim:{claim.id}", now)
    return claim


async def decide(
    session: AsyncSession, config: Config, outbox: Outbox, claim_id: int, confirmed: bool, by: Actor, now: datetime
) -> Claim:
    """Record SECAS's decision, once: it applies to what the person says from then on. NotPermitted for all others.

    UserError where it was decided otherwise before (what was decided stays, and a new statement can be decided anew),
    or where the person has stated something else since.
    """
    permit(by, Action.RECORD)
    claim = await session.get(Claim, claim_id)
    if claim is None:
        raise UserError("That statement is no longer there: nothing was recorded.")
    if claim.decided_at is not None:
        if claim.confirmed is confirmed:
            return claim
        was = "confirmed" if claim.confirmed else "not confirmed"
        raise UserError(
            f"It was {was} by {claim.decided_by} at {dates.moment(claim.decided_at)} and stays so: ask the person to "
            "state it again with /dp profile, or put them on the roster."
        )
    await _check_latest(session, config, claim)
    claim.confirmed, claim.decided_by, claim.decided_at = confirmed, by.who, now
    await session.flush()
    message = await told(session, config, claim, now)
    await _tell_secas(session, config, outbox, message, f"claim decided:{claim.id}", now)
    answer = Message("claim_answered", {name: message.values[name] for name in ("claim", "instead")})
    await outbox.direct(session, claim.platform, claim.person, answer, f"claim:{claim.id}", now)
    return claim


async def told(session: AsyncSession, config: Config, claim: Claim, now: datetime) -> Message:
    """What SECAS decided, for SECAS."""
    instead, speaker = await _instead(session, config, claim, now), await _speaker(session, claim)
    return Message("claim_decided", {"claim": claim, "instead": instead, "speaker": speaker})


async def _latest(session: AsyncSession, config: Config, speaker: Speaker) -> Claim | None:
    """From whatever account of the person."""
    mine = tuple_(Claim.platform, Claim.person).in_(await people.accounts(session, config, speaker))
    return await session.scalar(select(Claim).where(mine).order_by(Claim.id.desc()).limit(1))


async def _check_latest(session: AsyncSession, config: Config, claim: Claim) -> None:
    own = await people.accounts(session, config, await _speaker(session, claim))
    mine = (tuple_(Claim.platform, Claim.person).in_(own), Claim.id > claim.id)
    later = select(Claim).where(*mine, Claim.confirmed.is_not(False)).order_by(Claim.id.desc()).limit(1)
    if (since := await session.scalar(later)) is not None:
        raise UserError(
            f"The person has stated to speak for {since.organisation} since, at {dates.moment(since.stated_at)}: "
            "nothing was recorded; decide on that statement."
        )


async def _instead(session: AsyncSession, config: Config, claim: Claim, now: datetime) -> Profile | None:
    """What is recorded of the person where it is not what SECAS confirmed, as the roster goes first."""
    speaker = await _speaker(session, claim)
    profile = (await standing(session, config, speaker, now)).profile
    same = profile.organisation == claim.organisation
    return None if same and claim.party_category in {None, profile.party_category} else profile


async def _speaker(session: AsyncSession, claim: Claim) -> Speaker:
    seen = await people.known(session, claim.platform, claim.person)
    return seen.speaker if seen else Speaker(claim.platform, claim.person)


async def _tell_secas(
    session: AsyncSession, config: Config, outbox: Outbox, message: Message, key: str, now: datetime
) -> None:
    """In SECAS's own channel, which is private: the note names the person."""
    home = config.secas
    await outbox.announce(session, home.platform, home.channel, message, key, Classification.WHITE, now)


def _listed(config: Config, found: Roster, speaker: Speaker) -> Sequence[tuple[str, str]]:
    """What the roster has of the person, which goes before what is stated: organisation and Sub-Committee."""
    rows = found.rows_of(speaker)
    return [(known_as(config, row.organisation), config.body_name(row.sub_committee)) for row in rows]


def _name(typed: str) -> str:
    """An organisation's name as a person typed it."""
    name = " ".join(typed.split())
    if not name:
        raise WrongField("organisation", "Name your organisation: choose one of the list, or write its name.")
    if len(name) > LONGEST or not name.isprintable():
        raise WrongField("organisation", f"Allowed are at most {LONGEST} characters of plain text.")
    return name
