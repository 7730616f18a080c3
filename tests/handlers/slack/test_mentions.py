"""`@dpbot show DP092`: a command where slash commands do not work, or a comment that happens to name the bot."""

import logging

import pytest

from bot.outbox import Kind
from handlers.sandbox import Member
from tests.handlers.slack.hearing import traces
from tests.handlers.slack.own import recorded
from tests.handlers.slack.sweeping import sweeps
from tests.house import House


def mention(house: House, words: str) -> str:
    return f"<@{house.workspace.bot_user_id}> {words}".strip()


def whispers(house: House, member: Member) -> list[str]:
    """What was whispered to this member: all the words of each message."""
    return [f"{said['text']}\n{said['blocks']}" for said in house.workspace.ephemerals(member)]


async def test_the_answer_stands_in_the_thread_where_it_was_asked(house: House) -> None:
    await house.ada.replies(house.post("DP089"), mention(house, "list"))
    await house.sends()

    (answer,) = house.workspace.ephemerals(house.ada)
    assert answer["thread_ts"] == house.post("DP089").ts
    assert answer["channel"] == house.channel.id


@pytest.mark.parametrize("words", ["show me the money", "we agree with the issue", "92 of our sites see this", "show"])
async def test_a_reply_that_names_dpbot_but_asks_nothing_is_a_comment(house: House, words: str) -> None:
    await house.ada.replies(house.post(), mention(house, words))
    await house.sends()

    assert [note for note in whispers(house, house.ada) if "is recorded as DP092-V001." not in note] == []
    assert words in (await house.ben.types(house.channel, "/dp views 92")).text


async def test_asked_once_and_delivered_twice_is_answered_once(house: House) -> None:
    await house.ada.replies(house.post(), mention(house, "show 92"))
    asked = house.workspace.deliveries[-1].payload["event"]
    await house.sends()
    again = await house.workspace.send_event(asked)
    await house.sends()

    assert again.acknowledged
    assert len(house.workspace.ephemerals(house.ada)) == 1


async def test_dpbot_can_be_asked_outside_our_threads_and_keeps_nothing_of_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await house.ada.posts(house.channel, mention(house, "list"))
    await house.ada.posts(house.channel, mention(house, "plantedword is not a command"))
    await house.sends()

    (answer,) = whispers(house, house.ada)
    assert "New Planned Maintenance Methodology" in answer
    assert not await house.views()
    assert traces(house, "plantedword", caplog.text) == []


async def test_dpbot_can_be_asked_in_another_channel_it_was_invited_to(house: House) -> None:
    other = house.workspace.channel("water-cooler")
    await house.ada.posts(other, mention(house, "help"))
    await house.sends()

    (answer,) = house.workspace.ephemerals(house.ada)
    assert answer["channel"] == other.id
    assert "/dp list" in answer["text"]


@pytest.mark.parametrize(
    ("person", "words", "expected"),
    [
        ("ada", "show DP777", "DP777 has not been put to a Sub-Committee"),
        ("isla", "views DP092", "are shown to members of the Operations Group"),
    ],
)
async def test_what_cannot_be_answered_is_whispered_too(house: House, person: str, words: str, expected: str) -> None:
    member = house.cast[person.capitalize()]
    await member.replies(house.post(), mention(house, words))
    await house.sends()

    (answer,) = house.workspace.ephemerals(member)
    assert expected in answer["text"]
    assert answer["thread_ts"] == house.post().ts
    assert house.workspace.deliveries[-1].acknowledged
    assert not await house.views()


async def test_views_asked_in_a_thread_are_whispered_not_posted(house: House) -> None:
    await house.ben.replies(house.post(), "Issue: only for us.")
    await house.ada.replies(house.post(), mention(house, "views 92"))
    await house.sends()

    assert "only for us" in whispers(house, house.ada)[0]
    assert [e.kind for e in await house.outbox() if e.state != "sent"] == []
    assert [e.kind for e in await house.outbox()][-1] == Kind.WHISPER


