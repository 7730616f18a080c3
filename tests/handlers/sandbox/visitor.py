"""Visitors of the sandbox's page: one reads its HTML and sends actions, the other is a browser, Chromium."""

import json
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import aiohttp
from playwright.async_api import BrowserContext, Locator, Page, async_playwright

from handlers.sandbox import Channel, Member, Said, Workspace

CHROMIUM = shutil.which("chromium")
FLAGS = [  # they keep it off the network
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
WIDE, NARROW = (1280, 860), (375, 760)

# A form as the app would open it.
MODAL: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Comment privately"},
    "submit": {"type": "plain_text", "text": "Send to SECAS"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Your comment"},
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "facet",
            "label": {"type": "plain_text", "text": "It is about"},
            "element": {
                "type": "radio_buttons",
                "action_id": "which",
                "options": [{"text": {"type": "plain_text", "text": "The issue"}, "value": "issue"}],
            },
        },
    ],
}


class Html(HTMLParser):
    """Every tag with its attributes, and the words a person would read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def all(self, tag: str, attribute: str) -> list[str]:
        return [attributes[attribute] for name, attributes in self.tags if name == tag and attribute in attributes]


@dataclass
class Visitor:
    workspace: Workspace
    session: aiohttp.ClientSession
    token: str = field(default="", repr=False)

    async def asks(self, path: str = "", **headers: str) -> tuple[int, str, Mapping[str, str]]:
        """Status, body, headers of a page at this path."""
        url = self.workspace.page_url + path.removeprefix("/")
        async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers

    async def sees(self, member: Member | None = None, channel: Channel | None = None, **query: str) -> Html:
        """The page as this member sees it."""
        asked = {"as": member.id if member else "", "room": channel.id if channel else ""} | query
        async with self.session.get(self.workspace.page_url, params=asked) as answer:
            assert answer.status == 200
            html = Html(await answer.text())
        self.token = next((a["content"] for _, a in html.tags if a.get("name") == "token"), "")
        return html

    async def does(self, action: str, member: Member, channel: Channel, **given: object) -> dict[str, Any]:
        """What the page answers to an action."""
        if not self.token:
            await self.sees(member)
        url, headers = f"{self.workspace.page_url}page/do/{action}", {"X-Sandbox-Token": self.token}
        async with self.session.post(
            url, json={"as": member.id, "room": channel.id} | given, headers=headers
        ) as answer:
            assert answer.status == 200
            body: dict[str, Any] = await answer.json()
            return body

    async def points(self, action: str, member: Member, said: Said, **given: object) -> dict[str, Any]:
        """An action on a message."""
        return await self.does(action, member, said.channel, ts=said.ts, **given)


@dataclass
class Browser:
    """A browser, and everything that its pages asked for and complained of."""

    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def opens(self, workspace: Workspace, member: Member, channel: Channel, size: tuple[int, int] = WIDE) -> Page:
        page = await self.context.new_page()
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.goto(f"{workspace.page_url}?as={member.id}&room={channel.id}")
        return page


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[Browser]:
    """Chromium with a new profile, kept in this folder. It asks nobody but the workspace, and its console is empty."""
    log = folder / "network.json"
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            folder / "profile", executable_path=CHROMIUM, args=[*FLAGS, f"--log-net-log={log}"]
        )
        browser = Browser(context)
        context.on("request", lambda request: browser.asked.append(request.url))
        context.on("console", lambda message: browser.complaints.append(message.text))
        context.on("weberror", lambda error: browser.complaints.append(str(error.error)))
        yield browser
        await context.close()
    # A workspace may stop before the browser does, and the page looks once a second.
    complaints = [each for each in browser.complaints if "ERR_CONNECTION_REFUSED" not in each]
    assert not complaints, complaints
    assert browser.asked
    assert all(url.startswith("http://127.0.0.1:") for url in browser.asked), browser.asked
    assert not (hosts := looked_up(log)), f"Chromium looked for {hosts}"


def looked_up(log: Path) -> set[str]:
    """The hosts whose addresses Chromium looked for outside itself, by its own log of the network."""
    told = json.loads(log.read_text("utf-8"))
    job = told["constants"]["logEventTypes"]["HOST_RESOLVER_MANAGER_JOB"]
    return {
        event["params"]["host"]
        for event in told["events"]
        if event["type"] == job and "host" in event.get("params", {})
    }


def message(page: Page, words: str, where: str = "#lines") -> Locator:
    """The message in that list that reads these words."""
    return page.locator(f"{where} > .message").filter(has_text=words)


async def act(line: Locator, name: str) -> None:
    """One of the small buttons beside a message."""
    await line.hover()
    await line.get_by_label(name, exact=True).click()
