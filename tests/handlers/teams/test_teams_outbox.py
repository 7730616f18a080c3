"""What is queued for Microsoft Teams is sent: once where the channel may be read, else at least once, which is said."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import Classification, Message, Reference
from bot.messenger import Payload
from bot.models import Post
from bot.outbox import State
from bot.sender import LEASE
from bot.services import receipts, register
from handlers.teams.messenger import TeamsMessenger
from tests.handlers.slack.sweeping import check, sweeps
from tests.sides.teams_house import TeamsHouse, deaf_house

IN_ORDER = ["Operations Group", "DP088", "DP089", "DP090", "DP091", "DP092", "DP093"]


def posts(house: TeamsHouse) -> list[str]:
    """What every message in the Sub-Committee's channel begins with, of `IN_ORDER`."""
    messages = house.workspace.messages(house.channel)
    return [next((word for word in IN_ORDER if str(each["summary"]).startswith(word)), "?") for each in messages]


@pytest.fixture
async def queued(tmp_path: Path) -> AsyncIterator[TeamsHouse]:
    async with deaf_house(tmp_path) as house:
        await house.queues()
        yield house


@pytest.fixture
async def unread(tmp_path: Path) -> AsyncIterator[TeamsHouse]:
    """Nobody consented to dpbot's reading the channel."""

    def mentions_only(config: str) -> str:
        return config.replace("[publishing]", "[teams]\nmentions_only = true\n[publishing]")

    async with deaf_house(tmp_path, mentions_only, consent=False) as house:
        await house.queues()
        yield house


async def later(house: TeamsHouse, times: int = 4) -> None:
    for _ in range(times):
        await house.sends()
        house.clock.forward(minutes=11)


async def test_a_post_whose_answer_is_lost_again_and_again_is_posted_once(queued: TeamsHouse) -> None:
    queued.workspace.faults.lose_answer("send", times=2)
    queued.workspace.faults.lose_answer("messages", times=2)
    queued.workspace.faults.rate_limit("messages", retry_after=30)
    await queued.sends()
    assert [entry.state for entry in await queued.outbox()] == [State.UNCLEAR] + [State.QUEUED] * 7

    await later(queued, 6)

    assert posts(queued) == IN_ORDER
    assert {entry.state for entry in await queued.outbox()} == {State.SENT}


async def test_a_post_far_back_among_what_people_say_is_found_and_one_that_is_not_there_is_sent(
    queued: TeamsHouse,
) -> None:
    queued.workspace.graph.page = 2
    queued.workspace.faults.lose_answer("send")
    queued.workspace.faults.server_error("send")
    await queued.sends()
    for words in ("one", "two", "three", "four", "five"):
        await queued.cast["Ada"].posts(queued.channel, words)

    await later(queued)

    assert [each for each in posts(queued) if each != "?"] == IN_ORDER


class Killed(Exception):
    """The process is gone."""


class DiesAfterPosting(TeamsMessenger):
    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        await super().post(channel, thread, payload, key)
        raise Killed


class DiesBeforePosting(TeamsMessenger):
    async def channel_id(self, name: str) -> str:
        raise Killed(name)


@pytest.mark.parametrize("dies", [DiesAfterPosting, DiesBeforePosting])
async def test_what_a_sender_was_sending_when_it_died_is_posted_once(
    queued: TeamsHouse, dies: type[TeamsMessenger]
) -> None:
    with pytest.raises(Killed):
        await queued.sender(dies(queued.desk.config, queued.secrets)).step()
    queued.clock.now += LEASE
    await queued.sends()

    assert posts(queued) == IN_ORDER


async def test_where_dpbot_may_not_read_a_lost_post_is_sent_again_and_the_receipt_says_so(unread: TeamsHouse) -> None:
    for _ in range(5):
        await unread.sender().step()
    unread.workspace.faults.lose_answer("send")
    await later(unread)

    (twice,) = {each for each in IN_ORDER if posts(unread).count(each) > 1}
    assert {entry.state for entry in await unread.outbox()} == {State.SENT}
    async with unread.desk.sessions.read() as session:
        item = await register.item_of(session, Reference(int(twice[2:])), unpublished=False)
        config = unread.desk.config
    await sweeps(unread.house)
    async with unread.desk.sessions.read() as session:
        (found,) = await receipts.checks(session, config, item.proposal_id, unread.clock())
    assert found.limits == (receipts.MAYBE_TWICE,)
    assert found.problem
    assert (await check(unread.house, 92 if twice != "DP092" else 93)).limits == ()


async def test_where_graph_leaves_out_what_tells_posts_apart_the_receipt_says_that_one_may_stand_twice(
    queued: TeamsHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not promised that a card comes back from Graph as it was sent."""
    monkeypatch.setattr(
        "handlers.sandbox.teams.graph._attached", lambda number, _: {"id": str(number), "content": None}
    )
    queued.workspace.faults.lose_answer("send", times=2)
    await later(queued)

    assert not queued.messenger.capabilities.finds_posts
    assert sorted(set(posts(queued)), key=IN_ORDER.index) == IN_ORDER
    async with queued.desk.sessions.read() as session:
        assert (await session.get_one(Post, 1)).maybe_twice


async def test_updates_and_direct_messages_whose_answer_is_lost_are_sent_again(queued: TeamsHouse) -> None:
    await queued.sends()
    outbox, ada, now = queued.desk.outbox, queued.cast["Ada"], queued.clock()
    message = Message("error", {"sentence": "Words for Ada."})
    async with queued.desk.sessions.begin() as session:
        await outbox.direct(session, "teams", ada.id, message, "a key", now)
        await outbox.whisper(session, "teams", queued.channel.id, None, ada.id, "another", message, now)
    queued.workspace.faults.lose_answer("create")
    queued.workspace.faults.lose_answer("send")
    await later(queued)

    assert len(queued.workspace.notes(ada)) == 3
    queued.cast["Ben"].person.blocks_bot = True
    async with queued.desk.sessions.begin() as session:
        await outbox.direct(session, "teams", queued.cast["Ben"].id, message, "a third key", queued.clock())
        home = queued.desk.config.secas.channel
        await outbox.announce(session, "teams", home, message, "a fourth key", Classification.WHITE, queued.clock())
    await later(queued)

    assert [entry.state for entry in await queued.outbox()][-3:] == [State.REFUSED, State.SENT, State.SENT]
    (_, told) = queued.workspace.messages(queued.secas)
    assert "does not arrive in Microsoft Teams: they have not added dpbot, have blocked it" in told["text"]


async def test_asked_to_slow_down_dpbot_waits_as_long_as_microsoft_says(queued: TeamsHouse) -> None:
    queued.workspace.faults.rate_limit("send", retry_after=30)
    await queued.sends()
    queued.clock.now += timedelta(seconds=29)
    await queued.sends()
    assert posts(queued) == []

    queued.clock.now += timedelta(seconds=1)
    await queued.sends()
    assert posts(queued) == IN_ORDER
