"""`/dp list`: every proposal with its comments, and who may see how many."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.sandbox import Said
from tests.handlers.slack.asking import TITLE, sentence
from tests.house import PAPER, House, sample, two_bodies


async def test_list_has_every_proposal_with_its_comments_in_order_of_number(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: clear.")

    answer = await house.cara.types(house.channel, "/dp list")
    lines = [line for line in answer.text.splitlines() if "|" in line]

    assert [line.split("|")[1][:5] for line in lines] == [f"DP{n:03}" for n in range(88, 94)]
    assert lines[1].endswith(
        "Changes to Appendix R 'Common Testing Scenarios Document'  |  1 comment from 1 organisation"
    )
    assert lines[4].endswith(f"{TITLE}  |  no comments yet")


async def test_before_a_paper_is_published_members_are_shown_nothing_of_it(quiet_house: House) -> None:
    await quiet_house.imports()

    listed = await quiet_house.ada.types(quiet_house.channel, "/dp list")
    shown = await quiet_house.ada.types(quiet_house.channel, "/dp show DP092")
    views = await quiet_house.ada.types(quiet_house.channel, "/dp views DP092")

    assert "No proposal has been put to a Sub-Committee yet." in listed.text
    for answer in (shown, views):
        assert sentence(answer) == "DP092 has not been put to a Sub-Committee: check the number."
    unknown = await quiet_house.ada.types(quiet_house.channel, "/dp show DP777")
    assert sentence(unknown) == sentence(shown).replace("DP092", "DP777")  # whether a paper has it is not told
    assert not any(TITLE in answer.text for answer in (listed, shown, views))


async def test_before_a_paper_is_published_the_analyst_sees_it_and_that_nobody_was_asked(quiet_house: House) -> None:
    await quiet_house.imports()

    listed = await quiet_house.robin.types(quiet_house.channel, "/dp list")
    shown = await quiet_house.robin.types(quiet_house.channel, "/dp show DP092")

    assert f"DP092  {TITLE}  |  not yet put to a Sub-Committee" in listed.text.replace("*", "")
    assert TITLE in shown.text
    assert "Not yet put to a Sub-Committee." in shown.text


async def test_counts_and_links_are_for_members_of_the_sub_committee(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")

    for line in ("list", "show 92"):
        member = await house.cara.types(house.channel, f"/dp {line}")
        outsider = await house.jo.types(house.channel, f"/dp {line}")

        assert "1 comment from 1 organisation" in member.text
        assert "comment" not in outsider.text.replace("No closing date for comments", "")
        assert "Operations Group" in outsider.text
        assert "http" in str(member.payload)
        assert "http" not in str(outsider.payload)


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[tuple[House, Said]]:
    """DP092 is before two Sub-Committees: one comment here, two there; and the post there."""
    async with two_bodies(tmp_path) as (house, security):
        await house.puts(sample({PAPER: "SSC_30_1211_02"}))
        await house.cara.replies(house.post(), "Issue: said to the Operations Group.")
        there = house.workspace.find(security, "*DP092  ")
        for number in (1, 2):
            await house.isla.replies(there, f"Issue: said to the SSC, part {number}.")
        yield house, there


OF_OPSG, OF_SSC = "1 comment from 1 organisation", "2 comments from 1 organisation"


@pytest.mark.parametrize(
    ("who", "sees", "does_not_see"),
    [
        ("ada", [f"Operations Group: {OF_OPSG}; Security Sub-Committee"], [OF_SSC]),
        ("isla", [f"Operations Group; Security Sub-Committee: {OF_SSC}"], [OF_OPSG]),
        ("robin", [f"Operations Group: {OF_OPSG}; Security Sub-Committee: {OF_SSC}"], []),
        ("jo", ["Operations Group; Security Sub-Committee"], ["comment"]),
    ],
)
async def test_of_two_sub_committees_each_sees_its_own_counts_in_the_list(
    both: tuple[House, Said], who: str, sees: list[str], does_not_see: list[str]
) -> None:
    house, _ = both
    answer = await house.cast[who.capitalize()].types(house.channel, "/dp list")
    (line,) = [line for line in answer.text.splitlines() if TITLE in line and "|" in line]

    assert line.split("|")[-1].strip() in sees
    assert not any(words in line for words in does_not_see)


@pytest.mark.parametrize(
    ("who", "here", "there"), [("ada", True, False), ("isla", False, True), ("robin", True, True), ("jo", False, False)]
)
async def test_of_two_sub_committees_each_sees_its_own_counts_links_and_views(
    both: tuple[House, Said], who: str, here: bool, there: bool
) -> None:
    house, post_there = both
    person, channel = house.cast[who.capitalize()], house.channel
    shown = await person.types(channel, "/dp show 92")
    listed = await person.types(channel, "/dp list")
    viewed = (await person.types(channel, "/dp views 92")).text
    posts = (house.post(), post_there)
    addresses = [f"/archives/{post.channel.id}/p{post.ts.replace('.', '')}" for post in posts]

    assert "Operations Group: meeting 26" in shown.text
    assert "Security Sub-Committee: meeting 30" in shown.text
    assert [OF_OPSG in shown.text, OF_SSC in shown.text] == [here, there]
    assert [address in str(shown.payload) for address in addresses] == [here, there]
    assert [address in str(listed.payload) for address in addresses] == [here, there and not here]  # one link a line
    assert ["said to the Operations Group" in viewed, "said to the SSC" in viewed] == [here, there]
    counted = "Operations Group, meeting 26: 1 comment", "Security Sub-Committee, meeting 30: 2 comments"
    assert [words in viewed for words in counted] == [here, there]
    assert ("you are not on SECAS's roster" in viewed) is not (here or there)
