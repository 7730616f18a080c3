"""Paragraphs and tables of a Word document as lines, one after the other, with findings on what was not read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml.etree import _Element as Element

from bot.papers.findings import Findings, opening
from bot.papers.lines import Line, LineKind
from bot.papers.opening.characters import CONTROL, one_line
from bot.papers.opening.docx.styles import Look, Styles
from bot.papers.opening.docx.tables import TableRow, only_cell, rows_of, spoken
from bot.papers.opening.docx.words import BREAK, Story, Words, blocks, properties_of
from bot.papers.opening.docx.xml import local
from bot.papers.opening.text import marked_line, row
from bot.papers.shapes import PROPOSALS, is_section_name

# Kinds whose lines touch when one follows the other: list items, and rows that are typed with bars.
TOUCHING = {LineKind.BULLET: {LineKind.BULLET}, LineKind.ROW: {LineKind.ROW, LineKind.FURNITURE}}
TOUCHING[LineKind.FURNITURE] = TOUCHING[LineKind.ROW]
PASSED_OVER = ("inserted", "deleted", "pictures")


class Page:
    """Lines as they are written, and what was passed over with the line where it first was."""

    def __init__(self, styles: Styles, notes: Mapping[tuple[str, str], Element]) -> None:
        self.lines: list[Line] = []
        self.findings = Findings()
        self.counts = dict.fromkeys(PASSED_OVER, 0)
        self.first: dict[str, int] = {}
        self._styles = styles
        self._notes = dict(notes)
        self._noted = 0
        self._before: LineKind | None = None  # of the paragraph before, where nothing follows it yet

    def story(self, root: Element) -> None:
        """All paragraphs and tables under `root`."""
        self._blocks(Story(root, self._styles), root)

    def blank(self) -> None:
        self._before = None
        if self.lines and self.lines[-1].kind is not LineKind.BLANK:
            self._add(Line(0, "", LineKind.BLANK))

    def say(self, text: str, kind: LineKind) -> None:
        """A line of its own."""
        self.blank()
        self._add(Line(0, text, kind))
        self.blank()

    def pass_over(self, words: Words, line: int) -> None:
        """Take down what was not read with the words that begin in this line."""
        for name in PASSED_OVER:
            if count := getattr(words, name):
                self.counts[name] += count
                self.first.setdefault(name, line)
        if words.commented:
            self.first.setdefault("commented", line)
        if hidden := clean(words.hidden):
            self.findings.add("hidden-text", line, f"The hidden text “{opening(hidden)}” was not read.")

    @property
    def here(self) -> int:
        """The last line; what leaves no line is said of it."""
        return max(1, len(self.lines))

    def _blocks(self, story: Story, root: Element) -> None:
        for block in blocks(root):
            if local(block[0]) == "tbl":
                self._table(story, block[0])
            else:
                self._paragraph(story, block)

    def _paragraph(self, story: Story, paragraphs: Sequence[Element]) -> None:
        words = story.words(paragraphs)
        texts = [text for part in words.text.split(BREAK) if (text := clean(part))]
        look = self._look(story, paragraphs, texts)
        if look.kind is LineKind.HEADING:
            texts = [" ".join(texts)] if texts else []
        before = len(self.lines)
        for index, text in enumerate(texts):
            self._line(_line(text, look if index == 0 or look.kind is LineKind.FURNITURE else None), first=index == 0)
        first = next((line for line in self.lines[before:] if line.kind is not LineKind.BLANK), None)
        self.pass_over(words, first.number if first else self.here)
        if not texts:
            self.blank()
        self._after([words])

    def _look(self, story: Story, paragraphs: Sequence[Element], texts: Sequence[str]) -> Look:
        """Sections that Word numbers are items of a list to it; here only what is listed within a section is."""
        look = self._styles.look(properties_of(paragraphs))
        text = " ".join(texts)
        if look.numbered and (is_section_name(text) or PROPOSALS.fullmatch(text) or story.is_bold(paragraphs)):
            return Look(LineKind.TEXT)
        return look

    def _line(self, line: Line, *, first: bool) -> None:
        if first and self._before not in TOUCHING.get(line.kind, ()):
            self.blank()
        if line.kind is LineKind.FURNITURE and self.lines and self.lines[-1].kind is LineKind.ROW:
            self.lines[-1] = replace(self.lines[-1], level=1)
        self._add(line)
        self._before = line.kind if first or line.kind is not LineKind.TEXT else self._before

    def _table(self, story: Story, table: Element) -> None:
        if (cell := only_cell(table)) is not None:
            self._blocks(story, cell)
            return
        self.blank()
        rows = rows_of(story, table)
        marked = any(row.heading for row in rows)
        for index, found in enumerate(rows):
            heading = found.heading if marked else index == 0
            line = row(0, [clean(cell) for cell in found.cells], int(heading))
            if line.kind is LineKind.ROW:
                self._add(line)
            for words in found.words:
                self.pass_over(words, self.here)
        self._after_table(rows)

    def _after_table(self, rows: Sequence[TableRow]) -> None:
        self._after([words for found in rows for words in found.words])
        self.blank()

    def _after(self, passed: Sequence[Words]) -> None:
        """What follows a paragraph or a table: its notes, touching it, then its text boxes."""
        for reference in (reference for words in passed for reference in words.notes):
            self._note(reference)
        for words in passed:
            for box in words.boxes:
                self._box(box)
            for label in filter(None, (clean(label) for label in words.labels)):
                self.say(label, LineKind.TEXT)
                self._boxed(self.here - 1, label)

    def _note(self, reference: tuple[str, str]) -> None:
        note = self._notes.pop(reference, None)  # a note is read once, where it is referred to first
        if note is None:
            return
        self._noted += 1
        said = list(spoken(Story(note, self._styles), note))
        text = " ".join(filter(None, (clean(words.text) for words in said)))
        if text:
            self._add(Line(0, text, LineKind.FOOTNOTE, self._noted))
            self._before = None
        for words in said:
            self.pass_over(words, self.here)

    def _box(self, box: Element) -> None:
        self.blank()
        before = len(self.lines)
        self.story(box)
        self.blank()
        first = next((line for line in self.lines[before:] if line.kind is not LineKind.BLANK), None)
        if first:
            self._boxed(first.number, first.text)

    def _boxed(self, line: int, text: str) -> None:
        message = f"The text “{opening(text)}” stands in a text box: it was read after the paragraph that holds it."
        self.findings.add("text-box", line, message)

    def _add(self, line: Line) -> None:
        self.lines.append(replace(line, number=len(self.lines) + 1))


def clean(text: str) -> str:
    """The text in one line, without characters that steer a terminal."""
    return one_line(CONTROL.sub("", text))


def _line(text: str, look: Look | None) -> Line:
    """A line by its paragraph's look, and by marks that were typed into it as in a text file."""
    marked = marked_line(0, text)
    if look is None or look.kind is LineKind.TEXT or marked.kind is LineKind.BLANK:
        return marked
    spoken_words = marked.text if marked.kind in {LineKind.TEXT, LineKind.HEADING, LineKind.BULLET} else text
    return Line(0, spoken_words, look.kind, look.level)
