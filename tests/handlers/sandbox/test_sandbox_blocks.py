"""Blocks that Slack refuses are refused, each with what is wrong and where; what is just within a limit is taken."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "words", **more: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}} | more


def button(text: str = "Read", **more: object) -> Json:
    return {"type": "button", "text": plain(text)} | more


def actions(*elements: Json, **more: object) -> Json:
    return {"type": "actions", "elements": list(elements)} | more


def chosen(text: str = "One", value: str = "1") -> Json:
    return {"type": "static_select", "options": [{"text": plain(text), "value": value}]}


def confirm(**more: object) -> Json:
    return {"title": plain("Sure?"), "text": plain("It goes out."), "confirm": plain("Yes"), "deny": plain("No")} | more


def modal(**more: object) -> Json:
    return {"type": "modal", "title": plain("Form"), "blocks": []} | more


def asking(**more: object) -> Json:
    return {"type": "input", "label": plain("Words"), "element": {"type": "plain_text_input"}} | more


async def refusal(client: AsyncWebClient, channel: Channel, blocks: list[Json]) -> Json:
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=channel.id, text="words", blocks=blocks)
    data = raised.value.response.data
    assert isinstance(data, dict)
    return data


async def test_a_refusal_has_slacks_shape_and_words(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    """As published by people who met it (grafana/oncall pull request 5121)."""
    assert await refusal(client, channel, [section("x" * 3001)]) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [
            "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ],
        "response_metadata": {
            "messages": [
                "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
                "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
            ]
        },
    }
    assert workspace.messages(channel) == []


LIMITS: list[tuple[Callable[[int], list[Json]], int, str]] = [
    (lambda n: [{"type": "divider"}] * n, 50, "no more than 50 items allowed [json-pointer:/blocks]"),
    (lambda n: [section("x" * n)], 3000, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (
        lambda n: [{"type": "header", "text": plain("x" * n)}],
        150,
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        lambda n: [{"type": "section", "fields": [plain("x")] * n}],
        10,
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        lambda n: [{"type": "section", "fields": [plain("x" * n)]}],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        lambda n: [{"type": "context", "elements": [plain("x")] * n}],
        10,
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (lambda n: [actions(*[button()] * n)], 25, "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (
        lambda n: [actions(button("x" * n))],
        75,
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        lambda n: [actions(button(value="x" * n))],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        lambda n: [actions(button(action_id="x" * n))],
        255,
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        lambda n: [section(block_id="x" * n)],
        255,
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    (
        lambda n: [actions(chosen(text="x" * n))],
        75,
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        lambda n: [actions(chosen(value="x" * n))],
        150,
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    *(
        (
            lambda n, field=field: [actions(button(confirm=confirm(**{field: plain("x" * n)})))],
            most,
            f"must be less than {most + 1} characters [json-pointer:/blocks/0/elements/0/confirm/{field}/text]",
        )
        for field, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30))
    ),
    (
        lambda n: [actions(chosen() | {"placeholder": plain("x" * n)})],
        150,
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    (
        lambda n: [actions({"type": "static_select", "options": chosen()["options"] * n})],
        100,
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        lambda n: [actions({"type": "overflow", "options": chosen()["options"] * n})],
        5,
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        lambda n: [{"type": "image", "image_url": "https://a.example/a.png", "alt_text": "x" * n}],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]",
    ),
    (
        lambda n: [asking(label=plain("x" * n))],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/label/text]",
    ),
    (
        lambda n: [asking(hint=plain("x" * n))],
        2000,
        "must be less than 2001 characters [json-pointer:/blocks/0/hint/text]",
    ),
]


@pytest.mark.parametrize(("made", "most", "words"), LIMITS, ids=[words for _, _, words in LIMITS])
async def test_a_limit_is_kept_to_the_last_character(
    *, channel: Channel, client: AsyncWebClient, made: Callable[[int], list[Json]], most: int, words: str
) -> None:
    assert (await client.chat_postMessage(channel=channel.id, text="words", blocks=made(most)))["ok"]

    assert (await refusal(client, channel, made(most + 1)))["errors"][-1] == words


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({}, "missing required field: type [json-pointer:/blocks/0]"),
        ("words", "must provide an object [json-pointer:/blocks/0]"),
        ({"type": "poem"}, "unsupported type: poem [json-pointer:/blocks/0/type]"),
        ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
        (section(expand="yes"), "must provide a boolean [json-pointer:/blocks/0/expand]"),
        (
            section(accessory={"type": "image", "image_url": "https://a.example/a.png"}),
            "missing required field: alt_text [json-pointer:/blocks/0/accessory]",
        ),
        ({"type": "header", "text": "Words"}, "must provide an object [json-pointer:/blocks/0/text]"),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
        ),
        ({"type": "header", "text": plain(7)}, "must provide a string [json-pointer:/blocks/0/text/text]"),  # type: ignore[arg-type]
        (actions(), "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
        ({"type": "actions", "elements": "x"}, "must provide an array [json-pointer:/blocks/0/elements]"),
        (actions({"type": "button"}), "missing required field: text [json-pointer:/blocks/0/elements/0]"),
        (
            actions(button(style="loud")),
            "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            actions(button(action_id="a"), button(action_id="a")),
            "duplicate action_id: a [json-pointer:/blocks/0/elements]",
        ),
        (
            asking(element={"type": "number_input", "is_decimal_allowed": "no", "min_value": 1}),
            "must provide a string [json-pointer:/blocks/0/element/min_value]",
        ),
        (
            asking(element={"type": "plain_text_input", "max_length": True}),
            "must provide a number [json-pointer:/blocks/0/element/max_length]",
        ),
    ],
    ids=str,
)
async def test_a_block_that_is_malformed_is_refused(
    channel: Channel, client: AsyncWebClient, block: Json, words: str
) -> None:
    assert (await refusal(client, channel, [block]))["errors"][-1] == words


async def test_a_block_id_stands_once_in_a_message(channel: Channel, client: AsyncWebClient) -> None:
    twice = [section(block_id="a"), {"type": "divider", "block_id": "a"}]

    assert (await refusal(client, channel, twice))["errors"] == ["duplicate block_id: a [json-pointer:/blocks]"]


async def test_all_blocks_together_have_a_limit_in_messages_only(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    def blocks(characters: int) -> list[Json]:
        return [section("x" * 2700)] * 4 + [section("x" * (characters - 10_800))]

    assert (await client.chat_postMessage(channel=channel.id, text="words", blocks=blocks(12_797)))["ok"]
    whisper = {"channel": channel.id, "user": ada.id, "text": "words"}
    assert (await refusal(client, channel, blocks(12_798)))["error"] == "msg_blocks_too_long"
    with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
        await client.api_call("chat.postEphemeral", json=whisper | {"blocks": blocks(12_798)})
    assert workspace.ephemerals(ada) == []


async def test_what_has_no_id_is_given_one(workspace: Workspace, channel: Channel, client: AsyncWebClient) -> None:
    blocks = [actions(button("A"), button("B")), section(accessory=button("C")), {"type": "divider"}]
    await client.chat_postMessage(channel=channel.id, text="words", blocks=blocks)

    one, two, three = workspace.messages(channel)[0]["blocks"]
    assert len({element["action_id"] for element in (*one["elements"], two["accessory"])}) == 3
    assert len({block["block_id"] for block in (one, two, three)}) == 3


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
        (
            modal(private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (modal(blocks=[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(title=None), "missing required field: title [json-pointer:/view]"),
        (
            modal(blocks=[asking()]),
            "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
        ),
        ({"type": "home", "blocks": []}, "unsupported type: home [json-pointer:/view/type]"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_modal_that_is_malformed_is_refused(client: AsyncWebClient, view: Json, words: str) -> None:
    with pytest.raises(SlackApiError) as raised:
        await client.views_open(trigger_id="1.2.3", view=view)

    assert raised.value.response["error"] == "invalid_arguments"
    assert raised.value.response["response_metadata"]["messages"][-1] == f"[ERROR] {words}"


async def test_a_modal_may_be_large_but_not_without_end(client: AsyncWebClient) -> None:
    large = [section("ü" * 3000) for _ in range(42)]
    for blocks, error in ((large[:41], "invalid_trigger_id"), (large, "view_too_large")):
        with pytest.raises(SlackApiError, match=error):
            await client.views_open(trigger_id="1.2.3", view=modal(blocks=blocks))
