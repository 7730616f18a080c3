"""What the sandbox answers and tells, held field by field against Slack's published examples.

published/*.json is written from the pages of Slack's reference that `source` names, with invented values. `also`: what
the example does not show, though its objects have it (docs.slack.dev/reference/objects). `left_out`: what the sandbox
does not have, all of it in docs/sandbox.md. The values of FIXED are Slack's own, and compared too.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.sandbox.methods import METHODS
from tests.house import ROOT

from .recorded import everything

FIXED = {"accepts_response_payload", "error", "hidden", "mode", "ok", "reason", "subtype", "tab", "type", "warning"}
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


def values(value: object, at: str = "") -> Iterator[tuple[str, object]]:
    """Each value with its path, as `fields` has it."""
    match value:
        case dict():
            for name, part in value.items():
                yield from values(part, f"{at}.{name}" if at else name)
        case list():
            for part in value:
                yield from values(part, f"{at}[]")
        case _:
            yield at, value


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
    for name, published in PUBLISHED.items():
        shown = kinds(published["example"])
        more = [
            path
            for path in kinds(ours[name])
            if not is_within(path, list(shown)) and not any(is_within(each, [path]) for each in shown)
        ]
        assert sorted(more) == sorted(published.get("also", [])), name


async def test_words_that_are_slacks_own_are_the_same(ours: dict[str, Any]) -> None:
    compared = 0
    for name, published in PUBLISHED.items():
        here = list(values(ours[name]))
        for path, value in values(published["example"]):
            if path.rpartition(".")[2] in FIXED and not is_within(path, published.get("left_out", [])):
                assert (path, value) in here, name
                compared += 1
    assert compared > len(PUBLISHED)


def test_every_method_has_an_example() -> None:
    assert METHODS.keys() <= {name.partition(",")[0] for name in PUBLISHED}


async def test_what_is_left_out_is_left_out_and_written_down(ours: dict[str, Any]) -> None:
    page = (ROOT / "docs/sandbox.md").read_text("utf-8")
    for name, published in PUBLISHED.items():
        for path in published.get("left_out", []):
            assert f"`{path.rpartition('.')[2]}`" in page, (name, path)
            assert path not in kinds(ours[name]) or kinds(ours[name])[path] == {"empty"}, (name, path)
