"""A strict reading of cards that an app sends: what Teams would refuse, and what it would show wrongly.

Microsoft: adaptivecards.io/explorer (version 1.5), learn.microsoft.com/microsoftteams/platform/task-modules-and-cards.
Stricter in some things: unknown properties are refused, which Teams leaves out without a word; so are whatever it
reads as Markdown (TextBlock, FactSet), lines broken within a run, which not every client breaks, and what nobody sees.
"""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from handlers.sandbox.basics import Json
from handlers.sandbox.teams.store import TeamsError

CARD = "application/vnd.microsoft.card.adaptive"
LARGEST = 25 * 1024  # bytes; Teams takes more today, and took 28 KB for long
LARGEST_FORM = 80 * 1024  # of the answer to an invoke no limit is published
LONGEST_SUMMARY = 250
LONGEST_TITLE = 75  # of a button: longer ones are cut on a telephone
_COMMON = {"id", "isVisible", "separator", "spacing", "height", "targetWidth"}
_INPUT = _COMMON | {"label", "isRequired", "errorMessage", "value"}
_BOX = _COMMON | {"items", "style", "bleed", "minHeight", "selectAction", "verticalContentAlignment"}

# What an element must have, and may have.
ELEMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "Container": ({"items"}, _BOX | {"rtl"}),
    "ColumnSet": ({"columns"}, _COMMON | {"style", "bleed", "minHeight", "horizontalAlignment", "selectAction"}),
    "Column": ({"items"}, _BOX | {"width", "rtl"}),
    "RichTextBlock": ({"inlines"}, _COMMON | {"horizontalAlignment"}),
    "ActionSet": ({"actions"}, _COMMON | {"horizontalAlignment"}),
    "Image": ({"url", "altText"}, _COMMON | {"size", "style", "width", "horizontalAlignment", "selectAction"}),
    "Input.Text": ({"id", "label"}, _INPUT | {"isMultiline", "maxLength", "placeholder", "style", "regex"}),
    "Input.ChoiceSet": (
        {"id", "label", "choices"},
        _INPUT | {"choices.data", "isMultiSelect", "placeholder", "style", "wrap"},
    ),
    "Input.Toggle": ({"id", "title"}, _INPUT | {"valueOn", "valueOff", "wrap"}),
    "Input.Date": ({"id", "label"}, _INPUT | {"min", "max", "placeholder"}),
    "Input.Time": ({"id", "label"}, _INPUT | {"min", "max", "placeholder"}),
    "Input.Number": ({"id", "label"}, _INPUT | {"min", "max", "placeholder"}),
}
_RUN = {"text", "size", "weight", "color", "isSubtle", "italic", "strikethrough", "underline", "highlight", "fontType"}
_BUTTON = {"title", "id", "style", "tooltip", "mode", "isEnabled", "iconUrl"}
ACTIONS: Mapping[str, tuple[set[str], set[str]]] = {
    "Action.Execute": ({"verb", "title", "data"}, _BUTTON | {"associatedInputs"}),
    "Action.Submit": ({"title", "data"}, _BUTTON | {"associatedInputs"}),
    "Action.OpenUrl": ({"url"}, _BUTTON),
    "Action.ToggleVisibility": ({"targetElements"}, _BUTTON),
    "Action.ShowCard": ({"title", "card"}, _BUTTON),
}
_TOP = {"type", "version", "body", "actions", "msteams", "$schema", "fallbackText", "lang", "id", "metadata"}


class Wrong(TeamsError):
    """Teams: 400 BadSyntax."""

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, "BadSyntax", f"{path}: {fault}")


def check_message(activity: Json) -> Json:
    """A message as dpbot sends it: one card, a summary, no text. Gives the card back."""
    attachments = activity.get("attachments") or []
    if activity.get("text"):
        raise Wrong("activity", "text beside a card is split into two messages")
    if len(attachments) != 1 or attachments[0].get("contentType") != CARD:
        raise Wrong("activity", "one Adaptive Card is wanted")
    summary = activity.get("summary")
    if not isinstance(summary, str) or not summary.strip() or len(summary) > LONGEST_SUMMARY:
        raise Wrong("activity.summary", f"a summary of 1 to {LONGEST_SUMMARY} characters is wanted")
    card: Json = attachments[0].get("content")
    check(card)
    return card


