"""What is queued is sent: once where it must be once, in order a channel, whatever goes wrong on the way."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app, jobs
from bot.domain import Message
from bot.messenger import Payload
from bot.papers import Reading, read_paper
from bot.sender import LEASE, Sender
from bot.services import publishing
from handlers.sandbox import Channel
from handlers.sandbox.store import File
from handlers.slack.messenger import SlackMessenger
from tests.house import PAPER, SAMPLE, House, open_house, published
from tests.waiting import eventually


@pytest.fixture
async def queued(quiet_house: House) -> House:
    """The sample paper's seven posts and a pin are queued; nothing is sent yet."""
    await quiet_house.imports()
    async with quiet_house.desk.sessions.begin() as session:
        await publishing.publish(session, quiet_house.desk.config, quiet_house.desk.outbox, PAPER, quiet_house.clock())
    return quiet_house


def firsts(house: House, channel: Channel | None = None) -> list[str]:
    """How each message in the channel begins, in order."""
    return [str(message["text"])[:5] for message in house.workspace.messages(channel or house.channel)]


IN_ORDER = ["Opera", "DP088", "DP089", "DP090", "DP091", "DP092", "DP093"]


async def announces(house: House, words: str, key: str, channel: str = "operations-group") -> None:
    """Queue a message that is nobody's thread."""
    async with house.desk.sessions.begin() as session:
        message = Message("error", {"sentence": words})
        await house.desk.outbox.announce(session, "slack", channel, message, key, house.clock())


async def whispers(house: House, words: str) -> None:
    async with house.desk.sessions.begin() as session:
        to = ("slack", house.channel.id, None, house.ada.id, f"whisper {words}")
        await house.desk.outbox.whisper(session, *to, Message("error", {"sentence": words}), house.clock())


def calls(house: House, method: str) -> int:
    return sum(call.method == method for call in house.workspace.calls)


def a_sender(house: House, messenger: SlackMessenger | None = None) -> Sender:
    """Another sender beside the house's own, as in a second process."""
    assert house.messenger
    return Sender(house.desk.sessions, {"slack": messenger or house.messenger}, house.clock, pace=timedelta())


# --- posts ------------------------------------------------------------------------------------------------------------


async def test_posts_go_out_in_the_order_of_the_paper_and_the_heading_is_pinned(queued: House) -> None:
    await queued.sends()

    assert firsts(queued) == IN_ORDER
    assert [message["pinned"] for message in queued.workspace.messages(queued.channel)] == [True] + [False] * 6


async def test_a_post_whose_answer_is_lost_is_posted_once(queued: House) -> None:
    queued.workspace.faults.lose_answer("chat.postMessage")
    await queued.sends()
    assert firsts(queued) == ["Opera"]

    queued.clock.forward(minutes=1)
    await queued.sends()

    assert firsts(queued) == IN_ORDER
    await queued.ada.replies(queued.post("DP092"), "It is known to be ours.")
    assert len(await queued.views()) == 1


async def test_a_post_whose_answer_is_lost_again_and_again_is_posted_once(queued: House) -> None:
    queued.workspace.faults.lose_answer("chat.postMessage", times=3)
    queued.workspace.faults.lose_answer("conversations.history", times=3)
    for _ in range(20):
        await queued.sends()
        queued.clock.forward(minutes=11)

    assert firsts(queued) == IN_ORDER


@pytest.mark.parametrize("error", ["ratelimited", "rate_limited", "internal_error", "invalid_auth", "invalid_cursor"])
async def test_a_post_stays_in_doubt_until_the_look_up_has_answered(queued: House, error: str) -> None:
    queued.workspace.faults.lose_answer("chat.postMessage")
    queued.workspace.faults.fail("conversations.history", error, times=3)
    for _ in range(4):
        await queued.sends()
        assert [entry.state for entry in await queued.outbox()] == ["unclear"] + ["queued"] * 7
        assert firsts(queued) == ["Opera"]
        queued.clock.forward(minutes=11)

    await queued.sends()
    assert firsts(queued) == IN_ORDER
    assert {entry.state for entry in await queued.outbox()} == {"sent"}


async def test_a_post_that_a_look_up_did_not_find_is_in_doubt_no_more(queued: House) -> None:
    queued.workspace.faults.server_error("chat.postMessage")
    queued.workspace.faults.rate_limit("chat.postMessage")
    await queued.sends()
    queued.clock.forward(minutes=1)
    await queued.sends()

    assert [entry.state for entry in await queued.outbox()] == ["queued"] * 8


