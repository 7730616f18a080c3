"""The columns of a table that lists proposals, told by their headings."""

import re

from bot.papers.lines import Line
from bot.papers.paragraphs import Paragraph
from bot.papers.shapes import IMPACT, Shape
from bot.rules.references import leading_reference

# What a column holds, by its heading.
COLUMNS = {
    "reference": r"(?:Proposal|Modification|DP|MP|SECMP)?(?:/MP)? ?(?:Reference|Ref\.?|Number|No\.?|ID)?",
    "title": r"(?:Proposal |Modification )?(?:Title|Name)",
    "raised": r"(?:Name of )?(?:the )?Proposer|Raised by|Submitted by",
    "organisation": r"(?:Proposer's |Proposer’s |Proposing )?(?:Organisation|Company|Party)",
    "lead_analyst": r"(?:SECAS )?(?:Lead )?Analyst(?: from SECAS)?|SECAS Lead",
    "summary": r"(?:Summary|Overview|Description|(?:The )?Issue)(?: of (?:the )?(?:issue|problem|proposal))?|Problem",
    "impacts": IMPACT.pattern,
    "appendix": r"(?:Appendix|Annex|Attachment|(?:Draft )?Problem statement)",
    "stage": r"(?:Current )?(?:Stage|Status)",
}
NAMES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in COLUMNS.items()}


def lists_proposals(paragraph: Paragraph) -> bool:
    """Whether it is a table whose first row are headings, and the rows under it begin with proposals."""
    if paragraph.shape is not Shape.TABLE:
        return False
    columns = columns_of(paragraph.rows[0])
    place = columns.get("reference")
    named = [row for row in paragraph.rows[1:] if place is not None and leading_reference(cell_of(row, place))]
    return bool(named) and len(columns) > 1


def columns_of(headings: Line) -> dict[str, int]:
    """Where each field stands; the first of two columns with like headings, but for impacts."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings.cells):
        name = next((n for n, pattern in NAMES.items() if heading and pattern.fullmatch(heading.strip(" :"))), None)
        if name:
            columns.setdefault(name, place)
    return columns


def impact_columns(headings: Line) -> list[int]:
    """Where statements of impacts stand: a table may have a column for each kind of them."""
    return [place for place, heading in enumerate(headings.cells) if NAMES["impacts"].fullmatch(heading.strip(" :"))]


def cell_of(row: Line, place: int | None) -> str:
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""
