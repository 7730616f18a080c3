"""What the app says at a response_url: new words, a change to what was clicked, or what Slack refuses."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot, presses
from .test_sandbox_blocks import actions, button

Json = dict[str, Any]
Sends = Callable[[object], Awaitable[tuple[int, str]]]
BLOCKS = [actions(button(action_id="read"), block_id="b")]


@pytest.fixture
async def sends(workspace: Workspace, bot: Bot) -> AsyncIterator[Sends]:
    """Send to the last response_url; what comes back is the status, and the error if there is one."""

    async def take(ack: AsyncAck) -> None:
        await ack()

    bot.app.action("read")(take)
    bot.app.command("/quiet")(take)
    async with aiohttp.ClientSession() as session:

        async def send(payload: object) -> tuple[int, str]:
            payloads = (each.payload for each in reversed(workspace.deliveries))
            url = next(each["response_url"] for each in payloads if "response_url" in each)
            body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
            async with session.post(url, data=body) as response:
                return response.status, (json.loads(await response.text())["error"] if not response.ok else "")

        yield send


@pytest.fixture
async def clicked(workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient, sends: Sends) -> str:
    """The ts of a message of the app, whose button Ada clicked."""
    posted = await client.chat_postMessage(channel=channel.id, text="post", blocks=BLOCKS)
    await ada.clicks(workspace.find(channel, "post"), "read")
    return str(posted["ts"])


@pytest.mark.parametrize("payload", [b"{", b"[]", b'"words"', b"\xff", b"null"])
async def test_what_is_no_object_is_refused(clicked: str, sends: Sends, payload: bytes) -> None:
    assert await sends(payload) == (400, "invalid_payload")


@pytest.mark.parametrize("payload", [{}, {"text": None}, {"text": ""}, {"text": "", "blocks": []}])
async def test_an_answer_without_words_is_refused_and_says_nothing(
    workspace: Workspace, channel: Channel, ada: Member, clicked: str, sends: Sends, payload: Json
) -> None:
    assert await sends(payload) == (400, "no_text")
    assert workspace.ephemerals(ada) == []
    assert len(workspace.messages(channel)) == 1


async def test_the_message_that_was_clicked_is_replaced(
    workspace: Workspace, channel: Channel, clicked: str, sends: Sends
) -> None:
    assert await sends({"replace_original": True, "text": "Done"}) == (200, "")

    (message,) = workspace.messages(channel)
    assert (message["ts"], message["text"], message["blocks"]) == (clicked, "Done", [])
    await workspace.settled()
    event = workspace.deliveries[-1].payload["event"]
    assert (event["subtype"], event["message"]["text"]) == ("message_changed", "Done")


async def test_the_message_that_was_clicked_is_deleted_once(
    workspace: Workspace, channel: Channel, clicked: str, sends: Sends
) -> None:
    assert await sends({"delete_original": True}) == (200, "")
    assert workspace.messages(channel) == []
    assert await sends({"delete_original": True}) == (400, "message_not_found")


async def test_an_answer_to_one_person_is_replaced_and_deleted(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient, sends: Sends
) -> None:
    said = await client.chat_postEphemeral(channel=channel.id, user=ada.id, text="psst", blocks=BLOCKS)
    await presses(workspace, ada, channel, workspace.ephemerals(ada)[0]["blocks"], said["message_ts"])

    assert await sends({"replace_original": True, "text": "Done"}) == (200, "")
    (whisper,) = workspace.ephemerals(ada)
    assert (whisper["ts"], whisper["text"], whisper["blocks"]) == (said["message_ts"], "Done", [])
    assert await sends({"delete_original": True}) == (200, "")
    assert workspace.ephemerals(ada) == []
    assert workspace.messages(channel) == []


async def test_a_command_has_nothing_to_replace_or_delete(channel: Channel, ada: Member, sends: Sends) -> None:
    await ada.types(channel, "/quiet")

    assert await sends({"replace_original": True, "text": "Done"}) == (400, "message_not_found")
    assert await sends({"delete_original": True}) == (400, "message_not_found")


async def test_an_answer_goes_into_the_thread_it_names(
    workspace: Workspace, channel: Channel, ada: Member, clicked: str, sends: Sends
) -> None:
    assert await sends({"text": "for all", "response_type": "in_channel", "thread_ts": clicked}) == (200, "")
    assert await sends({"text": "for one", "thread_ts": clicked}) == (200, "")

    assert [each["text"] for each in workspace.thread(channel, clicked)] == ["post", "for all"]
    assert workspace.ephemerals(ada)[0]["thread_ts"] == clicked
    nowhere = {"text": "x", "response_type": "in_channel", "thread_ts": "1.0"}
    assert await sends(nowhere) == (400, "thread_not_found")


async def test_a_long_answer_is_cut_for_all_and_refused_for_one(
    workspace: Workspace, channel: Channel, ada: Member, clicked: str, sends: Sends
) -> None:
    long = {"text": "x" * 40_001}
    assert await sends(long) == (400, "msg_too_long")
    assert await sends(long | {"replace_original": True}) == (400, "msg_too_long")
    assert await sends(long | {"response_type": "in_channel"}) == (200, "")

    assert [len(each["text"]) for each in workspace.messages(channel)] == [4, 40_000]
    assert workspace.ephemerals(ada) == []


async def test_a_command_answered_at_too_great_length_has_failed(channel: Channel, ada: Member, bot: Bot) -> None:
    async def long(ack: AsyncAck) -> None:
        await ack(text="x" * 40_001)

    bot.app.command("/long")(long)
    answer = await ada.types(channel, "/long\nshow")
    assert (answer.text, answer.acknowledged) == ("/long failed with the error “invalid_command_response”", False)
