"""What is queued is sent: once where it must be once, in order a channel, whatever goes wrong on the way."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import Message
from bot.messenger import Payload
from bot.sender import LEASE, Sender
from bot.services import publishing
from handlers.sandbox import Channel
from handlers.sandbox.store import File
from handlers.slack.messenger import SlackMessenger
from tests.house import PAPER, House, open_house


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
