"""The strict check of a card for Teams: its elements, its buttons, its size, and that all text stands in runs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

# Adaptive Cards 1.5, those that dpbot uses: what each must have, and may have. Of texts only runs: no Markdown.
ELEMENTS: dict[str, tuple[set[str], set[str]]] = {
    "RichTextBlock": ({"inlines"}, {"spacing", "separator"}),
    "TextRun": ({"text"}, {"weight", "size", "color", "isSubtle", "selectAction"}),
    "ActionSet": ({"actions"}, {"spacing", "separator"}),
    "Action.Execute": ({"title", "verb", "data"}, set()),
    "Action.Submit": ({"title", "data"}, set()),
    "Action.OpenUrl": ({"url"}, {"title"}),
}
MOST = 25_000


def elements(part: object) -> Iterator[Json]:
    """Every element and action of a card's body."""
    if isinstance(part, list):
        for each in part:
            yield from elements(each)
    elif isinstance(part, dict) and "type" in part:
        yield part
        for name in ("inlines", "actions", "selectAction"):
            yield from elements(part.get(name))


def check_card(payload: Mapping[str, Any]) -> Json:
    """A message's card, which Teams would take."""
    assert set(payload) == {"summary", "card"}
    assert 1 <= len(payload["summary"]) <= 250
    card: Json = payload["card"]
    assert {name: card[name] for name in card if name != "body"} == {
        "type": "AdaptiveCard",
        "version": "1.5",
        "msteams": {"width": "Full"},
    }
    assert card["body"]
    assert len(json.dumps(card, ensure_ascii=False).encode()) <= MOST
    for element in elements(card["body"]):
        needed, allowed = ELEMENTS[element["type"]]
        assert needed <= element.keys() <= needed | allowed | {"type"}, element
        _check_one(element)
    return card


def _check_one(element: Json) -> None:
    match element["type"]:
        case "TextRun":
            assert element["text"]
            assert "\n" not in element["text"], "not every client breaks a line within a run"
        case "RichTextBlock" | "ActionSet":
            assert element.get("inlines") or element.get("actions"), "empty"
        case "Action.OpenUrl":
            assert element["url"].startswith(("https://", "http://127.0.0.1", "http://localhost"))
        case "Action.Execute":
            assert element["verb"]
            assert set(element["data"]) == {"value"}
            assert 1 <= len(element["title"]) <= 75
        case "Action.Submit":
            assert element["data"].keys() == {"msteams", "action", "value"}, "a message with a value would be sent"
            assert element["data"]["msteams"] == {"type": "task/fetch"}
            assert 1 <= len(element["title"]) <= 75


def lines(card: Json) -> list[str]:
    """A card as it reads, line by line."""
    return ["".join(run["text"] for run in each["inlines"]) for each in card["body"] if "inlines" in each]
