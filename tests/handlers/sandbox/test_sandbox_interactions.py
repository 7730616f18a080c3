"""Slash commands, buttons, modals and response_urls."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot

READ = {"type": "button", "action_id": "read", "value": "17", "text": {"type": "plain_text", "text": "Read in full"}}
WORDS = {"type": "plain_text", "text": "Words"}
ELEMENTS = [
    {"type": "plain_text_input", "action_id": "a", "initial_value": "as it was"},
    {"type": "static_select", "action_id": "a", "options": [{"value": "x", "text": WORDS}]},
    {"type": "checkboxes", "action_id": "a", "options": [{"value": "y", "text": WORDS}]},
    {"type": "datepicker", "action_id": "a", "initial_date": "2019-11-05"},
]
BLOCKS = [{"type": "section", "block_id": "intro", "text": WORDS}] + [
    {"type": "input", "block_id": f"b{number}", "label": WORDS, "element": element, "optional": number in {1, 2}}
    for number, element in enumerate(ELEMENTS)
]
VIEW = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": BLOCKS,
}


@pytest.fixture
async def view(bot: Bot, channel: Channel, ada: Member, workspace: Workspace, client: AsyncWebClient) -> dict[str, Any]:
    """A modal that the app opened before Ada when she clicked."""

    async def opens(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=VIEW)

    bot.app.action("read")(opens)
    await client.chat_postMessage(channel=channel.id, text="post", blocks=[{"type": "actions", "elements": [READ]}])
    await ada.clicks(workspace.find(channel, "Read in full"), "read")
    return ada.modals[-1]


async def test_a_command_is_answered_to_its_caller_alone(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, bot: Bot
) -> None:
    answer = await ada.types(channel, "/dp show DP092 & more")

    assert answer.acknowledged
    assert answer.text == "You asked for show DP092 & more"
    assert workspace.ephemerals(ada)[0]["text"] == "You asked for show DP092 &amp; more"
    assert workspace.ephemerals(ben) == []
    assert workspace.messages(channel) == []
    assert workspace.deliveries[0].payload["user_id"] == ada.id


async def test_a_command_nobody_answers_is_not_acknowledged(channel: Channel, ada: Member) -> None:
    answer = await ada.types(channel, "/dp help")

    assert (answer.text, answer.acknowledged) == ("", False)


async def test_a_click_tells_message_button_and_value(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient
) -> None:
    bodies: list[dict[str, Any]] = []

    async def clicked(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        bodies.append(body)
        await respond("noted")
        await respond(text="for all", response_type="in_channel")
        await respond(text="")
        await ack()

    bot.app.action("read")(clicked)
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}, "accessory": READ}
    parent = await ada.posts(channel, "parent")
    await client.chat_postMessage(channel=channel.id, text="post", blocks=[section], thread_ts=parent.ts)

    answer = await ada.clicks(workspace.find(channel, "Read in full"), "read")
    await workspace.settled()

    assert answer.acknowledged
    (body,) = bodies
    assert body["actions"][0]["value"] == "17"
    assert body["actions"][0]["block_id"] == body["message"]["blocks"][0]["block_id"]
    assert (body["user"]["id"], body["channel"]["id"]) == (ada.id, channel.id)
    assert body["container"]["thread_ts"] == parent.ts
    assert [whisper["text"] for whisper in workspace.ephemerals(ada)] == ["noted"]
    assert workspace.messages(channel)[-1]["text"] == "for all"


async def test_a_button_that_is_not_there_cannot_be_clicked(channel: Channel, ada: Member) -> None:
    said = await ada.posts(channel, "words")

    with pytest.raises(LookupError, match="nothing to click named read"):
        await ada.clicks(said, "read")


async def test_a_response_url_nobody_was_given_is_refused(workspace: Workspace) -> None:
    url = workspace.api_url.replace("/api/", "/response/guess")
    async with aiohttp.ClientSession() as session, session.post(url, json={"text": "hello"}) as response:
        assert response.status == 404


async def test_a_modal_opens_for_who_clicked_once_for_each_trigger(
    workspace: Workspace, ada: Member, ben: Member, view: dict[str, Any], client: AsyncWebClient
) -> None:
    assert view["title"]["text"] == "Form"
    assert view["private_metadata"] == ""
    assert ben.modals == []
    used = workspace.deliveries[-1].payload["trigger_id"]
    for trigger, error in ((used, "exchanged_trigger_id"), ("1.2.3", "invalid_trigger_id")):
        with pytest.raises(SlackApiError, match=error):
            await client.views_open(trigger_id=trigger, view=VIEW)


@pytest.mark.parametrize(
    ("answer", "titles", "text"),
    [
        ({}, [], ""),
        ({"response_action": "clear"}, [], ""),
        ({"response_action": "errors", "errors": {"b0": "Too short"}}, ["Form"], "Too short"),
        (
            {"response_action": "push", "view": VIEW | {"title": {"type": "plain_text", "text": "Next"}}},
            ["Form", "Next"],
            "Next",
        ),
        (
            {"response_action": "update", "view": VIEW | {"title": {"type": "plain_text", "text": "Done"}}},
            ["Done"],
            "Done",
        ),
    ],
)
async def test_a_submitted_modal_ends_as_the_app_says(
    *, ada: Member, bot: Bot, view: dict[str, Any], answer: dict[str, Any], titles: list[str], text: str
) -> None:
    async def submitted(ack: AsyncAck) -> None:
        await ack(**answer)

    bot.app.view("form")(submitted)
    got = await ada.submits(view, {"b0": {"a": "new words"}})

    assert got.acknowledged
    assert text in got.text
    assert [modal["title"]["text"] for modal in ada.modals] == titles


async def test_a_submission_that_is_not_acknowledged_leaves_the_modal_open(
    ada: Member, bot: Bot, view: dict[str, Any]
) -> None:
    await bot.close()

    assert not (await ada.submits(view, {})).acknowledged
    assert ada.modals == [view]


async def test_a_submission_tells_every_input_filled_or_not(
    workspace: Workspace, ada: Member, bot: Bot, view: dict[str, Any]
) -> None:
    async def submitted(ack: AsyncAck) -> None:
        await ack()

    bot.app.view("form")(submitted)
    await ada.submits(view, {"b0": {"a": "new"}, "b1": {"a": "x"}, "b2": {"a": ["y"]}, "b3": {"a": "2019-12-03"}})
    await ada.submits(view, {})

    filled, empty = (each.payload["view"]["state"]["values"] for each in workspace.deliveries[-2:])
    assert filled["b0"]["a"] == {"type": "plain_text_input", "value": "new"}
    assert filled["b1"]["a"]["selected_option"]["value"] == "x"
    assert filled["b2"]["a"]["selected_options"][0]["value"] == "y"
    assert filled["b3"]["a"]["selected_date"] == "2019-12-03"
    assert empty["b0"]["a"]["value"] == "as it was"
    assert empty["b1"]["a"]["selected_option"] is None
    assert empty["b2"]["a"]["selected_options"] == []


async def test_an_input_the_modal_lacks_cannot_be_filled(ada: Member, view: dict[str, Any]) -> None:
    with pytest.raises(LookupError, match="no input block named elsewhere"):
        await ada.submits(view, {"elsewhere": {"a": "words"}})