async def test_a_post_that_did_not_go_out_is_sent_when_the_look_up_says_so(queued: House) -> None:
    queued.workspace.faults.server_error("chat.postMessage")
    queued.workspace.faults.fail("chat.postMessage", "internal_error")
    for _ in range(2):
        await queued.sends()
        assert firsts(queued) == []
        queued.clock.forward(minutes=1)

    await queued.sends()
    assert firsts(queued) == IN_ORDER


async def test_asked_to_slow_down_dpbot_waits_as_long_as_slack_says_and_sends_once(queued: House) -> None:
    queued.workspace.faults.rate_limit("chat.postMessage", retry_after=30)
    await queued.sends()
    queued.clock.forward(seconds=29)
    await queued.sends()
    assert firsts(queued) == []
    assert calls(queued, "chat.postMessage") == 1

    queued.clock.forward(seconds=1)
    await queued.sends()
    assert firsts(queued) == IN_ORDER


@pytest.mark.parametrize("until", ["Wed, 30 Oct 2019 10:01:00 GMT", "soon"])
async def test_asked_to_slow_down_until_a_date_dpbot_waits_and_goes_on(queued: House, until: str) -> None:
    queued.workspace.faults.rate_limit("chat.postMessage", until)
    await queued.sends()
    assert [entry.state for entry in await queued.outbox()] == ["queued"] * 8

    queued.clock.forward(minutes=1)
    await queued.sends()
    assert firsts(queued) == IN_ORDER


async def test_asked_to_slow_down_in_slacks_other_word_dpbot_waits_too(queued: House) -> None:
    queued.workspace.faults.fail("chat.postMessage", "rate_limited")
    await queued.sends()
    assert [entry.state for entry in await queued.outbox()] == ["queued"] * 8

    queued.clock.forward(seconds=1)
    await queued.sends()
    assert firsts(queued) == IN_ORDER


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.history", "chat.getPermalink", "pins.add"])
async def test_a_proxys_page_instead_of_an_answer_ends_nothing_and_posts_nothing_twice(
    queued: House, method: str
) -> None:
    queued.workspace.faults.lose_answer("chat.postMessage")
    queued.workspace.faults.garble_answer(method)
    for _ in range(4):
        await queued.sends()
        queued.clock.forward(minutes=11)

    assert firsts(queued) == IN_ORDER
    assert {entry.state for entry in await queued.outbox()} == {"sent"}


async def test_what_waits_is_not_overtaken_in_its_channel_but_other_channels_go_on(queued: House) -> None:
    queued.workspace.faults.rate_limit("chat.postMessage", retry_after=30)
    await announces(queued, "For SECAS.", "note 1", "secas-change-team")
    await queued.sends()

    assert firsts(queued) == []
    assert firsts(queued, queued.secas) == ["For S"]


async def test_a_channel_that_is_gone_waits_until_an_operator_mends_it(queued: House) -> None:
    queued.workspace.faults.fail("chat.postMessage", "channel_not_found", times=3)
    for _ in range(3):
        await queued.sends()
        assert firsts(queued) == []
        queued.clock.forward(minutes=1)

    await queued.sends()
    assert firsts(queued) == IN_ORDER


async def test_a_message_slack_will_never_take_is_refused_and_the_next_goes_on(
    queued: House, caplog: pytest.LogCaptureFixture
) -> None:
    queued.workspace.faults.fail("chat.postMessage", "invalid_blocks")
    await queued.sends()
    queued.clock.forward(hours=1)
    await queued.sends()

    assert firsts(queued) == IN_ORDER[1:]
    assert "Not sent to operations-group: invalid_blocks" in caplog.text
    refused = [entry for entry in await queued.outbox() if entry.state == "refused"]
    assert [(entry.kind, entry.error) for entry in refused] == [
        ("post", "invalid_blocks"),
        ("pin", "the post was never sent"),
    ]


async def test_publishing_again_posts_what_slack_refused_and_says_so(queued: House) -> None:
    queued.workspace.faults.fail("chat.postMessage", "invalid_blocks")
    await queued.sends()

    said = await published_again(queued)
    assert "OPSG_26_0511_16: 1 message that Slack had refused is queued again." in said
    await queued.sends()
    assert sorted(firsts(queued)) == sorted(IN_ORDER)
    heading = queued.workspace.messages(queued.channel)[-1]
    assert heading["text"].startswith("Opera")
    assert heading["pinned"]  # its pin was refused with it

    assert "refused" not in await published_again(queued)
    await queued.sends()
    assert len(firsts(queued)) == 7


