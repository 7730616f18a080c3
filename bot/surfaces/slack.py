"""Slack as a surface: its three control characters, and what it takes of a message or a modal."""

import json
import re
from typing import cast

from bot.messenger import Payload

# What Slack takes, in characters after escaping (Slack: Block Kit reference).
SECTION = 3000
_LIMITS = {"section": SECTION, "header": 150, "button": 75, "field": 2000, "title": 24, "submit": 24, "close": 24}
_LIMITS |= {"label": 2000, "hint": 2000, "placeholder": 150, "option": 75}
# What stands under these names, in whatever block.
_PLACES = {name: name for name in ("title", "submit", "close", "label", "hint", "placeholder")}
_PLACES |= {"fields": "field"} | dict.fromkeys(("options", "initial_option", "initial_options"), "option")
_MESSAGE_TEXT = 4000
_MESSAGE_BLOCKS = 50
_MODAL_BLOCKS = 100
# Text in all blocks, and about what each block costs beside it. Slack publishes no figure for msg_blocks_too_long:
# others measured 13,422 (slackapi/bolt-js issues 2509 and 2867).
_MESSAGE_SIZE = 13_400
_BLOCK_SIZE = 125
_MODAL_SIZE = 250_000
_CONTEXT_ELEMENTS = 10

_HALF = re.compile(r"(?:&[a-z]{0,4}|<[^<>]*)$")  # of an entity, of a link of ours


def escape(text: str) -> str:
    """Slack's three control characters (Slack: "Formatting text for app surfaces, escaping text")."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fit(payload: Payload) -> Payload:
    """The last guard: templates divide long text themselves; whatever is still too long is cut, never refused."""
    modal, most = payload.get("type") == "modal", SECTION
    blocks, size, limit = (
        (_MODAL_BLOCKS, _modal_size, _MODAL_SIZE) if modal else (_MESSAGE_BLOCKS, _message_size, _MESSAGE_SIZE)
    )
    fitted = _fitted(payload, blocks, most)
    while most > 1 and size(fitted) > limit:
        most = most * 9 // 10
        fitted = _fitted(payload, blocks, most)
    return fitted


def _fitted(payload: Payload, blocks: int, most: int) -> Payload:
    """Within the limits of each part: so many blocks, no text in them longer than `most`, none of them empty."""
    fitted = cast("Payload", _fit_part(payload, "message", most))
    if isinstance(found := fitted.get("blocks"), list):
        fitted["blocks"] = [part for block in found for part in _taken(block)][:blocks]
    if isinstance(text := fitted.get("text"), str):
        fitted["text"] = _cut(text.strip(), _MESSAGE_TEXT)
    return fitted


def _taken(block: dict[str, object]) -> list[dict[str, object]]:
    """A block as Slack takes it: none where it says nothing, several where it is a context of many elements."""
    kind, elements = block.get("type"), block.get("elements")
    if kind == "context" and isinstance(elements, list):
        said = [each for each in elements if each.get("type") == "image" or each.get("text")]
        starts = range(0, len(said), _CONTEXT_ELEMENTS)
        return [{**block, "elements": said[start : start + _CONTEXT_ELEMENTS]} for start in starts]
    silent = kind in {"section", "header"} and not _size(block.get("text")) and not block.get("fields")
    return [] if silent else [block]


def _fit_part(part: object, kind: str, most: int) -> object:
    """Walk the payload; `kind` is what a text object is in (section, button, …)."""
    match part:
        case dict() if part.get("type") in {"mrkdwn", "plain_text"}:
            return {**part, "text": _cut(str(part.get("text", "")), min(_LIMITS.get(kind, SECTION), most))}
        case dict():
            here = str(part.get("type", kind))
            return {key: _fit_part(value, _PLACES.get(key, here), most) for key, value in part.items()}
        case list():
            return [_fit_part(value, kind, most) for value in part]
        case _:
            return part


def _modal_size(payload: Payload) -> int:
    """Bytes of the whole (Slack: view_too_large)."""
    return len(json.dumps(payload, ensure_ascii=False).encode())


def _message_size(payload: Payload) -> int:
    """As Slack seems to count it."""
    blocks = payload.get("blocks")
    return _size(blocks) + _BLOCK_SIZE * len(blocks) if isinstance(blocks, list) else 0


def _size(part: object) -> int:
    """How many characters of text there are in blocks."""
    match part:
        case dict() if part.get("type") in {"mrkdwn", "plain_text"}:
            return len(part["text"])
        case dict():
            return sum(map(_size, part.values()))
        case list():
            return sum(map(_size, part))
        case _:
            return 0


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else _HALF.sub("", text[: limit - 1]) + "…"
