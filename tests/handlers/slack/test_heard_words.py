"""What is said in a thread, from Slack's rich text to what is read: names, the raw form, all wordings, removal."""

import io
import sqlite3
import zipfile
from typing import Any

from tests.handlers.slack.hearing import Json, after, ledger, told, views
from tests.house import House


def kept(house: House) -> list[tuple[Any, ...]]:
    """Text and raw form of everything that was said, in the order of arrival, read past the bot."""
    with sqlite3.connect(house.folder / "test.db") as connection:
        return connection.execute(
            "SELECT text, raw FROM words JOIN ledger ON ledger.id = entry_id WHERE kind = 'said' ORDER BY ledger.id"
        ).fetchall()


def asked(house: House, method: str) -> int:
    """How often Slack was asked this."""
    return sum(call.method == method for call in house.workspace.calls)


def mentions(*ids: tuple[str, str]) -> tuple[str, list[Json]]:
    """A message that mentions these, as a client sends it: Slack's text and the rich text."""
    signs = {"user": "@", "channel": "#", "usergroup": "!subteam^"}
    text = "Issue: as " + " ".join(f"<{signs[kind]}{which}>" for kind, which in ids) + " &amp; others say"
    named = [element for kind, which in ids for element in ({"type": kind, f"{kind}_id": which}, _words(" "))]
    elements = [_words("Issue: ", bold=True), _words("as "), *named, _words("& others say")]
    return text, [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]


def _words(said: str, **style: bool) -> Json:
    return {"type": "text", "text": said, "style": style}


async def says(house: House, text: str, blocks: list[Json], **more: object) -> Json:
    """Ada replies so under DP092; the event as it was told."""
    await house.ada.replies(house.post(), "Issue: before.")
    before = told(house)
    event = before | {"text": text, "blocks": blocks} | after(before["ts"]) | more
    assert (await house.workspace.send_event(event)).acknowledged
    return event


async def test_mentions_are_kept_by_name_beside_slacks_own_text(house: House) -> None:
    text, blocks = mentions(
        ("user", house.ben.id), ("channel", house.channel.id), ("user", house.workspace.bot_user_id)
    )
    await says(house, text, blocks)

    said = "Issue: as @Ben Holm #operations-group @dpbot & others say"
    assert said in await views(house)
    assert kept(house)[-1] == (said, text)


async def test_where_slack_names_nobody_the_id_stays_and_no_word_is_lost(house: House) -> None:
    hidden = house.workspace.channel("plantedname", private=True)
    text, blocks = mentions(("user", "U0NOBODY"), ("user", house.ben.id), ("channel", hidden.id), ("channel", "C0GONE"))
    await house.ada.replies(house.post(), "Issue: Ada is known.")
    house.workspace.faults.fail("users.info", "internal_error", 1)
    await says(house, text, blocks)
    assert f"Issue: as @U0NOBODY @Ben Holm #{hidden.id} #C0GONE & others say" in await views(house)

    house.workspace.faults.fail("users.info", "ratelimited", 1)
    text, blocks = mentions(("user", house.cara.id), ("user", house.dan.id), ("usergroup", "S0AGENTS"))
    await says(house, text, blocks)
    assert f"Issue: as @{house.cara.id} @Dan Okoro @S0AGENTS & others say" in await views(house)
    assert "plantedname" not in str(kept(house))


async def test_names_are_asked_for_once_and_for_our_own_threads_only(house: House) -> None:
    text, blocks = mentions(("user", house.ben.id), ("user", house.cara.id), ("channel", house.channel.id))
    event = await says(house, text, blocks)
    for _ in range(2):
        await house.workspace.send_event(event | after(event["ts"]))
    people, channels = asked(house, "users.info"), asked(house, "conversations.info")
    lunch = await house.ada.posts(house.channel, "Lunch?")
    await house.workspace.send_event(event | {"thread_ts": lunch.ts} | after(lunch.ts))

    assert people == 3  # Ada, Ben and Cara
    assert (asked(house, "users.info"), asked(house, "conversations.info")) == (people, channels)


async def test_a_message_that_mentions_everybody_is_kept_whole(house: House) -> None:
    text, blocks = mentions(*(("user", f"U0{number:03}") for number in range(300)))
    await says(house, text, blocks)

    assert "@U0299 & others say" in kept(house)[-1][0]
    assert asked(house, "users.info") < 30