def check(card: object, *, form: bool = False) -> None:
    """`form`: in a dialog, whose inputs one Action.Submit sends."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        raise Wrong("card", "no AdaptiveCard")
    if card.get("version") != "1.5":
        raise Wrong("card.version", "1.5 is wanted")
    _known("card", card, {"body"}, _TOP)
    largest = LARGEST_FORM if form else LARGEST
    if (size := len(json.dumps(card, ensure_ascii=False).encode())) > largest:
        raise TeamsError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "MessageSizeTooBig", f"{size} bytes; {largest} are allowed"
        )
    if not form and card.get("msteams", {}).get("width") != "Full":
        raise Wrong("card.msteams", "width Full is wanted")
    _elements("card.body", card["body"])
    if "actions" in card:
        _actions("card.actions", card["actions"])
    ids = [each["id"] for each in walk(card) if str(each.get("type", "")).startswith("Input.")]
    if len(ids) != len(set(ids)):
        raise Wrong("card", "two inputs have one id")
    if ids and not form:
        raise Wrong("card", "inputs stand in forms only")
    if form and ids and not any(each.get("type") == "Action.Submit" for each in walk(card)):
        raise Wrong("card", "nothing sends this form")


def walk(part: object) -> Iterator[Json]:
    """Every object in a card that has a type."""
    if isinstance(part, list):
        for each in part:
            yield from walk(each)
    elif isinstance(part, dict):
        if "type" in part:
            yield part
        for name, value in part.items():
            if name not in ("data", "msteams", "choices"):
                yield from walk(value)


def _known(path: str, part: Json, needed: set[str], allowed: set[str]) -> None:
    if missing := sorted(needed - part.keys()):
        raise Wrong(path, f"{part.get('type')} has no {missing[0]}")
    if unknown := sorted(part.keys() - needed - allowed - {"type"}):
        raise Wrong(path, f"{part.get('type')} knows no {unknown[0]}")


def _elements(path: str, elements: object) -> None:
    if not isinstance(elements, list):
        raise Wrong(path, "a list is wanted")
    for number, element in enumerate(elements):
        _element(f"{path}[{number}]", element)


def _element(path: str, element: object) -> None:
    kind = str(element.get("type")) if isinstance(element, dict) else ""
    if not isinstance(element, dict) or kind not in ELEMENTS:
        raise Wrong(path, f"no element is called {kind}")
    _known(path, element, *ELEMENTS[kind])
    for name in ("items", "columns"):
        if name in element:
            _elements(f"{path}.{name}", element[name])
    if "actions" in element:
        _actions(f"{path}.actions", element["actions"])
    if "selectAction" in element:
        _action(f"{path}.selectAction", element["selectAction"])
    if kind == "RichTextBlock":
        _runs(f"{path}.inlines", element["inlines"])
    if kind.startswith("Input."):
        _input(path, element)


def _runs(path: str, runs: object) -> None:
    if not isinstance(runs, list) or not runs:
        raise Wrong(path, "some runs are wanted")
    for number, run in enumerate(runs):
        here = f"{path}[{number}]"
        if not isinstance(run, dict) or run.get("type") != "TextRun":
            raise Wrong(here, "a TextRun is wanted")
        _known(here, run, {"text"}, _RUN | {"selectAction"})
        if not isinstance(run["text"], str) or not run["text"] or "\n" in run["text"]:
            raise Wrong(here, "text is a string of one line")
        if "selectAction" in run:
            _action(f"{here}.selectAction", run["selectAction"])


def _input(path: str, element: Json) -> None:
    """Teams shows a value only where it is one that can be chosen; all values are strings."""
    value = element.get("value")
    if value is not None and not isinstance(value, str):
        raise Wrong(path, "a value is a string")
    if element.get("isRequired") and not element.get("errorMessage"):
        raise Wrong(path, "what is required says so with errorMessage")
    for choice in element.get("choices", []):
        if choice.keys() != {"title", "value"} or not all(isinstance(each, str) for each in choice.values()):
            raise Wrong(path, "a choice has a title and a value")
    offered = {choice["value"] for choice in element.get("choices", [])}
    if value and offered and "choices.data" not in element and not set(value.split(",")) <= offered:
        raise Wrong(path, f"{value} is no choice")


def _actions(path: str, actions: object) -> None:
    if not isinstance(actions, list) or not actions:
        raise Wrong(path, "some actions are wanted")
    for number, action in enumerate(actions):
        _action(f"{path}[{number}]", action)


def _action(path: str, action: object) -> None:
    kind = str(action.get("type")) if isinstance(action, dict) else ""
    if not isinstance(action, dict) or kind not in ACTIONS:
        raise Wrong(path, f"no action is called {kind}")
    _known(path, action, *ACTIONS[kind])
    if kind == "Action.Execute":
        _texts(path, action, "verb", "title")
    if kind in ("Action.Execute", "Action.Submit") and not isinstance(action["data"], dict):
        raise Wrong(path, "data is an object")
    if kind == "Action.Submit":
        _texts(path, action, "title")
        data = action["data"]
        if data.get("msteams", {}).get("type") != "task/fetch" and not data.get("form"):
            raise Wrong(path, "an Action.Submit opens a form or sends one")
    if kind == "Action.OpenUrl" and not str(action["url"]).startswith(("https://", "http://127.0.0.1")):
        raise Wrong(path, "an address begins with https://")
    if kind == "Action.ShowCard":
        check(action["card"], form=True)


def _texts(path: str, action: Json, *names: str) -> None:
    for name in names:
        if not isinstance(action[name], str) or not 1 <= len(action[name]) <= LONGEST_TITLE:
            raise Wrong(path, f"{name} is a text of 1 to {LONGEST_TITLE} characters")
