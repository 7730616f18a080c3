"""Faults asked for: slow and held answers, a revoked token, files and response_urls that fail; the pace of calls."""

import asyncio
import time

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .test_sandbox_modals import Moving


async def test_an_answer_waits_until_it_is_released(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    released = workspace.faults.hold("chat.postMessage")
    posting = asyncio.create_task(client.chat_postMessage(channel=channel.id, text="late"))
    await client.auth_test()  # others are not held
    assert not posting.done()
    assert workspace.messages(channel) == []

    released.set()
    assert (await posting)["ok"]


async def test_a_slow_answer_comes_after_the_client_gave_up(workspace: Workspace, channel: Channel) -> None:
    client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[], timeout=1)
    released = workspace.faults.hold("chat.postMessage")
    workspace.faults.slow("chat.postMessage", seconds=0.001)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await client.chat_postMessage(channel=channel.id, text="held")
    released.set()

    assert (await client.chat_postMessage(channel=channel.id, text="slow"))["ok"]


async def test_a_slow_answer_takes_its_time_once(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.slow("auth.test", seconds=0.5)
    took = []
    for _ in range(2):
        began = time.monotonic()
        await client.auth_test()
        took.append(time.monotonic() - began)

    assert took[0] > max(0.49, took[1])


async def test_a_revoked_token_is_refused_until_it_is_restored(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.revoke_token()
    for _ in range(2):
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.auth_test()
    workspace.faults.revoke_token("account_inactive")
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()

    workspace.faults.restore_token()
    assert (await client.auth_test())["ok"]


async def test_a_fault_may_meet_whatever_is_called(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    workspace.faults.fail("*", "service_unavailable", times=2)
    workspace.faults.fail("auth.test", "fatal_error")

    for error in ("fatal_error", "service_unavailable"):
        with pytest.raises(SlackApiError, match=error):
            await client.auth_test()
    with pytest.raises(SlackApiError, match="service_unavailable"):
        await client.conversations_info(channel=channel.id)
    assert (await client.auth_test())["ok"]


async def test_the_bytes_of_a_file_may_not_arrive(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    step = await client.files_getUploadURLExternal(filename="notes.txt", length=5)
    workspace.faults.server_error("upload")
    workspace.faults.fail("upload", "gone")
    workspace.faults.lose_answer("upload")
    released = workspace.faults.hold("upload")
    released.set()
    async with aiohttp.ClientSession() as session:
        for status in (500, 404):
            async with session.post(step["upload_url"], data=b"bytes") as response:
                assert response.status == status
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(step["upload_url"], data=b"bytes")
        async with session.post(step["upload_url"], data=b"bytes") as response:
            assert response.status == 200


async def test_a_response_url_may_fail_and_holds_blocks_to_their_limits(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    async def quiet(ack: AsyncAck) -> None:
        await ack()

    bot.app.command("/quiet")(quiet)
    await ada.types(channel, "/quiet")
    url = workspace.deliveries[-1].payload["response_url"]
    workspace.faults.fail("response_url", "used_url")
    workspace.faults.server_error("response_url")
    released = workspace.faults.hold("response_url")
    released.set()
    long = {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}
    async with aiohttp.ClientSession() as session:
        for answer, status in (({"text": "a"}, 404), ({"text": "b"}, 500), ({"text": "c"}, 200), (long, 400)):
            async with session.post(url, json=answer) as response:
                assert response.status == status
    assert [whisper["text"] for whisper in workspace.ephemerals(ada)] == ["c"]


async def test_a_method_has_a_number_of_calls_a_minute() -> None:
    clock = Moving()
    async with Workspace(clock=clock, pace=True) as workspace:
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        for _ in range(10):
            await client.conversations_list()
        clock.forward(seconds=30)
        for _ in range(10):
            await client.conversations_list()
        with pytest.raises(SlackApiError) as raised:
            await client.conversations_list()
        assert raised.value.response.data == {"ok": False, "error": "ratelimited"}
        assert raised.value.response.headers["Retry-After"] == "30"
        assert (await client.auth_test())["ok"]

        clock.forward(seconds=30)
        assert (await client.conversations_list())["ok"]


@pytest.mark.parametrize(
    ("method", "most"), [("pins.list", 20), ("conversations.info", 50), ("users.info", 100), ("auth.test", 600)]
)
async def test_each_tier_has_its_own_number_of_calls_a_minute(method: str, most: int) -> None:
    async with Workspace(clock=Moving(), pace=True) as workspace:
        workspace.scopes.add("pins:read")
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        given = {"channel": workspace.channel("ops").id, "user": workspace.bot_user_id}
        for _ in range(most):
            await client.api_call(method, json=given)
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.api_call(method, json=given)


async def test_a_channel_waits_its_second_by_the_workspaces_clock() -> None:
    clock = Moving()
    async with Workspace(clock=clock, pace=True) as workspace:
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        channel = workspace.channel("ops")
        for seconds in (0, 1, 1):
            clock.forward(seconds=seconds)
            await client.chat_postMessage(channel=channel.id, text="words")
        clock.forward(seconds=0.9)
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.chat_postMessage(channel=channel.id, text="words")
