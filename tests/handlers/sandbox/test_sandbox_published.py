"""What the sandbox answers and tells, held field by field against Slack's published examples.

published/*.json is written from the pages of Slack's reference that `source` names, with invented values. `left_out`:
fields of it that the sandbox does not have, all of them in docs/sandbox.md.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import ROOT

from .recorded import everything

# Fields that Slack's objects have (docs.slack.dev/reference/objects) though not every example shows them.
MESSAGE = {
    "app_id",
    "blocks",
    "bot_id",
    "bot_profile",
    "client_msg_id",
    "edited",
    "parent_user_id",
    "pinned_to",
    "team",
}
THREAD = {"is_locked", "latest_reply", "reply_count", "reply_users", "reply_users_count", "subscribed", "thread_ts"}
CHANNEL = {"context_team_id", "is_archived", "is_open", "is_user_deleted", "shared_team_ids", "updated"}
FILE = {"created", "filetype", "is_external", "mimetype", "mode", "name", "size", "timestamp", "user"}
MORE = {"display_as_bot", "is_email_confirmed", "is_enterprise_install", "reactions", "ts", "type"}
ALSO = MESSAGE | THREAD | CHANNEL | FILE | MORE
UNSAID = {"nothing", "empty"}
PUBLISHED: dict[str, dict[str, Any]] = {
    name: published
    for path in sorted((Path(__file__).parent / "published").glob("*.json"))
    for name, published in json.loads(path.read_text("utf-8")).items()
}


def fields(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Each field with what kind of value it has; the items of a list share one path."""
    match value:
        case dict() if value:
            for name, part in value.items():
                yield from fields(part, f"{at}.{name}" if at else name)
        case list() if value:
            for part in value:
                yield from fields(part, f"{at}[]")
        case _:
            kinds = {bool: "true or false", str: "text", int: "number", float: "number", type(None): "nothing"}
            yield at, kinds.get(type(value), "empty")


def kinds(value: object) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for at, kind in fields(value):
        found.setdefault(at, set()).add(kind)
    return found


@pytest.fixture
async def ours() -> dict[str, Any]:
    return await everything()


def is_within(path: str, others: list[str]) -> bool:
    return any(path == other or path.startswith((f"{other}.", f"{other}[")) for other in others)


async def test_every_answer_and_event_has_the_fields_of_slacks_own_example(ours: dict[str, Any]) -> None:
    missing = []
    for name, published in PUBLISHED.items():
        got, left_out = kinds(ours[name]), published.get("left_out", [])
        for path, kind in kinds(published["example"]).items():
            if is_within(path, left_out):
                continue
            here = got.get(path) or {"empty" for each in got if each.startswith((f"{path}.", f"{path}["))}
            if not here or (here - UNSAID and kind - UNSAID and here - UNSAID != kind - UNSAID):
                missing.append((name, path, kind, here))
    assert missing == []


async def test_no_answer_or_event_has_a_field_that_slack_does_not_have(ours: dict[str, Any]) -> None:
    invented = []
    for name, published in PUBLISHED.items():
        shown = kinds(published["example"])
        for path in kinds(ours[name]):
            is_shown = is_within(path, list(shown)) or any(is_within(each, [path]) for each in shown)
            if not is_shown and ALSO.isdisjoint(path.replace("[]", "").split(".")):
                invented.append((name, path))
    assert invented == []


async def test_what_is_left_out_is_left_out_and_written_down(ours: dict[str, Any]) -> None:
    page = (ROOT / "docs/sandbox.md").read_text("utf-8")
    for name, published in PUBLISHED.items():
        for path in published.get("left_out", []):
            assert f"`{path.rpartition('.')[2]}`" in page, (name, path)
            assert path not in kinds(ours[name]) or kinds(ours[name])[path] == {"empty"}, (name, path)
