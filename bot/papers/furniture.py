"""What the word processor prints on every page: marked as furniture, in the middle of sentences too."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.papers.lines import Line, LineKind
from bot.papers.sentences import sentences_of
from bot.papers.shapes import CLASSIFICATION, FURNITURE, REFERENCE

SPOKEN = {LineKind.TEXT, LineKind.HEADING}
LONGEST_STATEMENT = 12  # lines that a repeated statement of the classification is wrapped over, at most


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines, furniture marked as such: page numbers, the paper's own reference repeated, and its classification."""
    marked = [_printed(line, lines[index - 1 : index + 2]) for index, line in enumerate(lines)]
    _mark_references(marked)
    _mark_statements(marked)
    return marked


def _printed(line: Line, around: Sequence[Line]) -> Line:
    """The line as furniture where it is; "2 of 5" alone may be a sentence's words, unless it stands apart."""
    found = FURNITURE.fullmatch(line.text) if line.kind in SPOKEN else None
    touches = any(other.kind in SPOKEN and other is not line for other in around)
    return replace(line, kind=LineKind.FURNITURE) if found and not (touches and line.text[0].isdigit()) else line


def _mark_references(lines: list[Line]) -> None:
    """The paper's reference on a line of its own is its name the first time, a running title after."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        found = REFERENCE.search(line.text[:200]) if line.kind in SPOKEN | {LineKind.ROW} else None
        if found is None:
            continue
        if found.group() in seen and found.group() == line.text:
            lines[index] = replace(line, kind=LineKind.FURNITURE)
        seen.add(found.group())


def _mark_statements(lines: list[Line]) -> None:
    """A statement of the classification that says again what the first one says, or only its first sentence."""
    starts = [i for i, line in enumerate(lines) if line.kind in SPOKEN and CLASSIFICATION.match(line.text)]
    if not starts:
        return
    whole = " ".join(line.text for line in _touching(lines, starts[0], len(lines)))
    shorter = sentences_of(whole)[0]
    for start in starts[1:]:
        length = _length(lines, start, whole) or _length(lines, start, shorter)
        for index in range(start, start + length):
            lines[index] = replace(lines[index], kind=LineKind.FURNITURE)


def _touching(lines: Sequence[Line], start: int, most: int) -> list[Line]:
    return list(takewhile(lambda line: line.kind in SPOKEN, lines[start : start + most]))


def _length(lines: Sequence[Line], start: int, statement: str) -> int:
    """How many lines from here make up the statement and nothing else; 0 where they do not."""
    words = ""
    for count, line in enumerate(_touching(lines, start, LONGEST_STATEMENT), start=1):
        words = f"{words} {line.text}".strip()
        if words == statement:
            return count
    return 0
