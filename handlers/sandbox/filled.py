"""What nobody can submit: Slack's own client holds a modal back until each field is filled in as it asks.

Slack: docs.slack.dev/reference/block-kit/blocks/input-block and the page of each element. The wording is ours.
"""

import re
from collections.abc import Iterator

from handlers.sandbox import rules
from handlers.sandbox.basics import Json
from handlers.sandbox.forms import FIELDS
from handlers.sandbox.store import Store

TYPED = 3000  # Slack: characters at the most, unless `max_length` says fewer
_FORMS = {
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "This has to be an e-mail address."),
    "url_text_input": (r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+", "This has to be an address of the web."),
    "number_input": (r"-?[0-9]+(\.[0-9]+)?", "This has to be a number."),
}


def faults(store: Store, view: Json, state: Json) -> Json:
    """The first fault of each input block, in a sentence, by block_id."""
    found: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            value = state[block["block_id"]][element["action_id"]][FIELDS[element["type"]][0]]
            for fault in _faults(store, block, element, value):
                found.setdefault(block["block_id"], fault)
    return found


def _faults(store: Store, block: Json, element: Json, value: object) -> Iterator[str]:
    if not value:
        if not block.get("optional"):
            yield "This has to be filled in."
        return
    if isinstance(value, str):
        yield from _typed(element, value)
        yield from _picked(store, element, [value])
    if isinstance(value, list):
        yield from _picked(store, element, value)
        if len(value) > element.get("max_selected_items", len(value)):
            yield f"No more than {element['max_selected_items']} can be chosen."


def _typed(element: Json, words: str) -> Iterator[str]:
    """What was written, in an element that one writes in."""
    kind = element["type"]
    if not kind.endswith("_input"):
        return
    most, least = element.get("max_length", TYPED), element.get("min_length", 0)
    if len(words) > most:
        yield f"This is longer than {most} characters."
    if len(words) < least:
        yield f"This is shorter than {least} characters."
    if kind == "plain_text_input" and "\n" in words and not element.get("multiline"):
        yield "This has one line only."
    form, fault = _FORMS.get(kind, (".*", ""))
    if not re.fullmatch(form, words, re.DOTALL):
        yield fault
    elif kind == "number_input":
        yield from _counted(element, words)


def _counted(element: Json, number: str) -> Iterator[str]:
    if "." in number and not element["is_decimal_allowed"]:
        yield "This has to be a whole number."
    if float(number) < float(element.get("min_value", number)):
        yield f"This has to be {element['min_value']} at the least."
    if float(number) > float(element.get("max_value", number)):
        yield f"This has to be {element['max_value']} at the most."


def _picked(store: Store, element: Json, values: list[object]) -> Iterator[str]:
    """Dates, times, people, channels: what the client's own pickers give."""
    kind = element["type"]
    if kind == "datepicker" and any(rules.day(values[0], "")):
        yield "This has to be a date, YYYY-MM-DD."
    if kind == "timepicker" and any(rules.hour(values[0], "")):
        yield "This has to be a time, HH:mm."
    if kind in {"users_select", "multi_users_select"} and not set(values) <= store.people.keys():
        yield "This has to be somebody of the workspace."
    if kind == "conversations_select" and values[0] not in store.rooms:
        yield "This has to be a channel of the workspace."
