"""The pages of a dialog in Teams: a card that can be sent, and again with what was typed and the mistake."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from bot.domain import Message
from bot.errors import UserError, WrongField
from bot.render import Renderer
from handlers.teams.filled import KEY, SHOWN, mark_of

Answer = dict[str, Any]
Card = dict[str, Any]
PLATFORM = "teams"
KEPT = "kept "  # begins the name under which a button that goes back keeps what was filled in
OPEN = "open_form"  # the action of a button that opens the form of a command
_CARD = "application/vnd.microsoft.card.adaptive"


def page(renderer: Renderer, message: Message, carried: Mapping[str, str] | None = None) -> Answer:
    """A form, or what became of one. `carried`: what was filled in on the page before, for when it is gone back to."""
    title, card = _rendered(renderer, message)
    for data in _sending(card):
        data.update({SHOWN + field["id"]: mark_of(field.get("value", "")) for field in _inputs(card)}, key=uuid4().hex)
    for data in _going_back(card):
        data.update({KEPT + name: value for name, value in (carried or {}).items()})
    if carried:
        _fill_in(card, carried)
    return _answer(title, card)


def mistaken(renderer: Renderer, message: Message, sent: Mapping[str, str], error: UserError) -> Answer | None:
    """The same form with all that was filled in, and the sentence above the field. None where it has no fields now."""
    title, card = _rendered(renderer, message)
    fields = [field["id"] for field in _inputs(card)]
    if not fields:
        return None
    kept = {name: value for name, value in sent.items() if name == KEY or name.startswith(SHOWN)}
    for data in _sending(card):
        data.update(kept)
    _fill_in(card, sent, emptied=True)
    at = error.field if isinstance(error, WrongField) and error.field in fields else None
    body: list[Card] = card["body"]
    place = next((number for number, element in enumerate(body) if element.get("id") == at), 0) if at else 0
    body.insert(place, _said(str(error)))
    return _answer(title, card)


def _rendered(renderer: Renderer, message: Message) -> tuple[str, Card]:
    payload: dict[str, Any] = dict(renderer.payload(PLATFORM, message))
    return str(payload["title"]), payload["card"]


def _answer(title: str, card: Card) -> Answer:
    height = "large" if any(_inputs(card)) else "medium"
    shown = {"contentType": _CARD, "content": card}
    return {"task": {"type": "continue", "value": {"title": title, "height": height, "width": "medium", "card": shown}}}


def _said(sentence: str) -> Card:
    run = {"type": "TextRun", "text": sentence, "color": "Attention", "weight": "Bolder"}
    return {"type": "RichTextBlock", "inlines": [run]}


def _inputs(card: Card) -> Iterator[Card]:
    return (element for element in card["body"] if str(element.get("type", "")).startswith("Input."))


def _sending(card: Card) -> Iterator[dict[str, str]]:
    """The data of the button that sends the form."""
    return (action["data"] for action in card.get("actions", []) if "form" in action.get("data", {}))


def _going_back(card: Card) -> Iterator[dict[str, str]]:
    rows = [element["actions"] for element in card["body"] if element.get("type") == "ActionSet"]
    return (action["data"] for row in rows for action in row if action.get("data", {}).get("action") == OPEN)


def _fill_in(card: Card, sent: Mapping[str, str], *, emptied: bool = False) -> None:
    """`emptied`: an input that was there and is not told of was emptied."""
    for field in _inputs(card):
        value = sent.get(field["id"], "")
        offered = {choice["value"] for choice in field.get("choices", [])}
        if value and (not offered or value in offered):
            field["value"] = value
        elif not value and emptied and SHOWN + field["id"] in sent and field["type"] != "Input.Toggle":
            field.pop("value", None)
