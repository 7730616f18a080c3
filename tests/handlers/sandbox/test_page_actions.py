"""What a visitor of the sandbox's page does: the app hears of it, and the page shows it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .visitor import MODAL, Visitor


@pytest.fixture
async def visitor(workspace: Workspace) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(workspace, session)


async def test_the_app_hears_what_a_visitor_says_edits_reacts_and_deletes(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    assert await visitor.does("say", ada, channel, words="first & *bold* words\nsecond line") == {}
    said = workspace.find(channel, "first")
    assert bot.heard[-1]["text"] == "first &amp; *bold* words\nsecond line"

    assert await visitor.points("reply", ada, said, words="@dpbot show DP092") == {}
    assert bot.heard[-1]["text"] == f"<@{workspace.bot_user_id}> show DP092"
    assert bot.heard[-1]["thread_ts"] == said.ts

    assert await visitor.points("edit", ada, said, words="other words") == {}
    assert bot.heard[-1]["message"]["text"] == "other words"
    assert "other words (edited)" in (await visitor.sees(ada, channel)).text

    assert await visitor.points("react", ada, said, name="+1") == {}
    assert bot.heard[-1]["reaction"] == "+1"
    assert "👍 1" in (await visitor.sees(ada, channel)).text
    assert await visitor.points("react", ada, said, name="thumbsup") == {}
    assert bot.heard[-1]["type"] == "reaction_removed"

    assert await visitor.points("delete", ada, said) == {}
    assert "This message was deleted." in (await visitor.sees(ada, channel)).text


async def test_a_reply_may_also_be_sent_to_the_channel(visitor: Visitor, ada: Member, channel: Channel) -> None:
    said = await ada.posts(channel, "parent")

    await visitor.points("reply", ada, said, words="for everybody", broadcast=True)

    assert "Replied in a thread for everybody" in (await visitor.sees(ada, channel)).text


async def test_nobody_changes_what_another_member_said(
    workspace: Workspace, visitor: Visitor, ada: Member, ben: Member, channel: Channel
) -> None:
    said = await ada.posts(channel, "mine")

    for action in ("edit", "delete"):
        answer = await visitor.points(action, ben, said, words="yours")
        assert answer == {"notice": "Only the member who wrote a message can change it."}
    assert "mine" in str(workspace.messages(channel))
    for member, mine in ((ada, 1), (ben, 0)):
        assert len((await visitor.sees(member, channel)).all("button", "data-mine")) == mine


@pytest.mark.parametrize(
    ("action", "given", "notice"),
    [
        ("say", {"words": "  \n"}, "There is nothing to send yet: write some words first."),
        ("say", {"words": 7}, "There is nothing to send yet: write some words first."),
        ("edit", {"words": "x", "ts": "1.000001"}, "That message is no longer there."),
        ("react", {"name": "+1"}, "That message is no longer there."),
        ("react", {"name": " "}, "There is no reaction of that name."),
        ("close", {"view": "V9"}, "That window was closed meanwhile."),
        ("click", {"place": "modal", "ts": "", "action_id": "go"}, "That is no longer there."),
        ("fly", {}, "That is no longer there."),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    visitor: Visitor, ada: Member, channel: Channel, action: str, given: dict[str, object], notice: str
) -> None:
    assert await visitor.does(action, ada, channel, **given) == {"notice": notice}


async def test_an_action_that_is_not_json_is_refused(visitor: Visitor, ada: Member) -> None:
    await visitor.sees(ada)
    for body in ("{", "[]"):
        url, headers = f"{visitor.workspace.page_url}page/do/say", {"X-Sandbox-Token": visitor.token}
        async with visitor.session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 400


async def test_a_private_answer_is_seen_by_who_asked_and_can_be_put_away(
    visitor: Visitor, ada: Member, ben: Member, channel: Channel, bot: Bot
) -> None:
    assert await visitor.does("say", ada, channel, words="/dp show DP092") == {}

    html = await visitor.sees(ada, channel)
    assert "Only visible to you dpbot App" in html.text
    assert "You asked for show DP092" in html.text
    assert "You asked" not in (await visitor.sees(ben, channel)).text
    (ts,) = [a["data-ts"] for _, a in html.tags if a.get("data-do") == "dismiss"]
    await visitor.does("dismiss", ada, channel, ts=ts)
    assert "You asked" not in (await visitor.sees(ada, channel)).text


async def test_a_command_in_a_thread_is_not_taken_as_in_slack(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    said = await ada.posts(channel, "parent")

    answer = await visitor.points("reply", ada, said, words="/dp list")

    assert "no commands in threads" in answer["notice"]
    assert len(workspace.thread(channel, said.ts)) == 1


async def test_a_command_that_no_app_answers_says_so(visitor: Visitor, ada: Member, channel: Channel) -> None:
    answer = await visitor.does("say", ada, channel, words="/dp list")

    assert answer["notice"].startswith("/dp was not answered: the app is not running")


async def test_a_modal_is_filled_in_refused_mended_and_gone(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    heard: list[dict[str, Any]] = []

    async def opens(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL | {"callback_id": "private"})

    async def takes(ack: AsyncAck, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"])
        if view["state"]["values"]["words"]["text"]["value"] == "no":
            await ack(response_action="errors", errors={"words": "Say a little more."})
        else:
            await ack()

    bot.app.action("comment")(opens)
    bot.app.view("private")(takes)
    button = {"type": "button", "action_id": "comment", "text": {"type": "plain_text", "text": "Comment privately"}}
    blocks = [{"type": "actions", "elements": [button]}]
    await bot.app.client.chat_postMessage(channel=channel.id, text="DP092", blocks=blocks)

    assert await visitor.points("click", ada, workspace.find(channel, "DP092"), place="post", action_id="comment") == {}
    html = await visitor.sees(ada, channel)
    assert "Comment privately Your comment It is about The issue Cancel Send to SECAS" in html.text
    (view,) = [a["id"] for tag, a in html.tags if tag == "form" and a.get("data-form") == "submit"]
    values = {"words": {"text": "no"}, "facet": {"which": "issue"}}
    answer = await visitor.does("submit", ada, channel, view=view, values=values)
    assert answer == {"errors": {"words": "Say a little more."}}
    assert await visitor.does("submit", ada, channel, view=view, values=values | {"words": {"text": "more"}}) == {}
    assert heard[-1]["facet"]["which"]["selected_option"]["value"] == "issue"
    assert "Send to SECAS" not in (await visitor.sees(ada, channel)).text


async def test_a_modal_can_be_closed(workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel) -> None:
    workspace._core.store.modals[ada.id] = [MODAL | {"id": "V1", "notify_on_close": False}]

    await visitor.does("close", ada, channel, view="V1")

    assert ada.modals == []


async def test_a_button_of_a_private_answer_works(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    bodies: list[dict[str, Any]] = []

    async def hears(ack: AsyncAck, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()

    bot.app.action("full")(hears)
    button = {"type": "button", "action_id": "full", "value": "7", "text": {"type": "plain_text", "text": "Read"}}
    blocks = [{"type": "actions", "elements": [button]}]
    await bot.app.client.chat_postEphemeral(channel=channel.id, user=ada.id, text="x", blocks=blocks)
    (whisper,) = workspace.ephemerals(ada)

    answer = await visitor.does("click", ada, channel, place="whisper", ts=whisper["ts"], action_id="full")

    assert answer == {}
    assert bodies[0]["actions"][0]["value"] == "7"
    assert bodies[0]["container"]["is_ephemeral"]
    assert "message" not in bodies[0]


@pytest.mark.parametrize("place", ["modal", "home"])
async def test_a_button_of_a_modal_and_of_home_works(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot, place: str
) -> None:
    bodies: list[dict[str, Any]] = []

    async def hears(ack: AsyncAck, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()

    bot.app.action("more")(hears)
    button = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    view = {"id": "V1", "type": place, "blocks": [{"type": "actions", "block_id": "b", "elements": [button]}]}
    if place == "modal":
        workspace._core.store.modals[ada.id] = [view]
    else:
        workspace._core.store.homes[ada.id] = view

    assert await visitor.does("click", ada, channel, place=place, ts="", action_id="more") == {}
    assert bodies[0]["container"] == {"type": "view", "view_id": "V1"}
    assert bodies[0]["view"]["id"] == "V1"
    assert "response_url" not in bodies[0]


async def test_the_app_is_told_that_its_home_is_looked_at(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Your *comments*"}}

    async def opened(event: dict[str, Any]) -> None:
        await bot.app.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section]})

    bot.app.event("app_home_opened")(opened)
    workspace._core.subscriptions |= {"app_home_opened"}

    await visitor.does("home", ada, channel)

    assert "Your comments" in (await visitor.sees(ada, home="1")).text


async def test_nothing_is_said_or_changed_in_an_archived_channel(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel
) -> None:
    said = await ada.posts(channel, "the last word")
    await ada.reacts(said, "+1")
    workspace.admin.archive(channel)
    before = workspace.messages(channel)

    for action in ("say", "reply", "edit", "delete", "react"):
        for name in ("+1", "eyes"):
            answer = await visitor.points(action, ada, said, words="still here", name=name)
            assert answer["notice"].startswith("This channel is archived")

    assert workspace.messages(channel) == before
    assert "Archived: it can be read" in (await visitor.sees(ada, channel)).text


async def test_half_a_character_is_replaced_and_the_channel_can_still_be_read(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel
) -> None:
    assert await visitor.does("say", ada, channel, words="half \ud83d and whole 👍") == {}
    answer = await visitor.points("react", ada, workspace.find(channel, "half"), name="x\udc4d")
    assert answer == {"notice": "There is no reaction of that name."}

    assert "half \ufffd and whole 👍" in (await visitor.sees(ada, channel)).text


async def test_of_two_buttons_of_one_name_the_one_that_was_clicked_is_told(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    told: list[tuple[str, str]] = []

    async def hears(ack: AsyncAck, action: dict[str, Any]) -> None:
        told.append((action["block_id"], action["value"]))
        await ack()

    bot.app.action("show")(hears)
    button = {"type": "button", "action_id": "show", "text": {"type": "plain_text", "text": "Show"}}
    blocks = [
        {"type": "actions", "block_id": name, "elements": [button | {"value": f"of {name}"}]} for name in ("one", "two")
    ]
    await bot.app.client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)
    await bot.app.client.chat_postEphemeral(channel=channel.id, user=ada.id, text="x", blocks=blocks)
    post, whisper = workspace.messages(channel)[0], workspace.ephemerals(ada)[0]
    html = await visitor.sees(ada, channel)
    assert html.all("button", "data-block") == ["one", "two", "one", "two"]

    for place, ts in (("post", post["ts"]), ("whisper", whisper["ts"])):
        given = {"place": place, "ts": ts, "action_id": "show", "block_id": "two"}
        assert await visitor.does("click", ada, channel, **given) == {}
    assert told == [("two", "of two")] * 2
    answer = await visitor.does("click", ada, channel, **given | {"block_id": "three"})
    assert answer == {"notice": "That is no longer there."}


async def test_nobody_takes_the_part_of_somebody_who_has_left(workspace: Workspace, visitor: Visitor) -> None:
    ada, ben = workspace.member("Ada Holt"), workspace.member("Ben Okoye")
    workspace.admin.deactivate(ada)

    assert "You are speaking as Ben Okoye ◐" in (await visitor.sees(ben)).text
