"""Files, links and the chosen look on the sandbox's page."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .visitor import Html, Visitor


@pytest.fixture
async def visitor(workspace: Workspace) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(workspace, session)


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
    assert "You are speaking as Ada Firth" in read.text
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
