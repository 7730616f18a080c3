"""`/dp compile`, for analysts only; and a paper that is not White is neither shown nor compiled."""

import json

import pytest

from tests.handlers.slack.asking import TITLE, sentence
from tests.house import PAPER, House, sample
from tests.services.compiled import file_names

AMBER = {"classified as **White**": "classified as **Amber**"}


async def test_compile_delivers_the_draft_to_secas_in_three_forms(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said in the thread.")

    answer = await house.robin.types(house.channel, "/dp compile dp92")
    await house.ticks()

    told = sentence(answer)
    assert told.startswith("A draft of DP092 Comments is being compiled: it will be delivered to ")
    assert "secas-change-team" in told
    files = {file.name: file.content for file in await house.side.files(house.secas)}
    assert list(files) == file_names("DP092 Comments v0.1")
    assert files["DP092 Comments v0.1.docx"].startswith(b"PK")
    assert "said in the thread" in files["DP092 Comments v0.1.md"].decode()
    assert json.loads(files["DP092 Comments v0.1.json"])
    assert not await house.side.files(house.channel)
    house.side.find(house.secas, "Comments received on DP092 up to 10am on 30 October 2019: 1. Draft, not issued.")


async def test_compile_asked_twice_before_it_is_done_compiles_once(house: House) -> None:
    await house.robin.types(house.channel, "/dp compile DP092")
    again = await house.robin.types(house.channel, "/dp compile 92")
    await house.ticks()
    await house.ticks()

    assert "is being compiled" in again.text
    assert len(await house.side.files(house.secas)) == 4


@pytest.mark.parametrize("who", ["ada", "kit"])
async def test_compile_is_for_analysts_only(house: House, who: str) -> None:
    answer = await house.cast[who.capitalize()].types(house.channel, "/dp compile DP092")
    await house.ticks()

    assert "Only the SECAS analysts" in sentence(answer)
    assert not await house.side.files(house.secas)


async def test_a_later_amber_paper_hides_what_it_says_of_a_proposal_that_was_posted(house: House) -> None:
    words = {PAPER: "OPSG_27_0312_09", "29 October 2019": "26 November 2019", TITLE: "A Title Nobody May Read"}
    await house.imports(sample(AMBER | words), b"later")
    markdown = await house.compiles()

    for line in ("list", "show 92", "views 92"):
        for person in (house.ada, house.robin):
            answer = (await person.types(house.channel, f"/dp {line}")).text
            assert "A Title Nobody" not in answer
            assert TITLE in answer  # what was put to the Sub-Committee still speaks for the proposal
    assert TITLE in markdown
    assert "A Title Nobody" not in markdown
