"""What is queued is sent: once where it must be once, in order a channel, whatever goes wrong on the way."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import Message
from bot.messenger import Payload
from bot.sender import LEASE, Sender
from bot.services import publishing
from handlers.slack.messenger import SlackMessenger
from tests.house import OPERATOR, PAPER, House, open_house
from tests.sending import IN_ORDER, announces, calls, firsts


def a_sender(house: House, messenger: SlackMessenger | None = None) -> Sender:
    """Another sender beside the house's own, as in a second process."""
    assert house.messenger
    return Sender(
        house.desk.sessions, {"slack": messenger or house.messenger}, house.clock, house.gate, pace=timedelta()
    )


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
    assert "OPSG_26_0511_16: 1 message that had been refused is queued again." in said
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
        done = await publishing.publish(session, house.desk.config, house.desk.outbox, PAPER, OPERATOR, house.clock())
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
