"""A visitor of the sandbox's page who reads HTML: what is on it, what it would load, and what an action answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import aiohttp

from handlers.sandbox import Channel, Member, Said, Workspace

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
