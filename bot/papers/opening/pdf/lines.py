"""From words on a page to its printed lines, from the top down and each from left to right."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.papers.opening.pdf.words import SPACE, PageWords, Word

# How far apart two baselines of one line may lie, in parts of the smaller size: where sizes differ, one is raised.
BASELINE, RAISED_BASELINE = 0.35, 0.7
ALIKE = 0.08  # by which two sizes may differ and be the same
# A raised digit: at most this part of the line's size, and its baseline at least this much above the line's.
MARK_SIZE, MARK_RAISED = 0.8, 0.12
MARK = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Part:
    """A word, or what stands right after one without a space. `mark`: the number of a footnote, if it may be one."""

    text: str
    left: float
    right: float
    spaced: bool
    mark: int = 0


@dataclass(frozen=True)
class Printed:
    """One line as it is printed. Lengths in points from the page's left and top."""

    page: int  # from 1
    parts: tuple[Part, ...]
    left: float
    right: float
    base: float
    size: float  # of most of its characters
    turned: bool = False  # stands at an angle to most of the page

    @property
    def text(self) -> str:
        return self.without(frozenset())

    def without(self, marks: frozenset[int]) -> str:
        """Its words, without the marks of these footnotes. Other raised digits stay, apart from those of a number."""
        text = ""
        for part in self.parts:
            if part.mark and part.mark in marks:
                continue
            apart = part.spaced or (part.mark and text[-1:].isdigit())
            text += f" {part.text}" if apart else part.text
        return text.strip()

    @property
    def first_word(self) -> float:
        """The width of the first word: what had to fit on the line before, had there been room."""
        right = self.left
        for index, part in enumerate(self.parts):
            if index and part.spaced:
                break
            right = max(right, part.right)
        return right - self.left

    @property
    def marks(self) -> frozenset[int]:
        return frozenset(part.mark for part in self.parts if part.mark)


def same_size(one: float, other: float) -> bool:
    return abs(one - other) <= ALIKE * max(one, other)


def printed_lines(page: int, found: PageWords) -> list[Printed]:
    """The lines of a page. What stands at an angle comes last: nobody can say where it belongs."""
    lines = [_line(page, words) for words in _rows(found.words)]
    turned = [replace(_line(page, row), turned=True) for words in found.turned for row in _rows(words)]
    return lines + turned


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words by baseline. A raised digit has a baseline of its own, which is just above that of its line."""
    rows: list[list[Word]] = []
    largest = None
    for word in sorted(words, key=lambda word: (word.base, word.order)):
        if largest is None or not _level(largest, word):
            rows.append([])
            largest = word
        elif word.size > largest.size:
            largest = word
        rows[-1].append(word)
    return rows


def _level(one: Word, other: Word) -> bool:
    within = BASELINE if same_size(one.size, other.size) else RAISED_BASELINE
    return abs(other.base - one.base) <= within * min(one.size, other.size)


def _line(page: int, words: list[Word]) -> Printed:
    words = sorted(words, key=lambda word: (word.left, word.order))
    sizes: Counter[float] = Counter()
    bases: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    size = sizes.most_common(1)[0][0]
    for word in words:
        bases[round(word.base, 1)] += len(word.text) * same_size(word.size, size)
    base = bases.most_common(1)[0][0]
    parts: list[Part] = []
    before = None
    for word in words:
        spaced = before is not None and _spaced(before, word)
        mark = _mark(word, size, base) if before is not None and not spaced else 0
        parts.append(Part(word.text, word.left, word.right, spaced, mark))
        before = word if before is None or word.right >= before.right else before
    return Printed(page, tuple(parts), words[0].left, max(word.right for word in words), base, size)


def _spaced(before: Word, word: Word) -> bool:
    """Whether a space stands between two neighbours: one is written, or the gap is one."""
    gap = (word.left - before.right) / min(word.size, before.size)
    return gap > SPACE or (word.spaced and gap > -SPACE)


def _mark(word: Word, size: float, base: float) -> int:
    raised = word.size <= MARK_SIZE * size and base - word.base >= MARK_RAISED * size
    return int(word.text) if raised and MARK.fullmatch(word.text) and word.text.isascii() else 0
