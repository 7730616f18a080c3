"""Makes people's words safe to print: no character that a format cannot hold, no direction that leaks into ours."""

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

T = TypeVar("T")

# What XML 1.0 cannot hold: control characters, lone surrogates, two non-characters. Tab and newline stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS, _ISOLATES, _POP_EMBEDDING, _POP_ISOLATE = (
    "\u202a\u202b\u202d\u202e",
    "\u2066\u2067\u2068",
    "\u202c",
    "\u2069",
)


def cleaned(value: T) -> T:
    """The same value, every text in it with line ends as newlines and unprintable characters as U+FFFD."""
    return _cleaned(value)  # type: ignore[return-value]  # the same type comes back, by construction


def _cleaned(value: object) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _UNPRINTABLE.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value


def closed(text: str) -> str:
    """The text with every change of writing direction in it ended at its end, so that it turns none of our words."""
    due: list[str] = []
    for mark in _BIDI.findall(text):
        if mark in _EMBEDDINGS:
            due.append(_POP_EMBEDDING)
        elif mark in _ISOLATES:
            due.append(_POP_ISOLATE)
        elif mark == _POP_EMBEDDING and due and due[-1] == mark:
            due.pop()
        elif mark == _POP_ISOLATE and mark in due:
            while due.pop() != mark:  # an isolate takes the embeddings inside it with it
                pass
    return text + "".join(reversed(due))
