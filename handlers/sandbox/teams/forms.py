"""Forms as Teams' client shows them: a card's inputs, what it would hold back, what it sends; and a card's words."""

import re
from collections.abc import Iterator
from datetime import date, time

from handlers.sandbox.basics import Json
from handlers.sandbox.interactions import Unfilled
from handlers.sandbox.teams.cards import walk

_SHOWN = ("title", "label", "placeholder", "altText", "errorMessage")


def readable(card: object) -> str:
    """All that a person can read in a card: a line for each block, button, label and choice."""
    return "\n".join(_lines(card))


def _lines(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _lines(each)
    elif isinstance(part, dict):
        if part.get("type") == "RichTextBlock":
            yield "".join(run["text"] for run in part["inlines"])
            return
        yield from (part[name] for name in _SHOWN if isinstance(part.get(name), str) and name != "errorMessage")
        if str(part.get("type", "")).startswith("Input.") and isinstance(part.get("value"), str):
            yield part["value"]
        for name, value in part.items():
            if name in ("body", "items", "columns", "actions", "choices", "card", "selectAction"):
                yield from _lines(value)


def inputs(card: Json) -> dict[str, Json]:
    return {each["id"]: each for each in walk(card) if each["type"].startswith("Input.")}


def sent(card: Json, values: Json, people: set[str]) -> Json:
    """What the client sends when the form's button is pressed. `values`: what was filled in; the rest stays as it was.

    Unfilled where the client would hold it back; LookupError for an input or a choice that is not there.
    """
    fields = inputs(card)
    if unknown := values.keys() - fields.keys():
        raise LookupError(f"The form has no input named {', '.join(sorted(unknown))}.")
    told: Json = {}
    faults: Json = {}
    for name, field in fields.items():
        value = str(values.get(name, _initial(field)) or "")
        if fault := _fault(field, value, people):
            faults[name] = fault
        if value or field["type"] == "Input.Text":
            told[name] = value
    if faults:
        raise Unfilled(faults)
    return told


def _initial(field: Json) -> object:
    if field["type"] == "Input.Toggle":
        return field.get("value", field.get("valueOff", "false"))
    return field.get("value")


def _fault(field: Json, value: str, people: set[str]) -> str:
    if not value:
        return field.get("errorMessage", "") if field.get("isRequired") else ""
    kind = field["type"]
    if kind == "Input.ChoiceSet":
        _check_choice(field, value, people)
    if kind == "Input.Toggle" and value not in (field.get("valueOn", "true"), field.get("valueOff", "false")):
        raise LookupError(f"There is no {value} to choose.")
    if kind == "Input.Text":
        return _typed(field, value)
    try:
        if kind == "Input.Date":
            date.fromisoformat(value)
        if kind == "Input.Time":
            time.fromisoformat(value)
    except ValueError:
        return "This is no date or time."
    return ""


def _typed(field: Json, value: str) -> str:
    if len(value) > field.get("maxLength", len(value)):
        return f"This is longer than {field['maxLength']} characters."
    if "\n" in value and not field.get("isMultiline"):
        return "This has one line only."
    return "" if re.fullmatch(field.get("regex", ".*"), value, re.DOTALL) else "This is not as asked for."


def _check_choice(field: Json, value: str, people: set[str]) -> None:
    """Microsoft: `choices.data` graph.microsoft.com/users offers the people of the tenant, by their directory ids."""
    offered = {choice["value"] for choice in field["choices"]}
    if "choices.data" in field:
        offered |= people
    for each in value.split(",") if field.get("isMultiSelect") else [value]:
        if each not in offered:
            raise LookupError(f"There is no {each} to choose.")
