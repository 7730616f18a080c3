"""What a paper is made of between its facts and a file: headings, paragraphs, bullets, tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tests.papers.writing.switches import Switch

T = TypeVar("T")


class Kind(StrEnum):
    FIELD = "field"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE = "table"
    SIGNED = "signed"
    FURNITURE = "furniture"


@dataclass(frozen=True)
class Block:
    """`level`: a heading's (1 the paper's title, 2 a section, 3 a proposal, 4 its impacts). `**` marks bold words."""

    kind: Kind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a paper is laid out. `turn`, `width` (characters) and `every` choose among the forms that are on."""

    on: frozenset[Switch]
    turn: int
    width: int
    every: int

    def pick(self, forms: Sequence[T], index: int = 0) -> T:
        """One of the forms, another for each index."""
        return forms[(self.turn + index) % len(forms)]

    def allowed(self, usual: T, forms: dict[Switch, T]) -> list[T]:
        """The usual form, and those whose switch is on."""
        return [*(form for switch, form in forms.items() if switch in self.on), usual]
