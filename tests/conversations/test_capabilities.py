"""What a platform cannot do, its capabilities say; what they say it can, it does."""

from tests.handlers.slack.own import is_marked
from tests.house import House
from tests.sides.slack import SlackSide


async def test_marks_pins_and_files_are_there_where_capabilities_have_them_and_said_to_lack_elsewhere(
    house: House,
) -> None:
    able = house.desk.messengers[house.side.platform].capabilities
    said = await house.ada.replies(house.post(), "Issue: clear.")
    await house.compiles()

    on_slack = isinstance(house.side, SlackSide)
    marked = on_slack and is_marked(house, said)
    pinned = on_slack and any(each["pinned"] for each in house.workspace.messages(house.channel))
    uploaded = on_slack and bool(house.workspace.files(house.secas))
    assert (able.marks, able.pins, able.files) == (marked, pinned, uploaded)
    assert bool(able.cannot) is not on_slack
    assert await house.side.files(house.secas), "where no file can be put, a message links to it"


async def test_edits_and_removals_that_were_not_told_are_found_where_capabilities_say_that_threads_are_read(
    house: House,
) -> None:
    said = [await house.ada.replies(house.post(), f"Issue: first wording {number}.") for number in range(2)]
    house.clock.forward(minutes=5)
    with house.side.away():
        await house.ada.edits(said[0], "Issue: second wording.")
        await house.ada.deletes(said[1])
    house.clock.forward(minutes=5)
    document = await house.compiles()

    assert house.desk.messengers[house.side.platform].capabilities.reads_threads
    assert "second wording" in document
    assert "first wording" not in document
