"""What is said of comments that SECAS enters or records, with any words in every field."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain import Message, Source
from bot.models import Item
from bot.services.entering import Entered
from tests.own_messages import a_view


def entering_messages(item: Item, words: str) -> Iterator[Message]:
    """Every message of `bot.services.entering`, `amending` and `recording` for Slack."""
    view = replace(a_view(words, Source.EMAIL), entered_by=words)
    options = [(str(number), words or "-") for number in range(100)]
    lists: dict[str, object] = {"bodies": options[:2], "sources": options[:4], "categories": options}
    lists["marks"] = options[:4]
    yield Message("modals/enter", {"item": item, **lists})
    for told in (True, False):
        entered = Entered(replace(view, stated=replace(view.stated, confidential=told)), told, (words, words))
        yield Message("modals/entered", {"entered": entered, "address": words})
    for event in ("entered", "worded", "withdrawn"):
        yield Message("entered_note", {"view": view, "event": event, "address": words})
    form: dict[str, object] = {"about": "C1 1.1 1.1", "words": words, "options": options, "chosen": "1"}
    yield Message("modals/record_message", form)
    yield Message("modals/message_recorded", {"view": view})
    yield Message("recorded_note", {"view": view, "item": item})
    yield Message("modals/object", {"view": view, "most": 3000})
    yield Message("modals/objected", {"view": view})
    yield Message("objection", {"view": view, "words": words.strip() or "A sentence."})