async def test_every_wording_is_kept_and_the_latest_is_shown(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: first.")
    for words in ("Issue: second.", "Issue: third."):
        house.clock.forward(minutes=1)
        await house.ada.edits(said, words)

    assert [text for text, _ in kept(house)] == ["Issue: first.", "Issue: second.", "Issue: third."]
    assert [words in await views(house) for words in ("first", "second", "third")] == [False, False, True]


# --- removal ----------------------------------------------------------------------------------------------------------


def unpacked(content: bytes) -> str:
    """All the text of a file, looked for inside Word documents too."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


async def all_that_is_shown(house: House) -> str:
    """Everything dpbot says from now on to anybody: answers, whispers, posts, the digest, every file."""
    before = len(house.workspace.files(house.secas))
    answers = [
        (await person.types(house.channel, f"/dp {line} DP092")).text
        for person in (house.ada, house.ben, house.robin)
        for line in ("views", "show", "list")
    ]
    whispered = len(house.workspace.ephemerals(house.ben))
    await house.ben.replies(house.post(), f"<@{house.workspace.bot_user_id}> views 92")
    await house.compiles()
    house.clock.forward(days=7)
    await house.ticks()
    files = [unpacked(file.content) for file in house.workspace.files(house.secas)[before:]]
    assert len(files) >= 3
    return str([answers, house.workspace.ephemerals(house.ben)[whispered:], house.post_text(), files])


async def test_words_of_a_removed_reply_are_shown_nowhere_from_then_on(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: plantedfirst.", broadcast=True)
    await house.ada.edits(said, "Issue: plantedsecond.")
    await house.cara.reacts(said, "+1")
    await house.ben.replies(house.post(), "Issue: keep this.")
    assert "plantedsecond" in await house.compiles()
    await house.ada.deletes(said)

    shown = await all_that_is_shown(house)
    assert "planted" not in shown
    assert "keep this" in shown
    assert "Removed in Slack on 30 October 2019" in shown
    assert "Withdrawn comments: 1" in shown


async def test_words_of_a_removed_reply_leave_the_words_of_the_record_when_their_days_are_over(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: *planted* &amp; gone.")
    await house.ada.deletes(said)
    assert all(kept(house)[0])

    house.clock.forward(days=31)
    await house.ticks()
    assert kept(house) == [(None, None)]


async def test_a_tombstone_that_does_not_say_whose_it_was_withdraws_the_comment(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: buried.")
    event = told(house)
    tombstone = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
    gone: Json = {"type": "message", "subtype": "message_changed", "channel_type": "channel"}
    gone |= {"channel": said.channel.id}
    gone |= {"message": tombstone | {"ts": said.ts, "thread_ts": event["thread_ts"]}} | after(said.ts)
    for _ in range(2):
        assert (await house.workspace.send_event(gone)).acknowledged

    assert "no comments yet." in await views(house)


async def test_a_change_that_says_nothing_is_passed_over(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: stays.")
    event = told(house)
    empty = {"type": "message", "subtype": "message_changed", "channel": event["channel"], "channel_type": "channel"}

    assert (await house.workspace.send_event(empty | after(event["ts"]))).acknowledged
    assert len(ledger(house)) == 1


async def test_when_our_post_and_its_thread_are_gone_the_comments_stay(house: House) -> None:
    """Slack: a post without replies goes with `message_deleted`; then replies may go before their post does."""
    quiet, busy = house.post("DP089"), house.post("DP092")
    said = await house.ada.replies(busy, "Issue: still standing.")
    await house.robin.deletes(quiet)
    await house.robin.deletes(busy)
    head = told(house)["previous_message"] | {"thread_ts": busy.ts}
    gone = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": busy.ts}
    gone |= {"previous_message": head, "channel": busy.channel.id, "channel_type": "channel"}
    assert (await house.workspace.send_event(gone | after(busy.ts))).acknowledged

    assert "still standing" in await views(house)
    assert "no comments yet." in await views(house, "DP089")
    await house.ada.edits(said, "Issue: and heard.")
    assert "and heard" in await views(house)
