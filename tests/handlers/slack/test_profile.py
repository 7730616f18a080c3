"""`/dp profile`: what is recorded of a person, what they state of themselves, and what SECAS says to it."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.domain import Basis, Capacity
from bot.models import LedgerEntry, Words
from handlers.sandbox import Answer, Member, Said
from handlers.sandbox.page.clicks import Button, click
from tests.house import House

CALDER = {"known": {"known": "Calder Networks"}, "category": {"category": "Electricity Networks"}}


async def profile(house: House, member: Member) -> str:
    return (await member.types(house.channel, "/dp profile")).text


async def opens_form(house: House, member: Member) -> dict[str, Any]:
    """The person asks what is recorded and clicks the button there."""
    await profile(house, member)
    whisper = house.workspace.ephemerals(member)[-1]
    block = next(each for each in whisper["blocks"] if each["type"] == "actions")
    button = Button("whisper", whisper["ts"], block["block_id"], "state_organisation")
    assert (await click(member._core, member._person, button, None)).acknowledged
    return member.modals[-1]


async def states(house: House, member: Member, values: dict[str, Any]) -> Answer:
    """The person fills in the form; what waits to be sent is sent."""
    answer = await member.submits(await opens_form(house, member), values)
    await house.sends()
    return answer


def notes(house: House) -> list[str]:
    """What SECAS was told in its channel."""
    return [message["text"] for message in house.workspace.messages(house.secas)]


def newest_note(house: House) -> Said:
    return house.workspace.find(house.secas, "states to speak for")


async def spoke_for(house: House, words: str) -> tuple[str | None, str | None, str]:
    async with house.desk.sessions.read() as session:
        query = select(LedgerEntry).join(Words, Words.entry_id == LedgerEntry.id).where(Words.text == words)
        entry = (await session.scalars(query)).one()
    return entry.organisation, entry.party_category, entry.basis


# --- what is recorded -------------------------------------------------------------------------------------------------


async def test_a_member_is_shown_organisation_category_and_seats(quiet_house: House) -> None:
    shown = await profile(quiet_house, quiet_house.ada)

    assert "Northshire Energy, by SECAS's roster" in shown
    assert "Party Category: Large Suppliers" in shown
    assert "Operations Group: member, Large Supplier 1" in shown
    assert "State my organisation" in shown


async def test_an_analyst_is_shown_as_secas_and_somebody_unknown_as_not_stated(quiet_house: House) -> None:
    robin, jo = [await profile(quiet_house, member) for member in (quiet_house.robin, quiet_house.jo)]

    assert "SECAS" in robin
    assert "State my organisation" not in robin
    assert "Organisation not stated" in jo
    assert "State my organisation" in jo


# --- what a person states ---------------------------------------------------------------------------------------------


async def test_what_a_person_states_is_kept_apart_until_secas_confirms_it_and_holds_from_then_on(house: House) -> None:
    assert (await states(house, house.jo, CALDER)).acknowledged
    assert "Calder Networks, Electricity Networks is recorded as you stated it" in str(house.jo.modals)
    await house.jo.replies(house.post(), "Before.")
    assert "Jo Stone (jo.stone@elsewhere.example) states to speak for Calder Networks" in notes(house)[-1]

    assert (await house.robin.clicks(newest_note(house), "confirm_claim")).acknowledged
    await house.sends()
    house.clock.forward(seconds=1)
    await house.jo.replies(house.post(), "After.")

    assert await spoke_for(house, "Before.") == ("Calder Networks", "Electricity Networks", Basis.STATED)
    assert await spoke_for(house, "After.") == ("Calder Networks", "Electricity Networks", Basis.CONFIRMED)
    assert notes(house)[-1].startswith("robin.ainsley@secas.example confirmed that Jo Stone speaks for Calder Networks")
    (told,) = house.workspace.messages(house.workspace.direct(house.jo))
    assert told["text"].startswith("SECAS has confirmed that you speak for Calder Networks")
    assert "Calder Networks, as stated and confirmed by SECAS" in await profile(house, house.jo)


async def test_what_secas_does_not_confirm_is_not_recorded_from_then_on(house: House) -> None:
    await states(house, house.jo, {"organisation": {"organisation": "  Stone &  Sons "}})
    await house.robin.clicks(newest_note(house), "do_not_confirm_claim")
    await house.sends()
    await house.jo.replies(house.post(), "After.")

    assert await spoke_for(house, "After.") == (None, None, Basis.NOT_STATED)
    shown = await profile(house, house.jo)
    assert "You stated Stone & Sons on 30 October 2019: SECAS has not confirmed it." in shown


async def test_the_roster_goes_before_what_a_member_states_and_secas_is_told(house: House) -> None:
    await states(house, house.ada, CALDER)
    await house.robin.clicks(newest_note(house), "confirm_claim")
    await house.sends()
    house.clock.forward(seconds=1)
    await house.ada.replies(house.post(), "Still.")

    blocks = str(house.workspace.messages(house.secas)[-2]["blocks"])
    assert "On the roster for Northshire Energy (Operations Group): the roster goes first." in blocks
    assert await spoke_for(house, "Still.") == ("Northshire Energy", "Large Suppliers", Basis.ROSTER)
    assert notes(house)[-1].endswith(
        "The roster goes first: comments are recorded for Northshire Energy, Large Suppliers."
    )
    (told,) = house.workspace.messages(house.workspace.direct(house.ada))
    assert "recorded so" not in told["text"]
    assert "your comments are recorded for Northshire Energy, Large Suppliers, as SECAS's roster goes" in told["text"]


async def test_an_organisation_and_category_of_the_list_come_back_as_they_are_called(quiet_house: House) -> None:
    house = quiet_house
    await house.has_roster(
        "e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity\n"
        "a@b.example,A,Smith & Sons <Meters>,,OPSG,,observer\n"
    )
    form = await opens_form(house, house.jo)
    options = next(block for block in form["blocks"] if block["block_id"] == "known")["element"]["options"]
    await house.jo.submits(form, {"known": {"known": options[1]["value"]}})
    await house.sends()

    assert "states to speak for Smith &amp; Sons &lt;Meters&gt;" in notes(house)[-1]


async def test_the_same_statement_again_asks_secas_once(house: House) -> None:
    await states(house, house.jo, CALDER)
    await states(house, house.jo, CALDER)

    assert len([note for note in notes(house) if "states to speak" in note]) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Name your organisation: choose one of the list, or write its name."), ("a\u202eb", "plain text")],
)
async def test_a_form_that_names_no_organisation_stays_open_and_says_so(
    house: House, typed: str, sentence: str
) -> None:
    answer = await states(house, house.jo, {"organisation": {"organisation": typed}})

    assert sentence in answer.payload["errors"]["organisation"]
    assert len(house.jo.modals) == 1
    assert notes(house) == []


# --- what SECAS says to it --------------------------------------------------------------------------------------------


async def test_only_an_analyst_confirms(house: House) -> None:
    await states(house, house.jo, CALDER)
    house.workspace.put(house.cara, house.secas)
    await house.cara.clicks(newest_note(house), "confirm_claim")

    assert "Only the SECAS analysts" in str(house.cara.modals)
    assert "not confirmed by SECAS yet" in await profile(house, house.jo)


async def test_a_decision_stands_and_the_same_again_changes_nothing(house: House) -> None:
    await states(house, house.jo, CALDER)
    for _ in range(2):
        await house.robin.clicks(newest_note(house), "confirm_claim")
    await house.robin.clicks(newest_note(house), "do_not_confirm_claim")
    await house.sends()

    assert "It was confirmed by robin.ainsley@secas.example at 10am on 30 October 2019" in str(house.robin.modals)
    assert len([note for note in notes(house) if "confirmed that" in note]) == 1
    assert "confirmed by SECAS on 30 October 2019" in await profile(house, house.jo)


async def test_of_two_statements_only_the_later_is_decided(house: House) -> None:
    await states(house, house.jo, {"organisation": {"organisation": "Tarn Metering"}})
    earlier = newest_note(house)
    house.clock.forward(minutes=1)
    await states(house, house.jo, CALDER)
    await house.robin.clicks(earlier, "confirm_claim")
    await house.sends()

    assert "The person has stated to speak for Calder Networks since" in str(house.robin.modals)
    assert not [note for note in notes(house) if "confirmed that" in note]
    assert house.workspace.messages(house.workspace.direct(house.jo)) == []


async def test_what_a_person_alone_states_is_counted_for_no_organisation(house: House) -> None:
    await states(house, house.jo, {"organisation": {"organisation": "Tarn"}, "category": {"category": "Gas Networks"}})
    await house.ada.replies(house.post(), "Issue: from Ada.")
    await house.jo.replies(house.post(), "Issue: from Jo.")
    await house.jo.clicks(house.post(), "no_comment")
    await house.jo.reacts(house.post(), "+1")

    shown = (await house.robin.types(house.channel, "/dp views DP092")).text
    assert "2 comments from 1 organisation" in shown
    assert "Jo Stone, organisation not stated" in shown
    assert "Gas Networks" in shown.partition("No comments have been received from")[2]


async def test_a_mention_in_a_thread_shows_it_too(house: House) -> None:
    await house.ben.replies(house.post(), f"<@{house.workspace.bot_user_id}> profile")
    await house.sends()

    (whisper,) = house.workspace.ephemerals(house.ben)
    assert "Northshire Energy" in whisper["text"]
    assert str(Capacity.ALTERNATE) in whisper["text"]
