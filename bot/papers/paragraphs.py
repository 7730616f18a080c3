"""From lines to paragraphs: wrapped lines are joined, and sentences that a page break cut in two are whole again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.papers.findings import Findings, opening
from bot.papers.reading import Line, LineKind
from bot.papers.shapes import ALONE, DATE, NAME, OPENS, RAISED, TEAM, Shape, ended, shape_of

BLANK = Line(0, "", LineKind.BLANK)  # what stands after the last line

# "a) …", "(ii) …": a list that is lettered by hand goes on in lower case without being cut.
LISTED = re.compile(r"\(?[a-z]{1,4}[.)] ")


@dataclass(frozen=True)
class Paragraph:
    """Words that belong together, the line they start in, and what they look like."""

    line: int
    text: str
    shape: Shape
    level: int = 0

    @property
    def printed(self) -> str:
        """As it stands in a summary: a bullet is a paragraph that starts with "- "."""
        return f"- {self.text}" if self.shape is Shape.BULLET else self.text


def paragraphs_of(lines: Sequence[Line], findings: Findings) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paper's paragraphs, and apart from them the statements of its classification, which any page may carry."""
    paragraphs = [paragraph for paragraph in _joined(lines) if paragraph.shape is not Shape.FURNITURE]
    statements = [paragraph for paragraph in paragraphs if paragraph.shape is Shape.CLASSIFICATION]
    return _rejoined((p for p in paragraphs if p.shape is not Shape.CLASSIFICATION), findings), statements


def _joined(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Lines that touch, as paragraphs. What stands alone by its look, and what opens a paragraph, starts anew."""
    gathered: list[Line] = []
    shape = Shape.TEXT
    for index, line in enumerate(lines):
        now = _shape_in(lines, index)
        if gathered and (now is None or not _runs_on(shape, gathered[-1].text, now, line.text)):
            yield _paragraph(gathered, shape)
            gathered = []
        if now is not None:
            shape = shape if gathered else now
            gathered.append(line)
    if gathered:
        yield _paragraph(gathered, shape)


def _shape_in(lines: Sequence[Line], index: int) -> Shape | None:
    """The shape of a line in its place; None where it is blank."""
    line = lines[index]
    if line.kind is LineKind.BLANK:
        return None
    before = lines[index - 1].kind if index else LineKind.BLANK
    after = lines[index + 1] if index + 1 < len(lines) else BLANK
    apart = before is LineKind.BLANK and (after.kind is not LineKind.TEXT or RAISED.match(after.text) is not None)
    shape = shape_of(line.text, line.kind, apart=apart)
    if shape in {Shape.TEXT, Shape.HEADING} and NAME.fullmatch(line.text) and _signs(lines, index + 1):
        return Shape.AUTHOR
    return shape


def _signs(lines: Sequence[Line], start: int) -> bool:
    """Whether the next words after a name are a team or a date, as at the end of a paper."""
    after = (lines[index] for index in range(start, len(lines)))
    words = next((line.text for line in after if line.kind is not LineKind.BLANK), "")
    return any(pattern.fullmatch(words) for pattern in (TEAM, DATE))


def _runs_on(shape: Shape, before: str, now: Shape, text: str) -> bool:
    """Whether a line continues the paragraph of `shape` that ends with the words `before`."""
    if shape in ALONE or now in ALONE or now in OPENS:
        return False
    return not (shape is Shape.BULLET and ended(before) and text[:1].isupper())


def _paragraph(gathered: Sequence[Line], shape: Shape) -> Paragraph:
    first, text = gathered[0], " ".join(line.text for line in gathered)
    if shape is Shape.TEXT and len(gathered) > 1 and shape_of(text, first.kind, apart=False) is Shape.ITEM:
        shape = Shape.ITEM  # a heading whose title runs over the end of the line
    return Paragraph(first.number, text, shape, first.level)


def _rejoined(paragraphs: Iterable[Paragraph], findings: Findings) -> list[Paragraph]:
    """Text that breaks off without punctuation and goes on in lower case was one paragraph before the page broke."""
    whole: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if whole and _goes_on(whole[-1][-1], paragraph):
            message = f"The text “{opening(paragraph.text)}” was joined to the paragraph before it, which breaks off."
            findings.add("paragraph-rejoined", paragraph.line, message)
            whole[-1].append(paragraph)
        else:
            whole.append([paragraph])
    return [replace(parts[0], text=" ".join(part.text for part in parts)) for parts in whole]


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    may_break = before.shape in {Shape.TEXT, Shape.RAISED, Shape.BULLET} and not ended(before.text)
    return may_break and after.shape is Shape.TEXT and after.text[0].islower() and not LISTED.match(after.text)
