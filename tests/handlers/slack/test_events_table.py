"""docs/events.md says what is done with every event of Slack's; and so it is."""

import logging
import re
from collections.abc import Iterator

import pytest
import yaml

from handlers.slack import text
from tests.handlers.slack.hearing import Json, after, ledger, told, traces
from tests.house import ROOT, House

# Slack's list of them in the reference of the message event, with the older names that it keeps.
SUBTYPES = """
    assistant_app_thread bot_message channel_archive channel_convert_to_private channel_join channel_leave channel_name
    channel_posting_permissions channel_purpose channel_topic channel_unarchive document_mention ekm_access_denied
    file_comment file_mention file_share group_archive group_join group_leave group_name group_purpose group_topic
    group_unarchive huddle_thread me_message message_changed message_deleted message_replied pinned_item reminder_add
    reply_broadcast thread_broadcast unpinned_item
"""


def rows(heading: str) -> Iterator[tuple[list[str], str]]:
    """The rows of the table under a heading: the names in the first cell, and what is done."""
    page = (ROOT / "docs/events.md").read_text("utf-8")
    section = page.split(f"## {heading}", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]
    table = section.rsplit("\n\n|", 1)[1]
    for line in table.splitlines()[2:]:
        if line.startswith("| "):
            first, *_, done = line.strip("| ").split(" | ")
            yield re.findall(r"`(\w+)`", first) or [first], done


def names(heading: str) -> list[str]:
    return [name for found, _ in rows(heading) for name in found]


def test_every_subtype_of_a_message_is_in_the_table() -> None:
    assert set(names("Messages")) == {*SUBTYPES.split(), "none"}


def test_the_table_says_of_the_subtypes_that_are_recorded_that_they_are() -> None:
    recorded = {name for found, done in rows("Messages") if done.startswith("recorded") for name in found}

    assert recorded == {subtype or "none" for subtype in text.SAID}


def test_the_events_in_the_tables_are_those_the_manifest_asks_for_and_others_once_each() -> None:
    manifest = yaml.safe_load((ROOT / "deploy/slack-manifest.yaml").read_text("utf-8"))
    asked = {event.partition(".")[0] for event in manifest["settings"]["event_subscriptions"]["bot_events"]}
    others = names("Events that dpbot does not subscribe to")

    assert {"message", *names("Reactions")} == asked
    assert len(others) == len(set(others)) > 80
    assert not asked & set(others)


async def test_of_messages_in_our_threads_those_are_recorded_that_the_table_says(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await house.ada.replies(house.post(), "Issue: before.")
    event, number = told(house), 0
    for found, done in rows("Messages"):
        for subtype in found:
            number += 1
            word = f"planted{number:02}"
            heard = len(ledger(house))
            said = event | _words(word) | after(f"{float(event['ts']) + number:.6f}")
            said |= {} if subtype == "none" else {"subtype": subtype}
            assert (await house.workspace.send_event(said)).acknowledged

            is_kept = done.startswith("recorded")
            assert len(ledger(house)) == heard + is_kept, subtype
            assert bool(traces(house, word, caplog.text)) == is_kept, subtype


def _words(word: str) -> Json:
    element = {"type": "rich_text_section", "elements": [{"type": "text", "text": word}]}
    return {"text": word, "blocks": [{"type": "rich_text", "elements": [element]}]}


async def test_an_event_that_dpbot_does_not_subscribe_to_is_acknowledged_and_nothing_of_it_is_kept(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await house.ada.replies(house.post(), "Issue: before.")
    event, before = told(house), ledger(house)
    for name in names("Events that dpbot does not subscribe to"):
        sent = event | _words("plantedword") | after(event["ts"]) | {"type": name}
        assert (await house.workspace.send_event(sent)).acknowledged, name

    assert ledger(house) == before
    assert traces(house, "plantedword", caplog.text) == []
