"""The sandbox's page as its server gives it: who may ask, what is on it, what its actions do."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace
from handlers.sandbox.store import Post

from .visitor import Html, Visitor

SCRIPTS = ["/page/drawing.js", "/page/page.js"]
HOSTILE = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>\"' onload=alert(1) {{ 7 * 7 }}"


@pytest.fixture
async def visitor(workspace: Workspace) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(workspace, session)


def harmless(html: Html) -> None:
    """Nothing on the page runs, loads or leads to anything but what the page itself brings."""
    assert html.all("script", "src") == SCRIPTS
    assert [tag for tag, _ in html.tags].count("script") == len(SCRIPTS)
    assert not {tag for tag, _ in html.tags} & {"img", "iframe", "style", "object", "embed", "base", "video", "audio"}
    for _, attributes in html.tags:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "srcdoc"}][
            (attributes.get("src") in SCRIPTS) :
        ]
    assert all(re.match("/page/", href) for href in html.all("link", "href"))
    assert all(re.match(r"/(?![/\\])|#|https://example\.org(/|$)", href) for href in html.all("a", "href"))


async def test_nothing_is_loaded_from_elsewhere(visitor: Visitor, ada: Member, channel: Channel) -> None:
    _, text, headers = await visitor.asks("/")

    harmless(Html(text))
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; object-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    for asset in ("page.css", "drawing.js", "page.js", "icon.svg"):
        status, body, _ = await visitor.asks(f"/page/{asset}")
        assert status == 200
        assert "//" not in body.replace("http://www.w3.org/2000/svg", "").replace("// ", "").replace("`//", "")
    assert (await visitor.asks("/page/routes.py"))[0] == 404


# What is on it


async def test_it_says_where_one_is_and_whose_part_one_takes(workspace: Workspace, visitor: Visitor) -> None:
    channel = workspace.channel("operations-group")
    ada = workspace.member("Ada Holt", organisation="Northshire Energy")
    workspace.member("Ben Okoye")

    html = await visitor.sees(ada, channel)

    assert "Sandbox : nothing here reaches Slack" in html.text
    assert "You are speaking as Ada Holt, Northshire Energy Ben Okoye" in html.text
    assert "You are speaking in #operations-group as Ada Holt , Northshire Energy" in html.text


async def test_a_workspace_without_members_says_so(visitor: Visitor) -> None:
    html = await visitor.sees()

    assert "This workspace has no members" in html.text
    assert "nothing here reaches Slack" in html.text


async def test_a_private_channel_is_there_for_its_members_only(
    workspace: Workspace, visitor: Visitor, ada: Member, ben: Member
) -> None:
    secret = workspace.channel("secas-change-team", private=True)
    workspace.put(ada, secret)
    await ada.posts(secret, "between us")

    assert "between us" in (await visitor.sees(ada, secret)).text
    for_ben = await visitor.sees(ben, secret)
    assert "between us" not in for_ben.text
    assert "secas-change-team" not in for_ben.text
    answer = await visitor.does("say", ben, secret, words="let me in")
    assert answer == {"notice": "That is no longer there."}
    assert len(workspace.messages(secret)) == 1


async def test_hostile_words_and_names_are_only_words(
    workspace: Workspace, visitor: Visitor, channel: Channel, client: AsyncWebClient
) -> None:
    mallory = workspace.member(HOSTILE, organisation=HOSTILE)
    said = await mallory.posts(channel, HOSTILE)
    await mallory.replies(said, HOSTILE)
    workspace._core.store.room(channel.id).posts[said.ts].reactions[HOSTILE] = [mallory.id]

    html = await visitor.sees(mallory, channel, thread=said.ts, editing=said.ts)

    harmless(html)
    assert html.text.count("{{ 7 * 7 }}") > 5


async def test_hostile_blocks_and_files_are_only_words(
    visitor: Visitor, ada: Member, channel: Channel, workspace: Workspace
) -> None:
    text, plain = {"type": "mrkdwn", "text": HOSTILE}, {"type": "plain_text", "text": HOSTILE}
    button = {"type": "button", "text": plain, "action_id": HOSTILE, "value": HOSTILE, "style": HOSTILE}
    link = button | {"url": "javascript:alert(1)"}
    image = {"type": "image", "image_url": "https://elsewhere.example/x.png", "alt_text": HOSTILE}
    select = {"type": "static_select", "action_id": "a", "options": [{"text": plain, "value": HOSTILE}]}
    bold = {"type": "text", "text": HOSTILE, "style": {"bold": True}}
    leading = {"type": "link", "url": "javascript:alert(1)", "text": HOSTILE}
    rich: dict[str, Any] = {"type": "rich_text_section", "elements": [bold, leading]}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain},
        {"type": "section", "text": text, "fields": [text, plain], "accessory": button},
        {"type": "section", "text": text, "accessory": image},
        {"type": "context", "elements": [text, image]},
        {"type": "actions", "elements": [button | {"confirm": {"text": text}}, link, select]},
        {"type": "rich_text", "elements": [rich, rich | {"type": "rich_text_list"}]},
        image,
        {"type": HOSTILE},
        {},
    ]
    stored = Post("1572429600.000100", workspace.bot_user_id, "", blocks=blocks)
    workspace._core.store.room(channel.id).add(stored)
    fields = [
        {"type": "input", "block_id": HOSTILE, "label": plain, "hint": plain, "element": element}
        for element in (select, select | {"type": "checkboxes"}, {"type": "plain_text_input", "initial_value": HOSTILE})
    ]
    workspace._core.store.modals[ada.id] = [{"id": "V1", "title": plain, "blocks": [*fields, *blocks]}]

    harmless(await visitor.sees(ada, channel))


async def test_blocks_are_drawn_as_slack_draws_them(
    visitor: Visitor, ada: Member, channel: Channel, client: AsyncWebClient
) -> None:
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Comment privately"}}
    await client.chat_postMessage(
        channel=channel.id,
        text="fallback",
        blocks=[
            {"type": "header", "text": {"type": "plain_text", "text": "Draft Proposals"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*DP092* :+1: <https://example.org|Open>"}},
            {"type": "divider"},
            {"type": "actions", "elements": [button | {"style": "primary"}]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "White"}]},
        ],
    )

    html = await visitor.sees(ada, channel)

    assert "Draft Proposals DP092 👍 Open Comment privately White" in html.text
    assert "fallback" not in html.text
    assert "button primary" in html.all("button", "class")
    assert {"h3", "hr", "b"} <= {tag for tag, _ in html.tags}


async def test_a_button_that_asks_first_asks_in_plain_words(
    visitor: Visitor, ada: Member, channel: Channel, client: AsyncWebClient
) -> None:
    words = "Send *it* to <https://a.example/ onclick=alert(1) x=|Ada & 'Ben'>?"
    confirm = {
        "title": {"type": "plain_text", "text": "Sure?"},
        "text": {"type": "mrkdwn", "text": words},
        "confirm": {"type": "plain_text", "text": "Yes"},
        "deny": {"type": "plain_text", "text": "No"},
    }
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "confirm": confirm}
    await client.chat_postMessage(channel=channel.id, text="x", blocks=[{"type": "actions", "elements": [button]}])

    html = await visitor.sees(ada, channel)

    harmless(html)
    assert html.all("button", "data-confirm") == ["Send it to Ada & 'Ben'?"]


async def test_an_archived_channel_offers_nothing_that_would_change_it(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "the last word")
    await ada.replies(said, "and one more")
    await ada.reacts(said, "+1")
    await client.chat_postEphemeral(channel=channel.id, user=ada.id, text="between us")
    workspace.admin.archive(channel)

    html = await visitor.sees(ada, channel, thread=said.ts, editing=said.ts)

    assert "Add a reaction" not in html.all("button", "aria-label")
    assert "Edit or delete" not in html.all("button", "aria-label")
    assert "Edit your message" not in html.text
    assert [a["class"] for _, a in html.tags if "disabled" in a] == ["reaction", "reaction"]
    assert "👍 1" in html.text
    assert "1 reply" in html.text
    assert "Dismiss" in html.text


async def test_the_reactions_that_the_app_explains_are_offered_first(
    visitor: Visitor, ada: Member, channel: Channel, client: AsyncWebClient
) -> None:
    words = ":raised_hand: further input wanted :grey_question: needs clarification :no_such: nothing"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": words}}
    await client.chat_postMessage(channel=channel.id, text="x", blocks=[section])

    html = await visitor.sees(ada, channel)

    offered = [name for name in html.all("button", "data-name") if name]
    assert offered[:3] == ["raised_hand", "grey_question", "+1"]


async def test_a_home_is_shown_once_the_app_publishes_one(workspace: Workspace, visitor: Visitor, ada: Member) -> None:
    assert "dpbot has not published a Home." in (await visitor.sees(ada, home="1")).text

    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Your *comments*"}}
    workspace._core.store.homes[ada.id] = {"id": "V1", "type": "home", "blocks": [section]}

    assert "Your comments" in (await visitor.sees(ada, home="1")).text


async def test_it_is_sent_again_only_when_something_changed(visitor: Visitor, ada: Member, channel: Channel) -> None:
    path = f"/?as={ada.id}&room={channel.id}"
    _, _, headers = await visitor.asks(path)

    assert (await visitor.asks(path, **{"If-None-Match": headers["ETag"]}))[0] == 304
    await ada.posts(channel, "something new")
    status, text, _ = await visitor.asks(path, **{"If-None-Match": headers["ETag"]})
    assert status == 200
    assert "something new" in text


async def test_what_a_member_has_not_seen_is_marked_until_they_look(
    workspace: Workspace, visitor: Visitor, channel: Channel, ada: Member, ben: Member
) -> None:
    other = workspace.channel("change-sub-committee")
    said = await ben.posts(channel, "first")
    await visitor.sees(ada, channel)
    await visitor.sees(ada, other)

    await ben.posts(channel, "second")
    await ben.replies(said, "a reply")
    assert "operations-group 1 unread" in (await visitor.sees(ada, other)).text
    html = await visitor.sees(ada, channel)
    assert "unread" not in html.text
    assert "New B Ben Okoye" in html.text
    assert "1 reply 1 new" in html.text
    assert "1 new" not in (await visitor.sees(ada, channel, thread=said.ts)).text
    await visitor.sees(ada, other)
    assert "New B" not in (await visitor.sees(ada, channel)).text


async def test_a_long_channel_opens_at_its_end(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel
) -> None:
    room = workspace._core.store.room(channel.id)
    for number in range(5000):
        room.add(Post(f"{1_572_400_000 + number}.000100", ada.id, f"number {number} *of* 5000"))

    html = await visitor.sees(ada, channel)

    assert "number 4999" in html.text
    assert "number 4900" in html.text
    assert "number 4899" not in html.text
    assert "4900 earlier messages" in html.text
    assert "number 4800" in (await visitor.sees(ada, channel, count="200")).text
    most = (await visitor.sees(ada, channel, count="99999")).text
    assert "Show earlier" not in most
    assert "3000 earlier messages , which the page does not show" in most.replace("messages,", "messages ,")


async def test_a_long_thread_opens_at_its_end_below_the_message_it_is_about(
    workspace: Workspace, visitor: Visitor, ada: Member, channel: Channel, client: AsyncWebClient
) -> None:
    room = workspace._core.store.room(channel.id)
    parent = Post("1572400000.000100", ada.id, "the parent")
    room.add(parent)
    for number in range(5000):
        room.add(Post(f"{1_572_400_001 + number}.000100", ada.id, f"number {number} of 5000", thread_ts=parent.ts))

    html = await visitor.sees(ada, channel, thread=parent.ts)

    assert "number 4999 " in html.text
    assert "number 4900 " in html.text
    assert "number 4899 " not in html.text
    assert html.text.index("the parent", html.text.index("Thread")) < html.text.index("4900 earlier replies")
    assert html.text.index("4900 earlier replies") < html.text.index("number 4900 ")
    assert "5000 replies" in html.text
    assert "number 4800 " in (await visitor.sees(ada, channel, thread=parent.ts, replies="200")).text
    most = (await visitor.sees(ada, channel, thread=parent.ts, replies="99999")).text
    assert "number 3000 " in most
    assert "number 2999 " not in most
    assert "Show earlier" not in most
    assert "3000 earlier replies , which the page does not show" in most.replace("replies,", "replies ,")


async def test_times_and_days_are_londons(visitor: Visitor, ada: Member, channel: Channel) -> None:
    at = int(datetime(2019, 7, 1, 23, 30, tzinfo=UTC).timestamp())
    visitor.workspace._core.store.room(channel.id).add(Post(f"{at}.000100", ada.id, "late"))

    assert "Tuesday 2 July 2019 A Ada Firth 00:30 late" in (await visitor.sees(ada, channel)).text
