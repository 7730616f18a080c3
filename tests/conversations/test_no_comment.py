"""“No comment”: one tap is an answer, told to its author alone, taken back with another."""

import asyncio

from bot.domain import Reference
from bot.services import audience, counting, register
from bot.services.counting import Answers
from tests.conversations.filling import everything_again
from tests.handlers.slack.hearing import ledger
from tests.handlers.slack.own import replayed
from tests.house import House


async def answers(house: House) -> Answers:
    """As SECAS sees them."""
    async with house.desk.sessions.read() as session:
        item = await register.item_of(session, Reference(92), unpublished=False)
        return await counting.answers(session, house.desk.config, audience.SECAS, item.proposal_id)


async def test_it_is_an_answer_and_no_comment_said_once_and_taken_back(house: House) -> None:
    await house.ada.clicks(house.post(), "no_comment")
    house.clock.forward(minutes=2)
    await house.ticks()
    (note,) = await house.told(house.ada)
    assert note.startswith(
        "“No comment” on DP092 is recorded, for Northshire Energy, Large Suppliers (member). Your name is given to "
        "SECAS and is not in the public version. You may still comment."
    )
    found = await answers(house)
    assert (found.people, found.organisations) == (1, ("Northshire Energy",))
    assert found.no_comment[0].name == "Ada Firth"
    assert await house.views() == []
    assert "no comments yet" in house.post_text()

    house.clock.forward(days=1)
    await house.ada.clicks(house.post(), "no_comment")
    already = "“No comment” on DP092 is recorded already: you gave it on 30 October 2019."
    assert (await house.told(house.ada))[-1].startswith(already)
    assert (await answers(house)).people == 1
    for told in ("“No comment” on DP092 is taken back.", "No answer “No comment” of yours on DP092 is recorded."):
        house.clock.forward(seconds=1)
        answered = await house.side.forms.told(house.ada, "take_back")
        assert told in answered + (await house.told(house.ada))[-1]
        assert (await answers(house)).people == 0
    await house.ada.clicks(house.post(), "no_comment")
    await house.ada.replies(house.post(), "Issue: on reflection, unclear.")
    shown = (await house.ada.types(house.channel, "/dp mine")).text
    assert "“No comment” on DP092, 31 October 2019" in shown
    assert "on reflection, unclear" in shown
    assert [kind for kind, *_ in ledger(house)] == ["answered", "unanswered", "answered", "said"]
    await replayed(house)


async def test_of_many_at_once_each_is_counted_once_and_those_who_give_no_views_are_not(house: House) -> None:
    people = (house.ada, house.ben, house.cara, house.jo)
    others = (house.robin, house.gwen, house.hugh)
    taps = [person.clicks(house.post(), "no_comment") for person in (*people, *people, *others)]
    await asyncio.gather(*taps)
    await everything_again(house)

    found = await answers(house)
    assert (found.people, found.organisations) == (4, ("Calder Networks", "Northshire Energy"))
    assert [kind for kind, *_ in ledger(house)] == ["answered"] * 7
    assert "DCC, beside the comments and not counted" in (await house.told(house.gwen))[0]
