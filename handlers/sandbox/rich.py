"""The rich_text block that Slack's own clients put beside a person's words.

Slack: docs.slack.dev/reference/block-kit/blocks/rich-text-block. Here it is one section of words, mentions, links and
emoji; what a person marks in bold or sets in a list, a test gives as blocks of its own.
"""

import re
from collections.abc import Iterator

from handlers.sandbox import emoji
from handlers.sandbox.basics import Json
from handlers.sandbox.text import unescape

_PART = re.compile(r"<(?P<control>[^<>]+)>|(?<![A-Za-z0-9]):(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")


def block(text: str, ts: str) -> Json:
    """`text`: as Slack keeps it, escaped. `ts`: of the message, for a block_id that stays."""
    section = {"type": "rich_text_section", "elements": list(_elements(text))}
    return {"type": "rich_text", "block_id": ts.replace(".", "")[-8:], "elements": [section]}


def _elements(text: str) -> Iterator[Json]:
    start = 0
    for found in _PART.finditer(text):
        element = _control(found["control"]) if found["control"] else _emoji(found["emoji"])
        if element is None:
            continue  # it is words
        yield from _words(text[start : found.start()])
        yield element
        start = found.end()
    yield from _words(text[start:])


def _words(text: str) -> Iterator[Json]:
    if text:
        yield {"type": "text", "text": unescape(text)}


def _control(inside: str) -> Json | None:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if not re.match(r"[a-z]+:", target):
        return None
    return {"type": "link", "url": unescape(target)} | ({"text": unescape(label)} if label else {})


def _emoji(name: str) -> Json | None:
    """Slack: `unicode` has the hexadecimal code points, "1f44d-1f3fc"; an emoji of the workspace's own has none."""
    first, _, tone = name.partition("::skin-tone-")
    if first not in emoji.CHARACTERS:
        return None
    codes = "-".join(f"{ord(character):x}" for character in emoji.drawn(name))
    return {"type": "emoji", "name": first, "unicode": codes} | ({"skin_tone": int(tone)} if tone else {})
