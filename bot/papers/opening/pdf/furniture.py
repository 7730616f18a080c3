"""What the word processor prints at the top and the foot of every page: found by its words, its place and its count."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.papers.markings import MARKING, stamped
from bot.papers.opening.pdf.lines import Printed
from bot.papers.opening.pdf.paragraphs import touches
from bot.papers.shapes import states
from bot.rules.references import leading_reference

ZONE, LEAST_ZONE = 0.16, 80.0  # of the page's height, at its top and at its foot; points
MOST_LINES = 8  # in a header or a footer
NEAR = 3.0  # points by which the same line may stand higher or lower on another page
SHARE = 0.4  # of the pages: those at the left and at the right may differ, as may the first
FEW_PAGES = 4  # up to here the first page must not contradict, though its header may be another
TWO = 2  # pages on which the same words may meet at the same place by chance
ALTERNATE = 3  # pages at least, where only the left or the right ones have a header
CLEAR = 1.5  # sizes of white between such lines and the text
PAGE_NUMBER = re.compile(r"Page \d{1,4}(?: (?:of|/) \d{1,4})?|\d{1,4} (?:of|/) \d{1,4}", re.IGNORECASE)
PAGE_NUMBER_AFTER = re.compile(r"(?P<words>.*?)\s+(?P<number>Page \d{1,4}(?: of \d{1,4})?)", re.IGNORECASE)
DIGITS = re.compile(r"\d{1,9}")

Spot = tuple[int, int]  # page and line on it, both from 0


@dataclass
class _Edge:
    """One edge of all pages, read from the outside inwards."""

    pages: Sequence[Sequence[Printed]]
    heights: Sequence[float]
    order: list[list[int]]
    top: bool
    found: set[Spot] = field(default_factory=set)

    def distance(self, spot: Spot) -> float:
        base = self.line(spot).base
        return base if self.top else self.heights[spot[0]] - base

    def line(self, spot: Spot) -> Printed:
        return self.pages[spot[0]][spot[1]]

    def reaches(self, spot: Spot) -> bool:
        """Whether a line is where headers and footers are, or goes on with one."""
        page, index = spot
        outer = (page, index - 1 if self.top else index + 1)
        if outer in self.found and touches(*((self.line(outer), self.line(spot))[:: 1 if self.top else -1])):
            return True
        return self.distance(spot) <= max(ZONE * self.heights[page], LEAST_ZONE)

    def outermost(self) -> list[Spot]:
        """On every page the line that is not furniture and stands furthest out."""
        found = []
        for page, order in enumerate(self.order):
            taken = next((depth for depth, line in enumerate(order) if (page, line) not in self.found), len(order))
            if taken < len(order):
                found.append((page, order[taken]))
        return found


def furniture_of(pages: Sequence[Sequence[Printed]], heights: Sequence[float]) -> set[Spot]:
    """The lines that are the same on most pages and stand outside of the text, and the numbers of the pages."""
    found = _turned(pages)
    for top in (True, False):
        order = [[i for i, line in enumerate(lines) if not line.turned][:: 1 if top else -1] for lines in pages]
        edge = _Edge(pages, heights, order, top)
        for _ in range(MOST_LINES):
            more = _repeated(edge) | _numbers(edge)
            if not more:
                break
            edge.found |= more
        found |= _clear(edge)
    return found


def kept_headers(pages: Sequence[Sequence[Printed]], furniture: set[Spot]) -> set[Spot]:
    """Furniture that states something about the paper, its classification say: read once, where it comes first."""
    kept: set[Spot] = set()
    seen: set[str] = set()
    for page, index in sorted(furniture):
        line = pages[page][index]
        goes_on = (page, index - 1) in kept and _goes_on(pages[page][index - 1], line)
        words, _ = page_number_apart(line.text)
        if goes_on and not PAGE_NUMBER.fullmatch(line.text):
            kept.add((page, index))
        elif _states(words) and (masked := DIGITS.sub("#", words)) not in seen:
            seen.add(masked)
            kept.add((page, index))
    return kept


def page_number_apart(text: str) -> tuple[str, str]:
    """A header's words, and the number of the page after them."""
    found = PAGE_NUMBER_AFTER.fullmatch(text)
    return (found["words"], found["number"]) if found else (text, "")


def _states(text: str) -> bool:
    return bool(states(text) or stamped(text) or leading_reference(text))


def _goes_on(before: Printed, line: Printed) -> bool:
    """Whether a line may go on with what the one above states; a marking is whole."""
    words, _ = page_number_apart(before.text)
    return not MARKING.fullmatch(words) and (states(words) or not stamped(words)) and touches(before, line)


