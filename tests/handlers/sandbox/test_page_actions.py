"""What a visitor of the sandbox's page does: the app hears of it, and the page shows it. Files and links too."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .visitor import MODAL, Html, Visitor


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
    assert await visitor.points("react", ada, said, name="+1") == {}
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
    assert "Edit or delete" not in (await visitor.sees(ben, channel)).all("button", "aria-label")


@pytest.mark.parametrize(
    ("action", "given", "notice"),
    [
        ("say", {"words": "  \n"}, "There is nothing to send yet: write some words first."),
        ("say", {"words": 7}, "There is nothing to send yet: write some words first."),
        ("edit", {"words": "x", "ts": "1.000001"}, "That message is no longer there."),
        ("react", {"name": "+1"}, "That message is no longer there."),
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


async def test_nothing_is_said_in_an_archived_channel(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel
) -> None:
    workspace.admin.archive(channel)

    answer = await visitor.does("say", ada, channel, words="still here")

    assert answer["notice"].startswith("This channel is archived")
    assert "Archived: it can be read" in (await visitor.sees(ada, channel)).text


async def test_nobody_takes_the_part_of_somebody_who_has_left(workspace: Workspace, visitor: Visitor) -> None:
    ada, ben = workspace.member("Ada Holt"), workspace.member("Ben Okoye")
    workspace.admin.deactivate(ada)

    assert "You are speaking as Ben Okoye ◐" in (await visitor.sees(ben)).text


# Files and links


async def test_a_visitor_shares_a_file_with_some_words(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, bot: Bot
) -> None:
    await visitor.sees(ada)
    asked = {"as": ada.id, "room": channel.id, "name": "notes.txt", "words": "Our notes"}
    for content in (b"figures", b""):
        url, headers = f"{workspace.page_url}page/files", {"X-Sandbox-Token": visitor.token}
        async with visitor.session.post(url, params=asked, data=content, headers=headers) as answer:
            said = await answer.json()

    assert said == {"notice": "That file is empty: choose another one."}
    assert [(file.name, file.content) for file in workspace.files(channel)] == [("notes.txt", b"figures")]
    assert bot.heard[-1]["subtype"] == "file_share"
    assert "Our notes TXT notes.txt 7 bytes Read Download" in (await visitor.sees(ada, channel)).text


async def test_what_slack_unfolds_stands_under_the_message(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel
) -> None:
    said = await ada.posts(channel, "see https://example.org/a")
    await workspace.admin.unfurls(said, "A paper", "https://example.org/a")

    html = await visitor.sees(ada, channel, editing=said.ts)
    assert "A paper" in html.text
    assert "see https://example.org/a Save" in html.text


async def test_a_file_is_kept_or_read_by_those_who_can_see_it(
    workspace: Workspace, visitor: Visitor, ada: Member, ben: Member, client: AsyncWebClient
) -> None:
    secret = workspace.channel("secas-change-team", private=True)
    workspace.put(ada, secret)
    document = "# DP092 Comments\n\n| Ref | Words |\n|--:|---|\n| V001 | <script>alert(1)</script> ![x](y.png) |\n"
    for name in ("DP092 Comments.md", "notes.txt", "DP092 Comments.docx"):
        await client.files_upload_v2(channel=secret.id, filename=name, content=document, title=name)
    html = await visitor.sees(ada, secret)
    reads = [href for href in html.all("a", "href") if "/read?" in href]
    keeps = [href for href in html.all("a", "href") if href.startswith("/page/files/") and "/read" not in href]

    assert (len(reads), len(keeps)) == (2, 3)
    status, text, _ = await visitor.asks(reads[0])
    assert status == 200
    read = Html(text)
    assert {"h1", "table", "td"} <= {tag for tag, _ in read.tags}
    assert not {"script", "img"} & {tag for tag, _ in read.tags}
    assert "<script>" in read.text
    assert "to-right" in read.all("td", "class")
    assert "<pre># DP092 Comments" in (await visitor.asks(reads[1]))[1]
    status, text, headers = await visitor.asks(keeps[0])
    assert text == document
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''DP092%20Comments.md"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    for href in (reads[0], keeps[0]):
        assert (await visitor.asks(href.replace(ada.id, ben.id)))[0] == 404
    assert (await visitor.asks(keeps[2].replace("?", "/read?")))[0] == 404


async def test_a_link_to_a_message_opens_its_thread(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "parent")
    reply = await ada.replies(said, "child")
    for ts in (said.ts, reply.ts):
        link = (await client.chat_getPermalink(channel=channel.id, message_ts=ts))["permalink"]
        joint = "&" if "?" in link else "?"

        status, _, headers = await visitor.asks(link.removeprefix(workspace.page_url) + f"{joint}as={ada.id}")

        assert status == 302
        assert headers["Location"] == f"/?as={ada.id}&room={channel.id}&thread={said.ts}"
    assert "child" in Html((await visitor.asks(headers["Location"]))[1]).text


async def test_the_look_that_was_chosen_is_kept(visitor: Visitor, ada: Member) -> None:
    assert 'data-theme="dark"' in (await visitor.asks("/", Cookie="sandbox-theme=dark"))[1]
    assert "data-theme" not in (await visitor.asks("/", Cookie="sandbox-theme=x%22onload"))[1]
