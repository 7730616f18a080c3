"""From printed lines to the numbered lines of a paper: paragraphs, headings, bullets, footnotes, page breaks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.papers.findings import Findings, opening
from bot.papers.lines import Line, LineKind
from bot.papers.markings import stamped
from bot.papers.opening.characters import one_line
from bot.papers.opening.pdf.bullets import List, levels, without_mark
from bot.papers.opening.pdf.entries import Entry
from bot.papers.opening.pdf.furniture import furniture_of, kept_headers, page_number_apart
from bot.papers.opening.pdf.headings import headings_of
from bot.papers.opening.pdf.lines import Printed
from bot.papers.opening.pdf.notes import notes_of
from bot.papers.opening.pdf.paragraphs import Paragraphs, touches
from bot.papers.opening.text import marked_line
from bot.papers.shapes import states


@dataclass(frozen=True)
class Page:
    """The printed lines of a page, and its measures in points."""

    width: float
    height: float
    lines: tuple[Printed, ...]


def laid_out(pages: Sequence[Page], findings: Findings) -> tuple[Line, ...]:
    """The lines of the whole paper, and a finding that says what was printed on every page."""
    entries = list(_entries(pages))
    body = [entry for entry in entries if entry.kind is LineKind.TEXT]
    read = [entry.line for entry in body if not entry.alone]
    placed = iter(_placed(body, Paragraphs(read, [page.width for page in pages])))
    lines = _numbered(headings_of([next(placed) if entry.kind is LineKind.TEXT else entry for entry in entries]))
    _furniture(lines, findings)
    return lines


def _entries(pages: Sequence[Page]) -> Iterator[Entry]:
    """What is printed, in order, each for what it is: text, furniture or a footnote."""
    printed = [page.lines for page in pages]
    furniture = furniture_of(printed, [page.height for page in pages])
    kept = kept_headers(printed, furniture)
    usual = _usual_size(printed, furniture)
    for number, lines in enumerate(printed):
        body = [i for i, line in enumerate(lines) if (number, i) not in furniture and not line.turned]
        notes = {note.first: note for note in notes_of(lines, body, usual)}
        noted = {i for note in notes.values() for i in body if note.first < i < note.end}
        marks = frozenset(note.number for note in notes.values())
        for index, line in enumerate(lines):
            if (number, index) in kept:
                yield from _header(line)
            elif (number, index) in furniture:
                yield from _entry(line, line.text, LineKind.FURNITURE)
            elif note := notes.get(index):
                yield from _entry(line, note.text, LineKind.FOOTNOTE, note.number)
            elif index not in noted:
                yield from _entry(line, line.without(marks), LineKind.TEXT)


def _usual_size(printed: Sequence[Sequence[Printed]], furniture: set[tuple[int, int]]) -> float:
    """The size of most text, in points."""
    sizes: Counter[float] = Counter()
    for number, lines in enumerate(printed):
        for index, line in enumerate(lines):
            sizes[line.size] += len(line.text) * ((number, index) not in furniture)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _entry(line: Printed, text: str, kind: LineKind, level: int = 0, *, header: bool = False) -> Iterator[Entry]:
    if words := one_line(text):
        yield Entry(line, words, kind, level, header=header)


def _header(line: Printed) -> Iterator[Entry]:
    """A header that states something, without the number of the page that may stand beside it.

    Where it is marked among other words, these stay what they are.
    """
    words, number = page_number_apart(line.text)
    if (name := stamped(words)) and not states(words):
        yield from _entry(line, words, LineKind.FURNITURE)
        words = f"Classification: {name}"
    yield from _entry(line, words, LineKind.TEXT, header=True)
    yield from _entry(line, number, LineKind.FURNITURE)


def _placed(body: Sequence[Entry], paragraphs: Paragraphs) -> list[Entry]:
    """The text with what begins a paragraph, and bullets with their depth."""
    placed: list[Entry] = []
    before, current = None, List()
    for entry in body:
        apart = before is None or _apart(before, entry, paragraphs)
        bullet = not entry.alone and current.bullet(entry.line, ran_over=_ran_over(before, entry, paragraphs))
        if bullet:
            apart = before is None or not (before.kind is LineKind.BULLET and touches(before.line, entry.line))
            placed.append(replace(entry, text=without_mark(entry.text), kind=LineKind.BULLET, apart=apart))
        else:
            apart = apart or (before is not None and current.left_by(before.line, entry.line))
            placed.append(replace(entry, apart=apart))
        current = current.after(entry.line, bullet=bullet, apart=apart)
        before = placed[-1]
    depths = levels([entry.line for entry in placed if entry.kind is LineKind.BULLET])
    return [replace(entry, level=depths.get(id(entry.line), 0)) for entry in placed]


def _ran_over(before: Entry | None, entry: Entry, paragraphs: Paragraphs) -> bool:
    """Whether a line goes on with the one before, which had no room for its first word."""
    if before is None or before.alone or paragraphs.apart(before.line, entry.line):
        return False
    return not paragraphs.broken_off(before.line, entry.line)


def _apart(before: Entry, entry: Entry, paragraphs: Paragraphs) -> bool:
    if before.alone or entry.alone:
        return not (before.header and entry.header and touches(before.line, entry.line))
    return paragraphs.apart(before.line, entry.line)


def _numbered(entries: Sequence[Entry]) -> tuple[Line, ...]:
    """The entries as lines, with a blank one wherever white stands between two: on both sides of a page break."""
    lines: list[Line] = []
    text = [entry for entry in entries if entry.kind not in {LineKind.FURNITURE, LineKind.FOOTNOTE}]
    followers = {id(entry): after for entry, after in pairwise(text)}
    for entry in entries:
        if entry.apart:
            _blank(lines)
        line = _line(len(lines) + 1, entry)
        if line.kind is LineKind.BLANK:
            _blank(lines)
        else:
            lines.append(line)
        after = followers.get(id(entry))
        if after is not None and after.apart:
            _blank(lines)
    return tuple(lines)


def _blank(lines: list[Line]) -> None:
    if lines and lines[-1].kind is not LineKind.BLANK:
        lines.append(Line(len(lines) + 1, "", LineKind.BLANK))


def _line(number: int, entry: Entry) -> Line:
    """One line. A text file that was printed has marks, which mean what they mean in the file."""
    if entry.kind is LineKind.BULLET:
        return replace(marked_line(number, f"• {entry.text}"), level=entry.level)
    if entry.kind is not LineKind.TEXT:
        return Line(number, entry.text, entry.kind, entry.level)
    line = marked_line(number, entry.text)
    if line.kind is LineKind.BULLET or (line.kind is LineKind.HEADING and not entry.apart):
        return Line(number, entry.text, LineKind.TEXT)
    return line


def _furniture(lines: Sequence[Line], findings: Findings) -> None:
    found = [line for line in lines if line.kind is LineKind.FURNITURE]
    if not found:
        return
    count = "1 line" if len(found) == 1 else f"{len(found)} lines"
    message = f"Left out at the top and the foot of the pages: {count}, the first of them “{opening(found[0].text)}”."
    findings.add("furniture-removed", found[0].number, message)
