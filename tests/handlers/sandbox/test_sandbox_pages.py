"""Pages of a history or a thread stay right while people go on talking; bounds in time are compared as times."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.sandbox import Channel, Member, Workspace

from .test_sandbox_api import refusal

Json = dict[str, Any]


def words(page: AsyncSlackResponse) -> list[str]:
    return [message["text"] for message in page["messages"]]


async def page(
    client: AsyncWebClient, method: str, after: AsyncSlackResponse | None = None, **arguments: object
) -> AsyncSlackResponse:
    cursor = {"cursor": after["response_metadata"]["next_cursor"]} if after else {}
    return await client.api_call(method, params={"limit": 2} | cursor | arguments)


async def test_a_reply_deleted_between_two_pages_hides_no_other(
    channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    parent = await ada.posts(channel, "parent")
    replies = [await ada.replies(parent, str(number)) for number in range(3)]
    place: Json = {"channel": channel.id, "ts": parent.ts}

    first = await page(client, "conversations.replies", **place)
    await ada.deletes(replies[0])
    second = await page(client, "conversations.replies", first, **place)

    assert (words(first), words(second), second["has_more"]) == (["parent", "0"], ["1", "2"], False)


async def test_a_message_said_between_two_pages_repeats_no_other(
    channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    for number in range(4):
        await ada.posts(channel, str(number))

    first = await page(client, "conversations.history", channel=channel.id)
    await ada.posts(channel, "new")
    second = await page(client, "conversations.history", first, channel=channel.id)

    assert (words(first), words(second)) == (["3", "2"], ["1", "0"])


async def test_a_cursor_of_messages_is_a_place_in_time(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    said = [await ada.posts(channel, str(number)) for number in range(2)]

    first = await page(client, "conversations.history", channel=channel.id, limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    assert base64.b64decode(cursor).decode() == f"next_ts:{said[1].ts.replace('.', '')}"
    for wrong in (b"next:1", b"next_ts:-1", b"next_ts:soon"):
        place = {"channel": channel.id, "cursor": base64.b64encode(wrong).decode()}
        assert await refusal(client, "conversations.history", **place) == "invalid_cursor"


async def test_a_page_of_a_history_has_999_messages_at_the_most(channel: Channel, client: AsyncWebClient) -> None:
    assert (await client.conversations_history(channel=channel.id, limit=999))["ok"]
    assert await refusal(client, "conversations.history", channel=channel.id, limit=1000) == "invalid_limit"


@pytest.fixture
async def early() -> AsyncIterator[Callable[[], Awaitable[tuple[AsyncWebClient, Channel]]]]:
    """A channel of the year 2001, where seconds went from nine figures to ten, with a message on either side."""
    clock = [datetime(2001, 9, 9, 1, 46, 39, tzinfo=UTC)]
    async with Workspace(clock=lambda: clock[0]) as workspace:

        async def made() -> tuple[AsyncWebClient, Channel]:
            channel, ada = workspace.channel("ops"), workspace.member("Ada Firth")
            for text in ("999999999", "1000000000"):
                await ada.posts(channel, text)
                clock[0] += timedelta(seconds=1)
            return AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[]), channel

        yield made


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"oldest": "999999999"}, ["1000000000"]),
        ({"oldest": "999999999", "inclusive": True}, ["1000000000", "999999999"]),
        ({"oldest": "0999999998.5"}, ["1000000000", "999999999"]),
        ({"latest": "1000000000"}, ["999999999"]),
        ({"latest": "1000000000.0", "inclusive": True}, ["1000000000", "999999999"]),
        ({"latest": "99999999999"}, ["1000000000", "999999999"]),
    ],
)
async def test_bounds_are_times_however_they_are_written(
    early: Callable[[], Awaitable[tuple[AsyncWebClient, Channel]]], bounds: Json, found: list[str]
) -> None:
    client, channel = await early()

    got = await client.api_call("conversations.history", params={"channel": channel.id} | bounds)
    assert words(got) == found