async def published_again(house: House) -> str:
    """What `dpbot publish` says of a paper that was published."""
    async with house.desk.sessions.begin() as session:
        done = await publishing.publish(session, house.desk.config, house.desk.outbox, PAPER, house.clock())
    return house.desk.outbox.renderer.text(Message("published", {"published": done}))


async def test_an_announcement_is_queued_once_for_its_key(quiet_house: House) -> None:
    for _ in range(3):
        await announces(quiet_house, "Said once.", "the same key")
    await quiet_house.sends()
    await announces(quiet_house, "Said once.", "the same key")
    await quiet_house.sends()

    assert firsts(quiet_house) == ["Said "]


# --- senders that die, and two at once --------------------------------------------------------------------------------


class Killed(Exception):
    """The process is gone."""


class DiesAfterPosting(SlackMessenger):
    """Slack has the message; the process ends before it hears so."""

    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        await super().post(channel, thread, payload, key)
        raise Killed


class DiesBeforePosting(SlackMessenger):
    async def channel_id(self, name: str) -> str:
        raise Killed(name)


@pytest.mark.parametrize("dies", [DiesAfterPosting, DiesBeforePosting])
async def test_what_a_sender_was_sending_when_it_died_is_posted_once(queued: House, dies: type[SlackMessenger]) -> None:
    assert queued.messenger
    dying = dies(queued.messenger.client)
    await dying.resolve({"operations-group"}, private="")
    with pytest.raises(Killed):
        await a_sender(queued, dying).step()
    await queued.sends()
    assert calls(queued, "chat.postMessage") == (dies is DiesAfterPosting)  # the dead one's lease still runs

    queued.clock.now += LEASE
    await queued.sends()
    assert firsts(queued) == IN_ORDER


async def test_two_senders_at_once_post_nothing_twice(queued: House) -> None:
    await asyncio.gather(*(a_sender(queued).drain() for _ in range(3)))
    await queued.sends()

    assert firsts(queued) == IN_ORDER
    assert calls(queued, "chat.postMessage") == 7


