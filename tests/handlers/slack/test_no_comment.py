"""“No comment”: one tap is an answer, told to its author alone, taken back with another."""

import asyncio
from pathlib import Path

from bot.domain import Reference
from bot.services import audience, counting, register
from bot.services.counting import Answers
from handlers.sandbox.deliveries import Delivery
from tests.handlers.slack.hearing import ledger
from tests.handlers.slack.own import notes, presses, replayed
from tests.house import House, two_bodies


async def answers(house: House, *bodies: str) -> Answers:
    """As the members of these Sub-Committees may see them; of none: as SECAS does."""
    async with house.desk.sessions.read() as session:
        item = await register.item_of(session, Reference(92), unpublished=False)
        viewer = audience.within(frozenset(bodies)) if bodies else audience.SECAS
        return await counting.answers(session, house.desk.config, viewer, item.proposal_id)


async def test_a_second_tap_is_told_that_it_is_recorded_already_and_can_be_taken_back(house: House) -> None:
    await house.ada.clicks(house.post(), "no_comment")
    house.clock.forward(days=1)
    await house.ada.clicks(house.post(), "no_comment")
    assert (await notes(house, house.ada))[-1].startswith(
        "“No comment” on DP092 is recorded already: you gave it on 30 October 2019."
    )
    assert (await answers(house)).people == 1
    await presses(house, house.ada, "take_back")
    assert (await notes(house, house.ada))[-1] == "“No comment” on DP092 is taken back."
    assert (await answers(house)).people == 0
    await presses(house, house.ada, "take_back")
    assert (await notes(house, house.ada))[-1] == "No answer “No comment” of yours on DP092 is recorded."
    await house.ada.clicks(house.post(), "no_comment")

    assert (await answers(house)).people == 1
    assert [kind for kind, *_ in ledger(house)] == ["answered", "unanswered", "answered"]
    await replayed(house)


async def test_of_many_at_once_each_is_counted_once_even_if_slack_tells_it_again(house: House) -> None:
    people = (house.ada, house.ben, house.cara, house.jo)
    await asyncio.gather(*(person.clicks(house.post(), "no_comment") for person in people for _ in range(2)))
    for told in [each for each in house.workspace.deliveries if each.kind == "interactive"]:
        await house.workspace._core.deliveries.begin(Delivery(told.id + "again", told.kind, told.payload))

    found = await answers(house)
    assert (found.people, found.organisations) == (4, ("Calder Networks", "Northshire Energy"))
    assert len(ledger(house)) == 4


async def test_answers_are_seen_by_their_own_sub_committee_and_names_by_secas_alone(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, _):
        await house.ada.clicks(house.post(), "no_comment")

        (own,) = (await answers(house, "OPSG")).no_comment
        assert (own.organisation, own.party_category, own.name) == ("Northshire Energy", "Large Suppliers", None)
        assert (await answers(house, "SSC")).people == 0
