"""The roster in the database: what an import changes, what is kept of before, and who sat where at a moment."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.db import Sessions
from bot.decisions import Actor, Role
from bot.domain import Capacity, Profile, Speaker
from bot.errors import NotPermitted, UserError
from bot.models import Seat
from bot.services import people, roster
from bot.services.people import RosterRow
from bot.services.roster import Changes
from tests.services.rosters import LONG_HEADING, read

NOW = datetime(2019, 10, 30, 10, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
ROBIN = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))
ADA = "ada@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,OPSG,Large Supplier 1,member,,,,"
CARA = "cara@calder.example,Cara Dunn,Calder Networks,Electricity Networks,OPSG,Networks 1,member,,,,"
MOVED = ADA.replace("Northshire Energy,Large Suppliers", "Calder Networks,Electricity Networks")


def rows(config: Config, *lines: str) -> tuple[RosterRow, ...]:
    return read(config, LONG_HEADING, *lines)


class Keeping:
    """SECAS imports rosters, each the whole one, at moments."""

    def __init__(self, sessions: Sessions, config: Config) -> None:
        self._sessions = sessions
        self._config = config

    async def has(self, *lines: str, at: datetime = NOW, by: Actor = ROBIN) -> Changes:
        async with self._sessions.begin() as session:
            return await roster.store(session, rows(self._config, *lines), by, at)

    async def would(self, *lines: str) -> Changes:
        async with self._sessions.read() as session:
            return await roster.compare(session, rows(self._config, *lines))

    async def rows(self) -> tuple[RosterRow, ...]:
        async with self._sessions.read() as session:
            return await roster.current(session)

    async def everything(self) -> list[Seat]:
        """The rows that are no longer so too."""
        async with self._sessions.read() as session:
            return list(await session.scalars(select(Seat).order_by(Seat.id)))

    async def profile(self, email: str, at: datetime) -> Profile:
        async with self._sessions.read() as session:
            speaker = Speaker("slack", "U1", email)
            return (await people.profile(session, self._config, speaker, "OPSG", None, at))[1]


@pytest.fixture
def keeping(sessions: Sessions, config: Config) -> Keeping:
    return Keeping(sessions, config)


# --- what an import changes -------------------------------------------------------------------------------------------


async def test_a_roster_is_the_whole_roster_and_what_it_changes_is_shown_field_by_field(keeping: Keeping) -> None:
    await keeping.has(ADA, CARA)
    dan = CARA.replace("cara@", "dan@").replace("Cara Dunn", "Dan Okoro")
    changes = await keeping.would(dan, MOVED)

    assert [row.name for row in changes.added] == ["Dan Okoro"]
    assert [row.name for row in changes.ended] == ["Cara Dunn"]
    (change,) = changes.changed
    assert change.fields == [
        ("organisation", "Northshire Energy", "Calder Networks"),
        ("Party Category", "Large Suppliers", "Electricity Networks"),
    ]


async def test_the_same_file_twice_changes_nothing(keeping: Keeping) -> None:
    first = await keeping.has(ADA, CARA)
    second = await keeping.has(CARA, ADA, at=LATER)

    assert (len(first.added), bool(second), second.unchanged) == (2, False, 2)
    assert {seat.imported_at for seat in await keeping.everything()} == {NOW}


async def test_what_an_import_replaces_is_kept_with_who_and_when(keeping: Keeping) -> None:
    await keeping.has(ADA)
    operator = Actor("root", frozenset({Role.OPERATOR}))
    await keeping.has(MOVED, at=LATER, by=operator)
    before, after = await keeping.everything()

    assert (before.organisation, before.by, before.imported_at) == ("Northshire Energy", ROBIN.who, NOW)
    assert (before.superseded_by, before.superseded_at) == ("root", LATER)
    assert (after.organisation, after.by, after.superseded_at) == ("Calder Networks", "root", None)
    assert await keeping.rows() == (people.row_of(after),)


async def test_a_persons_rows_for_different_days_are_told_apart(keeping: Keeping) -> None:
    until = ADA.replace("member,,,,", "member,,,2019-11-04,")
    since = MOVED.replace("member,,,,", "member,,2019-11-05,,")
    await keeping.has(until, since)
    changes = await keeping.would(until, since.replace("2019-11-05", "2019-11-06"))

    assert [change.fields for change in changes.changed] == [[("from", "2019-11-05", "2019-11-06")]]
    assert changes.unchanged == 1


async def test_only_who_may_changes_the_roster(keeping: Keeping) -> None:
    with pytest.raises(NotPermitted, match=r"Only the SECAS analysts .* may change the roster"):
        await keeping.has(ADA, by=Actor("ada@northshire.example", frozenset({Role.MEMBER, Role.CHAIR})))
    assert await keeping.rows() == ()


async def test_what_was_agreed_to_is_what_is_stored(keeping: Keeping, sessions: Sessions, config: Config) -> None:
    agreed = await keeping.would(ADA)
    await keeping.has(CARA)
    with pytest.raises(UserError, match="changed meanwhile: nothing was stored; import the file again"):
        async with sessions.begin() as session:
            await roster.store(session, rows(config, ADA), ROBIN, LATER, agreed)
    assert [row.name for row in await keeping.rows()] == ["Cara Dunn"]


# --- who sat where at a moment ----------------------------------------------------------------------------------------


async def test_dates_say_for_whom_somebody_spoke_however_late_it_is_heard(keeping: Keeping) -> None:
    """The day is London's: 23:30 UTC on 30 June is 1 July there."""
    old = ADA.replace("member,,,,", "member,,,30/6/2019,")
    new = MOVED.replace("member,,,,", "member,,1/7/2019,,")
    await keeping.has(old, new)
    before = await keeping.profile("ada@northshire.example", datetime(2019, 6, 30, 22, 30, tzinfo=UTC))
    after = await keeping.profile("ada@northshire.example", datetime(2019, 6, 30, 23, 30, tzinfo=UTC))

    assert (before.organisation, after.organisation) == ("Northshire Energy", "Calder Networks")


