"""Reactions on posts and on replies: what they mean, who counts."""

from tests.handlers.slack.hearing import AGREE
from tests.house import House


async def test_reactions_on_a_post_are_printed_by_their_meaning_with_organisations(house: House) -> None:
    await house.ada.reacts(house.post(), "+1")
    await house.cara.reacts(house.post(), "+1")
    await house.dan.reacts(house.post(), "raised_hand")

    document = await house.compiles()
    assert f"| {AGREE} | 2 | Calder Networks; Northshire Energy |" in document
    assert "| Further input wanted | 1 | Wharfe Supply |" in document


async def test_a_reaction_taken_off_counts_no_more(house: House) -> None:
    await house.ada.reacts(house.post(), "+1")
    await house.ada.unreacts(house.post(), "+1")

    assert AGREE not in await house.compiles()


async def test_a_reaction_on_a_reply_is_printed_with_that_comment(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: clear enough.")
    await house.cara.reacts(said, "+1")
    await house.dan.reacts(said, "+1")
    await house.dan.unreacts(said, "+1")

    document = await house.compiles()
    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in document
    assert f"| {AGREE}" not in document


async def test_reactions_by_secas_and_the_proposers_side_are_not_counted(house: House) -> None:
    for person in (house.robin, house.gwen, house.hugh):
        await person.reacts(house.post("DP092"), "+1")

    assert AGREE not in await house.compiles()


async def test_an_emoji_without_a_printed_meaning_counts_as_nothing(house: House) -> None:
    await house.ada.reacts(house.post(), "tada")

    assert "tada" not in await house.compiles()
    assert "| Reaction |" not in await house.compiles()