async def test_the_analyst_may_ask_for_the_document_in_a_thread(house: House) -> None:
    await house.robin.replies(house.post(), mention(house, "compile 92"))
    await house.ticks()

    assert "is being compiled" in whispers(house, house.robin)[0]
    assert len(house.workspace.files(house.secas)) == 4


@pytest.mark.parametrize(
    "words",
    ["record DP092 converted Panel 29 October 2019", "compile DP092", 'further 92 yes meeting 26 minute "item 16"'],
)
async def test_what_only_an_analyst_may_ask_is_a_comment_of_anybody_else_who_is_told_so(
    house: House, words: str
) -> None:
    said = await house.ada.replies(house.post(), mention(house, words))
    asked = house.workspace.deliveries[-1].payload["event"]
    await house.workspace.send_event(asked)
    await house.ticks()

    assert any("so your message was recorded as a comment" in note for note in whispers(house, house.ada))
    assert len(whispers(house, house.ada)) == 2  # the other is the note on a person's first comment
    assert words in (await house.ben.types(house.channel, "/dp views 92")).text
    assert not house.workspace.files(house.secas)
    assert "formerly" not in (await house.ben.types(house.channel, "/dp show 92")).text

    await house.ada.edits(said, mention(house, "compile DP088"))
    await house.ada.deletes(said)
    assert [view.withdrawn_at is not None for view in await house.views()] == [True]


async def test_a_command_that_a_member_edits_into_an_analysts_is_a_comment_and_an_analysts_is_none(
    house: House,
) -> None:
    asked = await house.ada.replies(house.post(), mention(house, "list"))
    await house.ada.edits(asked, mention(house, "record DP092 withdrawn 29 October 2019"))
    commanded = await house.robin.replies(house.post(), mention(house, "compile 92"))
    await house.robin.edits(commanded, mention(house, "record DP092 withdrawn 29 October 2019"))
    await house.robin.deletes(commanded)

    assert len(await house.views()) == 1
    assert "Withdrawn comments: 0" in await house.compiles()


async def test_what_a_member_said_to_dpbot_while_it_was_away_is_found_and_an_analysts_command_is_not(
    house: House,
) -> None:
    house.workspace.events_url = "http://127.0.0.1:9/nobody-listens"
    await house.ada.replies(house.post(), mention(house, "close DP092 at 5pm 12 November 2019"))
    await house.robin.replies(house.post(), mention(house, "close DP092 at 5pm 12 November 2019"))
    house.workspace.events_url = None

    await sweeps(house)

    assert len(await house.views()) == 1


@pytest.mark.parametrize(
    "words",
    [
        'further DP092 yes meeting 25 on 29 October 2019 minute "item 16". We object to that',
        "show DP092. Ada is right",
        "record DP092 converted Panel 29 October 2019 was a mistake",
    ],
)
async def test_words_that_go_on_after_a_command_are_a_comment_whoever_says_them(house: House, words: str) -> None:
    await house.ada.replies(house.post(), mention(house, words))
    await house.robin.replies(house.post(), mention(house, words))
    await house.sends()

    assert [view.ref for view in await recorded(house)] == ["DP092-V001", "DP092-R001"]
    assert "formerly" not in (await house.ben.types(house.channel, "/dp show 92")).text


async def test_a_program_that_asks_has_no_rights_whoever_it_says_it_is(house: House) -> None:
    workflow = house.workspace.member("Workflow", house.robin.email, is_bot=True)
    house.workspace.put(workflow, house.channel)
    await house.ada.replies(house.post(), "Issue: only for members.")
    for words in ("compile 92", "views 92", "show 92"):
        await workflow.replies(house.post(), mention(house, words))
    await house.ticks()

    compiled, viewed, shown = whispers(house, workflow)
    assert "Only the SECAS analysts" in compiled
    assert "you are not on SECAS's roster" in viewed
    assert "1 comment" not in shown
    assert not house.workspace.files(house.secas)
    assert len(await house.views()) == 1
