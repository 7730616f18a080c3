"""What is heard in Slack's threads: replies, their edits and removals."""

from handlers.sandbox import Said
from tests.handlers.slack.hearing import Json, after, ledger, told, unheard, views
from tests.house import House

# --- replies ----------------------------------------------------------------------------------------------------------


async def test_a_reply_that_is_also_sent_to_the_channel_is_one_comment(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said to all.", broadcast=True)

    assert "1 comment from 1 organisation." in await views(house)
    assert "said to all" in await views(house)


async def test_a_reply_with_a_file_keeps_the_words_and_the_files_name_type_and_link(house: House) -> None:
    await house.ada.replies(house.post(), "words")
    event = told(house)
    file = {"id": "F1", "name": "sites.xlsx", "pretty_type": "Excel Spreadsheet", "permalink": "https://s.example/F1"}
    shared = {"subtype": "file_share", "text": "Our figures &amp; sums.", "files": [file], "blocks": []}
    await house.workspace.send_event(event | shared | after(event["ts"]))

    shown = "Our figures & sums.\n[file: sites.xlsx, Excel Spreadsheet, https://s.example/F1]"
    assert shown in await views(house)


async def test_links_and_names_in_a_reply_are_kept_as_a_reader_sees_them(house: House) -> None:
    await house.ada.replies(house.post(), "words")
    event = told(house)
    said = "See <https://a.example/x|the report>, <#C1|general>, <mailto:a@b.example|a@b.example> or <!here>."
    await house.workspace.send_event(event | {"text": said, "blocks": []} | after(event["ts"]))

    assert "See the report (https://a.example/x), #general, a@b.example or @here." in await views(house)


HOSTILE = '& < > &amp; &lt;!channel&gt; <!channel> @here "q" \\ {{ 7*7 }} {% raw %} *b* `c` :smile: \u202e| a | b |'


async def test_hostile_words_are_printed_as_they_were_said(house: House) -> None:
    await house.ada.replies(house.post(), HOSTILE)

    answer = await house.robin.types(house.channel, "/dp views 92")
    assert HOSTILE.replace(":smile:", "\N{SMILING FACE WITH OPEN MOUTH AND SMILING EYES}") in answer.text
    assert "<" not in str(answer.payload)


async def test_a_reply_of_forty_thousand_characters_is_kept_whole(house: House) -> None:
    words = "Issue: " + "word " * 7990 + "theend"
    await house.ada.replies(house.post(), words)

    assert "[…]" in await views(house)
    assert words in await house.compiles()


# --- edits and removals -----------------------------------------------------------------------------------------------


async def test_two_edits_within_one_second_end_with_the_later_words(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    await house.ada.edits(said, "Issue: two.")
    await house.ada.edits(said, "Issue: three.")

    assert "Issue: three." in await views(house)


async def history(house: House) -> list[Json]:
    """The events of one reply: said, edited, edited again, removed; heard by nobody yet."""
    post = house.post()
    house.workspace._core.deliveries.record.clear()
    async with unheard(house):
        said = await house.ada.replies(post, "Issue: first words.")
        house.clock.forward(seconds=5)
        await house.ada.edits(said, "Issue: second words.")
        house.clock.forward(seconds=5)
        await house.ada.edits(said, "Issue: third words.")
        house.clock.forward(seconds=5)
        await house.ada.deletes(said)
    return [dict(delivery.payload["event"]) for delivery in house.workspace.deliveries]


def bare_removal(said: Said) -> Json:
    """Slack's `message_deleted` that says no more than which message is gone."""
    gone = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": said.ts}
    return gone | {"channel": said.channel.id, "channel_type": "channel"} | after(said.ts)


async def test_a_removal_that_does_not_say_what_was_removed_withdraws_the_comment(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: forget it.")
    await house.ben.replies(house.post(), "Issue: keep this.")
    for _ in range(2):
        assert (await house.workspace.send_event(bare_removal(said))).acknowledged

    assert "1 comment from 1 organisation." in await views(house)
    document = await house.compiles()
    assert "Withdrawn comments: 1" in document
    assert "forget it" not in document
    assert "keep this" in document


async def test_a_removal_of_a_message_nobody_knows_is_passed_over(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: keep this.")
    before = ledger(house)
    lunch = await house.ada.posts(house.channel, "Lunch?")
    for said in (lunch, house.post(), Said(house.secas, lunch.ts)):
        assert (await house.workspace.send_event(bare_removal(said))).acknowledged

    assert ledger(house) == before
    assert "1 comment from 1 organisation." in await views(house)


async def test_a_removal_of_what_was_never_heard_says_whose_it_was_and_is_a_withdrawn_comment(house: House) -> None:
    *_, removal = await history(house)
    await house.workspace.send_event(removal)

    assert "no comments yet." in await views(house)
    assert "Withdrawn comments: 1" in await house.compiles()


async def test_a_link_that_slack_unfolds_is_no_edit(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: see https://a.example/report")
    event = told(house)
    message = {key: event[key] for key in ("type", "user", "text", "ts", "thread_ts")}
    unfolded = {"type": "message", "subtype": "message_changed", "hidden": True} | after(event["ts"])
    unfolded |= {"channel": event["channel"], "channel_type": "channel"}
    unfolded |= {"message": message | {"attachments": [{"title": "A report"}]}, "previous_message": message}

    assert (await house.workspace.send_event(unfolded)).acknowledged
    assert "1 comment from 1 organisation." in await views(house)
    assert "edited" not in await views(house)
    assert len(ledger(house)) == 1


async def test_the_tombstone_of_our_own_post_leaves_its_comments_standing(house: House) -> None:
    post = house.post()
    await house.ada.replies(post, "Issue: still standing.")
    await house.robin.deletes(post)

    assert told(house)["message"]["subtype"] == "tombstone"
    assert "still standing" in await views(house)


async def test_a_reply_that_becomes_a_tombstone_is_withdrawn(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: buried.")
    event = told(house)
    before = {key: event[key] for key in ("type", "user", "text", "ts", "thread_ts")}
    buried = {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "hidden": True}
    gone = {"type": "message", "subtype": "message_changed", "message": before | buried, "previous_message": before}
    gone |= {"channel": event["channel"], "channel_type": "channel"}
    await house.workspace.send_event(gone | after(event["ts"]))

    assert "no comments yet." in await views(house)
