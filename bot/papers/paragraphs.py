"""From lines to paragraphs: wrapped lines are joined, and sentences that a page break cut in two are whole again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.papers.findings import Findings, opening
from bot.papers.hyphens import Vocabulary, joined
from bot.papers.lines import BETWEEN_PAGES, Line, LineKind
from bot.papers.placing import BLANK, CUT, NEAR, Place, broken_heading, shape_in
from bot.papers.shapes import (
    ALONE,
    ATTACHMENT,
    CLASSIFICATION,
    FIELD_NAME,
    OPENS,
    Shape,
    ended,
    shape_of,
)

FACT = 2  # cells: a name and a value

# "a) …", "(ii) …": a list that is lettered by hand goes on in lower case without being cut.
LISTED = re.compile(r"\(?(?:[a-h]|[ivx]{1,4})[.)] ")
# What may be cut by a page break, and what goes on after it.
MAY_BREAK = {Shape.TEXT, Shape.RAISED}


@dataclass(frozen=True)
class Paragraph:
    """Words that belong together, the numbers of the lines they stand in, and what they look like.

    `rows` only for a table: its cells, the row of headings first where `level` is 1.
    """

    lines: tuple[int, ...]
    text: str
    shape: Shape
    level: int = 0
    rows: tuple[Line, ...] = field(default=())
    after_page_break: bool = False

    @property
    def line(self) -> int:
        return self.lines[0]

    @property
    def printed(self) -> str:
        """As it stands in a summary: a bullet is a paragraph that starts with "- ", a footnote one with its number."""
        if self.shape is Shape.FOOTNOTE:
            return f"Footnote {self.level}: {self.text}"
        return f"- {self.text}" if self.shape is Shape.BULLET else self.text


def paragraphs_of(lines: Sequence[Line], findings: Findings) -> list[Paragraph]:
    """The paper's paragraphs in order, statements of its classification among them."""
    findings.place((line.number for line in lines if line.kind is LineKind.FURNITURE), "furniture")
    vocabulary = Vocabulary.of(line.text for line in lines)
    return _rejoined(_gathered(_body(lines), vocabulary, findings), vocabulary, findings)


def _body(lines: Sequence[Line]) -> list[Place]:
    """The lines without furniture and with footnotes behind the paragraph they stand in; a page's end is a gap."""
    body: list[Place] = []
    notes: list[Place] = []
    breaks = False
    for index, line in enumerate(lines):
        if line.kind is LineKind.FURNITURE:
            breaks = True
        elif line.kind is LineKind.FOOTNOTE:
            notes.append(Place(line))
        elif notes and _note_goes_on(lines, index, notes[-1].line):
            continue
        elif line.kind is LineKind.BLANK and notes and not breaks:
            body += [*notes, Place(line)]
            notes = []
        else:
            if breaks and line.kind is not LineKind.BLANK and _closed(body, line):
                body += [Place(BLANK), *notes, *([Place(BLANK)] if notes else [])]
                notes = []
            body.append(Place(line, breaks))
            breaks = breaks and line.kind is LineKind.BLANK
    return [*body, *notes]


def _note_goes_on(lines: Sequence[Line], index: int, note: Line) -> bool:
    """Whether this is the gap at a page's end that cuts a footnote in two."""
    after = next((line for line in lines[index : index + NEAR] if line.kind not in BETWEEN_PAGES), note)
    return after is not note and after.kind is LineKind.FOOTNOTE and after.level == note.level


def _closed(body: Sequence[Place], line: Line) -> bool:
    """Whether the page's last words were whole: then what follows stands apart."""
    if body and body[-1].line.kind is line.kind is LineKind.ROW:
        return False  # the rule under a table's row of headings, or a table that goes on
    return (
        not body or line.kind is not LineKind.TEXT or body[-1].line.kind is LineKind.BLANK or ended(body[-1].line.text)
    )


def _gathered(body: Sequence[Place], vocabulary: Vocabulary, findings: Findings) -> Iterator[Paragraph]:
    """Lines that touch, as paragraphs. What stands alone by its look, and what opens a paragraph, starts anew."""
    gathered: list[Line] = []
    shape, breaks, pending, skip = Shape.TEXT, False, False, 0
    for index, place in enumerate(body):
        if index < skip:
            continue
        if heading := broken_heading(body, index):
            skip = index + heading.lines
            numbers = tuple(place.line.number for place in body[index:skip])
            yield Paragraph(numbers, heading.text, heading.shape)
            continue
        now = shape_in(body, index)
        pending = pending or place.breaks
        if gathered and (now is None or not _runs_on(shape, gathered[-1], now, place.line)):
            yield from _paragraphs(gathered, shape, breaks, vocabulary, findings)
            gathered = []
        if now is not None:
            if not gathered:
                shape, breaks = now, pending
            gathered.append(place.line)
            pending = False
    if gathered:
        yield from _paragraphs(gathered, shape, breaks, vocabulary, findings)


