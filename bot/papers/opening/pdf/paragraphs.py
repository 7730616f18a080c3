"""Where on the printed page one paragraph ends and the next begins: by white, by short lines and by indents."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bot.papers.opening.pdf.lines import Printed, same_size
from bot.papers.shapes import ended

# All in parts of the font's size.
SPACE = 0.25
WHITE = 0.22  # more than the usual leading: Word sets at least 3 points between paragraphs
SLACK = 0.4  # by which a line may be shorter than it could have been
INDENT = 0.8  # of the first line of a paragraph
LEADING = 1.2  # where no line runs over: what most programs set
TIGHTEST, WIDEST = 0.8, 3.0  # leadings that occur
BLOCK = 1.6  # sizes from line to line in a header
FEWEST = 3  # lines that make a margin: one long address does not
NEAR = 24.0  # points between the ends of such lines: text is rarely justified


class Paragraphs:
    """Knows the usual measures of a paper, and with them whether a line begins a paragraph."""

    def __init__(self, lines: Sequence[Printed], widths: Sequence[float]) -> None:
        """`lines` of text in order, without those at an angle; `widths` of the pages, in points."""
        self._margins = _margins(lines, widths)
        self._leadings = self._usual(lines)
        self._nearest: dict[float, float] = {}  # by size: sought once, for a paper has few
        self._blocks = self._block_margins(lines)

    def apart(self, before: Printed, line: Printed) -> bool:
        """Whether a paragraph ends between two lines of text that follow each other."""
        if not same_size(before.size, line.size):
            return True
        if before.page != line.page:
            # A full line that ends a sentence may end a paragraph too: a heading must not be joined to it.
            return ended(before.text) or not self._full(before, line)
        if self._white(before, line):
            return True
        return self._broken_off(before, line) or self._indented(before, line)

    def broken_off(self, before: Printed, line: Printed) -> bool:
        """Whether the line before was ended on purpose: there was room for the next word."""
        return not _fits_not(before, line, self._blocks[id(before)][0])

    def _usual(self, lines: Sequence[Printed]) -> dict[float, float]:
        """The leading by size: that of lines which run over, the lower ones among them."""
        gaps = defaultdict(list)
        for before, line in pairwise(lines):
            gap = line.base - before.base
            likely = TIGHTEST * line.size < gap < WIDEST * line.size and same_size(before.size, line.size)
            if before.page == line.page and likely and _fits_not(before, line, self._margins[line.page]):
                gaps[line.size].append(gap)
        return {size: sorted(found)[len(found) // 4] for size, found in gaps.items()}

    def _leading(self, size: float) -> float:
        if not self._leadings:
            return LEADING * size
        if size not in self._nearest:
            self._nearest[size] = min(self._leadings, key=lambda known: abs(known - size))
        nearest = self._nearest[size]
        return self._leadings[nearest] * size / nearest

    def _block_margins(self, lines: Sequence[Printed]) -> dict[int, tuple[float, int]]:
        """By line the right end and the number of the lines that touch: paragraphs may be narrower than the page."""
        blocks: list[list[Printed]] = []
        for line in lines:
            last = blocks[-1][-1] if blocks else None
            if last is None or last.page != line.page or self._white(last, line) or not same_size(last.size, line.size):
                blocks.append([])
            blocks[-1].append(line)
        margins = ((block, (max(line.right for line in block), len(block))) for block in blocks)
        return {id(line): margin for block, margin in margins for line in block}

    def _white(self, before: Printed, line: Printed) -> bool:
        size = max(before.size, line.size)
        return line.base - before.base > self._leading(size) + WHITE * size

    def _broken_off(self, before: Printed, line: Printed) -> bool:
        """A short line ends a paragraph, unless the words go on: then the line was broken by hand or by a picture."""
        goes_on = line.text[:1].islower() and not ended(before.text)
        return not goes_on and self.broken_off(before, line)

    def _indented(self, before: Printed, line: Printed) -> bool:
        return ended(before.text) and line.left - before.left > INDENT * line.size and before.parts[0].text.isalpha()

    def _full(self, before: Printed, line: Printed) -> bool:
        """Whether the last line of a page runs to the margin of the page or of its block."""
        block, count = self._blocks[id(before)]
        return _fits_not(before, line, self._margins[before.page]) or (
            count >= FEWEST and _fits_not(before, line, block)
        )


def touches(before: Printed, line: Printed) -> bool:
    """Whether no white stands between two lines, whatever the paper's leading: they are of one block."""
    alike = before.page == line.page and same_size(before.size, line.size)
    return alike and 0 < line.base - before.base <= BLOCK * line.size


def _fits_not(before: Printed, line: Printed, margin: float) -> bool:
    """Whether the first word of a line had no room on the line before."""
    return before.right + (SPACE + SLACK) * line.size + line.first_word > margin


def _margins(lines: Sequence[Printed], widths: Sequence[float]) -> dict[int, float]:
    """By page the right margin of the text in points from the left: the same on all pages that are as wide."""
    ends = defaultdict(list)
    for line in lines:
        ends[round(widths[line.page - 1])].append(line.right)
    margins = {width: _margin(sorted(rights, reverse=True)) for width, rights in ends.items()}
    return {line.page: margins[round(widths[line.page - 1])] for line in lines}


def _margin(rights: Sequence[float]) -> float:
    """The end that several lines reach, whatever a single address does that is wider than the text."""
    together = zip(rights, rights[FEWEST - 1 :], strict=False)
    return next((right for right, third in together if right - third <= NEAR), rights[0])
