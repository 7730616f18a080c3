"""The last line of a post counts its comments, and is kept current by edits, at most one a minute."""

import pytest

from tests.house import House


def last_line(house: House, reference: str = "DP092") -> str:
    """The post's last line as the channel shows it now."""
    post = house.post(reference)
    message = next(m for m in house.workspace.messages(house.channel) if m["ts"] == post.ts)
    return str(message["blocks"][-1]["elements"][0]["text"])


def edits(house: House) -> int:
    return sum(call.method == "chat.update" and call.ok for call in house.workspace.calls)


async def later(house: House, **span: float) -> None:
    house.clock.forward(**span)
    await house.ticks()


async def test_a_new_post_says_that_there_are_no_comments_yet(house: House) -> None:
    await house.ticks()

    assert last_line(house) == "White  |  OPSG_26_0511_16  |  no comments yet"
    assert edits(house) == 0


async def test_the_line_counts_comments_and_organisations(house: House) -> None:
    await house.ada.replies(house.post(), "one")
    await house.ticks()
    assert last_line(house).endswith("  |  1 comment from 1 organisation")

    await house.ben.replies(house.post(), "two")
    await house.cara.replies(house.post(), "three")
    await later(house, minutes=1)
    assert last_line(house).endswith("  |  3 comments from 2 organisations")


async def test_where_no_organisation_is_known_the_line_says_so(house: House) -> None:
    await house.jo.replies(house.post(), "one")
    await house.ticks()
    assert last_line(house).endswith("  |  1 comment, organisation not stated")

    await house.kit.replies(house.post(), "two")
    await later(house, minutes=1)
    assert last_line(house).endswith("  |  2 comments, organisation not stated")


async def test_a_withdrawn_comment_is_taken_off_the_line(house: House) -> None:
    said = await house.ada.replies(house.post(), "one")
    await house.cara.replies(house.post(), "two")
    await house.ticks()
    assert last_line(house).endswith("  |  2 comments from 2 organisations")

    await house.ada.deletes(said)
    await later(house, minutes=1)
    assert last_line(house).endswith("  |  1 comment from 1 organisation")


async def test_when_the_last_comment_is_withdrawn_there_are_none_again(house: House) -> None:
    said = await house.ada.replies(house.post(), "one")
    await house.ticks()
    await house.ada.deletes(said)
    await later(house, minutes=1)

    assert last_line(house).endswith("  |  no comments yet")


@pytest.mark.parametrize("person", ["robin", "gwen", "hugh"])
async def test_replies_by_secas_the_chair_and_the_proposers_side_are_not_counted(house: House, person: str) -> None:
    await house.cast[person.capitalize()].replies(house.post(), "A reply.")
    await house.ticks()

    assert last_line(house).endswith("  |  no comments yet")


async def test_an_edited_comment_and_a_reaction_change_no_count_and_cause_no_edit(house: House) -> None:
    said = await house.ada.replies(house.post(), "one")
    await house.ticks()
    assert edits(house) == 1

    await house.ada.edits(said, "one, edited")
    await house.cara.reacts(said, "+1")
    await later(house, minutes=2)
    assert edits(house) == 1


async def test_the_post_is_edited_at_most_once_a_minute(house: House) -> None:
    for number in range(12):
        await house.ada.replies(house.post(), f"comment {number}")
        await later(house, seconds=5)  # twelve looks in a minute
    assert edits(house) == 1
    assert last_line(house).endswith("  |  1 comment from 1 organisation")

    await later(house, seconds=5)
    assert edits(house) == 2
    assert last_line(house).endswith("  |  12 comments from 1 organisation")


async def test_each_post_has_its_own_minute_and_its_own_count(house: House) -> None:
    await house.ada.replies(house.post("DP092"), "one")
    await house.ticks()
    await house.ada.replies(house.post("DP089"), "one")
    await house.cara.replies(house.post("DP089"), "two")
    await house.ticks()

    assert last_line(house, "DP092").endswith("  |  1 comment from 1 organisation")
    assert last_line(house, "DP089").endswith("  |  2 comments from 2 organisations")
    assert last_line(house, "DP088").endswith("  |  no comments yet")


async def test_nothing_but_the_last_line_of_a_post_changes(house: House) -> None:
    before = house.post_text()
    await house.ada.replies(house.post(), "one")
    await house.ticks()

    after = house.post_text()
    assert after != before
    assert _without_ids(after.replace("1 comment from 1 organisation", "no comments yet")) == _without_ids(before)


def _without_ids(text: str) -> list[str]:
    return [part.split("'", 1)[-1] for part in text.split("'block_id': '")]
