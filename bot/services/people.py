"""Who speaks, and for whom: the profile a person has at the moment when something of theirs was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import Basis, Capacity, Profile, Speaker
from bot.ledger import erased_person
from bot.models import Claim, Item, Seat, SeenPerson
from bot.rules import dates
from bot.rules.canonical import known_as, organisation_of_team
from bot.rules.organisations import same_organisation, same_person
from bot.services.audience import Viewer

Account = tuple[str, str]  # a person as one platform knows them: the platform, and its id

# How long a platform's description of a person is trusted before it is asked again.
FRESH = timedelta(days=1)


@dataclass(frozen=True)
class RosterRow:
    """One person on one Sub-Committee, as bot.models.Seat has it."""

    email: str | None
    name: str
    organisation: str
    party_category: str | None
    sub_committee: str
    seat: str | None
    capacity: Capacity
    alternate_for: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    platform_id: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Who it is, on which Sub-Committee: of rows with the same key no two hold on one day."""
        return self.email or self.platform_id or "", self.sub_committee

    @property
    def dated(self) -> bool:
        return (self.valid_from or self.valid_to) is not None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def is_called(self, word: str) -> bool:
        """Whether it is the person with this e-mail address or name."""
        return word.casefold() == self.email or same_person(word, self.name)


@dataclass(frozen=True)
class Roster:
    """The rows that hold at one moment.

    `vouched`: workspaces by id, each with an organisation, as a row writes it, whose people its members are.
    """

    rows: tuple[RosterRow, ...] = ()
    vouched: frozenset[tuple[str, str]] = frozenset()

    def rows_of(self, speaker: Speaker) -> tuple[RosterRow, ...]:
        """By the platform's id, which goes first; and by the address in those rows, else the verified one."""
        by_id = [row for row in self.rows if row.platform_id == speaker.id]
        if emails := {row.email for row in by_id if row.email}:
            by_address = [row for row in self.rows if row.email in emails]
        else:
            address = speaker.email.casefold() if speaker.email else None
            by_address = [r for r in self.rows if r.email and r.email == address and self._believes(speaker, r)]
        return (*by_id, *(row for row in by_address if row not in by_id))

    def address_of(self, speaker: Speaker) -> str | None:
        """The address that tells who it is, on whatever platform: of the rows by the id, else the verified one."""
        if by_id := sorted(row.email for row in self.rows if row.email and row.platform_id == speaker.id):
            return by_id[0]
        address = speaker.email.casefold() if speaker.email else None
        rows = (row for row in self.rows if address and row.email == address)
        return address if not speaker.external or any(self._believes(speaker, row) for row in rows) else None

    def _believes(self, speaker: Speaker, row: RosterRow) -> bool:
        """Another workspace's administrators can give anybody any address: only its own organisation's is believed."""
        return not speaker.external or (speaker.team or "", row.organisation) in self.vouched

    def seat_of(self, row: RosterRow) -> tuple[str | None, str | None]:
        """The seat that a row speaks from, and the member an alternate stands in for, whose seat it is."""
        if row.alternate_for is None:
            return row.seat, None
        there = (other for other in self.rows if other.sub_committee == row.sub_committee and other is not row)
        member = next((other for other in there if other.is_called(row.alternate_for)), None)
        return (row.seat or member.seat, member.name) if member else (row.seat, row.alternate_for)


@dataclass(frozen=True)
class Persons:
    """Whose an account is. Somebody known on two platforms by one verified address is one person."""

    addresses: Mapping[Account, str]

    def of(self, platform: str, person: str) -> Account | str:
        """What is the same for all accounts of a person; also where the person was forgotten."""
        return erased_person(person) or self.addresses.get((platform, person)) or (platform, person)


@dataclass(frozen=True)
class Stated:
    """What a person stated of himself."""

    organisation: str
    party_category: str | None
    confirmed: bool


@dataclass(frozen=True)
class Seen:
    """A person as a platform described them at `seen_at` (UTC)."""

    speaker: Speaker
    seen_at: datetime


async def profile(
    session: AsyncSession, config: Config, speaker: Speaker, sub_committee: str, item: Item | None, at: datetime
) -> tuple[Speaker, Profile]:
    """The person under the roster's name, and for whom they spoke to this Sub-Committee at a moment (UTC).

    Without an address that is not believed: it may be somebody else's.
    """
    roster = await roster_at(session, config, at)
    stated = await stated_at(session, roster, speaker, at)
    told = name_of(roster, speaker)
    if speaker.external and not any(row.email == (speaker.email or "").casefold() for row in roster.rows_of(speaker)):
        told = replace(told, email=None)
    return told, profile_of(config, roster, speaker, sub_committee, item, stated)


