"""After a conversion everything that is read calls the proposal "MP092 (formerly DP092)", refs of comments apart."""

import json

import pytest

from handlers.sandbox import Member
from tests.handlers.slack.forms import words_of
from tests.house import House

BOTH = "MP092 (formerly DP092)"


@pytest.fixture
async def converted(house: House) -> House:
    await house.ada.replies(house.post(), "Notice is short.")
    await house.robin.types(house.channel, "/dp record DP092 converted Panel 29 October 2019")
    house.clock.forward(minutes=2)
    await house.ticks()
    return house


async def opened(house: House, member: Member, line: str) -> tuple[str, str]:
    """The form that a command opens: its title, and what is read in it."""
    await member.types(house.channel, line)
    return member.modals[-1]["title"]["text"], words_of(member.modals[-1])


async def test_answers_have_the_new_name_with_the_old_one(converted: House) -> None:
    assert BOTH in (await converted.ben.types(converted.channel, "/dp views 92")).text
    assert "A draft of MP092 Comments" in (await converted.robin.types(converted.channel, "/dp compile 92")).text
    assert BOTH in json.dumps((await converted.robin.types(converted.channel, "/dp audit 92")).payload)

    elsewhere = await converted.isla.types(converted.channel, "/dp views 92")
    assert f"Comments on {BOTH} are shown to members" in elsewhere.text


async def test_forms_have_it_in_their_titles_and_texts(converted: House) -> None:
    title, words = await opened(converted, converted.robin, "/dp sort 92")
    assert title == "Sort MP092"
    assert f"1 comment on {BOTH} is not sorted" in words
    assert "/dp sort MP092-V007" in words

    _, words = await opened(converted, converted.robin, "/dp enter 92")
    assert f"{BOTH}  New Planned Maintenance" in words

    await converted.ben.clicks(converted.post(BOTH), "comment_privately")
    assert f"{BOTH}  New Planned Maintenance" in words_of(converted.ben.modals[-1])


async def test_private_notes_have_it(converted: House) -> None:
    await converted.cara.clicks(converted.post(BOTH), "no_comment")
    await converted.dan.replies(converted.post(BOTH), "Issue: clear.")
    await converted.sends()

    (note,) = converted.workspace.ephemerals(converted.cara)
    assert f"“No comment” on {BOTH} is recorded" in note["text"]
    (note,) = converted.workspace.ephemerals(converted.dan)
    assert f"Your comment on {BOTH} is recorded as DP092-V002." in note["text"]
    assert f"“No comment” on {BOTH}" in (await converted.cara.types(converted.channel, "/dp mine")).text
