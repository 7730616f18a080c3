"""The rich text of a message, as Slack's clients send it, in plain words.

Slack: docs.slack.dev/reference/block-kit/blocks/rich-text-block. Texts in it are not escaped.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from handlers.slack.mrkdwn import Name, link

_INDENT = "    "  # as Slack's own text has it
_DEEPEST = 8  # levels of a list
_FURTHEST = 1_000_000  # a numbered list's offset
_LINES = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}
# The sign before an element, and its field that is read.
_SIMPLE = {
    "text": ("", "text"),
    "color": ("", "value"),
    "date": ("", "fallback"),
    "broadcast": ("@", "range"),
    "user": ("@", "user_id"),
    "usergroup": ("@", "usergroup_id"),
    "team": ("@", "team_id"),
    "channel": ("#", "channel_id"),
}
# Where an element that is not known here may carry words.
_WORDY = ("text", "fallback", "alt_text", "title", "label", "name", "value", "description", "url")


class NotReadable(Exception):
    """The rich text is not as Slack describes it, or has an element that says nothing by itself."""


def plain(blocks: object, name: Name) -> str | None:
    """What the blocks say; None where they hold no rich text, or some that cannot be read without losing words."""
    if not isinstance(blocks, list) or not any(_kind(block) == "rich_text" for block in blocks):
        return None
    try:
        return _joined(part for block in blocks for part in _parts(block, name))
    except NotReadable:
        return None


def _parts(block: object, name: Name) -> Iterator[str]:
    if _kind(block) == "rich_text":
        for part in _elements(block):
            yield _part(part, name)
    else:
        yield "\n".join(_carried(block))  # beside the rich text, as a table stands


def _joined(parts: Iterable[str]) -> str:
    """Each part begins on a line of its own. One that is empty shows nothing; one that ends its line ends it once."""
    whole = ""
    for part in parts:
        whole += "\n" + part if whole and part and not whole.endswith("\n") else part
    return whole


def _part(part: object, name: Name) -> str:
    kind = _kind(part)
    if kind == "rich_text_list":
        words = _list(part, name)
    elif kind in _LINES:
        words = _line(part, name)
    else:
        words = _carried_or_not_readable(part, "\n")
    quoted = kind == "rich_text_quote" or _field(part, "border") == 1  # Slack: a list or code inside a quote
    return "\n".join(f"> {line}".rstrip() for line in words.split("\n")) if quoted else words


def _list(part: object, name: Name) -> str:
    indent, offset = _count(part, "indent", _DEEPEST), _count(part, "offset", _FURTHEST)
    lines = []
    for number, item in enumerate(_elements(part), offset + 1):
        mark = f"{_INDENT * indent}{number}. " if _field(part, "style") == "ordered" else f"{_INDENT * indent}- "
        words = _line(item, name) if _kind(item) in _LINES else _carried_or_not_readable(item, " ")
        lines.append(mark + words.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _line(part: object, name: Name) -> str:
    return "".join(_element(element, name) for element in _elements(part))


def _element(element: object, name: Name) -> str:
    """One element in words. Struck-out words keep Slack's own mark: without it they would seem to be meant."""
    kind = _kind(element)
    sign, key = _SIMPLE.get(kind, ("", ""))
    value = _field(element, key)
    if kind == "link":
        words = _link(element)
    elif kind == "emoji":
        words = _emoji(element)
    elif isinstance(value, str) and (value or kind == "text"):
        words = sign + name(value, "") if sign else value
    else:
        words = _carried_or_not_readable(element, " ")
    style = _field(element, "style")
    return f"~{words}~" if words and isinstance(style, dict) and style.get("strike") is True else words


def _link(element: object) -> str:
    url, label = _field(element, "url"), _field(element, "text")
    if not isinstance(url, str):
        return _carried_or_not_readable(element, " ")
    return link(url, label if isinstance(label, str) else "")


def _emoji(element: object) -> str:
    """The character, where Slack gives it ("1f44d-1f3fd"); a workspace's own emoji by its name."""
    points, name, tone = _field(element, "unicode"), _field(element, "name"), _field(element, "skin_tone")
    if isinstance(points, str):
        try:
            chars = "".join(chr(int(point, 16)) for point in points.split("-"))
            chars.encode()
        except (ValueError, OverflowError):
            pass  # no characters: its name says it
        else:
            return chars
    if not isinstance(name, str):
        raise NotReadable
    return f":{name}:" + (f":skin-tone-{tone}:" if isinstance(tone, int) else "")


def _carried_or_not_readable(element: object, between: str) -> str:
    words = between.join(_carried(element))
    if not words:
        raise NotReadable
    return words


def _carried(element: object) -> Iterator[str]:
    """Every text in something not known here, in its order. No recursion: it may be nested as deep as it likes."""
    waiting = [element]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += [each for each in reversed(value) if isinstance(each, dict | list)]
        elif isinstance(value, dict):
            inner = ((key, each) for key, each in value.items() if key in _WORDY or isinstance(each, dict | list))
            waiting += reversed([each for _, each in inner])


def _elements(part: object) -> list[Any]:
    elements = _field(part, "elements")
    if not isinstance(elements, list):
        raise NotReadable
    return elements


def _count(part: object, key: str, most: int) -> int:
    """A number that is left out is none; one out of all bounds is no number of Slack's."""
    value = _field(part, key)
    if value is None:
        return 0
    if not isinstance(value, int) or not 0 <= value <= most:
        raise NotReadable
    return value


def _kind(value: object) -> str:
    kind = _field(value, "type")
    return kind if isinstance(kind, str) else ""


def _field(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