async def viewer(session: AsyncSession, config: Config, speaker: Speaker, now: datetime) -> Viewer:
    """What a person may see of the record now: by the roster, and the analysts of config.toml."""
    rows = (await roster_at(session, config, now)).rows_of(speaker)
    chairs = {row.sub_committee for row in rows if row.capacity in {Capacity.CHAIR, Capacity.CHAIR_MEMBER}}
    sits_on = frozenset(row.sub_committee for row in rows)
    return Viewer(is_analyst(config, speaker), sits_on, frozenset(chairs))


async def accounts(session: AsyncSession, config: Config, speaker: Speaker) -> frozenset[Account]:
    """A person's accounts on all platforms: those that one verified address belongs to, this one at the least."""
    return await _accounts(session, await _roster_now(session, config), speaker)


async def _accounts(session: AsyncSession, roster: Roster, speaker: Speaker) -> frozenset[Account]:
    own, address = (speaker.platform, speaker.id), roster.address_of(speaker)
    if address is None:
        return frozenset({own})
    ids = [row.platform_id for row in roster.rows if row.platform_id and row.email == address]
    query = select(SeenPerson).where(or_(func.lower(SeenPerson.email) == address, SeenPerson.id.in_(ids)))
    found = [_speaker_of(seen) for seen in await session.scalars(query)]
    return frozenset({own, *((each.platform, each.id) for each in found if roster.address_of(each) == address)})


async def persons(session: AsyncSession, config: Config) -> Persons:
    """Whose the accounts are that platforms described."""
    roster = await _roster_now(session, config)
    found = [_speaker_of(seen) for seen in await session.scalars(select(SeenPerson))]
    return Persons({(each.platform, each.id): address for each in found if (address := roster.address_of(each))})


async def _roster_now(session: AsyncSession, config: Config) -> Roster:
    """Every row that SECAS has not replaced, whatever its dates: whose an address is does not end with a seat."""
    rows = tuple(row_of(seat) for seat in await session.scalars(select(Seat).where(Seat.superseded_at.is_(None))))
    return Roster(rows, _vouched(config, {row.organisation for row in rows}))


async def roster_at(session: AsyncSession, config: Config, at: datetime) -> Roster:
    """The roster's rows that hold at a moment.

    Where SECAS has dated a person's rows, the dates alone say which. Without dates the roster as it was at that moment
    goes before a later one: who changed organisation since had not yet; who was not yet on it is known by the later.
    """
    was_there = (Seat.imported_at <= at) & (Seat.superseded_at > at)
    seats = (await session.scalars(select(Seat).where(or_(Seat.superseded_at.is_(None), was_there)))).all()
    dated = {row.key for seat in seats if seat.superseded_at is None and (row := row_of(seat)).dated}
    ordered = sorted(seats, key=lambda seat: (seat.imported_at > at, seat.id))
    found = ((seat, row_of(seat)) for seat in ordered)
    day = dates.london(at).date()
    rows = tuple(r for seat, r in found if r.holds_on(day) and (seat.superseded_at is None or r.key not in dated))
    return Roster(rows, _vouched(config, {row.organisation for row in rows}))


def _vouched(config: Config, organisations: Iterable[str]) -> frozenset[tuple[str, str]]:
    names = [(name, known_as(config, name)) for name in organisations]
    return frozenset(
        (team, name) for each in config.organisations for team in each.teams for name, own in names if own == each.name
    )


async def stated_at(session: AsyncSession, roster: Roster, speaker: Speaker, at: datetime) -> Stated | None:
    """What a person had stated by a moment, from whatever account: what SECAS had confirmed by then first, never what
    it did not confirm.
    """
    own = await _accounts(session, roster, speaker)
    mine = (tuple_(Claim.platform, Claim.person).in_(own), Claim.stated_at <= at)
    claims = (await session.scalars(select(Claim).where(*mine).order_by(Claim.id.desc()))).all()
    open_or_confirmed = [claim for claim in claims if claim.confirmed is not False]
    by_then = [claim for claim in open_or_confirmed if claim.confirmed and claim.decided_at and claim.decided_at <= at]
    claim = next(iter((*by_then, *open_or_confirmed)), None)
    return Stated(claim.organisation, claim.party_category, claim in by_then) if claim else None


