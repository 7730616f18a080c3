"""Blocks as a Word document: headings and lists by their styles, page numbers in the page's foot."""

import io
import re
import unicodedata
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from tests.papers.writing.blocks import Block, Kind, Layout
from tests.papers.writing.noise import characters
from tests.papers.writing.switches import Switch

LINK = re.compile(r"\[(.+)\]\(#\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
STYLES = {Kind.HEADING: "Heading {level}", Kind.BULLET: "List Bullet"}


def written(blocks: Sequence[Block], layout: Layout, statement: str) -> bytes:
    document = Document()
    if Switch.FURNITURE in layout.on:
        document.sections[0].footer.paragraphs[0].text = "Page 2 of 5"
        document.sections[0].header.paragraphs[0].text = statement.replace("**", "")
    for block in blocks:
        if block.kind is Kind.TABLE:
            _table(document, block, layout)
        else:
            style = STYLES.get(block.kind, "Normal").format(level=block.level)
            _write(document.add_paragraph(style=style), block.text, layout, breaks=block.kind is Kind.HEADING)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(paragraph: Paragraph, text: str, layout: Layout, *, breaks: bool) -> None:
    """The words in runs, bold ones apart, as Word keeps them."""
    text = characters(LINK.sub(r"\1", text), layout)
    if Switch.NFD in layout.on:
        text = unicodedata.normalize("NFD", text)
    for index, part in enumerate(BOLD.split(text)):
        if not part:
            continue
        run = paragraph.add_run()
        first, _, rest = part.partition(" ") if breaks and Switch.BROKEN_HEADINGS in layout.on else (part, "", "")
        run.add_text(first)
        if rest:
            run.add_break()
            run.add_text(rest)
        run.bold = bool(index % 2)


def _table(document: WordDocument, block: Block, layout: Layout) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    for row, cells in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _write(cell.paragraphs[0], text, layout, breaks=False)
