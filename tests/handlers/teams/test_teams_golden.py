"""The cards of the sample paper as they go to Teams, word for word.

Each was looked at as a picture (`python -m tests.pictures_teams FOLDER`) and read line by line against mockups.md; a
change of one needs the same. UPDATE_GOLDEN=1 writes them anew.
"""

import json
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain import Message
from bot.messenger import Payload
from bot.render import Renderer
from bot.services import publishing, register
from tests.house import PAPER, House
from tests.messages import check_card

GOLDEN = Path(__file__).parent / "golden"
UNSTABLE = re.compile(r"http://127\.0\.0\.1:\d+/")
SERVED = "https://dpbot.secas.example/documents/1"
ADDRESSES = [("DP092 Comments v0.1.docx", f"{SERVED}/docx?until=1"), ("DP092 Comments v0.1.md", f"{SERVED}/md?until=1")]


def as_sent(payload: Payload) -> str:
    return UNSTABLE.sub("https://sandbox.teams.example/", json.dumps(payload, ensure_ascii=False, indent=1) + "\n")


def check(name: str, payload: Payload) -> None:
    path, sent = GOLDEN / f"{name}.json", as_sent(payload)
    check_card(payload)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(sent, "utf-8")
    assert sent == path.read_text("utf-8")


def twins(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Payload]:
    """By name, the latest of each message that is rendered from now on, as Teams would be sent it."""
    found: dict[str, Payload] = {}
    rendered = Renderer.payload

    def payload(self: Renderer, platform: str, message: Message) -> Payload:
        values = {**message.values, "addresses": ADDRESSES} if message.name == "document" else message.values
        found[message.name] = rendered(self, "teams", Message(message.name, values))
        return rendered(self, platform, message)

    monkeypatch.setattr(Renderer, "payload", payload)
    return found


async def test_the_cards_of_the_sample_paper(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    post, sent = house.post("DP092"), twins(monkeypatch)
    await house.ada.replies(
        post, "Issue: the issue is clear, but it does not say how 'high impact' was decided & by whom."
    )
    await house.robin.replies(post, "Thank you.")
    house.clock.forward(minutes=10)
    await house.cara.replies(post, "Impacts: we would expect some on agents.\n\nThree *months'* notice would help.")
    await house.ticks()
    check("proposal DP092", sent["proposal"])
    for member, line in ((house.ada, "show DP092"), (house.ada, "list"), (house.ada, "mine"), (house.robin, "help")):
        await member.types(house.channel, f"/dp {line}")
        check(line, sent[line.split()[0]])
    await house.ada.types(house.channel, "/dp views DP092")
    check("views DP092", sent["views"])
    await house.robin.types(house.channel, "/dp views DP092")
    check("views DP092 for SECAS", sent["views"])
    house.clock.now = datetime(2019, 11, 4, 9, tzinfo=UTC)
    await house.ticks()
    check("digest", sent["digest"])
    await house.compiles()
    check("document", sent["document"])
    async with house.desk.sessions.read() as session:
        message = publishing.heading_message(house.desk.config, await register.paper(session, PAPER))
        check("heading", Renderer().payload("teams", message))
