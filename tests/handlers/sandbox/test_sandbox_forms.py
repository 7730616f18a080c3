"""What the app is told that a person filled in, and whose workspace they act from."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .test_sandbox_blocks import actions, asking, button, modal, plain, section

Json = dict[str, Any]
Fills = Callable[[list[Json], Json], Awaitable[Json]]


def option(value: str) -> Json:
    return {"text": plain(value.upper()), "value": value}


GROUPS = [{"label": plain("Group"), "options": [option("x")]}, {"label": plain("Other"), "options": [option("y")]}]
OPTIONS = [option("x"), option("y")]


@pytest.fixture
async def fills(workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient) -> Fills:
    """Open a modal of these blocks before Ada, have her submit it; what comes is the state the app is told."""

    async def take(ack: AsyncAck) -> None:
        await ack()

    bot.app.action("read")(take)
    bot.app.view("form")(take)
    await client.chat_postMessage(channel=channel.id, text="post", blocks=[actions(button(action_id="read"))])

    async def fill(blocks: list[Json], values: Json) -> Json:
        await ada.clicks(workspace.find(channel, "post"), "read")
        trigger = workspace.deliveries[-1].payload["trigger_id"]
        view = modal(callback_id="form", submit=plain("Save"), blocks=blocks)
        await client.views_open(trigger_id=trigger, view=view)
        await ada.submits(ada.modals[-1], values)
        told: Json = workspace.deliveries[-1].payload["view"]["state"]["values"]
        return told

    return fill


@pytest.mark.parametrize(
    ("element", "given", "field", "told"),
    [
        ({"type": "plain_text_input"}, "words", "value", "words"),
        ({"type": "email_text_input"}, "a@a.example", "value", "a@a.example"),
        ({"type": "url_text_input"}, "https://a.example", "value", "https://a.example"),
        ({"type": "number_input", "is_decimal_allowed": False}, "7", "value", "7"),
        ({"type": "datepicker"}, "2019-11-05", "selected_date", "2019-11-05"),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        ({"type": "users_select"}, "U0SANDBOX", "selected_user", "U0SANDBOX"),
        ({"type": "conversations_select"}, "C0SAND00001", "selected_conversation", "C0SAND00001"),
        ({"type": "multi_users_select"}, ["U0SANDBOX"], "selected_users", ["U0SANDBOX"]),
        ({"type": "static_select", "options": OPTIONS}, "y", "selected_option", option("y")),
        ({"type": "static_select", "option_groups": GROUPS}, "y", "selected_option", option("y")),
        ({"type": "radio_buttons", "options": OPTIONS}, "x", "selected_option", option("x")),
        ({"type": "multi_static_select", "option_groups": GROUPS}, ["x", "y"], "selected_options", OPTIONS),
        ({"type": "checkboxes", "options": OPTIONS}, ["x"], "selected_options", [option("x")]),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) and "type" in value else "",
)
async def test_each_kind_of_element_is_told_in_its_own_field(
    fills: Fills, element: Json, given: object, field: str, told: object
) -> None:
    block, kind = asking(block_id="b", optional=True, element=element | {"action_id": "a"}), element["type"]
    empty: object = [] if isinstance(given, list) else ""
    nothing: object = [] if isinstance(given, list) else None

    assert await fills([block], {"b": {"a": given}}) == {"b": {"a": {"type": kind, field: told}}}
    assert await fills([block], {}) == {"b": {"a": {"type": kind, field: nothing}}}
    assert await fills([block], {"b": {"a": empty}}) == {"b": {"a": {"type": kind, field: nothing}}}


@pytest.mark.parametrize(
    ("element", "field", "told", "empty", "nothing"),
    [
        ({"type": "plain_text_input", "initial_value": "words"}, "value", "words", "", None),
        ({"type": "datepicker", "initial_date": "2019-11-05"}, "selected_date", "2019-11-05", "", None),
        ({"type": "timepicker", "initial_time": "09:30"}, "selected_time", "09:30", "", None),
        ({"type": "users_select", "initial_user": "U0SANDBOX"}, "selected_user", "U0SANDBOX", "", None),
        (
            {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]},
            "selected_option",
            OPTIONS[0],
            "",
            None,
        ),
        (
            {"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS[:1]},
            "selected_options",
            OPTIONS[:1],
            [],
            [],
        ),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) and "type" in value else "",
)
async def test_what_stood_there_is_told_until_it_is_cleared(
    *, fills: Fills, element: Json, field: str, told: object, empty: object, nothing: object
) -> None:
    block = asking(block_id="b", optional=True, element=element | {"action_id": "a"})

    assert (await fills([block], {}))["b"]["a"][field] == told
    assert (await fills([block], {"b": {"a": empty}}))["b"]["a"][field] == nothing


async def test_what_can_be_chosen_beside_words_is_told_too(fills: Fills) -> None:
    date = {"type": "datepicker", "action_id": "a", "initial_date": "2019-11-05"}
    blocks = [section(block_id="s", accessory=date), actions(button(), date, block_id="t")]

    told = {"a": {"type": "datepicker", "selected_date": "2019-11-05"}}
    assert await fills(blocks, {}) == {"s": told, "t": told}


async def test_what_is_not_offered_cannot_be_chosen(fills: Fills) -> None:
    block = asking(block_id="b", element={"type": "static_select", "action_id": "a", "options": OPTIONS})

    with pytest.raises(LookupError, match="There is no z to choose"):
        await fills([block], {"b": {"a": "z"}})


async def test_a_member_of_another_workspace_acts_from_theirs(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, fills: Fills
) -> None:
    store = workspace._core.store
    store.people[ada.id] = replace(store.people[ada.id], team="T0CALDER")
    workspace.share(channel, "T0CALDER")
    workspace.put(ada, channel)

    await fills([], {})
    for payload in (each.payload for each in workspace.deliveries[-2:]):
        assert (payload["team"]["id"], payload["user"]["team_id"]) == ("T0CALDER", "T0CALDER")
        assert payload["team"]["domain"] != "sandbox"
    await ada.types(channel, "/dp help")
    assert workspace.deliveries[-1].payload["team_id"] == "T0CALDER"
    await ben.types(channel, "/dp help")
    payload = workspace.deliveries[-1].payload
    assert (payload["team_id"], payload["team_domain"]) == (workspace.team_id, "sandbox")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/dp\nlist", "list"),
        ("/dp\t list  all ", "list  all"),
        ("/dp", ""),
        ("/dp show\nDP092", "show\nDP092"),
        ("/dp ask <@{ada}> and <@{ada}|ada>", "ask @ada.firth and @ada.firth"),
        ("/dp ask <@U404> & all", "ask <@U404> &amp; all"),
    ],
)
async def test_a_commands_words_come_after_the_first_white_space_as_typed(
    workspace: Workspace, channel: Channel, ada: Member, line: str, text: str
) -> None:
    await ada.types(channel, line.replace("{ada}", ada.id))

    payload = workspace.deliveries[-1].payload
    assert (payload["command"], payload["text"]) == ("/dp", text)
