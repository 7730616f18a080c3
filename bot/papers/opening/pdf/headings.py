"""Headings that their type gives away: larger than the paragraphs, short, and not a sentence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.papers.lines import LineKind
from bot.papers.opening.pdf.entries import Entry
from bot.papers.opening.pdf.lines import same_size
from bot.papers.opening.pdf.notes import joined
from bot.papers.shapes import CLASSIFICATION, FIELD

LARGER = 1.1  # times the size of most text
MOST_LARGER = 0.3  # of all characters; with more, most text is not in the size of the paragraphs
LONGEST = 250  # characters
MOST_LINES = 5  # that one heading may take
MOST_LEVELS = 6


def headings_of(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with each heading in one, however many lines it is printed in, and its level by its size."""
    usual = _usual(entries)
    if usual is None:
        return list(entries)
    found: list[Entry] = []
    for group in _groups(entries, LARGER * usual):
        text = group[0].text
        for entry in group[1:]:
            text = joined(text, entry.text)
        heading = len(group) <= MOST_LINES and _heading(group[0], text, LARGER * usual)
        found += [replace(group[0], text=text, kind=LineKind.HEADING)] if heading else group
    sizes = sorted({_rounded(entry) for entry in found if entry.kind is LineKind.HEADING}, reverse=True)
    ranks = {size: min(rank, MOST_LEVELS) for rank, size in enumerate(sizes, start=1)}
    return [
        replace(entry, level=ranks[_rounded(entry)]) if entry.kind is LineKind.HEADING else entry for entry in found
    ]


def _usual(entries: Sequence[Entry]) -> float | None:
    """The size of the paragraphs in points; None where it is not sure."""
    sizes: Counter[float] = Counter()
    for entry in entries:
        if entry.kind in {LineKind.TEXT, LineKind.BULLET}:
            sizes[entry.line.size] += len(entry.text)
    if not sizes:
        return None
    usual = sizes.most_common(1)[0][0]
    larger = sum(count for size, count in sizes.items() if size >= LARGER * usual)
    return usual if larger <= MOST_LARGER * sizes.total() else None


def _groups(entries: Sequence[Entry], least: float) -> list[list[Entry]]:
    """Lines in larger type that touch on one page, together; all other entries by themselves."""
    groups: list[list[Entry]] = []
    for entry in entries:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and not entry.apart
            and _larger(last, least)
            and _larger(entry, least)
            and _same(last, entry)
        ):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _larger(entry: Entry, least: float) -> bool:
    return entry.kind is LineKind.TEXT and not entry.alone and entry.line.size >= least


def _same(one: Entry, other: Entry) -> bool:
    return one.line.page == other.line.page and same_size(one.line.size, other.line.size)


def _heading(first: Entry, text: str, least: float) -> bool:
    if not _larger(first, least) or len(text) > LONGEST or text[-1] in ".,;!":
        return False
    return not (CLASSIFICATION.match(text) or FIELD.fullmatch(text))


def _rounded(entry: Entry) -> float:
    return round(entry.line.size * 2) / 2
