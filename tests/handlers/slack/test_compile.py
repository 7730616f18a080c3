"""`/dp compile`, for analysts only; and a paper that is not White is neither shown nor compiled."""

import pytest

from bot.errors import UserError
from tests.handlers.slack.asking import TITLE, sentence
from tests.house import House, sample

AMBER = {"classified as **White**": "classified as **Amber**"}


async def test_compile_asked_again_later_makes_the_next_draft(house: House) -> None:
    for _ in range(2):
        await house.robin.types(house.channel, "/dp compile DP092")
        await house.ticks()

    names = {file.name for file in house.workspace.files(house.secas)}
    assert {"DP092 Comments v0.1.md", "DP092 Comments v0.2.md"} <= names


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
