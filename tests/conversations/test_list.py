"""`/dp list`: every proposal with its comments, and who may see how many."""

import re

from tests.handlers.slack.asking import TITLE, sentence
from tests.house import House


async def test_list_has_every_proposal_with_its_comments_in_order_of_number(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: clear.")

    answer = await house.cara.types(house.channel, "/dp list")
    lines = [line for line in answer.text.splitlines() if re.search(r"\|  (no comments yet|1 comment from)", line)]

    assert [re.findall(r"DP\d+", line)[-1] for line in lines] == [f"DP{n:03}" for n in range(88, 94)]
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