def row_of(seat: Seat) -> RosterRow:
    return RosterRow(**{name: getattr(seat, name) for name in RosterRow.__dataclass_fields__})


def profile_of(
    config: Config,
    roster: Roster,
    speaker: Speaker,
    sub_committee: str,
    item: Item | None,
    stated: Stated | None = None,
) -> Profile:
    """For whom this person speaks on this item to this Sub-Committee. Nobody is dropped: unknown is "not stated".

    In this order: the analysts of config.toml, the roster, what SECAS confirmed, the person's workspace; what the
    person alone states decides nothing. A display name is never believed: it is the person's to choose.
    """
    if is_analyst(config, speaker):
        return Profile("SECAS", None, None, Capacity.SECAS, basis=Basis.CONFIGURATION)
    if rows := roster.rows_of(speaker):
        return _on_roster(config, roster, _best_row(rows, sub_committee), sub_committee, item)
    if stated and stated.confirmed:
        return _believed(config, stated.organisation, stated.party_category, Basis.CONFIRMED, item)
    # A guest of a company's workspace need not be of that company.
    if not speaker.guest and (organisation := organisation_of_team(config, speaker.team)):
        return _believed(config, organisation, None, Basis.WORKSPACE, item)
    if stated:
        organisation = known_as(config, stated.organisation)
        return Profile(organisation, stated.party_category, None, Capacity.NOT_STATED, basis=Basis.STATED)
    return Profile(None, None, None, Capacity.NOT_STATED)


def is_analyst(config: Config, speaker: Speaker) -> bool:
    """Whether it is an analyst of config.toml. Another workspace's administrators can give anybody any address."""
    return config.secas.is_analyst(speaker.email) and not speaker.external


def name_of(roster: Roster, speaker: Speaker) -> Speaker:
    """The speaker under the roster's name, which SECAS keeps, rather than the platform's."""
    rows = roster.rows_of(speaker)
    return replace(speaker, name=rows[0].name) if rows else speaker


async def known(session: AsyncSession, platform: str, person: str) -> Seen | None:
    """What the platform last said of a person."""
    seen = await session.get(SeenPerson, (platform, person))
    return Seen(_speaker_of(seen), seen.seen_at) if seen else None


async def remember(session: AsyncSession, speaker: Speaker, now: datetime) -> None:
    """Keep what the platform just said of a person."""
    values = {name: getattr(speaker, name) for name in _TOLD} | {"seen_at": now}
    statement = insert(SeenPerson).values(platform=speaker.platform, id=speaker.id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["platform", "id"], set_=values))


def _speaker_of(seen: SeenPerson) -> Speaker:
    return Speaker(seen.platform, seen.id, **{name: getattr(seen, name) for name in _TOLD})


_TOLD = ("email", "name", "team", "guest", "external", "deleted")


def _best_row(rows: Sequence[RosterRow], sub_committee: str) -> RosterRow:
    """The row for this Sub-Committee; else any: the organisation is known, and the person observes."""
    return min(rows, key=lambda row: row.sub_committee != sub_committee)


def _on_roster(config: Config, roster: Roster, row: RosterRow, sub_committee: str, item: Item | None) -> Profile:
    sits = row.sub_committee == sub_committee
    seat, alternate_for = roster.seat_of(row) if sits else (None, None)
    capacity = _proposer_side(config, item, row.organisation, row.name) or (row.capacity if sits else Capacity.OBSERVER)
    organisation = known_as(config, row.organisation)
    return Profile(organisation, row.party_category, seat, capacity, alternate_for, Basis.ROSTER)


def _believed(config: Config, organisation: str, category: str | None, basis: Basis, item: Item | None) -> Profile:
    """Of somebody who is not on the roster, whose organisation is known all the same."""
    capacity = _proposer_side(config, item, organisation) or Capacity.NOT_STATED
    return Profile(known_as(config, organisation), category, None, capacity, basis=basis)


def _proposer_side(config: Config, item: Item | None, organisation: str, name: str | None = None) -> Capacity | None:
    """`name` is the roster's."""
    if item is None:
        return None
    if name and item.proposer and any(same_person(name, other) for other in item.proposer.split(" and ")):
        return Capacity.PROPOSER
    raisers: Iterable[str | None] = (item.organisation, item.on_behalf_of)
    own = known_as(config, organisation)
    if any(raiser and same_organisation(own, known_as(config, raiser)) for raiser in raisers):
        return Capacity.PROPOSER_ORGANISATION
    return None