async def test_outside_the_dates_nothing_is_stated(keeping: Keeping) -> None:
    await keeping.has(ADA.replace("member,,,,", "member,,2019-11-05,2019-11-06,"))
    stated = [
        (await keeping.profile("ada@northshire.example", datetime(2019, 11, day, 12, tzinfo=UTC))).capacity
        for day in (4, 5, 6, 7)
    ]

    assert stated == [Capacity.NOT_STATED, Capacity.MEMBER, Capacity.MEMBER, Capacity.NOT_STATED]


async def test_without_dates_the_roster_of_that_time_goes_before_a_later_one(keeping: Keeping) -> None:
    await keeping.has(ADA, CARA)
    await keeping.has(MOVED, at=LATER)
    before, after = NOW + timedelta(days=1), LATER + timedelta(days=1)

    assert (await keeping.profile("ada@northshire.example", before)).organisation == "Northshire Energy"
    assert (await keeping.profile("ada@northshire.example", after)).organisation == "Calder Networks"
    assert (await keeping.profile("cara@calder.example", before)).organisation == "Calder Networks"
    assert (await keeping.profile("cara@calder.example", after)).organisation is None


async def test_a_date_that_is_added_later_goes_before_the_roster_of_that_time(keeping: Keeping) -> None:
    await keeping.has(ADA)
    await keeping.has(ADA.replace("member,,,,", "member,,,2019-10-30,"), at=LATER)

    assert (await keeping.profile("ada@northshire.example", NOW)).capacity is Capacity.MEMBER
    assert (await keeping.profile("ada@northshire.example", NOW + timedelta(days=1))).capacity is Capacity.NOT_STATED


async def test_what_was_said_before_the_first_roster_is_known_by_it(keeping: Keeping) -> None:
    await keeping.has(ADA.replace("Northshire", "Norhtshire"))
    await keeping.has(ADA, at=LATER)

    profile = await keeping.profile("ada@northshire.example", NOW - timedelta(days=1))
    assert profile.organisation == "Northshire Energy"
