"""A form that Slack's own client would hold back is not submitted; and errors of the app's are of its own fields."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .test_sandbox_blocks import asking, modal, plain
from .test_sandbox_forms import OPTIONS, option
from .visitor import Visitor

Json = dict[str, Any]
NUMBER = {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}
TYPED = {"type": "plain_text_input"}
SHORT = TYPED | {"min_length": 3, "max_length": 5}


async def opened(bot: Bot, ada: Member, *blocks: Json) -> Json:
    """A modal of these blocks before Ada."""
    form = modal(callback_id="form", submit=plain("Save"), blocks=[*blocks])

    async def opens(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form)
        await ack()

    bot.app.shortcut("my_comment")(opens)
    await ada.shortcut(await ada.posts(bot.workspace.channel("anywhere"), "words"), "my_comment")
    return ada.modals[-1]


def field(element: Json, **more: object) -> Json:
    return asking(block_id="b", element=element | {"action_id": "a"}, **more)


@pytest.mark.parametrize(
    ("element", "given", "fault"),
    [
        (TYPED, "", "has to be filled in"),
        ({"type": "checkboxes", "options": OPTIONS}, [], "has to be filled in"),
        ({"type": "static_select", "options": OPTIONS}, None, "has to be filled in"),
        (TYPED, "x" * 3001, "longer than 3000 characters"),
        (TYPED, "one\ntwo", "one line only"),
        (SHORT, "xxxxxx", "longer than 5 characters"),
        (SHORT, "xx", "shorter than 3 characters"),
        ({"type": "email_text_input"}, "ada at northshire", "an e-mail address"),
        ({"type": "url_text_input"}, "northshire", "an address of the web"),
        (NUMBER, "some", "has to be a number"),
        (NUMBER, "1.5", "a whole number"),
        (NUMBER, "0", "1 at the least"),
        (NUMBER, "10", "9 at the most"),
        ({"type": "datepicker"}, "5 November", "a date, YYYY-MM-DD"),
        ({"type": "timepicker"}, "5pm", "a time, HH:mm"),
        ({"type": "users_select"}, "U404", "somebody of the workspace"),
        ({"type": "multi_users_select"}, ["U0SANDBOX", "U404"], "somebody of the workspace"),
        ({"type": "conversations_select"}, "C404", "a channel of the workspace"),
        (
            {"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 1},
            ["x", "y"],
            "No more than 1 can be chosen",
        ),
    ],
)
async def test_what_is_not_filled_in_as_asked_is_not_submitted(
    workspace: Workspace, ada: Member, bot: Bot, *, element: Json, given: object, fault: str
) -> None:
    view = await opened(bot, ada, field(element))
    told = len(workspace.deliveries)

    with pytest.raises(ValueError, match=f"^b: .*{fault}"):
        await ada.submits(view, {"b": {"a": given}})
    assert len(workspace.deliveries) == told
    assert ada.modals == [view]


@pytest.mark.parametrize(
    ("element", "given"),
    [
        (TYPED | {"multiline": True}, "one\ntwo"),
        (SHORT, "xxx"),
        (SHORT, ""),
        (NUMBER, "9"),
        ({"type": "number_input", "is_decimal_allowed": True}, "-1.5"),
        ({"type": "timepicker"}, "17:00"),
    ],
)
async def test_what_is_optional_or_within_the_limits_is_submitted(
    ada: Member, bot: Bot, element: Json, given: object
) -> None:
    async def takes(ack: AsyncAck) -> None:
        await ack()

    bot.app.view("form")(takes)
    view = await opened(bot, ada, field(element, optional=True))

    assert (await ada.submits(view, {"b": {"a": given}})).acknowledged
    assert ada.modals == []


@pytest.mark.parametrize("errors", [{"elsewhere": "No."}, {}, {"b": "No.", "s": "Nor here."}])
async def test_an_error_of_no_field_is_not_shown(ada: Member, bot: Bot, errors: object) -> None:
    """Slack: the key of an error is the block_id of an input block."""

    async def refuses(ack: AsyncAck) -> None:
        await ack({"response_action": "errors", "errors": errors})

    bot.app.view("form")(refuses)
    section = {"type": "section", "block_id": "s", "text": plain("Words")}
    view = await opened(bot, ada, field(TYPED), section)
    answer = await ada.submits(view, {"b": {"a": "words"}})

    assert (answer.text, answer.acknowledged) == ("We had some trouble connecting. Try again?", False)
    assert ada.modals == [view]


async def test_the_page_says_beside_the_field_what_is_wrong_and_offers_people_and_channels_by_name(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, bot: Bot
) -> None:
    bodies: list[Json] = []

    async def takes(ack: AsyncAck, body: Json) -> None:
        bodies.append(body)
        await ack()

    bot.app.view("form")(takes)
    fields: dict[str, Json] = {
        "who": {"type": "users_select", "initial_user": ben.id},
        "many": {"type": "multi_users_select", "initial_users": [ada.id]},
        "where": {"type": "conversations_select", "initial_conversation": channel.id},
        "when": {"type": "timepicker", "initial_time": "17:00"},
        "choice": {"type": "radio_buttons", "options": OPTIONS, "initial_option": option("y")},
    }
    blocks = [asking(block_id=name, element=each | {"action_id": "a"}) for name, each in fields.items()]
    view = await opened(bot, ada, *blocks)
    async with aiohttp.ClientSession() as session:
        visitor = Visitor(workspace, session)
        html = await visitor.sees(ada, channel)
        selected = [each["value"] for tag, each in html.tags if tag == "option" and "selected" in each]
        assert selected == [ada.id, ben.id, ada.id, channel.id]  # the first: who one speaks as
        assert "Ben Okoye" in html.text.split("Words", 1)[1]
        assert [each["value"] for _, each in html.tags if each.get("type") == "time"] == ["17:00"]
        assert [each["value"] for _, each in html.tags if "checked" in each] == ["y"]

        values = {"who": {"a": ""}, "when": {"a": "5pm"}}
        answer = await visitor.does("submit", ada, channel, view=view["id"], values=values)
        faults = {"who": "This has to be filled in.", "when": "This has to be a time, HH:mm."}
        assert answer == {"errors": faults}
        assert await visitor.does("submit", ada, channel, view=view["id"], values={"who": {"a": ada.id}}) == {}
    state = bodies[0]["view"]["state"]["values"]
    assert (state["who"]["a"]["selected_user"], state["many"]["a"]["selected_users"]) == (ada.id, [ada.id])
    assert state["where"]["a"]["selected_conversation"] == channel.id
