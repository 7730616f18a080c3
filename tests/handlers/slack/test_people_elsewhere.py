"""For whom people speak whom the roster does not know by their address: visitors, guests, who left, who hides it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain import Basis, Capacity
from bot.models import LedgerEntry, Words
from handlers.sandbox import Member
from tests.handlers.slack.hearing import after, told
from tests.house import ROSTER, House, open_house, published

NORTHSHIRE = '[[organisations]]\nname = "Northshire Energy"\naliases = ["NE Retail"]\nteams = ["T0NORTH"]\n'


UNKNOWN = (None, Capacity.NOT_STATED, Basis.NOT_STATED)


async def recorded(house: House, words: str = "It is clear.") -> LedgerEntry:
    """What the ledger has of these words, which were said once."""
    async with house.desk.sessions.read() as session:
        query = select(LedgerEntry).join(Words, Words.entry_id == LedgerEntry.id).where(Words.text == words)
        return (await session.scalars(query)).one()


async def spoke_for(house: House) -> tuple[str | None, Capacity, str]:
    entry = await recorded(house)
    return entry.organisation, entry.capacity, entry.basis


@pytest.fixture
async def shared(tmp_path: Path) -> AsyncIterator[House]:
    """The workspace T0NORTH is Northshire Energy's."""
    async with open_house(tmp_path, lambda config: config + NORTHSHIRE) as house, house.connected():
        await published(house)
        house.workspace.share(house.channel, "T0NORTH")
        yield house


def visitor(house: House, name: str = "Jo North", *, email: str | None = None, guest: bool = False) -> Member:
    """Somebody of Northshire Energy's workspace, in the channel that it shares with ours."""
    member = house.workspace.member(name, email, team="T0NORTH", guest=guest)
    house.workspace.put(member, house.channel)
    return member


async def test_the_workspace_of_somebody_not_on_the_roster_says_the_organisation(shared: House) -> None:
    await visitor(shared).replies(shared.post(), "It is clear.")
    assert await spoke_for(shared) == ("Northshire Energy", Capacity.NOT_STATED, Basis.WORKSPACE)


async def test_a_guest_of_that_workspace_is_not_taken_for_one_of_the_organisation(shared: House) -> None:
    await visitor(shared, guest=True).replies(shared.post(), "It is clear.")
    assert await spoke_for(shared) == UNKNOWN


async def test_a_guest_of_our_own_workspace_is_known_by_the_roster(house: House) -> None:
    guest = house.workspace.member("A Firth", house.ada.email, single_channel_guest=True)
    house.workspace.put(guest, house.channel)
    await guest.replies(house.post(), "It is clear.")
    assert await spoke_for(house) == ("Northshire Energy", Capacity.MEMBER, Basis.ROSTER)


async def test_a_visitors_address_is_believed_of_the_organisation_whose_workspace_it_is(shared: House) -> None:
    await visitor(shared, email="ada.firth@northshire.example").replies(shared.post(), "It is clear.")
    assert await spoke_for(shared) == ("Northshire Energy", Capacity.MEMBER, Basis.ROSTER)


async def test_a_visitors_address_of_another_organisation_makes_no_member_of_theirs(shared: House) -> None:
    await shared.ada.replies(shared.post(), "SECRETWINDMILL")
    impostor = visitor(shared, email="cara.dunn@calder.example")
    await impostor.replies(shared.post(), "It is clear.")

    assert await spoke_for(shared) == ("Northshire Energy", Capacity.NOT_STATED, Basis.WORKSPACE)
    assert "SECRETWINDMILL" not in (await impostor.types(shared.channel, "/dp views DP092")).text
    assert "SECRETWINDMILL" in (await shared.cara.types(shared.channel, "/dp views DP092")).text


async def test_a_visitor_whose_id_is_on_the_roster_needs_no_workspace(shared: House) -> None:
    cara_there = visitor(shared, email="cara.dunn@calder.example")
    heading, *others = ROSTER.splitlines()
    cara = next(line for line in others if line.startswith("cara.dunn"))
    by_id = [
        f"{heading},alternate for,from,to,platform id",
        *(f"{each},,,,{cara_there.id if each == cara else ''}" for each in others),
    ]
    await shared.has_roster("\n".join(by_id))
    await cara_there.replies(shared.post(), "It is clear.")
    assert await spoke_for(shared) == ("Calder Networks", Capacity.MEMBER, Basis.ROSTER)


async def test_an_analysts_address_in_another_workspace_makes_no_analyst(shared: House) -> None:
    impostor = visitor(shared, "Robin Ainsley", email="robin.ainsley@secas.example")
    await impostor.replies(shared.post(), "It is clear.")

    assert "/dp compile" not in (await impostor.types(shared.channel, "/dp help")).text
    assert await spoke_for(shared) == ("Northshire Energy", Capacity.NOT_STATED, Basis.WORKSPACE)


async def test_a_stranger_of_whom_slack_tells_little_is_kept(house: House) -> None:
    stranger = house.workspace.member("Jo", "ada.firth@northshire.example", team="T0OTHER", stranger=True)
    house.workspace.share(house.channel, "T0OTHER")
    house.workspace.put(stranger, house.channel)
    await stranger.replies(house.post(), "It is clear.")
    assert await spoke_for(house) == UNKNOWN


async def test_somebody_who_takes_another_name_stays_who_they_are(house: House) -> None:
    house.workspace.admin.rename(house.ada, "Cara Dunn")
    house.clock.forward(days=2)
    await house.ada.replies(house.post(), "It is clear.")
    assert await spoke_for(house) == ("Northshire Energy", Capacity.MEMBER, Basis.ROSTER)


async def test_somebody_whose_address_is_no_longer_shown_is_known_by_the_platforms_id(house: House) -> None:
    heading, ada, *others = ROSTER.splitlines()
    by_id = [f"{heading},alternate for,from,to,platform id", f"{ada},,,,{house.ada.id}", *(f"{o},,,," for o in others)]
    await house.has_roster("\n".join(by_id))
    house.workspace.admin.hide_email(house.ada)
    await house.ada.replies(house.post(), "It is clear.")
    assert await spoke_for(house) == ("Northshire Energy", Capacity.MEMBER, Basis.ROSTER)


async def test_words_of_somebody_who_left_before_they_were_heard_keep_the_organisation(house: House) -> None:
    known = await house.ada.replies(house.post("DP088"), "Known from here.")
    event = told(house) | {"text": "It is clear.", "blocks": [], "thread_ts": house.post().ts} | after(known.ts)
    house.workspace.admin.deactivate(house.ada)
    house.clock.forward(days=2)
    await house.workspace.send_event(event)
    assert await spoke_for(house) == ("Northshire Energy", Capacity.MEMBER, Basis.ROSTER)


async def test_an_alternate_without_a_seat_of_their_own_speaks_from_the_members(house: House) -> None:
    heading, ada, ben, *others = ROSTER.splitlines()
    ben = ben.replace("Large Supplier 1", "")
    lines = [f"{heading},alternate for,from,to,platform id", f"{ada},,,,", f"{ben},Ada Firth,,,"]
    await house.has_roster("\n".join([*lines, *(f"{other},,,," for other in others)]))
    await house.ben.replies(house.post(), "It is clear.")

    entry = await recorded(house)
    assert (entry.seat, entry.alternate_for, entry.capacity) == ("Large Supplier 1", "Ada Firth", Capacity.ALTERNATE)
