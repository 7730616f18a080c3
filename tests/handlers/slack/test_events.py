"""What is heard in Slack: replies, edits, removals and reactions in our threads, and not one word of anything else."""

import asyncio
import itertools
import logging
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest

from bot import app, db
from bot.outbox import Kind
from bot.sender import Sender
from bot.services import publishing
from handlers.sandbox import Answer, Member, Said
from tests.house import PAPER, House, open_house, published

Json = dict[str, Any]
T = TypeVar("T")


async def views(house: House, reference: str = "DP092") -> str:
    """What the analyst reads in `/dp views`."""
    return (await house.robin.types(house.channel, f"/dp views {reference}")).text


async def compiled(house: House, reference: str = "DP092") -> str:
    """The newest Comments document, as Markdown."""
    await house.robin.types(house.channel, f"/dp compile {reference}")
    await house.ticks()
    files = [file for file in house.workspace.files(house.secas) if file.name.endswith(".md")]
    return files[-1].content.decode()


def told(house: House, kind: str = "event") -> Json:
    """The event (or else the payload) of the newest delivery of this kind."""
    payload = next(d.payload for d in reversed(house.workspace.deliveries) if d.kind == kind)
    return dict(payload["event"]) if kind == "event" else payload


def traces(house: House, words: str, log: str) -> list[str]:
    """Where these words stand: files of the database, the log."""
    files = sorted(path for path in house.folder.iterdir() if path.name.startswith("test.db"))
    return [path.name for path in files if words.encode() in path.read_bytes()] + (["the log"] if words in log else [])


def ledger(house: House) -> list[tuple[Any, ...]]:
    """Everything in the ledger, read past the bot."""
    with sqlite3.connect(house.folder / "test.db") as connection:
        return connection.execute("SELECT kind, message, speaker, organisation, emoji FROM ledger").fetchall()


# --- replies ----------------------------------------------------------------------------------------------------------


async def test_a_reply_in_a_proposals_thread_is_a_comment_on_it(house: House) -> None:
    await house.ada.replies(house.post("DP092"), "Impacts: a day a week.")

    assert "1 comment." in await views(house, "DP092")
    assert "Impacts: a day a week." in await views(house, "DP092")
    assert "No comments." in await views(house, "DP089")


async def test_comments_are_numbered_in_the_order_they_came(house: House) -> None:
    await house.ada.replies(house.post("DP092"), "The first one.")
    await house.ben.replies(house.post("DP089"), "Elsewhere.")
    await house.cara.replies(house.post("DP092"), "The second one.")

    shown = await views(house)
    assert shown.index("DP092-V001") < shown.index("The first one.") < shown.index("DP092-V002")
    assert "DP089-V001" in await views(house, "DP089")


