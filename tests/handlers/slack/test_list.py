"""`/dp list`: every proposal with its comments, and who may see how many."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.sandbox import Said
from tests.handlers.slack.asking import TITLE
from tests.house import PAPER, House, sample, two_bodies


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
