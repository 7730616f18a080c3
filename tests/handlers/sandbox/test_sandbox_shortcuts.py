"""Shortcuts in the menu of a message: what the app is told, what it may answer, and what the page offers."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, SlackError, Workspace

from .conftest import Bot
from .visitor import MODAL, Visitor


async def test_a_shortcut_tells_of_its_message_and_opens_a_modal(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, bot: Bot
) -> None:
    bodies: list[dict[str, Any]] = []

    async def opens(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
        bodies.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await respond("noted")
        await ack()

    bot.app.shortcut("record_as_view")(opens)
    parent = await ben.posts(channel, "parent")
    said = await ben.replies(parent, "Words of Ben's & more")

    assert (await ada.shortcut(said, "record_as_view")).acknowledged

    (body,) = bodies
    assert (body["type"], body["callback_id"], body["message_ts"]) == ("message_action", "record_as_view", said.ts)
    assert (body["user"]["id"], body["channel"]) == (ada.id, {"id": channel.id, "name": channel.name})
    assert (body["message"]["user"], body["message"]["thread_ts"]) == (ben.id, parent.ts)
    assert body["message"]["text"] == "Words of Ben's &amp; more"
    assert [view["title"]["text"] for view in ada.modals] == ["Comment privately"]
    assert [whisper["text"] for whisper in workspace.ephemerals(ada)] == ["noted"]


async def test_a_shortcut_works_where_the_app_is_not_and_names_no_private_channel(
    workspace: Workspace, ada: Member, bot: Bot
) -> None:
    bodies: list[dict[str, Any]] = []

    async def hears(ack: AsyncAck, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()

    bot.app.shortcut("my_comment")(hears)
    closed = workspace.channel("closed", private=True, bot=False)
    workspace.put(ada, closed)
    await ada.shortcut(await ada.posts(closed, "words"), "my_comment")

    assert bodies[0]["channel"] == {"id": closed.id, "name": "privategroup"}
    assert bodies[0]["message"]["text"] == "words"


async def test_only_what_the_manifest_names_is_offered_and_only_on_what_is_there(
    channel: Channel, ada: Member, ben: Member
) -> None:
    said = await ada.posts(channel, "parent")
    await ben.replies(said, "reply")

    with pytest.raises(LookupError, match="names no shortcut elsewhere"):
        await ada.shortcut(said, "elsewhere")
    await ada.deletes(said)
    with pytest.raises(SlackError, match="message_not_found"):
        await ada.shortcut(said, "my_comment")


async def test_the_page_offers_them_in_the_menu_of_every_message(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, bot: Bot
) -> None:
    heard: list[str] = []

    async def hears(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body["user"]["id"])
        await ack()

    bot.app.shortcut("my_comment")(hears)
    said = await ada.posts(channel, "words")
    async with aiohttp.ClientSession() as session:
        visitor = Visitor(workspace, session)
        html = await visitor.sees(ben, channel)
        assert "My comment… dpbot Record as a view dpbot Edit message Delete message" in html.text
        assert html.all("button", "data-callback") == ["my_comment", "record_as_view"]
        assert "More actions" in html.all("button", "aria-label")

        assert await visitor.points("shortcut", ben, said, callback_id="my_comment") == {}
        unheard = await visitor.points("shortcut", ben, said, callback_id="record_as_view")
        assert unheard["notice"].startswith("“Record as a view” was not answered")
        gone = await visitor.points("shortcut", ben, said, callback_id="elsewhere")
        assert gone == {"notice": "That is no longer there."}
    assert heard == [ben.id]
