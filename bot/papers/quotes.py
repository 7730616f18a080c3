"""Titles in quotes: straight, curly and mixed ones, nested, unbalanced, with possessives inside and words after."""

from dataclasses import dataclass

QUOTES = "'‘’‚‛\"“”„`«»"


@dataclass(frozen=True)
class Unquoted:
    """A title without its outer quotes, what stands after them, and whether the quotes pair."""

    title: str
    rest: str = ""
    pairs: bool = True


def unquoted(text: str) -> Unquoted:
    """The title in a text that begins with it. Without a quote at its start, the text is the title."""
    text = text.strip()
    if not text or text[0] not in QUOTES:
        return Unquoted(text)
    marks = _marks(text)
    closing = [index for index, opens in marks if not opens]
    if not closing:
        return Unquoted(text[1:].strip(), pairs=False)
    end = closing[-1]
    rest = text[end + 1 :].strip()
    depth = _depth_at(marks, end)
    if depth > 0:  # the last quote closes an inner one: the outer was never closed
        return Unquoted(text[1:].strip(), pairs=False)
    if rest.strip(".") and rest[0].isalnum() and text[end - 1] in "sS":
        return Unquoted(text[1:].strip(), pairs=False)  # Users' rights: the last quote is a possessive's
    return Unquoted(text[1:end].strip(), rest.strip("."))


def _inside(text: str, index: int) -> bool:
    """An apostrophe between two letters."""
    return 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()


def _marks(text: str) -> list[tuple[int, bool]]:
    """Where quotes stand, apostrophes apart, and whether each opens."""
    marks: list[tuple[int, bool]] = []
    for index, c in enumerate(text):
        if c not in QUOTES or _inside(text, index):
            continue
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        after_opening = bool(marks) and marks[-1] == (index - 1, True)
        follows = before.isspace() or before in "([/" or after_opening
        marks.append((index, follows and (after.isalnum() or after in QUOTES or after in "([£")))
    return marks


def _depth_at(marks: list[tuple[int, bool]], end: int) -> int:
    """How many quotes are open after the one at `end`; more closed than opened are possessives."""
    depth = 0
    for index, opens in marks:
        if index <= end:
            depth = depth + 1 if opens else max(depth - 1, 0)
    return depth