async def test_after_a_restart_what_was_queued_is_sent(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await announces(house, "Queued before the stop.", "a key")
        async with house.connected():
            await house.sends()

        assert firsts(house) == ["Queue"]


# --- updates, pins, whispers ------------------------------------------------------------------------------------------


async def test_of_two_updates_the_latest_wins(house: House) -> None:
    await house.ada.replies(house.post(), "one")
    house.workspace.faults.fail("chat.update", "channel_not_found")
    await house.ticks()
    await house.cara.replies(house.post(), "two")
    house.clock.forward(minutes=2)
    await house.ticks()

    assert "2 comments from 2 organisations" in house.post_text()
    assert not [entry for entry in await house.outbox() if entry.state not in {"sent", "refused"}]


async def test_an_update_whose_answer_is_lost_is_made_again(house: House) -> None:
    await house.ada.replies(house.post(), "one")
    house.workspace.faults.lose_answer("chat.update")
    await house.ticks()
    house.clock.forward(minutes=1)
    await house.ticks()

    assert "1 comment from 1 organisation" in house.post_text()
    assert {entry.state for entry in await house.outbox()} == {"sent"}


async def test_an_update_of_a_post_that_was_deleted_is_given_up(house: House) -> None:
    post = house.post()
    await house.ada.replies(house.post(), "one")
    await house.robin.deletes(post)
    await house.ticks()
    await announces(house, "Going on.", "a key")
    await house.sends()

    assert "Going" in firsts(house)


async def test_a_pin_whose_answer_is_lost_is_made_again_and_is_no_error(queued: House) -> None:
    queued.workspace.faults.lose_answer("pins.add")
    await queued.sends()
    queued.clock.forward(minutes=1)
    await queued.sends()

    assert calls(queued, "pins.add") == 2
    assert firsts(queued) == IN_ORDER
    assert {entry.state for entry in await queued.outbox()} == {"sent"}


async def test_a_whisper_whose_answer_is_lost_is_shown_again_rather_than_never(quiet_house: House) -> None:
    quiet_house.workspace.faults.lose_answer("chat.postEphemeral")
    await whispers(quiet_house, "For your eyes.")
    await quiet_house.sends()
    quiet_house.clock.forward(minutes=1)
    await quiet_house.sends()

    assert [said["text"] for said in quiet_house.workspace.ephemerals(quiet_house.ada)] == ["For your eyes."] * 2


async def test_the_words_of_a_whisper_are_forgotten_once_it_is_shown(quiet_house: House) -> None:
    await whispers(quiet_house, "For your eyes.")
    assert [bool(entry.payload) for entry in await quiet_house.outbox()] == [True]
    await quiet_house.sends()

    assert [(entry.state, entry.payload) for entry in await quiet_house.outbox()] == [("sent", {})]


async def test_a_whisper_to_somebody_who_left_is_given_up_and_the_next_goes_on(quiet_house: House) -> None:
    quiet_house.workspace.faults.fail("chat.postEphemeral", "user_not_in_channel")
    await whispers(quiet_house, "Gone.")
    await whispers(quiet_house, "Still here.")
    await quiet_house.sends()

    assert [said["text"] for said in quiet_house.workspace.ephemerals(quiet_house.ada)] == ["Still here."]


async def test_a_post_without_its_link_is_a_post(queued: House) -> None:
    queued.workspace.faults.fail("chat.getPermalink", "internal_error", times=7)
    await queued.sends()

    assert firsts(queued) == IN_ORDER
    assert "DP092" in (await queued.ada.types(queued.channel, "/dp show 92")).text


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def compiled(house: House) -> House:
    """The analyst asked for DP092 Comments."""
    await house.robin.types(house.channel, "/dp compile DP092")
    return house


THREE = [f"DP092 Comments v0.1.{form}" for form in ("docx", "json", "md")]


async def delivered(house: House) -> list[str]:
    """Names of the files in SECAS's channel after ten minutes, in which dpbot tries again where it must."""
    for _ in range(10):
        await house.ticks()
        house.clock.forward(minutes=1)
    return sorted(file.name for file in house.workspace.files(house.secas))


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", ["lose_answer", "server_error", "rate_limit"])
async def test_a_file_whose_answer_is_lost_is_delivered_once(compiled: House, method: str, fault: str) -> None:
    getattr(compiled.workspace.faults, fault)(method)

    assert await delivered(compiled) == THREE


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "invalid_auth"])
async def test_a_file_that_nobody_could_look_for_yet_is_delivered_once(compiled: House, error: str) -> None:
    compiled.workspace.faults.lose_answer("files.completeUploadExternal")
    compiled.workspace.faults.fail("conversations.history", error, times=2)

    assert await delivered(compiled) == THREE


class OneFileForgotten(dict[str, File]):
    """The workspace's files, of which it forgets the first just before its bytes arrive."""

    forgotten = False

    def get(self, key: str, default: File | None = None) -> File | None:  # type: ignore[override]
        if not self.forgotten:
            self.forgotten = True
            return None
        return super().get(key, default)


async def test_a_file_whose_bytes_do_not_arrive_is_tried_again_and_dpbot_goes_on(compiled: House) -> None:
    """Slack's SDK has an error of its own for that, which is no SlackApiError."""
    files = compiled.workspace._core.store.files = OneFileForgotten()

    assert await delivered(compiled) == THREE
    assert files.forgotten


# --- while publishing is off ------------------------------------------------------------------------------------------


def off(config: str) -> str:
    return config.replace("enabled = true", "enabled = false")


def in_the_channel(house: House) -> list[tuple[str, object, bool]]:
    """What everybody sees there: words, blocks and pins."""
    return [(str(m["text"]), m["blocks"], bool(m["pinned"])) for m in house.workspace.messages(house.channel)]


