"""The XML inside a Word document: names, and the one walk over what its reader sees."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

OFF = {"0", "false", "off", "none"}
# Text that was struck out or moved away while changes were tracked.
DELETED = frozenset({"del", "moveFrom"})
# Added while changes were tracked; what was moved stands at its new place.
INSERTED = frozenset({"ins", "moveTo"})
# Pictures, shapes, text boxes, embedded objects: not part of the running text.
DRAWN = frozenset({"drawing", "pict", "object"})
# Whole files of another kind inside the document.
EMBEDDED = frozenset({"altChunk", "subDoc"})
CLOSED = DELETED | DRAWN | EMBEDDED


def local(element: Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    """The text in an element, comments in the XML left out."""
    return "".join(str(text) for text in element.itertext())


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of Word's own; empty where it is missing."""
    return "" if element is None else element.get(f"{W}{name}") or ""


def child(element: Element | None, *names: str) -> Element | None:
    """The first descendant along a path of Word's own names."""
    for name in names:
        tag = f"{W}{name}"
        element = None if element is None else next((inner for inner in element if inner.tag == tag), None)
    return element


def switch(properties: Element | None, name: str) -> bool | None:
    """A property that is on or off; None where nothing is said of it."""
    found = child(properties, name)
    return None if found is None else value(found).lower() not in OFF


def number(text: str) -> int | None:
    """A whole number as a document may hold it; None for what is none, and for what is too large to mean anything."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def walk(root: Element, closed: frozenset[str] = frozenset()) -> Iterator[Element]:
    """All elements under `root` in the order of reading; those that `closed` or CLOSED names are given, not entered.

    Properties are left out. Of alternatives for newer and older programs only one is taken. XML this deep has been
    refused by its parser long before, but even so nothing here calls itself.
    """
    waiting = list(reversed(_children(root)))
    while waiting:
        element = waiting.pop()
        yield element
        name = local(element)
        if name not in closed and name not in CLOSED:
            waiting += reversed(_children(element))


def drawn(root: Element) -> Iterator[Element]:
    """All elements of a drawing, pictures and shapes within it included; text boxes are given, not entered."""
    waiting = list(reversed(_children(root)))
    while waiting:
        element = waiting.pop()
        yield element
        if local(element) != "txbxContent":
            waiting += reversed(_children(element))


def _children(element: Element) -> list[Element]:
    children = [c for c in element if local(c) and not local(c).endswith("Pr")]
    if local(element) != "AlternateContent":
        return children
    choices = [c for c in children if local(c) == "Choice"] or children
    return choices[:1]