async def test_a_reply_that_is_also_sent_to_the_channel_is_one_comment(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said to all.", broadcast=True)

    assert "1 comment." in await views(house)
    assert "said to all" in await views(house)


async def test_a_reply_with_a_file_keeps_the_words_and_the_files_name(house: House) -> None:
    await house.ada.replies(house.post(), "words")
    event = told(house)
    ts = f"{float(event['ts']) + 60:.6f}"
    shared = {"subtype": "file_share", "text": "Our figures &amp; sums.", "files": [{"id": "F1", "name": "sites.xlsx"}]}
    await house.workspace.send_event(event | shared | {"ts": ts, "event_ts": ts})

    assert "Our figures & sums.\n[sites.xlsx]" in await views(house)


async def test_links_and_names_in_a_reply_are_kept_as_a_reader_sees_them(house: House) -> None:
    await house.ada.replies(house.post(), "words")
    event = told(house)
    ts = f"{float(event['ts']) + 60:.6f}"
    said = "See <https://a.example/x|the report>, <#C1|general>, <mailto:a@b.example|a@b.example> or <!here>."
    await house.workspace.send_event(event | {"text": said, "ts": ts, "event_ts": ts})

    assert "See the report (https://a.example/x), #general, a@b.example or @here." in await views(house)


HOSTILE = '& < > &amp; &lt;!channel&gt; <!channel> @here "q" \\ {{ 7*7 }} {% raw %} *b* `c` :smile: \u202e| a | b |'


async def test_hostile_words_are_printed_as_they_were_said(house: House) -> None:
    await house.ada.replies(house.post(), HOSTILE)

    answer = await house.robin.types(house.channel, "/dp views 92")
    assert HOSTILE in answer.text
    assert "<" not in str(answer.payload)


async def test_a_reply_of_forty_thousand_characters_is_kept_whole(house: House) -> None:
    words = "Issue: " + "word " * 7990 + "theend"
    await house.ada.replies(house.post(), words)

    assert "[…]" in await views(house)
    assert words in await compiled(house)


# --- edits and removals -----------------------------------------------------------------------------------------------


async def test_an_edit_replaces_the_words_but_not_the_number(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: not clear.")
    house.clock.forward(minutes=1)
    await house.ada.edits(said, "Issue: clear.")

    shown = await views(house)
    assert "Issue: clear." in shown
    assert "not clear" not in shown
    assert "1 comment." in shown
    assert "DP092-V001" in shown


async def test_two_edits_within_one_second_end_with_the_later_words(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    await house.ada.edits(said, "Issue: two.")
    await house.ada.edits(said, "Issue: three.")

    assert "Issue: three." in await views(house)


async def test_a_removed_reply_is_shown_no_more_and_counted_as_withdrawn(house: House) -> None:
    said = await house.ada.replies(house.post(), "Impacts: forget it.")
    await house.ada.deletes(said)

    assert "No comments." in await views(house)
    document = await compiled(house)
    assert "Withdrawn comments: 1" in document
    assert "forget it" not in document


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
    ts = f"{float(said.ts) + 60:.6f}"
    gone = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": said.ts}
    return gone | {"channel": said.channel.id, "channel_type": "channel", "ts": ts, "event_ts": ts}


async def test_a_removal_that_does_not_say_what_was_removed_withdraws_the_comment(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: forget it.")
    await house.ben.replies(house.post(), "Issue: keep this.")
    for _ in range(2):
        assert (await house.workspace.send_event(bare_removal(said))).acknowledged

    assert "1 comment." in await views(house)
    document = await compiled(house)
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
    assert "1 comment." in await views(house)


@asynccontextmanager
async def unheard(house: House) -> AsyncIterator[None]:
    """What is said meanwhile reaches nobody: the workspace delivers to a closed port."""
    before, house.workspace.events_url = house.workspace.events_url, "http://127.0.0.1:9/"
    yield
    house.workspace.events_url = before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
async def test_the_latest_edit_wins_in_whatever_order_they_come(house: House, order: tuple[int, ...]) -> None:
    events = (await history(house))[:3]
    for number in [*order, *order]:
        assert (await house.workspace.send_event(events[number])).acknowledged

    shown = await views(house)
    assert "1 comment." in shown
    assert "Issue: third words." in shown
    assert shown.count("words.") == 1


@pytest.mark.parametrize("order", [(3, 0, 1, 2), (0, 3, 2, 1), (2, 3, 0), (3, 3, 2), (3,)], ids=str)
async def test_a_removal_wins_whenever_it_comes(house: House, order: tuple[int, ...]) -> None:
    events = await history(house)
    for number in order:
        await house.workspace.send_event(events[number])

    assert "No comments." in await views(house)
    assert "Withdrawn comments: 1" in await compiled(house)


async def test_an_edit_whose_reply_was_never_heard_is_a_comment(house: House) -> None:
    events = await history(house)
    await house.workspace.send_event(events[1])

    assert "Issue: second words." in await views(house)


async def test_a_link_that_slack_unfolds_is_no_edit(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: see https://a.example/report")
    event = told(house)
    message = {key: event[key] for key in ("type", "user", "text", "ts", "thread_ts")}
    unfolded = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": "1572436900.000100"}
    unfolded |= {"channel": event["channel"], "channel_type": "channel", "event_ts": "1572436900.000100"}
    unfolded |= {"message": message | {"attachments": [{"title": "A report"}]}, "previous_message": message}

    assert (await house.workspace.send_event(unfolded)).acknowledged
    assert "1 comment." in await views(house)
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
    after = before | {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "hidden": True}
    gone = {"type": "message", "subtype": "message_changed", "ts": "1572436900.000100", "message": after}
    gone |= {"previous_message": before, "channel": event["channel"], "channel_type": "channel"}
    await house.workspace.send_event(gone | {"event_ts": "1572436900.000100"})

    assert "No comments." in await views(house)


# --- what is not ours -------------------------------------------------------------------------------------------------


async def test_not_one_word_said_outside_our_threads_reaches_database_or_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    other, elsewhere = house.workspace.channel("water-cooler"), house.channel
    lunch = await house.ada.posts(elsewhere, "plantedone at the top of our channel")
    heard = await house.ada.replies(lunch, "plantedtwo in somebody's own thread")
    await house.ada.edits(heard, "plantedthree in an edit there")
    await house.ada.deletes(heard)
    await house.ben.reacts(lunch, "+1")
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
    event = told(house) | {"ts": "1572436900.000100", "event_ts": "1572436900.000100"}
    robot = event | {"text": "plantedword by a bot", "bot_id": "B9"}
    ours = event | {"text": "plantedword by dpbot", "user": house.workspace.bot_user_id}
    old = event | {"text": "plantedword by a webhook", "subtype": "bot_message", "bot_id": "B9"}
    joined = event | {"text": "plantedword has joined", "subtype": "channel_join"}
    for each in (robot, ours, old, joined):
        assert (await house.workspace.send_event(each)).acknowledged

    assert "1 comment." in await views(house)
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

            assert "1 comment." in await views(house)
            assert "still heard" in await views(house)
            document = await compiled(house)
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


# --- reactions --------------------------------------------------------------------------------------------------------


AGREE = "Agree with the issue as described"


async def test_reactions_on_a_post_are_printed_by_their_meaning_with_organisations(house: House) -> None:
    await house.ada.reacts(house.post(), "+1")
    await house.cara.reacts(house.post(), "+1")
    await house.dan.reacts(house.post(), "raised_hand")

    document = await compiled(house)
    assert f"| {AGREE} | 2 | Calder Networks; Northshire Energy |" in document
    assert "| Further input wanted | 1 | Wharfe Supply |" in document


async def test_a_reaction_taken_off_counts_no_more(house: House) -> None:
    await house.ada.reacts(house.post(), "+1")
    await house.ada.unreacts(house.post(), "+1")

    assert AGREE not in await compiled(house)


async def test_a_reaction_put_on_again_counts_once(house: House) -> None:
    for step in (house.ada.reacts, house.ada.unreacts, house.ada.reacts):
        house.clock.forward(seconds=1)
        await step(house.post(), "+1")

    assert f"| {AGREE} | 1 | Northshire Energy |" in await compiled(house)


async def test_a_removal_that_arrives_before_its_reaction_still_wins(house: House) -> None:
    post = house.post()
    async with unheard(house):
        await house.ada.reacts(post, "+1")
        added = told(house)
        await house.ada.unreacts(post, "+1")
        removed = told(house)
    for event in (removed, added, removed):
        await house.workspace.send_event(event)

    assert AGREE not in await compiled(house)


async def test_a_reaction_on_a_reply_is_printed_with_that_comment(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: clear enough.")
    await house.cara.reacts(said, "+1")
    await house.dan.reacts(said, "+1")
    await house.dan.unreacts(said, "+1")

    document = await compiled(house)
    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in document
    assert f"| {AGREE}" not in document


async def test_a_reaction_on_a_reply_that_was_never_heard_is_kept_until_the_reply_comes(house: House) -> None:
    async with unheard(house):
        said = await house.ada.replies(house.post(), "Issue: heard late.")
    reply = told(house)
    await house.cara.reacts(said, "+1")
    assert "conversations.replies" in [call.method for call in house.workspace.calls]
    await house.workspace.send_event(reply)

    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in await compiled(house)


async def test_a_reaction_on_a_message_that_is_gone_is_passed_over(house: House) -> None:
    said = await house.ada.posts(house.channel, "Lunch?")
    await house.cara.reacts(said, "+1")
    event = told(house)
    await house.ada.deletes(said)

    assert (await house.workspace.send_event(event)).acknowledged
    assert ledger(house) == []


async def test_reactions_by_secas_and_the_proposers_side_are_not_counted(house: House) -> None:
    for person in (house.robin, house.gwen, house.hugh):
        await person.reacts(house.post("DP092"), "+1")

    assert AGREE not in await compiled(house)


async def test_a_thumb_of_any_tone_is_one_persons_one_reaction(house: House) -> None:
    await house.ada.reacts(house.post(), "+1::skin-tone-3")
    await house.ada.reacts(house.post(), "+1")
    await house.cara.reacts(house.post(), "thumbsup::skin-tone-5")

    assert f"| {AGREE} | 2 | Calder Networks; Northshire Energy |" in await compiled(house)


async def test_an_emoji_without_a_printed_meaning_counts_as_nothing(house: House) -> None:
    await house.ada.reacts(house.post(), "tada")

    assert "tada" not in await compiled(house)
    assert "## 8. Reactions\n\nNone." in await compiled(house)


# --- acknowledged only when it is stored ------------------------------------------------------------------------------


@pytest.fixture
def impatient_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite gives up on a locked database at once, not after ten seconds."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)


@pytest.fixture
async def http_house(tmp_path: Path, impatient_database: None) -> AsyncIterator[House]:
    """dpbot hears over signed HTTP, where what is not acknowledged is said at once; the sample paper is posted."""
    async with heard_over_http(tmp_path) as house:
        await published(house)
        yield house


@asynccontextmanager
async def heard_over_http(folder: Path) -> AsyncIterator[House]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    over_http = f'"http"\n[http]\nport = {port}'
    async with (
        open_house(folder, lambda text: text.replace('"socket"', over_http)) as house,
        app.listening(house.desk, house.secrets) as messenger,
    ):
        house.workspace.events_url = f"http://127.0.0.1:{port}/slack/events"
        house.messenger = messenger
        house._sender = Sender(house.desk.sessions, {"slack": messenger}, house.clock, pace=timedelta())
        yield house


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(house.folder / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def not_acknowledged(house: House, says: Callable[[], Awaitable[T]]) -> T:
    """Do this, and see that Slack was not told that it is stored."""
    done = await says()
    assert not house.workspace.deliveries[-1].acknowledged
    return done


async def test_while_the_database_is_locked_nothing_is_acknowledged_and_later_it_is_there_once(
    http_house: House,
) -> None:
    house = http_house
    await house.ada.replies(house.post(), "Issue: before.")
    with locked(house):
        await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: meanwhile."))
        await not_acknowledged(house, lambda: house.ada.reacts(house.post(), "+1"))
        assert await house.workspace.redeliver() == 0

    assert await house.workspace.redeliver() == 2
    assert await house.workspace.redeliver() == 0
    assert (await views(house)).count("meanwhile") == 1
    assert f"| {AGREE} | 1 |" in await compiled(house)


async def test_over_the_socket_too_an_event_is_acknowledged_only_when_it_is_stored(house: House) -> None:
    post = house.post()
    await house.ada.replies(post, "Issue: before.")
    house.workspace.patience = 0.2
    with locked(house):
        await not_acknowledged(house, lambda: house.ada.replies(post, "Issue: meanwhile."))
        assert len(ledger(house)) == 1
    house.workspace.patience = 10

    assert await house.workspace.redeliver() == 1
    assert "2 comments." in await views(house)
    assert (await views(house)).count("meanwhile") == 1


async def test_a_reply_under_a_post_that_dpbot_does_not_know_yet_comes_again(tmp_path: Path) -> None:
    async with heard_over_http(tmp_path) as house:
        await house.imports()
        await sent_up_to(house, "DP092")
        early = await not_acknowledged(house, lambda: house.ada.replies(house.post("DP092"), "Issue: I was quick."))
        await not_acknowledged(house, lambda: house.cara.reacts(early, "+1"))
        await not_acknowledged(house, lambda: house.cara.reacts(house.post("DP092"), "+1"))
        assert ledger(house) == []

        house.clock.forward(minutes=1)
        await house.sends()
        await house.workspace.redeliver()

        assert "I was quick" in await views(house)
        document = await compiled(house)
        assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in document
        assert f"| {AGREE} | 1 | Calder Networks |" in document


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "invalid_auth", "invalid_cursor"])
async def test_while_nobody_could_look_for_a_post_a_reply_under_it_comes_again(tmp_path: Path, error: str) -> None:
    async with heard_over_http(tmp_path) as house:
        await house.imports()
        await sent_up_to(house, "DP092")
        house.workspace.faults.fail("conversations.history", error)
        house.clock.forward(minutes=1)
        await house.sends()
        await not_acknowledged(house, lambda: house.ada.replies(house.post("DP092"), "Issue: I was quick."))
        assert await house.workspace.redeliver() == 0

        house.clock.forward(minutes=11)
        await house.sends()
        assert await house.workspace.redeliver() == 1

        assert (await views(house)).count("I was quick") == 1
        assert len(house.workspace.messages(house.channel)) == 7


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "missing_scope", "invalid_cursor"])
async def test_a_reaction_on_a_message_slack_does_not_show_comes_again(http_house: House, error: str) -> None:
    house = http_house
    async with unheard(house):
        said = await house.ada.replies(house.post(), "Issue: heard late.")
    house.workspace.faults.fail("conversations.replies", error)
    await not_acknowledged(house, lambda: house.cara.reacts(said, "+1"))
    assert ledger(house) == []

    assert await house.workspace.redeliver() == 2
    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in await compiled(house)


async def sent_up_to(house: House, reference: str) -> None:
    """The paper's posts are out up to this one, whose id dpbot was never told."""
    async with house.desk.sessions.begin() as session:
        await publishing.publish(session, house.desk.config, house.desk.outbox, PAPER, house.clock())
    payloads = [entry.payload for entry in await house.outbox() if entry.kind == Kind.POST]
    number = next(n for n, payload in enumerate(payloads) if reference in str(payload["payload"])[:20])
    assert house._sender
    while len(house.workspace.messages(house.channel)) <= number:
        if len(house.workspace.messages(house.channel)) == number:
            house.workspace.faults.lose_answer("chat.postMessage")
        assert await house._sender.step()
    await house.workspace.settled()


async def test_a_person_slack_does_not_describe_is_recorded_when_it_does(http_house: House) -> None:
    house = http_house
    house.workspace.faults.fail("users.info", "internal_error")
    await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: who am I?"))
    assert ledger(house) == []

    assert await house.workspace.redeliver() == 1
    assert "Northshire Energy, Large Suppliers (member)" in await views(house)


async def test_at_the_last_chance_words_are_kept_without_an_organisation_rather_than_lost(http_house: House) -> None:
    house = http_house
    house.workspace.faults.fail("users.info", "internal_error", times=4)
    await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: last chance."))
    assert [await house.workspace.redeliver() for _ in range(3)] == [0, 0, 1]

    shown = await views(house)
    assert "last chance" in shown
    assert "Organisation not stated" in shown


async def test_somebody_described_yesterday_is_known_though_slack_does_not_answer_today(http_house: House) -> None:
    house = http_house
    await house.ada.replies(house.post(), "Issue: yesterday.")
    await views(house)
    house.clock.forward(days=2)
    house.workspace.faults.fail("users.info", "internal_error", times=9)
    await house.ada.replies(house.post(), "Issue: today.")

    shown = await views(house)
    assert shown.count("Northshire Energy") == 2


async def test_a_failure_that_will_pass_is_a_line_in_the_log_and_no_traceback(
    http_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = http_house
    house.workspace.faults.rate_limit("users.info")
    await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: too fast."))

    assert "Traceback" not in caplog.text
    assert "too fast" not in caplog.text


async def test_the_first_event_after_a_start_is_not_lost_though_slack_is_ill(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
        async with house.connected():
            house.workspace.faults.fail("auth.test", "internal_error", times=9)
            await house.ada.replies(house.post(), "Issue: the first one.")
            await house.workspace.redeliver()

            assert "the first one" in await views(house)


# --- over HTTP --------------------------------------------------------------------------------------------------------


async def test_over_http_dpbot_hears_and_answers_as_over_the_socket(http_house: House) -> None:
    house = http_house
    said = await house.ada.replies(house.post(), "Issue: over HTTP.")
    await house.cara.reacts(said, "+1")
    await house.ada.edits(said, "Issue: edited over HTTP.")
    answer: Answer = await house.ben.types(house.channel, "/dp views 92")

    assert all(delivery.acknowledged for delivery in house.workspace.deliveries)
    assert "Issue: edited over HTTP." in answer.text
    assert "is not a command" in (await house.ben.types(house.channel, "/dp nonsense")).text


async def test_over_http_a_wrong_signature_is_refused_and_nothing_is_stored(http_house: House) -> None:
    house = http_house
    url = str(house.workspace.events_url)
    await house.ada.replies(house.post(), "Issue: signed.")
    body = {"type": "event_callback", "event": told(house) | {"ts": "1572436900.000100", "text": "forged"}}
    stamp = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=" + "0" * 64}
    async with aiohttp.ClientSession() as outsider:
        for headers in ({}, stamp):
            async with outsider.post(url, json=body, headers=headers) as response:
                assert response.status == 401

    assert len(ledger(house)) == 1


async def test_over_http_the_address_for_health_checks_answers(http_house: House) -> None:
    url = str(http_house.workspace.events_url).replace("/slack/events", "/healthz")
    async with aiohttp.ClientSession() as outsider, outsider.get(url) as response:
        assert (response.status, await response.text()) == (200, "ok\n")


async def test_a_hundred_replies_at_once_are_each_there_once(http_house: House) -> None:
    """Deliveries overlap; each is acknowledged or comes again."""
    house = http_house
    people: list[Member] = [house.ada, house.ben, house.cara, house.dan]
    post: Said = house.post()
    await asyncio.gather(*(people[n % 4].replies(post, f"Issue: number {n}.") for n in range(100)))
    while await house.workspace.redeliver():
        pass

    assert "100 comments." in await views(house)
