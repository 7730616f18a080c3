"""`/dp views`: comments as they were said, for those who may read them."""

import pytest

from tests.handlers.slack.asking import sentence
from tests.house import House


async def test_views_are_printed_verbatim_with_organisation_and_without_names(house: House) -> None:
    words = 'Issue: "high impact" & <who> decided?\n*Nobody* says so {{ 7*7 }}'
    await house.ada.replies(house.post(), words)

    answer = await house.cara.types(house.channel, "/dp views DP092")

    for line in words.splitlines():
        assert line in answer.text
    assert "DP092-V001" in answer.text
    assert "Northshire Energy, Large Suppliers (member)" in answer.text
    assert f"{house.side.printed}, 30 October 2019" in answer.text
    assert "Operations Group, meeting 26: 1 comment from 1 organisation" in answer.text
    assert "Ada" not in answer.text


async def test_views_show_the_latest_wording_and_say_that_it_was_edited(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: first wording.")
    house.clock.forward(minutes=5)
    await house.ada.edits(said, "Issue: second wording.")

    answer = await house.cara.types(house.channel, "/dp views DP092")

    assert "second wording" in answer.text
    assert "first wording" not in answer.text
    assert "edited" in answer.text


async def test_withdrawn_comments_are_not_among_the_views(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: to be withdrawn.")
    await house.ada.deletes(said)

    answer = await house.cara.types(house.channel, "/dp views DP092")

    assert "Operations Group, meeting 26: no comments yet" in answer.text
    assert "to be withdrawn" not in answer.text


async def test_views_of_one_proposal_hold_no_comment_on_another(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: about testing.")

    assert "about testing" not in (await house.ada.types(house.channel, "/dp views DP092")).text
    assert "about testing" in (await house.ada.types(house.channel, "/dp views DP089")).text


async def test_of_very_many_views_the_latest_are_shown_and_the_answer_says_so(house: House) -> None:
    for number in range(1, 18):
        await house.ada.replies(house.post(), f"Issue: comment number {number}.")

    answer = await house.ada.types(house.channel, "/dp views DP092")

    assert "17 comments from 1 organisation" in answer.text
    assert "The latest under each heading are shown, 15 in all; the Comments document has all." in answer.text
    assert "comment number 17." in answer.text
    assert "comment number 2." not in answer.text


async def test_a_long_comment_is_cut_in_the_answer_and_marked(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: " + "a long story, told at length. " * 100)

    answer = await house.ada.types(house.channel, "/dp views DP092")

    assert "[…]" in answer.text
    assert len(answer.text) < 1500


@pytest.mark.parametrize("who", ["isla", "jo", "kit"])
async def test_views_are_refused_to_whom_the_roster_does_not_have_for_that_sub_committee(
    house: House, who: str
) -> None:
    await house.ada.replies(house.post(), "Issue: not for everybody.")

    answer = await house.cast[who.capitalize()].types(house.channel, "/dp views DP092")

    assert sentence(answer) == (
        "Comments on DP092 are shown to members of the Operations Group: you are not on SECAS's roster for it. "
        "Ask the SECAS Change Team if you should be."
    )


async def test_the_analyst_sees_the_views_of_every_sub_committee(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: for SECAS too.")

    assert "for SECAS too" in (await house.robin.types(house.channel, "/dp views DP092")).text
