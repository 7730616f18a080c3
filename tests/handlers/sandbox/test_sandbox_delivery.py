"""Every event is delivered until acknowledged, by socket or signed HTTP, and the record says so."""

import asyncio
import json
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot, Listener


async def open_socket(workspace: Workspace, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    headers = {"Authorization": f"Bearer {workspace.app_token}"}
    async with session.post(f"{workspace.api_url}apps.connections.open", headers=headers) as response:
        address = (await response.json())["url"]
    socket = await session.ws_connect(address)
    hello = await socket.receive_json()
    assert hello["type"] == "hello"
    return socket


async def test_an_event_the_app_fails_on_is_kept_and_delivered_again(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    bot.deaf, workspace.patience = True, 0.1
    await ada.posts(channel, "words")
    assert not workspace.deliveries[0].acknowledged

    bot.deaf, workspace.patience = False, 10
    assert await workspace.redeliver() == 1

    assert (workspace.deliveries[0].attempts, workspace.deliveries[0].acknowledged) == (2, True)
    assert [event["text"] for event in bot.heard] == ["words"]
    assert await workspace.redeliver() == 0


async def test_a_socket_that_connects_again_takes_what_was_missed(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    await bot.close()
    await ada.posts(channel, "while you were away")
    assert (workspace.deliveries[0].attempts, workspace.deliveries[0].failure) == (1, "connection_failed")

    await bot.connect()
    assert await workspace.redeliver() == 1
    assert bot.heard[0]["text"] == "while you were away"


async def test_a_retry_carries_its_number_and_reason(workspace: Workspace, channel: Channel, ada: Member) -> None:
    await ada.posts(channel, "words")
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(workspace, session)
        again = asyncio.create_task(workspace.redeliver())
        envelope = await socket.receive_json()

        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "connection_failed")
        assert envelope["type"] == "events_api"
        await socket.send_str("not JSON")
        await socket.send_str("[]")
        await socket.send_json({"envelope_id": "unknown"})
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": ""})
        assert await again == 1
        await socket.close()


async def test_a_socket_that_closes_without_acknowledging_ends_the_attempt_at_once(ada: Member) -> None:
    async with Workspace(patience=60) as workspace, aiohttp.ClientSession() as session:
        channel, ada = workspace.channel("ops"), workspace.member("Ada Firth")
        socket = await open_socket(workspace, session)
        posting = asyncio.create_task(ada.posts(channel, "words"))
        await socket.receive_json()
        await socket.close()
        await posting

        assert workspace.deliveries[0].failure == "connection_failed"


async def test_each_envelope_goes_to_one_of_several_sockets(
    workspace: Workspace, channel: Channel, ada: Member
) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await open_socket(workspace, session) for _ in range(2)]
        posting = asyncio.gather(*(ada.posts(channel, f"words {number}") for number in range(4)))
        for socket in sockets:
            for _ in range(2):
                await socket.send_json({"envelope_id": (await socket.receive_json())["envelope_id"]})
        await posting
        assert all(delivery.acknowledged for delivery in workspace.deliveries)
        for socket in sockets:
            await socket.close()


async def test_a_socket_needs_a_ticket_and_a_ticket_lets_one_in(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(workspace.api_url.replace("/api/", "/link/"))
        client = AsyncWebClient(workspace.app_token, base_url=workspace.api_url)
        address = (await client.apps_connections_open(app_token=workspace.app_token))["url"]
        socket = await session.ws_connect(address)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)
        await socket.close()


async def test_the_workspace_closes_the_sockets_left_open() -> None:
    async with aiohttp.ClientSession() as session:
        async with Workspace() as workspace:
            socket = await open_socket(workspace, session)
            waiting = asyncio.create_task(socket.receive())
        assert (await waiting).type is aiohttp.WSMsgType.CLOSE


async def test_a_workspace_that_never_started_stops() -> None:
    await Workspace().stop()


async def test_waiting_for_a_socket_that_never_comes_ends(workspace: Workspace) -> None:
    with pytest.raises(TimeoutError):
        await workspace.connected(timeout=0)


async def test_any_event_can_be_sent(workspace: Workspace, bot: Bot) -> None:
    delivery = await workspace.send_event(
        {"type": "message", "channel": "C1", "user": "U1", "text": "raw", "ts": "1.0"}
    )

    assert delivery.acknowledged
    assert bot.heard[0]["text"] == "raw"


async def test_events_go_signed_over_http(
    workspace: Workspace, channel: Channel, ada: Member, listener: Listener
) -> None:
    await ada.posts(channel, "“words”")

    ((headers, body),) = listener.requests
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body)["event"]["text"] == "“words”"
    assert "X-Slack-Retry-Num" not in headers
    assert workspace.deliveries[0].acknowledged


async def test_http_retries_carry_their_number_and_reason(
    workspace: Workspace, channel: Channel, ada: Member, listener: Listener
) -> None:
    listener.status = 500
    await ada.posts(channel, "words")
    assert await workspace.redeliver() == 0

    listener.status = 200
    assert await workspace.redeliver() == 1
    headers, _ = listener.requests[-1]
    assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == ("2", "http_error")


async def test_an_address_where_nobody_listens_is_a_failed_attempt(
    workspace: Workspace, channel: Channel, ada: Member, unused_tcp_port: int
) -> None:
    workspace.events_url = f"http://127.0.0.1:{unused_tcp_port}/slack/events"
    await ada.posts(channel, "words")

    assert workspace.deliveries[0].failure == "connection_failed"


async def test_an_app_that_answers_too_late_is_timed_out(
    workspace: Workspace, channel: Channel, ada: Member, listener: Listener
) -> None:
    assert workspace.patience == 3.0
    listener.silent, workspace.patience = asyncio.Event(), 0.1
    await ada.posts(channel, "words")
    listener.silent.set()

    assert (workspace.deliveries[0].failure, workspace.deliveries[0].acknowledged) == ("http_timeout", False)


async def test_a_click_goes_over_http_as_a_form_with_one_payload(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient, listener: Listener
) -> None:
    elements = [{"type": "button", "action_id": name, "text": {"type": "plain_text", "text": name}} for name in "ab"]
    await client.chat_postMessage(channel=channel.id, text="post", blocks=[{"type": "actions", "elements": elements}])
    await ada.clicks(workspace.find(channel, "post"), "b")

    payload = json.loads(parse_qs(listener.requests[-1][1])["payload"][0])
    assert (payload["type"], payload["actions"][0]["action_id"]) == ("block_actions", "b")


@pytest.mark.parametrize(
    ("response", "text", "acknowledged"),
    [
        (web.Response(text="plain words"), "plain words", True),
        (web.json_response({"text": "a &lt; b"}), "a < b", True),
        (web.json_response(["odd"]), "", True),
        (web.Response(text="{", content_type="application/json"), "", False),
    ],
)
async def test_a_command_goes_as_a_form_and_its_answer_is_read(
    *, channel: Channel, ada: Member, listener: Listener, response: web.Response, text: str, acknowledged: bool
) -> None:
    listener.answer = response
    answer = await ada.types(channel, "/dp show DP092")

    form = parse_qs(listener.requests[0][1])
    assert (form["command"], form["text"]) == (["/dp"], ["show DP092"])
    assert (answer.text, answer.acknowledged) == (text, acknowledged)
