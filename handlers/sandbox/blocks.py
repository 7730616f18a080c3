"""Blocks and modals as Slack takes or refuses them. Slack: docs.slack.dev/reference/block-kit/blocks, /views.

The limits are those of the reference; messages were checked against answers of Slack that people have published.
docs/sandbox.md says which wording is assumed, and which blocks of Slack are not known here.
"""

import json
from collections import Counter
from collections.abc import Iterator

from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.elements import ACCESSORIES, ACTIONS, ANY_TYPE, CONTEXT, ID, INPUTS, PICTURE, RICH, plain, text
from handlers.sandbox.rules import (
    Rule,
    boolean,
    by_type,
    either,
    items,
    neither_missing,
    problem,
    shape,
    string,
)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
SECTION = 3000
# Slack publishes no figure for all blocks of a message. Measured by others (slackapi/bolt-js issues 2509, 2867): one
# block of 13,297 characters was taken, with one more block 125 fewer; so each block seems to cost 125.
BLOCKS_SIZE = 13_422
BLOCK_COST = 125


def _block(required: dict[str, Rule], **optional: Rule) -> Rule:
    return shape({"type": ANY_TYPE} | required, {"block_id": string(ID)} | optional)


BLOCKS: dict[str, Rule] = {
    "actions": _block({"elements": items(by_type(ACTIONS), 25)}),
    "context": _block({"elements": items(either(by_type(CONTEXT)), 10)}),
    "divider": _block({}),
    "header": _block({"text": plain(150)}),
    "image": _block({"image_url": PICTURE, "alt_text": string(2000)}, title=plain(2000)),
    "input": _block(
        {"label": plain(2000), "element": by_type(INPUTS)}, hint=plain(2000), optional=boolean, dispatch_action=boolean
    ),
    "rich_text": _block({"elements": items(by_type(RICH), least=0)}),
    "section": neither_missing(
        _block(
            {}, text=text(SECTION), fields=items(text(2000), 10), accessory=either(by_type(ACCESSORIES)), expand=boolean
        ),
        "text",
        "fields",
    ),
}
_KEPT: dict[str, Rule] = {"private_metadata": string(3000), "callback_id": string(ID), "external_id": string(ID)}
VIEWS: dict[str, Rule] = {
    "modal": shape(
        {"type": ANY_TYPE, "title": plain(24), "blocks": items(by_type(BLOCKS), VIEW_BLOCKS, 0)},
        _KEPT
        | {"submit": plain(24), "close": plain(24)}
        | dict.fromkeys(("clear_on_close", "notify_on_close", "submit_disabled"), boolean),
    ),
    "home": shape({"type": ANY_TYPE, "blocks": items(by_type(BLOCKS), VIEW_BLOCKS, 0)}, _KEPT),
}
_MESSAGE = items(by_type(BLOCKS), MESSAGE_BLOCKS, 0)


def check_blocks(blocks: list[Json]) -> None:
    """SlackError `invalid_blocks`, with what is wrong and where."""
    problems = list(_MESSAGE(blocks, "/blocks")) or list(_twice(blocks, "/blocks"))
    if problems:
        raise SlackError("invalid_blocks", errors=problems, response_metadata=_told(problems))


def check_size(blocks: list[Json]) -> None:
    """SlackError `msg_blocks_too_long`. An answer to a command or a response_url is not held to it."""
    if _characters(blocks) + BLOCK_COST * len(blocks) > BLOCKS_SIZE:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Json, *kinds: str) -> None:
    """SlackError `invalid_arguments` or `view_too_large`. Slack: docs.slack.dev/reference/views."""
    problems = list(either(by_type({kind: VIEWS[kind] for kind in kinds}))(view, "/view"))
    problems = problems or [*_twice(view["blocks"], "/view/blocks"), *_unsubmitted(view)]
    if problems:
        raise SlackError("invalid_arguments", response_metadata=_told(problems))
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")


def _told(problems: list[str]) -> Json:
    return {"messages": [f"[ERROR] {each}" for each in problems]}


def _twice(blocks: list[Json], at: str) -> Iterator[str]:
    """Slack: a block_id stands once in a message or view, an action_id once in a block."""
    seen = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    yield from (problem(f"duplicate block_id: {name}", at) for name, times in seen.items() if times > 1)
    for number, block in enumerate(blocks):
        elements = block.get("elements") if block["type"] == "actions" else None
        names = Counter(each["action_id"] for each in elements or () if each.get("action_id"))
        repeated = [name for name, times in names.items() if times > 1]
        yield from (problem(f"duplicate action_id: {name}", f"{at}/{number}/elements") for name in repeated)


def _unsubmitted(view: Json) -> Iterator[str]:
    if view["type"] != "modal" or view.get("submit"):
        return
    for number, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            yield problem("must define `submit` to use an `input` block in modals", f"/view/blocks/{number}/input")


def _characters(part: object) -> int:
    """The text in blocks: every string under `text`."""
    if isinstance(part, list):
        return sum(map(_characters, part))
    if not isinstance(part, dict):
        return 0
    own = part.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(map(_characters, part.values()))
