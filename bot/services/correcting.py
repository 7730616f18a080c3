"""For whom a comment was given, as it should have been recorded: a new fact beside the old one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor, Corrected
from bot.domain import Basis, Capacity, Profile
from bot.errors import WrongField
from bot.rules.canonical import known_as
from bot.rules.categories import Category, OtherBody, Several, category_of
from bot.rules.refs import RefName
from bot.rules.wording import listed
from bot.services.acting import permit
from bot.services.sorting import Decided, cleaned, decide, named_view, needed

_LONGEST = 200  # characters, as in a roster


@dataclass(frozen=True)
class Correction:
    """What is wrong, as a person types it: None leaves it as it is, "" takes it away."""

    organisation: str | None = None
    party_category: str | None = None
    seat: str | None = None
    capacity: str | None = None
    alternate_for: str | None = None


async def correct(
    session: AsyncSession,
    config: Config,
    named: RefName,
    correction: Correction,
    reason: str,
    acting: Actor,
    now: datetime,
) -> Decided:
    """Correct the profile of a comment or a reply."""
    permit(acting, Action.RECORD)
    view = await named_view(session, named, comment=False)
    why = needed(reason, "correct a comment")
    value = _corrected(config, view.profile, correction)
    if _as_it_is(view.profile) == value:
        return Decided(view.ref, value, why, new=False)
    return await decide(session, view, value, acting, now, why)


def capacity_of(words: str) -> Capacity:
    """The capacity that a person typed."""
    for capacity in Capacity:
        if cleaned(words).casefold() == capacity.value.casefold():
            return capacity
    raise WrongField(
        "capacity", f'"{_short(words)}" is no capacity: allowed are {listed([c.value for c in Capacity], "or")}.'
    )


def category_named(config: Config, words: str) -> str | None:
    """The Party Category, or the body in none, that a wording means; a wording of several is not guessed."""
    if not cleaned(words):
        return None
    match category_of(words, config):
        case Category(name) | OtherBody(name):
            return name
        case Several(names):
            raise WrongField(
                "party_category", f'"{_short(words)}" may be {listed(names, "or")}: name exactly one of them.'
            )
        case _:
            allowed = (*config.party_categories, *config.other_bodies)
            raise WrongField(
                "party_category", f'"{_short(words)}" is no Party Category: allowed are {listed(allowed, "or")}.'
            )


def _corrected(config: Config, profile: Profile, correction: Correction) -> Corrected:
    organisation = _text("organisation", correction.organisation, profile.organisation)
    words = correction.party_category
    category = profile.party_category if words is None else category_named(config, words)
    capacity = profile.capacity if correction.capacity is None else capacity_of(correction.capacity)
    alternate = capacity is Capacity.ALTERNATE
    if correction.alternate_for and not alternate:
        raise WrongField(
            "alternate_for", "Only an alternate stands in for somebody: name the capacity alternate as well."
        )
    return Corrected(
        organisation=known_as(config, organisation) if organisation else None,
        party_category=category,
        seat=_text("seat", correction.seat, profile.seat),
        capacity=capacity,
        alternate_for=_text("alternate_for", correction.alternate_for, profile.alternate_for) if alternate else None,
    )


def _as_it_is(profile: Profile) -> Corrected | None:
    """What a correction to the very same would be; None where what is recorded was not stated by a sure source."""
    if profile.basis in {Basis.STATED, Basis.NOT_STATED}:
        return None
    return Corrected(
        profile.organisation, profile.party_category, profile.seat, profile.capacity, profile.alternate_for
    )


def _text(field: str, typed: str | None, before: str | None) -> str | None:
    if typed is None:
        return before
    text = cleaned(typed)
    if len(text) > _LONGEST or not text.isprintable():
        raise WrongField(
            field, f'"{_short(text)}" cannot be taken: allowed are {_LONGEST} characters, no control characters.'
        )
    return text or None


def _short(words: str) -> str:
    text = "".join(char for char in cleaned(words) if char.isprintable())
    return text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 - as a command is quoted
