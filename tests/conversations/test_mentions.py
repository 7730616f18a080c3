"""`@dpbot show DP092`: a command where slash commands do not work, or a comment that happens to name the bot."""

from tests.house import House


def mention(house: House, words: str) -> str:
    return f"{house.side.mention} {words}".strip()


async def test_a_reply_that_asks_dpbot_something_is_answered_to_its_author_alone(house: House) -> None:
    await house.ada.replies(house.post("DP089"), mention(house, "show dp92"))

    (answer,) = await house.told(house.ada)
    assert "DP092 New Planned Maintenance Methodology" in answer.replace("  ", " ")
    assert not await house.told(house.ben)


async def test_a_command_is_no_comment(house: House) -> None:
    await house.ada.replies(house.post(), mention(house, "show 92"))
    await house.ticks()

    assert not await house.views()
    assert "no comments yet" in house.post_text()


async def test_a_command_that_is_edited_or_deleted_is_no_comment_either(house: House) -> None:
    asked = await house.ada.replies(house.post(), mention(house, "show 92"))
    await house.ada.edits(asked, mention(house, "show DP089"))
    await house.ada.deletes(asked)
    await house.ticks()

    assert not await house.views()
    assert "Withdrawn comments: 0" in await house.compiles()


async def test_a_command_that_is_edited_into_a_comment_is_a_comment(house: House) -> None:
    asked = await house.ada.replies(house.post(), mention(house, "show 92"))
    await house.ada.edits(asked, "Issue: I can answer that myself.")

    assert "I can answer that myself" in (await house.ben.types(house.channel, "/dp views 92")).text


async def test_a_comment_that_is_edited_into_a_command_and_deleted_is_withdrawn(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: is this the right thread?")
    await house.ada.edits(said, mention(house, "list"))
    await house.ada.deletes(said)

    assert "no comments yet" in (await house.ben.types(house.channel, "/dp views 92")).text
    assert [view.withdrawn_at is not None for view in await house.views()] == [True]


async def test_dpbot_named_in_the_middle_of_a_comment_is_not_asked_anything(house: House) -> None:
    await house.ada.replies(house.post(), f"Issue: as {mention(house, 'show 92')} says.")
    await house.sends()

    assert [note for note in await house.told(house.ada) if "is recorded as DP092-V001." not in note] == []
    assert len(await house.views()) == 1
