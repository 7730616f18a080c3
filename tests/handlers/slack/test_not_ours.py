"""What is not ours: not one word of it is kept, and no program is taken for a person."""

import logging
from pathlib import Path

import pytest

from tests.handlers.slack.hearing import AGREE, after, ledger, told, traces, views
from tests.house import House, open_house, published


async def test_not_one_word_said_outside_our_threads_reaches_database_or_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    other, elsewhere = house.workspace.channel("water-cooler"), house.channel
    lunch = await house.ada.posts(elsewhere, "plantedone at the top of our channel")
    heard = await house.ada.replies(lunch, "plantedtwo in somebody's own thread")
    await house.ada.edits(heard, "plantedthree in an edit there")
    await house.ada.deletes(heard)
    await house.ben.reacts(lunch, "plantednine")
    await house.ada.uploads(elsewhere, "plantedten.xlsx", b"plantedeleven", "plantedtwelve about a file", post=lunch)
    await house.ada.replies(await house.ada.posts(other, "plantedfour in another channel"), "plantedfive")
    await house.ada.posts(house.workspace.direct(house.ada), "plantedsix to dpbot alone")
    await house.robin.posts(house.secas, "plantedseven among SECAS")
    heading = house.workspace.find(house.channel, "have entered the")
    await house.ada.replies(heading, "plantedeight under the heading")
    await house.ada.reacts(heading, "+1")
    await house.workspace.settled()

    assert all(delivery.acknowledged for delivery in house.workspace.deliveries)
    assert traces(house, "planted", caplog.text) == []
    assert ledger(house) == []


async def test_who_replies_under_the_heading_is_told_privately_and_once_where_to_reply(house: House) -> None:
    heading = house.workspace.find(house.channel, "have entered the")
    await house.ada.replies(heading, "Issue: in the wrong place.")
    await house.workspace.send_event(told(house))
    await house.sends()

    (whispered,) = house.workspace.ephemerals(house.ada)
    assert whispered["thread_ts"] == heading.ts
    assert "not recorded" in whispered["text"]


async def test_what_is_said_in_our_threads_is_in_the_database_but_in_no_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await house.ada.replies(house.post(), "Issue: plantedword.")

    assert traces(house, "plantedword", caplog.text)
    assert "plantedword" not in caplog.text


async def test_other_bots_and_our_own_messages_are_not_comments(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await house.ada.replies(house.post(), "Issue: by a person.")
    said = told(house)
    event = said | after(said["ts"])
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "plantedword in rich text"}]}
    event |= {"text": "plantedword", "blocks": [{"type": "rich_text", "elements": [section]}]}
    event |= {"files": [{"id": "F1", "name": "plantedword.xlsx"}], "attachments": [{"text": "plantedword"}]}
    robot = event | {"bot_id": "B9", "bot_profile": {"name": "plantedword"}}
    ours = event | {"user": house.workspace.bot_user_id}
    old = event | {"subtype": "bot_message", "bot_id": "B9", "username": "plantedword"}
    joined = event | {"subtype": "channel_join"}
    edited = {"type": "message", "subtype": "message_changed", "channel": event["channel"], "channel_type": "channel"}
    edited |= {"message": robot | {"edited": {"ts": event["ts"]}}, "previous_message": robot} | after(said["ts"])
    for each in (robot, ours, old, joined, edited):
        assert (await house.workspace.send_event(each)).acknowledged

    assert "1 comment from 1 organisation." in await views(house)
    assert traces(house, "plantedword", caplog.text) == []


async def test_a_thread_of_ours_stays_ours_when_its_channel_is_in_config_toml_no_more(tmp_path: Path) -> None:
    def without_it(config: str) -> str:
        return config.replace('name = "operations-group"', 'name = "another-group"')

    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
        house.workspace.channel("another-group")
        house.reconfigures(without_it)
        async with house.connected():
            said = await house.ada.replies(house.post(), "Issue: still heard.")
            await house.cara.reacts(said, "+1")
            await house.dan.reacts(house.post(), "+1")
            await house.ada.replies(await house.ada.posts(house.channel, "Lunch?"), "At noon.")

            assert "1 comment from 1 organisation." in await views(house)
            assert "still heard" in await views(house)
            document = await house.compiles()
            assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in document
            assert f"| {AGREE} | 1 | Wharfe Supply |" in document


async def test_what_a_program_says_and_does_is_passed_over_whoever_it_says_it_is(house: House) -> None:
    workflow = house.workspace.member("Workflow", "ada.firth@northshire.example", is_bot=True)
    house.workspace.put(workflow, house.channel)
    said = await house.ada.replies(house.post(), "Issue: by a person.")
    before = ledger(house)
    await workflow.replies(house.post(), "Issue: by a program.")
    await workflow.reacts(house.post(), "+1")
    await workflow.reacts(said, "+1")

    assert all(delivery.acknowledged for delivery in house.workspace.deliveries)
    assert ledger(house) == before
