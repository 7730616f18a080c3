"""The tables of a Word document as rows of text, however their cells are merged or nested."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from bot.papers.opening.characters import one_line
from bot.papers.opening.docx.words import Story, Words, blocks
from bot.papers.opening.docx.xml import child, local, number, switch, value, walk

WIDEST = 63  # columns that Word's tables have at most
# Characters of a cell merged downwards that each row repeats: names and titles. Longer text stands in the first alone.
LONGEST_REPEATED = 250
ROW = frozenset({"tr"})
CELL = frozenset({"tc"})


@dataclass(frozen=True)
class TableRow:
    """A row's cells as text, and what was passed over in it. `heading`: Word repeats it on every page."""

    cells: list[str]
    heading: bool
    words: list[Words]


def rows_of(story: Story, table: Element) -> list[TableRow]:
    """The rows of a table; those that were deleted have no cells. What is merged downwards stands in each row again."""
    above: dict[int, str] = {}
    return [_row(story, row, above) for row in walk(table, ROW) if local(row) == "tr"]


def only_cell(table: Element) -> Element | None:
    """The cell of a table that has but one: a frame around paragraphs. None for other tables."""
    rows = [row for row in walk(table, ROW) if local(row) == "tr"]
    cells = [cell for cell in walk(rows[0], CELL) if local(cell) == "tc"] if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 and not _changed(rows[0], cells[0]) else None


def spoken(story: Story, root: Element) -> Iterator[Words]:
    """Every paragraph under `root`, those in tables included; text boxes stay apart."""
    for block in blocks(root):
        if local(block[0]) == "tbl":
            for row in rows_of(story, block[0]):
                yield from row.words
        else:
            yield story.words(block)


def _row(story: Story, row: Element, above: dict[int, str]) -> TableRow:
    properties = child(row, "trPr")
    tally = Words(inserted=_has(properties, "ins"), deleted=_has(properties, "del"))
    if tally.deleted:
        return TableRow([], heading=False, words=[tally])
    cells: list[str] = []
    words = [tally]
    column = _count(properties, "gridBefore", 0)
    for cell in walk(row, CELL):
        if local(cell) == "tc":
            text, width = _cell(story, cell, column, above, words)
            cells += [] if text is None else [text]
            column += width
    if switch(properties, "hidden"):
        return TableRow([], heading=False, words=[Words(unshown=[" ".join(cells)]), tally])
    return TableRow(cells, heading=switch(properties, "tblHeader") or False, words=words)


def _cell(
    story: Story, cell: Element, column: int, above: dict[int, str], words: list[Words]
) -> tuple[str | None, int]:
    """A cell's text and width; no text where the cell before stretches over it, or where it was deleted."""
    properties = child(cell, "tcPr")
    width = _count(properties, "gridSpan", 1)
    if _has(properties, "cellDel"):
        words[0].deleted += 1
        return None, width
    words[0].inserted += _has(properties, "cellIns")
    inside = list(spoken(story, cell))
    words += inside
    text = " ".join(filter(None, (one_line(part.text) for part in inside)))
    if not text and _continues(properties, "hMerge"):
        return None, width
    if _continues(properties, "vMerge"):
        text = " ".join(filter(None, (above.get(column, ""), text)))
    else:
        merged = child(properties, "vMerge") is not None and len(text) <= LONGEST_REPEATED
        above[column] = text if merged else ""
    return text, width


def _continues(properties: Element | None, merge: str) -> bool:
    found = child(properties, merge)
    return found is not None and value(found) != "restart"


def _changed(row: Element, cell: Element) -> bool:
    """Whether a row or its cell was added, deleted or hidden."""
    of_row, of_cell = child(row, "trPr"), child(cell, "tcPr")
    changes = (_has(of_row, name) for name in ("ins", "del", "hidden"))
    return any(changes) or _has(of_cell, "cellDel") or _has(of_cell, "cellIns")


def _has(properties: Element | None, name: str) -> bool:
    return child(properties, name) is not None


def _count(properties: Element | None, name: str, otherwise: int) -> int:
    count = number(value(child(properties, name)))
    return otherwise if count is None else min(count, WIDEST)