async def test_while_publishing_is_off_nothing_is_posted_and_private_things_go_out(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await house.ada.replies(house.post(), "Issue: clear.")
            await house.ticks()
            await house.imports(*another_paper())
            await house.queues("OPSG_27_0312_09")
            await house.cara.replies(house.post(), "Issue: clear.")
            house.clock.forward(minutes=2)
            for job in jobs.JOBS:
                await job.run(house.desk)  # an update waits when dpbot stops
        before, waiting = in_the_channel(house), {entry.id for entry in await house.outbox()}
        house.reconfigures(off)
        async with house.connected():
            await whispers(house, "For your eyes.")
            await house.dan.replies(house.post(), "Issue: not clear.")
            await house.robin.types(house.channel, "/dp compile DP092")
            house.clock.now += MONDAY - house.clock.now
            await house.ticks()

            assert in_the_channel(house) == before
            assert "For your eyes." in [said["text"] for said in house.workspace.ephemerals(house.ada)]
            assert sorted(file.name for file in house.workspace.files(house.secas)) == THREE
            queued = [entry.kind for entry in await house.outbox() if entry.id not in waiting]
            assert queued == ["whisper", "file", "file", "file"]  # no digest, no counts

        house.reconfigures(lambda config: config.replace("enabled = false", "enabled = true"))
        async with house.connected():
            await house.ticks()

            assert len(firsts(house)) == 7 + 7 + 1
            assert "3 comments from 3 organisations" in str(house.workspace.messages(house.channel)[5]["blocks"])


MONDAY = datetime(2019, 11, 4, 9, tzinfo=UTC)


def another_paper() -> tuple[Reading, bytes]:
    text = SAMPLE.read_text("utf-8").replace(PAPER, "OPSG_27_0312_09")
    return read_paper(SAMPLE.name, text.encode()), b"another"


async def test_a_running_dpbot_does_as_publishing_says(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.imports()
        await house.queues()
        house.reconfigures(off)
        await whispers(house, "For your eyes.")
        async with app.running(house.desk, house.secrets, pace=timedelta()):
            await eventually(lambda: bool(house.workspace.ephemerals(house.ada)))

        assert firsts(house) == []


# --- a channel that config.toml calls otherwise -----------------------------------------------------------------------


BY_NAME, BY_ID = 'name = "operations-group"', 'name = "C0SAND00001"'


@pytest.mark.parametrize(("old", "new"), [(BY_NAME, BY_ID), (BY_ID, BY_NAME)])
@pytest.mark.parametrize("sent", [0, 3, 8])
async def test_a_channel_called_otherwise_keeps_its_posts_and_what_waits_for_it(
    tmp_path: Path, old: str, new: str, sent: int
) -> None:
    async with open_house(tmp_path, lambda config: config.replace(BY_NAME, old)) as house:
        async with house.connected():
            await house.imports()
            await house.queues()
            for _ in range(sent):
                assert house._sender
                assert await house._sender.step()
        house.reconfigures(lambda config: config.replace(old, new))
        async with house.connected():
            await house.sends()
            await house.queues()
            await house.sends()

            assert firsts(house) == IN_ORDER
            assert {entry.state for entry in await house.outbox()} == {"sent"}
            await house.ada.replies(house.post(), "Issue: still ours.")
            assert len(await house.views()) == 1


async def test_the_digest_of_a_channel_called_otherwise_has_its_proposals_and_is_sent_once(tmp_path: Path) -> None:
    def otherwise(config: str) -> str:
        return config.replace(BY_NAME, BY_ID)

    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await house.ada.replies(house.post(), "Issue: clear.")
            house.clock.now = MONDAY
            await house.ticks()
        house.reconfigures(otherwise)
        async with house.connected():
            await house.ticks()
            assert len(firsts(house)) == 7 + 1  # that Monday's is told

            house.clock.forward(hours=1)
            await house.cara.replies(house.post(), "Issue: clear.")
            house.clock.forward(weeks=1)
            await house.ticks()
            digests = house.workspace.messages(house.channel)[7:]
            assert len(digests) == 2
            assert "DP092" in str(digests[1]["blocks"])
            assert ": 1 comment received, 2 comments in all." in str(digests[1]["blocks"])


async def test_a_channel_may_be_called_by_its_first_name_again(tmp_path: Path) -> None:
    """The time of a digest may be kept under both names, when there were no posts yet that could follow."""
    async with open_house(tmp_path) as house:
        house.clock.now = MONDAY
        async with house.connected():
            await house.ticks()
        house.reconfigures(lambda config: config.replace(BY_NAME, BY_ID))
        async with house.connected():
            await house.ticks()
            await published(house)
        house.reconfigures(lambda config: config.replace(BY_ID, BY_NAME))
        async with house.connected():
            await house.ticks()

            assert firsts(house) == IN_ORDER


async def test_files_that_wait_for_secas_go_out_when_its_channel_is_called_otherwise(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await house.robin.types(house.channel, "/dp compile DP092")
            for job in jobs.JOBS:
                await job.run(house.desk)
        house.reconfigures(lambda config: config.replace('"secas-change-team"', f'"{house.secas.id}"'))
        async with house.connected():
            assert await delivered(house) == THREE
