"""What one line of a paper is made from, while the printed lines are put in order."""

from dataclasses import dataclass

from bot.papers.lines import LineKind
from bot.papers.opening.pdf.lines import Printed


@dataclass(frozen=True)
class Entry:
    """A printed line, or the first of several (a heading, a footnote), with the words of them all."""

    line: Printed
    text: str
    kind: LineKind
    level: int = 0
    apart: bool = False  # white stands before it
    header: bool = False  # printed on every page, and read once

    @property
    def alone(self) -> bool:
        """Whether it belongs to no paragraph."""
        return self.header or self.line.turned
