"""What is malformed is refused in Slack's words, and leaves nothing behind that would break an answer later."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, SlackError, Workspace

from .conftest import Bot
from .test_sandbox_api import refusal
from .test_sandbox_blocks import actions, button, plain, section

Json = dict[str, Any]
LINE = {"type": "rich_text_section", "elements": [{"type": "text", "text": "words", "style": {"bold": True}}]}
RICH = [
    LINE,
    {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [LINE]},
    {"type": "rich_text_quote", "elements": LINE["elements"]},
    {"type": "rich_text_preformatted", "border": 1, "elements": [{"type": "link", "url": "https://a.example/"}]},
]


async def test_rich_text_is_taken_with_its_four_parts(channel: Channel, client: AsyncWebClient) -> None:
    block = {"type": "rich_text", "block_id": "b", "elements": RICH}

    posted = await client.chat_postMessage(channel=channel.id, text="words", blocks=[block])
    assert posted["message"]["blocks"] == [block]


@pytest.mark.parametrize(
    ("elements", "words"),
    [
        (7, "must provide an array [json-pointer:/blocks/0/elements]"),
        ([7], "must provide an object [json-pointer:/blocks/0/elements/0]"),
        ([{"type": "poem"}], "unsupported type: poem [json-pointer:/blocks/0/elements/0/type]"),
        ([{"type": ["a"]}], "must provide a string [json-pointer:/blocks/0/elements/0/type]"),
        (
            [{"type": "rich_text_quote"}],
            "missing required field: elements [json-pointer:/blocks/0/elements/0]",
        ),
        (
            [{"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "x"}]}],
            "unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0/type]",
        ),
        (
            [{"type": "rich_text_section", "elements": [{"type": "text", "text": 7}]}],
            "must provide a string [json-pointer:/blocks/0/elements/0/elements/0/text]",
        ),
    ],
    ids=str,
)
async def test_rich_text_of_another_form_is_refused_and_the_channel_can_be_read(
    channel: Channel, client: AsyncWebClient, elements: object, words: str
) -> None:
    with pytest.raises(SlackApiError) as raised:
        await client.api_call(
            "chat.postMessage",
            json={"channel": channel.id, "text": "x", "blocks": [{"type": "rich_text", "elements": elements}]},
        )
    assert raised.value.response["errors"][-1] == words
    assert (await client.conversations_history(channel=channel.id))["messages"] == []


async def test_half_a_character_is_replaced(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient
) -> None:
    """A lone surrogate can be written in JSON, and in nothing else: neither a page nor a file would take it."""

    async def half(ack: AsyncAck) -> None:
        await ack(text="half \ud83d")

    bot.app.command("/half")(half)
    await client.chat_postMessage(channel=channel.id, text="half \ud83d", blocks=[section("whole 👍, half \udc4d")])
    form = {
        "channel": channel.id,
        "text": "by form",
        "blocks": r'[{"type": "header", "text": {"type": "plain_text", "text": "\ud83d"}}]',
    }
    await client.api_call("chat.postMessage", data=form)
    await ada.posts(channel, "half \ud83d")
    await ada.types(channel, "/half")

    one, two, three = workspace.messages(channel)
    assert (one["text"], one["blocks"][0]["text"]["text"]) == ("half \ufffd", "whole 👍, half \ufffd")
    assert two["blocks"][0]["text"]["text"] == "\ufffd"
    assert three["text"] == workspace.ephemerals(ada)[0]["text"] == "half \ufffd"


async def test_a_field_that_is_null_is_as_good_as_none(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    blocks = [actions(button(action_id=None, style=None), block_id=None), section(accessory=None)]
    await client.chat_postMessage(channel=channel.id, text="words", blocks=blocks)

    first, second = workspace.messages(channel)[0]["blocks"]
    assert isinstance(first["block_id"], str)
    assert isinstance(first["elements"][0]["action_id"], str)
    assert "accessory" not in second
    assert "style" not in first["elements"][0]
    await ada.clicks(workspace.find(channel, "words"), first["elements"][0]["action_id"])


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("files.completeUploadExternal", {"files": ["x"]}, "invalid_arguments"),
        ("chat.postMessage", {"text": "words", "blocks": [{"type": ["a"]}]}, "invalid_blocks"),
        ("chat.postMessage", {"text": "words", "blocks": [{"type": {"a": 1}}]}, "invalid_blocks"),
        ("views.open", {"view": {"type": ["modal"]}}, "invalid_arguments"),
    ],
)
async def test_a_value_of_another_kind_is_refused(
    channel: Channel, client: AsyncWebClient, method: str, arguments: Json, error: str
) -> None:
    assert await refusal(client, method, **{"channel": channel.id, **arguments}) == error


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", b'{"text": "\xff"}', "invalid_json"),
        ("application/json", b'{"a": ' + b"[" * 100_000, "invalid_json"),
        ("application/json; charset=klingon", b"{}", "invalid_charset"),
        ("application/x-www-form-urlencoded; charset=klingon", b"a=b", "invalid_charset"),
        ("application/x-www-form-urlencoded", b"text=\xff", "invalid_form_data"),
    ],
)
async def test_a_body_that_cannot_be_decoded_is_refused(
    workspace: Workspace, content_type: str, body: bytes, error: str
) -> None:
    url, headers = f"{workspace.api_url}auth.test", {"Content-Type": content_type}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        assert (response.status, (await response.json())["error"]) == (200, error)


async def test_members_change_nothing_in_an_archived_channel_but_may_delete(
    workspace: Workspace, channel: Channel, ada: Member
) -> None:
    said = await ada.posts(channel, "words")
    await ada.reacts(said, "eyes")
    workspace.admin.archive(channel)

    for attempt in (ada.edits(said, "other"), ada.reacts(said, "memo"), ada.unreacts(said, "eyes")):
        with pytest.raises(SlackError, match="is_archived"):
            await attempt
    (message,) = workspace.messages(channel)
    assert (message["text"], [each["name"] for each in message["reactions"]]) == ("words", ["eyes"])
    await ada.deletes(said)
    assert workspace.messages(channel) == []


@pytest.mark.parametrize("name", ["Eyes", "two words", "<b>", "eyes::tone", "eyes::skin-tone-7", ":", "a/b"])
async def test_a_reaction_has_the_name_of_an_emoji(
    channel: Channel, ada: Member, client: AsyncWebClient, name: str
) -> None:
    said = await ada.posts(channel, "words")

    place = {"channel": channel.id, "timestamp": said.ts, "name": name}
    assert await refusal(client, "reactions.add", **place) == "invalid_name"
    assert await refusal(client, "reactions.remove", **place) == "invalid_name"


async def test_two_names_of_one_emoji_are_one_reaction(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "words")
    place = {"channel": channel.id, "timestamp": said.ts}
    await ada.reacts(said, "thumbsup")
    await client.reactions_add(**place, name="+1")

    assert workspace.messages(channel)[0]["reactions"] == [
        {"name": "+1", "users": [ada.id, workspace.bot_user_id], "count": 2}
    ]
    assert workspace.deliveries[-1].payload["event"]["reaction"] == "+1"
    assert await refusal(client, "reactions.add", **place, name=":thumbsup:") == "already_reacted"
    await client.reactions_remove(**place, name="thumbsup")
    await ada.unreacts(said, "+1")
    await ada.reacts(said, "thumbsdown::skin-tone-2")
    assert [each["name"] for each in workspace.messages(channel)[0]["reactions"]] == ["-1::skin-tone-2"]


ONE = {"text": plain("One"), "value": "1"}


def asked(element: Json) -> Json:
    return {"type": "input", "label": plain("Words"), "element": element}


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (asked({"type": "static_select"}), "missing required field: options [json-pointer:/blocks/0/element]"),
        (asked({"type": "multi_static_select"}), "missing required field: options [json-pointer:/blocks/0/element]"),
        (
            asked({"type": "datepicker", "initial_date": "tomorrow"}),
            "must be a date in the format YYYY-MM-DD [json-pointer:/blocks/0/element/initial_date]",
        ),
        (
            asked({"type": "datepicker", "initial_date": "2019-02-29"}),
            "must be a date in the format YYYY-MM-DD [json-pointer:/blocks/0/element/initial_date]",
        ),
        (
            asked({"type": "timepicker", "initial_time": "24:00"}),
            "must be a time in the format HH:mm [json-pointer:/blocks/0/element/initial_time]",
        ),
        (
            asked({"type": "static_select", "options": [ONE], "initial_option": ONE | {"value": "2"}}),
            "must be one of the options [json-pointer:/blocks/0/element/initial_option]",
        ),
        (
            asked({"type": "checkboxes", "options": [ONE], "initial_options": [ONE, ONE | {"value": "2"}]}),
            "must be one of the options [json-pointer:/blocks/0/element/initial_options]",
        ),
        (actions(button(url="not an address")), "must be a valid url [json-pointer:/blocks/0/elements/0/url]"),
        (
            {"type": "image", "image_url": "mailto:ada@a.example", "alt_text": "A"},
            "must be a valid url [json-pointer:/blocks/0/image_url]",
        ),
        (
            section(accessory={"type": "image", "image_url": "picture.png", "alt_text": "A"}),
            "must be a valid url [json-pointer:/blocks/0/accessory/image_url]",
        ),
    ],
    ids=str,
)
async def test_a_value_that_means_nothing_is_refused(
    channel: Channel, client: AsyncWebClient, block: Json, words: str
) -> None:
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=channel.id, text="words", blocks=[block])
    assert raised.value.response["errors"][-1] == words


async def test_values_that_mean_something_are_taken(channel: Channel, client: AsyncWebClient) -> None:
    group = {"label": plain("Group"), "options": [ONE]}
    blocks = [
        asked({"type": "static_select", "option_groups": [group], "initial_option": ONE}),
        asked({"type": "datepicker", "initial_date": "2020-02-29"}),
        asked({"type": "timepicker", "initial_time": "00:00"}),
        actions(button(url="mailto:ada@a.example"), button(url="https://a.example/?a=1&b=2")),
    ]
    assert (await client.chat_postMessage(channel=channel.id, text="words", blocks=blocks))["ok"]
