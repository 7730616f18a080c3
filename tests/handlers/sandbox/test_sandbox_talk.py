"""Members talk, and the app hears it over Socket Mode as Slack tells it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, SlackError, Workspace

from .conftest import Bot


async def test_a_reply_arrives_in_slacks_shape_and_is_acknowledged(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="DP092 New methodology")
    await workspace.settled()

    reply = await ada.replies(workspace.find(channel, "DP092"), "Cost < benefit & <@U123>")

    event = bot.heard[-1]
    assert event.items() >= {"type": "message", "user": ada.id, "ts": reply.ts, "thread_ts": posted["ts"]}.items()
    assert event["text"] == "Cost &lt; benefit &amp; <@U123>"
    assert event["parent_user_id"] == workspace.bot_user_id
    assert (event["channel"], event["channel_type"]) == (channel.id, "channel")
    assert bot.bodies[-1]["event_id"] == workspace.deliveries[-1].id
    assert bot.bodies[-1]["authorizations"][0]["user_id"] == workspace.bot_user_id
    assert workspace.deliveries[-1].acknowledged
    assert workspace.deliveries[-1].attempts == 1


async def test_an_edit_tells_of_both_wordings(channel: Channel, ada: Member, bot: Bot) -> None:
    said = await ada.posts(channel, "first words")

    await ada.edits(said, "second words")

    event = bot.heard[-1]
    assert event["subtype"] == "message_changed"
    assert event["message"]["text"] == "second words"
    assert event["message"]["edited"]["user"] == ada.id
    assert event["message"]["edited"]["ts"].endswith(".000000")
    assert event["previous_message"]["text"] == "first words"


async def test_nobody_edits_what_another_person_said(channel: Channel, ada: Member, ben: Member) -> None:
    said = await ada.posts(channel, "mine")

    with pytest.raises(PermissionError, match="Ben Okoye did not write"):
        await ben.edits(said, "yours")


async def test_a_deleted_reply_is_gone(workspace: Workspace, channel: Channel, ada: Member, bot: Bot) -> None:
    parent = await ada.posts(channel, "parent")
    first = await ada.replies(parent, "first")
    second = await ada.replies(first, "second")

    await ada.deletes(first)
    await ada.deletes(second)

    event = bot.heard[-1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", second.ts)
    assert event["previous_message"]["text"] == "second"
    assert [message["text"] for message in workspace.thread(channel, parent.ts)] == ["parent"]


async def test_a_deleted_parent_with_replies_leaves_a_tombstone(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    parent = await ada.posts(channel, "parent")
    await ada.replies(parent, "still here")

    await ada.deletes(parent)

    event = bot.heard[-1]
    assert event["subtype"] == "message_changed"
    assert event["message"]["subtype"] == "tombstone"
    assert event["previous_message"]["text"] == "parent"
    assert [message["text"] for message in workspace.thread(channel, parent.ts)][1:] == ["still here"]
    with pytest.raises(SlackError, match="message_not_found"):
        await ada.deletes(parent)


async def test_reactions_come_and_go(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, bot: Bot
) -> None:
    said = await ada.posts(channel, "words")

    await ada.reacts(said, "+1")
    await ben.reacts(said, "+1")
    assert workspace.messages(channel)[0]["reactions"] == [{"name": "+1", "users": [ada.id, ben.id], "count": 2}]

    await ben.unreacts(said, "+1")
    await ada.unreacts(said, "+1")
    assert workspace.messages(channel)[0]["reactions"] == []
    kinds = [event["type"] for event in bot.heard if event["type"] != "message"]
    assert kinds == ["reaction_added", "reaction_added", "reaction_removed", "reaction_removed"]
    assert bot.heard[-1]["item"] == {"type": "message", "channel": channel.id, "ts": said.ts}
    assert bot.heard[-1]["item_user"] == ada.id


async def test_the_same_reaction_twice_is_refused_and_none_cannot_be_taken_away(channel: Channel, ada: Member) -> None:
    said = await ada.posts(channel, "words")
    await ada.reacts(said, "+1")

    with pytest.raises(SlackError, match="already_reacted"):
        await ada.reacts(said, "+1")
    with pytest.raises(SlackError, match="no_reaction"):
        await ada.unreacts(said, "eyes")


async def test_a_broadcast_reply_says_so_and_is_in_the_history(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient
) -> None:
    parent = await ada.posts(channel, "parent")

    await ada.replies(parent, "for all", broadcast=True)

    assert bot.heard[-1]["subtype"] == "thread_broadcast"
    assert bot.heard[-1]["root"]["text"] == "parent"
    history = await client.conversations_history(channel=channel.id)
    assert [message["text"] for message in history["messages"]] == ["for all", "parent"]
    assert [message["text"] for message in workspace.messages(channel)] == ["parent"]


async def test_the_apps_own_words_come_back_to_it(
    workspace: Workspace, channel: Channel, bot: Bot, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=channel.id, text="hello")
    await workspace.settled()

    assert bot.heard[-1]["bot_id"] == workspace.bot_id
    assert bot.heard[-1]["user"] == workspace.bot_user_id


async def test_a_channel_the_app_is_not_in_is_not_heard(workspace: Workspace, ada: Member, bot: Bot) -> None:
    await ada.posts(workspace.channel("elsewhere", bot=False), "words")

    assert workspace.deliveries == []


async def test_events_not_subscribed_to_are_not_sent() -> None:
    async with Workspace(events=["message.groups"]) as workspace:
        ada = workspace.member("Ada Firth")
        await ada.posts(workspace.channel("open"), "words")
        closed = workspace.channel("closed", private=True)
        workspace.put(ada, closed)
        await ada.posts(closed, "words")

        (delivery,) = workspace.deliveries
        assert delivery.payload["event"]["channel_type"] == "group"


async def test_only_those_put_into_a_private_channel_speak_there(workspace: Workspace, ada: Member) -> None:
    closed = workspace.channel("closed", private=True)

    with pytest.raises(PermissionError, match="Ada Firth is not in the private channel closed"):
        await ada.posts(closed, "words")


async def test_direct_messages_are_heard_as_such(workspace: Workspace, ada: Member, ben: Member, bot: Bot) -> None:
    await ben.posts(workspace.direct(ben), "hello")
    await ada.posts(workspace.direct(ada), "hello")

    assert bot.heard[-1]["channel_type"] == "im"
    assert workspace.direct(ada) != workspace.direct(ben)


async def test_a_name_of_a_channel_is_taken_once(workspace: Workspace, channel: Channel) -> None:
    with pytest.raises(ValueError, match="operations-group"):
        workspace.channel("operations-group")


async def test_find_gives_the_newest_message_with_the_words_also_from_blocks(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*DP092* cost &lt; benefit"}}
    posted = await client.chat_postMessage(channel=channel.id, text="post", blocks=[block])
    reply = await ada.replies(workspace.find(channel, "cost < benefit"), "on DP092")

    assert workspace.find(channel, "*DP092*").ts == posted["ts"]
    assert workspace.find(channel, "DP092") == reply
    with pytest.raises(LookupError, match="No message in operations-group"):
        workspace.find(channel, "DP093")


@pytest.fixture
def standing_still() -> Callable[[], datetime]:
    return lambda: datetime(2019, 11, 5, 9, 30, 0, 250_000, tzinfo=UTC)


async def test_timestamps_stay_unique_while_the_clock_stands_still(standing_still: Callable[[], datetime]) -> None:
    async with Workspace(clock=standing_still) as workspace:
        channel, ada = workspace.channel("ops"), workspace.member("Ada Firth")
        first, second = await ada.posts(channel, "one"), await ada.posts(channel, "two")
        await ada.edits(first, "three")

        assert (first.ts, second.ts) == ("1572946200.250000", "1572946200.250001")
        assert workspace.messages(channel)[0]["edited"] == {"user": ada.id, "ts": "1572946200.000000"}
        stamps = [delivery.payload["event"]["event_ts"] for delivery in workspace.deliveries]
        assert len(set(stamps)) == len(stamps)
