"""The payloads of the sample paper as they go to Slack, word for word.

Each was read line by line against mockups.md; a change of one needs the same. UPDATE_GOLDEN=1 writes them anew.
"""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.house import House

GOLDEN = Path(__file__).parent / "golden"
UNSTABLE = re.compile(r"http://127\.0\.0\.1:\d+/")


def as_sent(payload: dict[str, Any]) -> str:
    """Text and blocks, without what differs from run to run."""
    blocks = [{key: value for key, value in block.items() if key != "block_id"} for block in payload.get("blocks", [])]
    words = json.dumps({"text": payload["text"], "blocks": blocks}, ensure_ascii=False, indent=1) + "\n"
    return UNSTABLE.sub("https://sandbox.slack.example/", words)


def check(name: str, payload: dict[str, Any]) -> None:
    path, sent = GOLDEN / f"{name}.json", as_sent(payload)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(sent, "utf-8")
    assert sent == path.read_text("utf-8")


async def said_in_the_thread(house: House) -> None:
    """Three comments of two organisations and one of nobody's, a reply of SECAS, a withdrawn comment."""
    post = house.post("DP092")
    await house.ada.replies(
        post, "Issue: the issue is clear, but it does not say how 'high impact' was decided & by whom."
    )
    said = await house.cara.replies(post, "Impacts: we would expect some.")
    await house.robin.replies(post, "Thank you.")
    house.clock.forward(minutes=10)
    await house.cara.edits(said, "Impacts: we would expect some on agents.\nThree months' notice would help.")
    await house.ben.deletes(await house.ben.replies(post, "Forget it."))
    await house.ben.replies(post, "Consider: notice to agents as well as Users.")
    await house.jo.replies(house.post("DP089"), "I only look in.")
    await house.ticks()


@pytest.mark.parametrize(("name", "words"), [("heading", "have entered the"), ("DP088", "*DP088"), ("DP092", "*DP092")])
async def test_the_posts_of_the_sample_paper(house: House, name: str, words: str) -> None:
    said = house.workspace.find(house.channel, words)

    check(f"post {name}", next(m for m in house.workspace.messages(house.channel) if m["ts"] == said.ts))


@pytest.mark.parametrize(
    ("name", "person", "line"),
    [
        ("show DP092", "ada", "/dp show DP092"),
        ("help", "ada", "/dp help"),
        ("help for the analyst", "robin", "/dp help"),
        ("list", "ada", "/dp list"),
        ("views DP092", "ada", "/dp views DP092"),
    ],
)
async def test_the_answers_to_commands(house: House, name: str, person: str, line: str) -> None:
    await said_in_the_thread(house)

    check(name, (await house.cast[person.capitalize()].types(house.channel, line)).payload)


async def test_the_digest_before_the_meeting(house: House) -> None:
    await said_in_the_thread(house)
    house.clock.now = datetime(2019, 11, 4, 9, tzinfo=UTC)
    await house.ticks()

    check("digest", house.workspace.messages(house.channel)[-1])
