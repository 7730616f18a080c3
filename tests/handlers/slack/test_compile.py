"""`/dp compile`, for analysts only; and a paper that is not White is neither shown nor compiled."""

import json

import pytest

from bot.errors import UserError
from tests.handlers.slack.asking import TITLE, sentence
from tests.house import PAPER, House, sample
from tests.services.compiled import file_names

AMBER = {"classified as **White**": "classified as **Amber**"}


async def test_compile_delivers_the_draft_to_secas_in_three_forms(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said in the thread.")

    answer = await house.robin.types(house.channel, "/dp compile dp92")
    await house.ticks()

    assert sentence(answer) == (
        "A draft of DP092 Comments is being compiled: it will be delivered to #secas-change-team."
    )
    files = {file.name: file.content for file in house.workspace.files(house.secas)}
    assert list(files) == file_names("DP092 Comments v0.1")
    assert files["DP092 Comments v0.1.docx"].startswith(b"PK")
    assert "said in the thread" in files["DP092 Comments v0.1.md"].decode()
    assert json.loads(files["DP092 Comments v0.1.json"])
    assert not house.workspace.files(house.channel)
    house.workspace.find(house.secas, "Comments received on DP092 up to 10am on 30 October 2019: 1. Draft, not issued.")


async def test_compile_asked_twice_before_it_is_done_compiles_once(house: House) -> None:
    await house.robin.types(house.channel, "/dp compile DP092")
    again = await house.robin.types(house.channel, "/dp compile 92")
    await house.ticks()
    await house.ticks()

    assert "is being compiled" in again.text
    assert len(house.workspace.files(house.secas)) == 4


async def test_compile_asked_again_later_makes_the_next_draft(house: House) -> None:
    for _ in range(2):
        await house.robin.types(house.channel, "/dp compile DP092")
        await house.ticks()

    names = {file.name for file in house.workspace.files(house.secas)}
    assert {"DP092 Comments v0.1.md", "DP092 Comments v0.2.md"} <= names


@pytest.mark.parametrize("who", ["ada", "hugh", "jo", "kit"])
async def test_compile_is_for_analysts_only(house: House, who: str) -> None:
    answer = await house.cast[who.capitalize()].types(house.channel, "/dp compile DP092")
    await house.ticks()

    assert "Only the SECAS analysts" in sentence(answer)
    assert not house.workspace.files(house.secas)


async def test_what_was_never_published_is_not_compiled(quiet_house: House) -> None:
    await quiet_house.imports()

    answer = await quiet_house.robin.types(quiet_house.channel, "/dp compile DP092")
    await quiet_house.ticks()

    assert "DP092 has not been put to a Sub-Committee yet: publish its paper first." in sentence(answer)
    assert not quiet_house.workspace.files(quiet_house.secas)


# --- a paper that is not White ----------------------------------------------------------------------------------------


async def amber_house(house: House) -> House:
    """The sample paper is in the register, but classified Amber."""
    await house.imports(sample(AMBER))
    return house


@pytest.mark.parametrize("who", ["ada", "robin"])
async def test_a_paper_that_is_not_white_is_neither_shown_nor_listed(quiet_house: House, who: str) -> None:
    house = await amber_house(quiet_house)
    person = house.cast[who.capitalize()]

    answers = [await person.types(house.channel, f"/dp {line}") for line in ("list", "show 92", "views 92")]

    assert "No proposal has been put to a Sub-Committee yet." in answers[0].text
    for answer in answers:
        assert TITLE not in answer.text
        assert "Daniel Stroud" not in answer.text


async def test_the_analyst_is_told_that_the_paper_is_not_white(quiet_house: House) -> None:
    house = await amber_house(quiet_house)

    answer = await house.robin.types(house.channel, "/dp show DP092")

    assert sentence(answer) == "DP092 is not shown here: its paper is classified Amber."


async def test_a_paper_that_is_not_white_is_neither_posted_nor_compiled(quiet_house: House) -> None:
    house = await amber_house(quiet_house)

    with pytest.raises(UserError, match="OPSG_26_0511_16 was not posted to operations-group: the paper is classified"):
        await house.publishes()
    await house.robin.types(house.channel, "/dp compile DP092")
    await house.ticks()

    assert not house.workspace.messages(house.channel)
    assert not house.workspace.files(house.secas)


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
