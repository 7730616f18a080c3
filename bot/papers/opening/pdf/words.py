"""From drawn characters to words with their places, the page turned so that most of its words stand upright."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.papers.opening.pdf.glyphs import UNKNOWN, Box, Glyph

# All in parts of the font's size. A gap that is a space though none is written: a space is about 0.25 wide, kerning
# moves letters by less than 0.1. Further back is a new place on the line, not kerning.
SPACE, BACKWARDS, RAISED = 0.25, 0.3, 0.08
OVERPRINT, OVERPRINT_LETTER = 0.4, 0.15  # how far a copy may lie from its word
LONG, OTHER_SIZE = 3, 0.1  # letters of words that cannot lie so close by chance; what makes another size
LEVEL = 2  # degrees that still count as the same direction
CELL = 12.0  # points: copies are looked for in cells of this size and those around them
MOST_COPIES = 8  # looked through in a cell, so that time grows evenly on any file


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a part of one, drawn on one baseline in one size. Lengths in points from the page's left and top."""

    text: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool  # a space stands before it
    order: int  # in which the file draws the page


@dataclass(frozen=True)
class PageWords:
    """The words of a page that stand as most do, and in `turned` those that stand otherwise, by their direction."""

    width: float
    height: float
    words: tuple[Word, ...]
    turned: tuple[tuple[Word, ...], ...]
    characters: int  # that are read, spaces apart
    unknown: int  # of these, characters that the file does not name
    hidden: int  # of these, characters drawn invisibly
    outside: int  # characters that lie beside the page; they are left out


class _Place:
    """Turns a page back by the angle its words stand at."""

    def __init__(self, angle: int, box: Box) -> None:
        self.cos, self.sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        self.level = angle % 90 == 0  # else PDFium's boxes around characters are too large
        self.left = self.top = 0.0
        corners = [self.at(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        self.left, self.top = min(x for x, _ in corners), -min(y for _, y in corners)
        self.width, self.height = max(x for x, _ in corners) - self.left, max(y for _, y in corners) + self.top

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Points from the left and from the top."""
        return x * self.cos + y * self.sin - self.left, self.top + x * self.sin - y * self.cos

    def right(self, glyph: Glyph) -> float:
        """Where the next character would be drawn; guessed where characters stand at a slant."""
        left, bottom, right, top = glyph.box
        if not self.level:
            return self.at(*glyph.origin)[0] + glyph.look.size / 2
        return max(self.at(left, bottom)[0], self.at(right, top)[0])

    def holds(self, glyph: Glyph) -> bool:
        x, y = self.at(*glyph.origin)
        size = glyph.look.size
        return -size < x < self.width and 0 < y < self.height + size / 2


def page_words(glyphs: Sequence[Glyph], box: Box) -> PageWords:
    """The words among a page's characters. `box` is what is shown of the page."""
    angles = Counter(_level(glyph.look.angle) for glyph in glyphs)
    main = angles.most_common(1)[0][0] if angles else 0
    place = _Place(main, box)
    kept = [glyph for glyph in glyphs if place.holds(glyph)]
    groups: dict[int, list[Glyph]] = {}
    for glyph in kept:
        groups.setdefault(_level(glyph.look.angle), []).append(glyph)
    words = {angle: _once(_words(group, _Place(angle, box))) for angle, group in groups.items()}
    return PageWords(
        width=place.width,
        height=place.height,
        words=words.pop(main, ()),
        turned=tuple(words.values()),
        characters=len(kept),
        unknown=sum(glyph.text == UNKNOWN for glyph in kept),
        hidden=sum(glyph.look.hidden for glyph in kept),
        outside=len(glyphs) - len(kept),
    )


def _level(angle: int) -> int:
    """A direction, made straight where it is nearly so: scanners lay pages askew."""
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= LEVEL else angle


def _words(glyphs: Sequence[Glyph], place: _Place) -> Iterator[Word]:
    """Characters that one command draws next to each other, up to the next space."""
    gathered: list[str] = []
    first, last = Word("", 0, 0, 0, 1, spaced=False, order=0), None
    right = 0.0
    for order, glyph in enumerate(glyphs):
        x, y = place.at(*glyph.origin)
        gap = (x - right) / glyph.look.size if last else 0.0
        spaced = glyph.spaced or (place.level and gap > SPACE)
        if last is None or spaced or not _follows(glyph, last, gap, (y - first.base) / first.size):
            if gathered:
                yield replace(first, text=_whole(gathered), right=right)
            first, gathered = Word("", x, x, y, glyph.look.size, spaced, order), []
        gathered.append(glyph.text)
        last, right = glyph, place.right(glyph)
    if gathered:
        yield replace(first, text=_whole(gathered), right=right)


def _follows(glyph: Glyph, last: Glyph, gap: float, lower: float) -> bool:
    """Whether a character goes on with the word. The letters of a ligature are drawn at one place."""
    if glyph.drawn != last.drawn:
        return False
    return glyph.origin == last.origin or (gap > -BACKWARDS and abs(lower) < RAISED)


def _whole(characters: Sequence[str]) -> str:
    """Characters beyond 0xFFFF may come in two halves; half of one is no character."""
    return "".join(characters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _once(words: Iterator[Word]) -> tuple[Word, ...]:
    """Without the copies that are printed over words to make them bold or to give them a shadow."""
    seen: dict[tuple[str, int, int], list[Word]] = {}
    kept = []
    for word in words:
        column, line = int(word.left // CELL), int(word.base // CELL)
        cells = ((word.text, x, y) for x in range(column - 1, column + 2) for y in range(line - 1, line + 2))
        if any(_covers(other, word) for cell in cells for other in seen.get(cell, ())[-MOST_COPIES:]):
            continue
        seen.setdefault((word.text, column, line), []).append(word)
        kept.append(word)
    return tuple(kept)


def _covers(other: Word, word: Word) -> bool:
    """Whether a word is a copy of another. Two letters may stand closer than that: "ll", or the dots of an ellipsis."""
    long = len(word.text) >= LONG
    reach = OVERPRINT * word.size if long else min(OVERPRINT_LETTER * word.size, (word.right - word.left) / 2)
    same_size = abs(other.size - word.size) < OTHER_SIZE * word.size
    return same_size and abs(other.left - word.left) < reach and abs(other.base - word.base) < reach