def _turned(pages: Sequence[Sequence[Printed]]) -> set[Spot]:
    """Words across the page, "DRAFT" say, that are the same on most pages."""
    spots = defaultdict(list)
    for page, lines in enumerate(pages):
        for index, line in enumerate(lines):
            if line.turned:
                spots[line.text].append((page, index))
    return {spot for same in spots.values() if len({page for page, _ in same}) >= _enough(pages) for spot in same}


def _enough(pages: Sequence[Sequence[Printed]]) -> int:
    return max(TWO, len(pages) - 1) if len(pages) <= FEW_PAGES else max(ALTERNATE, round(SHARE * len(pages)))


def _repeated(edge: _Edge) -> set[Spot]:
    """Of the outermost lines those that most pages share."""
    candidates = [spot for spot in edge.outermost() if edge.reaches(spot)]
    alike = defaultdict(list)
    for spot in candidates:
        alike[DIGITS.sub("#", edge.line(spot).text)].append(spot)
    groups = [_agreeing(edge, spots) for spots in alike.values()]
    shared = [group for group in groups if len(group) >= _enough(edge.pages)]
    members = {spot for group in shared for spot in group}
    exempt = 0 if len(edge.pages) > FEW_PAGES else -1
    rest = [spot for spot in edge.outermost() if spot not in members and spot[0] != exempt]
    return {spot for group in shared if not _among_text(edge, group, rest) for spot in group}


def _agreeing(edge: _Edge, spots: Sequence[Spot]) -> list[Spot]:
    """Lines at one height whose figures are the same, or count with the pages."""
    height = median(edge.distance(spot) for spot in spots)
    spots = [spot for spot in spots if abs(edge.distance(spot) - height) <= NEAR]
    figures = {spot: [int(digits) for digits in DIGITS.findall(edge.line(spot).text)] for spot in spots}
    for place in range(min((len(found) for found in figures.values()), default=0)):
        same = Counter(figures[spot][place] for spot in spots).most_common(1)
        counting = Counter(figures[spot][place] - spot[0] for spot in spots).most_common(1)
        if not spots:
            break
        if same[0][1] >= counting[0][1]:
            spots = [spot for spot in spots if figures[spot][place] == same[0][0]]
        else:
            spots = [spot for spot in spots if figures[spot][place] - spot[0] == counting[0][0]]
    return list(spots)


def _among_text(edge: _Edge, group: Sequence[Spot], rest: Sequence[Spot]) -> bool:
    """Whether other pages have text at that height: then the same words meet there by chance.

    What stands on every other page only is compared with those pages: the left ones may have no header.
    """
    height = median(edge.distance(spot) for spot in group)
    sides = {page % 2 for page, _ in group}
    alternates = len(sides) == 1 and len(group) >= max(ALTERNATE, len(edge.pages) // 2)
    others = [spot for spot in rest if not alternates or spot[0] % 2 in sides]
    return sum(edge.distance(spot) <= height + NEAR for spot in others) > len(edge.pages) // 10


def _numbers(edge: _Edge) -> set[Spot]:
    """The numbers of pages, which even a paper of one page may have."""
    found = set()
    for spot in edge.outermost():
        page, text = spot[0] + 1, edge.line(spot).text.strip("-–— ")
        number = PAGE_NUMBER.fullmatch(text) or (text == str(page) and _apart(edge, spot))
        if number and edge.reaches(spot):
            found.add(spot)
    return found


def _apart(edge: _Edge, spot: Spot) -> bool:
    """Whether white lies between a line and the next one inwards."""
    order = edge.order[spot[0]]
    after = order[order.index(spot[1]) + 1 :]
    if not after:
        return True
    inner = edge.line((spot[0], after[0]))
    return abs(inner.base - edge.line(spot).base) >= CLEAR * max(inner.size, edge.line(spot).size)


def _clear(edge: _Edge) -> set[Spot]:
    """What was found. In a paper of two pages only where white lies between it and the text, page numbers apart."""
    if len(edge.pages) > TWO:
        return edge.found
    innermost: dict[int, Spot] = {}
    for page, order in enumerate(edge.order):
        for line in order:
            if (page, line) in edge.found:
                innermost[page] = (page, line)
    if all(_apart(edge, spot) for spot in innermost.values()):
        return edge.found
    return {spot for spot in edge.found if PAGE_NUMBER.fullmatch(edge.line(spot).text)}
