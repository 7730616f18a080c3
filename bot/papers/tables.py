"""A table that lists proposals, one a row, in place of a section for each."""

import re
from collections.abc import Sequence

from bot.domain import Reference
from bot.papers.columns import cell_of, columns_of, impact_columns
from bot.papers.findings import Findings, opening
from bot.papers.found import ItemFound
from bot.papers.headings import Named, proposals_in
from bot.papers.lines import Line
from bot.papers.paragraphs import Paragraph
from bot.papers.parts import Parts, item_of
from bot.papers.people import NOBODY, is_names
from bot.papers.quotes import unquoted
from bot.papers.stages import STAGES

# "Appendix A", "A", "Annex 2".
APPENDIX = re.compile(r"(?:(?:Appendix|Annex|Attachment) )?(?P<letter>[A-Z]{1,2}|\d{1,3})(?:\.|[:–-] ?[^()]*)?")
NOTHING = re.compile(r"(?:n/?a|none|[-–—])?", re.IGNORECASE)
# What stands where nobody is named.
UNNAMED = re.compile(r"[-–—]|(?:un|not (?:yet )?)assigned|vacant|see .*", re.IGNORECASE)
# What an overview may give otherwise than the sections, with the name for it.
COMPARED = {
    "title": "title",
    "proposer": "Proposer",
    "organisation": "organisation",
    "lead_analyst": "Lead Analyst",
    "appendix": "appendix",
    "stage": "stage",
}
# What is said of its cells that are not.
UNCOMPARED = {"unplaced-text", "proposer-unclear", "item-title-unclear"}


def items_of_table(
    table: Paragraph, stage: str | None, elsewhere: set[Reference], findings: Findings
) -> list[tuple[ItemFound, int]]:
    """The items of a table, each with its row's line. `elsewhere`: proposals with a section of their own as well.

    Columns that no field is for, and rows that name no proposal, are left over and said to be so.
    """
    columns = columns_of(table.rows[0])
    findings.place([table.rows[0].number], "table heading")
    items = []
    for row in table.rows[1:]:
        named = proposals_in(cell_of(row, columns["reference"]))
        if not named:
            if any(c.isdigit() for c in cell_of(row, columns["reference"])):
                message = f"The row “{opening(row.text)}” names no proposal: it needs a reference such as DP092."
                findings.add("heading-unclear", row.number, message)
            continue
        if len(named) > 1:
            message = "The row names more than one proposal: give each a row of its own."
            findings.add("heading-unclear", row.number, message)
        elif named[0].mention.reference in elsewhere:
            findings.place([row.number], f"{named[0].mention.label} overview")
            _overview(named[0], table.rows[0], row, columns, findings)
        else:
            items.append((_item(named[0], table.rows[0], row, columns, stage, findings), row.number))
    return items


def _item(
    named: Named, headings: Line, row: Line, columns: dict[str, int], stage: str | None, findings: Findings
) -> ItemFound:
    def cell(name: str) -> str:
        return cell_of(row, columns.get(name))

    parts = Parts(named, row.number, stage)
    parts.title = None if named.words else _title(cell("title")) or None
    parts.raised, parts.organisation = (_named(cell(name)) for name in ("raised", "organisation"))
    lead = _named(cell("lead_analyst"))
    parts.lead_analyst = lead if lead and (is_names(lead) or NOBODY.fullmatch(lead)) else None
    parts.summary = [cell("summary")] if cell("summary") else []
    for place in impact_columns(headings):
        text = cell_of(row, place)
        parts.impacts.append((headings.cells[place].rstrip(":"), [text] if text else []))
    if found := APPENDIX.fullmatch(cell("appendix")):
        parts.appendix = found["letter"]
    if cell("stage") in STAGES:
        parts.stage = cell("stage")
    findings.place([row.number], f"{parts.label} row")
    _leave_over(row, {*columns.values(), *impact_columns(headings)}, columns, parts, findings)
    return item_of(parts, "", findings)


def _title(cell: str) -> str:
    """A cell's title: quotes go only where they enclose all of it ("'Deferred' as a status" keeps them)."""
    found = unquoted(cell)
    return cell if found.rest or not found.pairs else found.title


def _leave_over(row: Line, used: set[int], columns: dict[str, int], parts: Parts, findings: Findings) -> None:
    """Cells of columns that no field is for, and those whose words were not what their column is for."""
    for place, text in enumerate(row.cells):
        if place not in used and text and not NOTHING.fullmatch(text):
            findings.unplaced([row.number], text)
    stage = cell_of(row, columns.get("stage"))
    for name, was_read in (
        ("appendix", parts.appendix),
        ("stage", parts.stage == stage),
        ("lead_analyst", parts.lead_analyst),
    ):
        text = cell_of(row, columns.get(name))
        if text and not was_read and not NOTHING.fullmatch(text):
            findings.unplaced([row.number], text)
    if parts.named.words and cell_of(row, columns.get("title")) not in {"", parts.named.words}:
        message = f"The row of {parts.label} gives two titles: “{opening(cell_of(row, columns.get('title')))}” as well."
        findings.add("item-title-unclear", row.number, message)


def _named(cell: str) -> str | None:
    """Who a cell names, as printed; None where it only says that nobody is."""
    return None if not cell or (UNNAMED.fullmatch(cell) and not NOBODY.fullmatch(cell)) else cell


def _overview(named: Named, headings: Line, row: Line, columns: dict[str, int], findings: Findings) -> None:
    """Say what a row has that is compared with no section's words, or is not clear enough for it."""
    here = Findings()
    _item(named, headings, row, columns, None, here)
    for finding in here.in_order():
        if finding.code in UNCOMPARED:
            findings.add(finding.code, finding.line, finding.message)
    for place in (columns.get("summary"), *impact_columns(headings)):
        text = cell_of(row, place)
        if not NOTHING.fullmatch(text):
            findings.unplaced([row.number], text)


def compare_overview(table: Paragraph, items: Sequence[ItemFound], findings: Findings) -> None:
    """Say where an overview gives a proposal another title, another Proposer and so on than its section."""
    own = {Reference(item.number, item.suffix or ""): item for item in items}
    columns = columns_of(table.rows[0])
    for row in table.rows[1:]:
        named = proposals_in(cell_of(row, columns["reference"]))
        item = own.get(named[0].mention.reference) if len(named) == 1 else None
        if item:
            _compare(_item(named[0], table.rows[0], row, columns, None, Findings()), item, row, findings)
        elif len(named) == 1:
            message = f"The table lists {named[0].mention.label}, which was not read from the paper."
            findings.add("proposal-not-read", row.number, message)


def _compare(listed: ItemFound, item: ItemFound, row: Line, findings: Findings) -> None:
    for field, name in COMPARED.items():
        there, here = getattr(listed, field), getattr(item, field)
        if there and there != here:
            taken = f"“{here}”, which is taken" if here else "none"
            message = f"The table gives {item.reference} the {name} “{there}”, its section {taken}."
            findings.add("table-differs", row.number, message)
