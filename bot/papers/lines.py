"""The lines of a paper as every format gives them: plain words, numbered, each with its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.papers.found import Finding, Placed

WIDEST_PLACE = 40  # characters: the paper's words need the rest of the line


class LineKind(StrEnum):
    """What the file itself says of a line; what its words say is decided in `shapes`."""

    HEADING = "heading"
    BULLET = "bullet"
    ROW = "row"  # of a table; rows that touch are one table
    FOOTNOTE = "footnote"  # after the paragraph that its mark stands in
    FURNITURE = "furniture"  # what the word processor prints on every page
    TEXT = "text"
    BLANK = "blank"


BETWEEN_PAGES = {LineKind.BLANK, LineKind.FURNITURE}


@dataclass(frozen=True)
class Line:
    """One line without its marks. `number` counts from 1, as `dpbot import --text` prints it.

    `level`: a heading's (1 is the highest), a bullet's depth (1 is the outermost), a footnote's number, 1 for a table's
    row of headings; else 0. `cells` only for a row, whose `text` is its cells joined by " | ".
    """

    number: int
    text: str
    kind: LineKind
    level: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A file's lines, and what the analyst should know of how they were come by (tracked changes, hyphens)."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()


def as_text(lines: Sequence[Line]) -> str:
    """The lines as `dpbot import --text` prints them; findings refer to these numbers."""
    width = len(str(len(lines)))
    return "\n".join(f"{line.number:>{width}}  {_printed(line)}".rstrip() for line in lines)


def _printed(line: Line) -> str:
    match line.kind:
        case LineKind.HEADING:
            return f"# {line.text}"
        case LineKind.BULLET:
            return f"- {line.text}"
        case LineKind.ROW:
            return f"| {line.text} |"
        case LineKind.FOOTNOTE:
            return f"[{line.level}] {line.text}"
        case LineKind.FURNITURE:
            return f"~ {line.text}"
        case _:
            return line.text


def as_places(lines: Sequence[Line], places: Sequence[Placed]) -> str:
    """The lines as `as_text` prints them, each after where its words ended."""
    ended = {place.line: place.where for place in places}
    width = min(max((len(where) for where in ended.values()), default=0), WIDEST_PLACE)
    texts = as_text(lines).split("\n")
    return "\n".join(
        f"{ended.get(line.number, ''):<{width}.{width}}  {text}".rstrip()
        for line, text in zip(lines, texts, strict=True)
    )
