"""“No comment”: one tap is an answer, told to its author alone."""

from bot.domain import Reference
from bot.services import audience, counting, register
from bot.services.counting import Answers
from tests.handlers.slack.hearing import ledger
from tests.handlers.slack.own import replayed
from tests.house import House


async def answers(house: House, *bodies: str) -> Answers:
    """As the members of these Sub-Committees may see them; of none: as SECAS does."""
    async with house.desk.sessions.read() as session:
        item = await register.item_of(session, Reference(92), unpublished=False)
        viewer = audience.within(frozenset(bodies)) if bodies else audience.SECAS
        return await counting.answers(session, house.desk.config, viewer, item.proposal_id)


async def test_no_comment_is_an_answer_and_no_comment(house: House) -> None:
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
    assert [kind for kind, *_ in ledger(house)] == ["answered"]
    await replayed(house)


async def test_answers_of_those_who_give_no_views_are_not_counted(house: House) -> None:
    for person in (house.robin, house.gwen, house.hugh):
        await person.clicks(house.post(), "no_comment")

    assert await answers(house) == Answers()
    assert "DCC, beside the comments and not counted" in (await house.told(house.gwen))[0]


async def test_who_comments_later_has_both_with_their_dates(house: House) -> None:
    await house.ada.clicks(house.post(), "no_comment")
    house.clock.forward(days=2)
    await house.ada.replies(house.post(), "Issue: on reflection, unclear.")
    shown = (await house.ada.types(house.channel, "/dp mine")).text

    assert "“No comment” on DP092, 30 October 2019" in shown
    assert "1 November 2019" in shown
    assert (await answers(house)).people == 1
    assert len(await house.views()) == 1
