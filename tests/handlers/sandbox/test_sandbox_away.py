"""What an app may find when it comes back: events it was never told of, purged history, pages and lists cut short."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import MORE_SCOPES, Bot
from .test_sandbox_api import refusal
from .test_sandbox_modals import Moving


async def test_what_happens_while_the_app_is_away_is_never_told(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, bot: Bot, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "before")
    await bot.close()
    with workspace.away():
        await ada.edits(said, "meanwhile")
        await ben.replies(said, "a reply")
        await ben.reacts(said, "+1")
    await bot.connect()
    assert await workspace.redeliver() == 0
    assert await workspace.redeliver_due() == 0
    await ben.replies(said, "after")

    assert [event["text"] for event in bot.heard] == ["before", "after"]
    thread = (await client.conversations_replies(channel=channel.id, ts=said.ts))["messages"]
    assert [each["text"] for each in thread] == ["meanwhile", "a reply", "after"]
    assert thread[0]["reactions"][0]["users"] == [ben.id]


async def test_retention_takes_old_messages_without_a_word() -> None:
    clock = Moving()
    async with Workspace(clock) as workspace:
        workspace.scopes.update(MORE_SCOPES)
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        channel, ada = workspace.channel("operations-group"), workspace.member("Ada Firth")
        lone, parent = await ada.posts(channel, "lone"), await ada.posts(channel, "parent")
        old = await ada.replies(parent, "an old reply")
        clock.forward(days=10)
        await ada.replies(parent, "a young reply")
        told = len(workspace.deliveries)

        assert workspace.admin.purge(channel, clock() - timedelta(days=1)) == 3

        assert len(workspace.deliveries) == told
        (left,) = (await client.conversations_history(channel=channel.id))["messages"]
        assert (left["subtype"], left["ts"]) == ("tombstone", parent.ts)
        thread = (await client.conversations_replies(channel=channel.id, ts=parent.ts))["messages"]
        assert [each["text"] for each in thread[1:]] == ["a young reply"]
        for ts in (lone.ts, old.ts):
            assert await refusal(client, "conversations.replies", channel=channel.id, ts=ts) == "thread_not_found"
            place = {"channel": channel.id, "timestamp": ts, "name": "memo"}
            assert await refusal(client, "reactions.add", **place) == "message_not_found"
        clock.forward(days=10)
        assert workspace.admin.purge(channel, clock()) == 2
        assert await refusal(client, "conversations.replies", channel=channel.id, ts=parent.ts) == "thread_not_found"


async def test_pages_and_lists_of_users_are_as_short_as_a_test_wants(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, client: AsyncWebClient
) -> None:
    workspace.limits.messages = 2
    workspace.limits.reaction_users = 1
    parent = await ada.posts(channel, "parent")
    for number in range(3):
        await ada.replies(parent, str(number), broadcast=True)
    await ada.reacts(parent, "+1")
    await ben.reacts(parent, "+1")

    thread = await client.conversations_replies(channel=channel.id, ts=parent.ts, limit=200)
    assert [len(page["messages"]) async for page in thread] == [2, 2]
    history = await client.conversations_history(channel=channel.id, limit=200)
    assert [len(page["messages"]) async for page in history] == [2, 2]
    told = await client.reactions_get(channel=channel.id, timestamp=parent.ts)
    (reaction,) = told["message"]["reactions"]
    assert (reaction["users"], reaction["count"]) == ([ada.id], 2)
    full = await client.reactions_get(channel=channel.id, timestamp=parent.ts, full=True)
    assert full["message"]["reactions"][0]["users"] == [ada.id, ben.id]


@pytest.mark.parametrize("method", ["reactions.add", "reactions.remove", "conversations.open"])
async def test_marks_and_direct_messages_need_their_scopes(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient, method: str
) -> None:
    said = await ada.posts(channel, "words")
    place = {"channel": channel.id, "timestamp": said.ts, "name": "memo", "users": ada.id}
    assert await refusal(client, "reactions.remove", **place) == "no_reaction"
    await client.reactions_add(channel=channel.id, timestamp=said.ts, name="memo")
    assert await refusal(client, "reactions.add", **place) == "already_reacted"

    workspace.scopes.difference_update({"reactions:write", "im:write"})
    assert await refusal(client, method, **place) == "missing_scope"