def _runs_on(shape: Shape, before: Line, now: Shape, line: Line) -> bool:
    """Whether a line continues the paragraph of `shape` whose last line is `before`."""
    if Shape.TABLE in {shape, now}:
        return shape is now
    if Shape.FOOTNOTE in {shape, now}:
        return shape is now and before.level == line.level
    if shape in ALONE or now in ALONE or now in OPENS:
        return False
    if (label := ATTACHMENT.fullmatch(before.text)) and not label["name"]:
        return True
    return not (shape is Shape.BULLET and ended(before.text) and line.text[:1].isupper())


def _paragraphs(
    lines: Sequence[Line], shape: Shape, breaks: bool, vocabulary: Vocabulary, findings: Findings
) -> Iterator[Paragraph]:
    """What was gathered, as one paragraph; a table's rows that name a fact or an attachment are ones of their own."""
    if shape is Shape.TABLE:
        yield from _of_table(lines)
        return
    first, text = lines[0], lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text, line.number, vocabulary, findings)
    if shape is Shape.TEXT and len(lines) > 1 and shape_of(text, first.kind, apart=False) is Shape.ITEM:
        shape = Shape.ITEM  # a heading whose title runs over the end of the line
    if shape is Shape.TEXT and CLASSIFICATION.match(text):
        shape = Shape.CLASSIFICATION  # in lines so short that its first one does not tell
    yield Paragraph(tuple(line.number for line in lines), text, shape, first.level, after_page_break=breaks)


def _of_table(rows: Sequence[Line]) -> Iterator[Paragraph]:
    """Rows such as "Action | For Discussion" and "Appendix A | DP088 …" are read as the lines they stand for."""
    table = []
    for row in rows:
        if found := _line_of(row):
            yield found
        else:
            table.append(row)
    if table:
        numbers = tuple(row.number for row in table)
        yield Paragraph(numbers, " | ".join(table[0].cells), Shape.TABLE, table[0].level, tuple(table))


def _line_of(row: Line) -> Paragraph | None:
    """The fact or the attachment that a row names, if it is one."""
    name, *values = [cell for cell in row.cells if cell]
    text = f"{name.rstrip(': ')}: {' '.join(values)}"
    shape = shape_of(text, LineKind.TEXT, apart=False)
    is_fact = shape is Shape.FIELD and FIELD_NAME.fullmatch(name) is not None and len(row.cells) == FACT
    heads_columns = row.level == 1 and FIELD_NAME.fullmatch(values[0] if values else "") is not None
    if not values or heads_columns or not (is_fact or shape is Shape.ATTACHMENT):
        return None
    return Paragraph((row.number,), text, shape)


def _rejoined(paragraphs: Iterable[Paragraph], vocabulary: Vocabulary, findings: Findings) -> list[Paragraph]:
    """Text that breaks off and goes on after the page's end, or after a gap in lower case, was one paragraph."""
    whole: list[Paragraph] = []
    last = -1  # footnotes may stand between the two
    for paragraph in paragraphs:
        before = last if last >= 0 and _is_broken_off(whole[last], paragraph) else None
        if before is None:
            last = last if paragraph.shape is Shape.FOOTNOTE else len(whole)
            whole.append(paragraph)
            continue
        message = f"The text “{opening(paragraph.text)}” was joined to the paragraph before it, which breaks off."
        findings.add("paragraph-rejoined", paragraph.line, message)
        text = joined(whole[before].text, paragraph.text, paragraph.line, vocabulary, findings)
        whole[before] = replace(whole[before], text=text, lines=whole[before].lines + paragraph.lines)
    return whole


def _is_broken_off(before: Paragraph, after: Paragraph) -> bool:
    """Whether the second paragraph is the other half of the first."""
    if after.shape is not Shape.TEXT or ended(before.text) or LISTED.match(after.text):
        return False
    if before.shape in MAY_BREAK | {Shape.BULLET, Shape.ATTACHMENT} and after.text[0].islower():
        return True
    goes_on = after.after_page_break or CUT.search(before.text[-20:]) is not None
    return before.shape in MAY_BREAK and goes_on
