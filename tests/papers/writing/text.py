"""Blocks as a plain text file or a Markdown file."""

import codecs
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from tests.papers.writing.blocks import Block, Kind, Layout
from tests.papers.writing.noise import characters, interrupted, lines_of
from tests.papers.writing.switches import INSIDE, Switch
from tests.papers.writing.words import FOOTERS

BROKEN_AT = 26  # characters: most headings are longer
TOUCHING = {Kind.FIELD, Kind.BULLET}


def written(blocks: Sequence[Block], layout: Layout, statement: str, *, markdown: bool) -> bytes:
    lines: list[str] = []
    before: Block | None = None
    for index, block in enumerate(blocks):
        if before and not _touch(before, block, layout, markdown=markdown):
            lines.append("")
            lines += _footer(before, block, layout, index)
        lines += _lines(block, layout, statement, index, markdown=markdown)
        before = block
    return encoded("\n".join(lines) + "\n", layout)


def _touch(before: Block, block: Block, layout: Layout, *, markdown: bool) -> bool:
    """Whether no blank line stands between the two."""
    if before.kind is Kind.HEADING and before.level > 1 and Switch.TIGHT in layout.on:
        return block.kind is Kind.PARAGRAPH
    if before.kind is not block.kind:
        return False
    return block.kind in TOUCHING or (
        block.kind is Kind.SIGNED and Switch.SIGNED_TOUCHING in layout.on and not markdown
    )


def _footer(before: Block, block: Block, layout: Layout, index: int) -> list[str]:
    """A page's end between paragraphs."""
    between = before.kind in {Kind.PARAGRAPH, Kind.BULLET} and block.kind is not Kind.SIGNED
    if Switch.FURNITURE in layout.on and between and index % layout.every == 0:
        return [layout.pick(FOOTERS, index), ""]
    return []


def _lines(block: Block, layout: Layout, statement: str, index: int, *, markdown: bool) -> Iterator[str]:
    if block.kind is Kind.HEADING:
        yield from _heading(block, layout, markdown=markdown)
    elif block.kind is Kind.BULLET:
        mark = layout.pick(["- ", "* "] if markdown else ["- ", "* ", "• "])
        first, *rest = lines_of(block.text, layout, first=2)
        yield mark + characters(first, layout)
        yield from ("  " + characters(line, layout) for line in rest)
    elif block.kind is Kind.TABLE:
        yield from _table(block, layout)
    elif block.kind is Kind.PARAGRAPH:
        lines = lines_of(_escaped(block.text, layout, markdown=markdown), layout)
        own = layout.on & INSIDE and block.text != statement
        yield from (
            characters(line, layout) for line in (interrupted(lines, layout, statement, index) if own else lines)
        )
    else:
        yield _escaped(block.text, layout, markdown=markdown)


def _heading(block: Block, layout: Layout, *, markdown: bool) -> list[str]:
    text = characters(block.text, layout)
    if markdown:
        return [f"{'#' * block.level} {text}"]
    quoted = block.level != 3 or text.rstrip("*)#(][")[-1] in "'’\"”"
    if Switch.BROKEN_HEADINGS in layout.on and (quoted or Switch.BROKEN_BARE in layout.on):
        return textwrap.wrap(text, BROKEN_AT, break_long_words=False, break_on_hyphens=False)
    return [text]


def _table(block: Block, layout: Layout) -> Iterator[str]:
    names, *rows = block.rows
    yield f"| {' | '.join(names)} |"
    yield f"|{'|'.join([' --- '] * len(names))}|"
    for row in rows:
        yield f"| {' | '.join(characters(cell, layout) for cell in row)} |"


def _escaped(text: str, layout: Layout, *, markdown: bool) -> str:
    return text.replace("_", "\\_") if markdown and Switch.ESCAPED in layout.on else text


def encoded(text: str, layout: Layout) -> bytes:
    if Switch.NFD in layout.on:
        text = unicodedata.normalize("NFD", text)
    if Switch.CRLF in layout.on:
        text = text.replace("\n", "\r\n")
    if Switch.UTF_16 in layout.on:
        return text.encode("utf-16")
    if Switch.WINDOWS in layout.on:
        try:
            return text.encode("cp1252")
        except UnicodeEncodeError:
            return text.encode()
    return (codecs.BOM_UTF8 if Switch.BOM in layout.on else b"") + text.encode()
