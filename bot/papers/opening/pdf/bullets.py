"""Bullets as they are printed: a mark at the beginning of a line, often from a font of symbols."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.papers.opening.pdf.lines import Printed
from bot.papers.shapes import ended

# Marks that are bullets wherever a line begins with them, those of Symbol and Wingdings among them (private use).
SURE = re.compile("[•◦▪▫‣●○■□◆❖➢➤►✓✔⁃∙·\ue000-\uf8ff]")
# Word's bullet of the second level, which is the letter o.
LETTER = "o"
# Marks that a sentence may have too, where it runs over the end of a line.
DASH = re.compile("[-–—*+]")
NEAR = 2.0  # points
HANGING = 1.2  # sizes that a bullet's words stand further in than its mark, where its second line may too
GAP = 0.5  # sizes between a mark and its words that no space has
DEEPER = 8.0  # points by which a list stands further in than the one around it


@dataclass(frozen=True)
class List:
    """The list that the line before belongs to: its mark, where it stands, and where the words after it stand."""

    mark: str = ""
    left: float = 0.0
    words: float = 0.0

    def bullet(self, line: Printed, *, ran_over: bool) -> bool:
        """Whether a line is a bullet. A dash may be a sentence's own where the line before ran over."""
        mark, *rest = line.parts
        if not rest or not rest[0].spaced:
            return False
        wide = rest[0].left - mark.right >= GAP * line.size
        if SURE.fullmatch(mark.text) or (wide and mark.text == LETTER):
            return True
        in_list = mark.text == self.mark and abs(mark.left - self.left) <= NEAR
        return DASH.fullmatch(mark.text) is not None and (wide or in_list or not ran_over)

    def left_by(self, before: Printed, line: Printed) -> bool:
        """Whether a line ends the list, standing further out than its words do."""
        hangs = self.words - self.left >= HANGING * line.size
        goes_on = line.text[:1].islower() and not ended(before.text)
        return bool(self.mark) and hangs and line.left < self.words - NEAR and not goes_on

    def after(self, line: Printed, *, bullet: bool, apart: bool) -> "List":
        """The list that a line belongs to."""
        if bullet:
            return List(line.parts[0].text, line.left, line.parts[1].left)
        return List() if apart else self


def without_mark(text: str) -> str:
    """A bullet's words."""
    return text.split(" ", 1)[1]


def levels(lines: Sequence[Printed]) -> dict[int, int]:
    """By line (its `id`) how deep a bullet stands: 1 is the outermost."""
    steps: list[float] = []
    for left in sorted(line.left for line in lines):
        if not steps or left - steps[-1] > DEEPER:
            steps.append(left)
    return {id(line): sum(line.left >= step for step in steps) for line in lines}
