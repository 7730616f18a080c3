"""From lines to what the paper says: the one way through a paper, with a finding for all that is missing or odd."""

import re
from collections.abc import Sequence

from bot.domain import ProposalType
from bot.papers.asked import invitations_in, request_of
from bot.papers.attachments import attachments_in, compare
from bot.papers.classifying import classified
from bot.papers.findings import Findings
from bot.papers.found import ItemFound, PaperFound, Reading
from bot.papers.head import head_of
from bot.papers.items import item_of
from bot.papers.paragraphs import Paragraph, paragraphs_of
from bot.papers.reading import Line
from bot.papers.sections import Outline, Section, SectionKind, outline_of
from bot.papers.stages import stage_of
from bot.rules.references import label

# "There are no new Draft Proposals this month.", "Draft Proposals raised: none".
NONE_THIS_MONTH = re.compile(
    r"\bno (?:new |further )?(?:Draft |Modification )?Proposals?\b"
    r"|\b(?:Draft|Modification) Proposals\b[^.]{0,60}\bnone\b",
    re.IGNORECASE,
)

PROMISED = {
    ProposalType.DRAFT: ("no-draft-proposals", re.compile(r"\bDraft Proposals?\b", re.IGNORECASE)),
    ProposalType.MODIFICATION: ("no-modification-proposals", re.compile(r"\bModification Proposals?\b", re.IGNORECASE)),
}

Placed = tuple[ItemFound, int]  # an item and the line of its heading


def parse(lines: Sequence[Line]) -> Reading:
    """Read one paper. Never raises: what cannot be read is None or left out, and a finding says so."""
    findings = Findings()
    paragraphs, statements = paragraphs_of(lines, findings)
    outline = outline_of(paragraphs, findings)
    items = _items(outline, findings)
    attachments = attachments_in(_text_of(outline, SectionKind.ATTACHMENTS), findings)
    compare(items, attachments, findings)
    paper = _paper(outline, statements, paragraphs, findings)
    _promises(paper.title, [item for item, _ in items], findings)
    return Reading(paper, tuple(i for i, _ in items), tuple(a for a, _ in attachments), findings.in_order())


def _paper(
    outline: Outline, statements: Sequence[Paragraph], paragraphs: Sequence[Paragraph], findings: Findings
) -> PaperFound:
    classification, handling = classified(statements, paragraphs, findings)
    purpose = _text_of(outline, SectionKind.PURPOSE)
    if not purpose:
        findings.add("purpose-missing", None, "The paper does not state its purpose.")
    return PaperFound(
        **vars(head_of(outline, findings)),
        **vars(request_of(_text_of(outline, SectionKind.RECOMMENDATIONS), findings)),
        classification=classification,
        handling=handling,
        purpose=tuple(paragraph.printed for paragraph in purpose),
        invitations=_invitations(outline, findings),
    )


def _text_of(outline: Outline, kind: SectionKind) -> list[Paragraph]:
    return [paragraph for section in outline.of(kind) for paragraph in section.intro]


def _invitations(outline: Outline, findings: Findings) -> tuple[str, ...]:
    """The first list of what views are invited on: every section may repeat it."""
    asking = (SectionKind.PROPOSALS, SectionKind.PURPOSE, SectionKind.OTHER)
    for section in (section for kind in asking for section in outline.of(kind)):
        invitations, _ = invitations_in(section.intro)
        if invitations:
            return invitations
    findings.add("invitations-missing", None, "The paper does not say what views are invited on.")
    return ()


def _items(outline: Outline, findings: Findings) -> list[Placed]:
    items: list[Placed] = []
    for section in outline.sections:
        stage, lines = stage_of(section, findings)
        _introduction(section, lines, findings)
        read = ((item_of(block, stage, findings), block.heading.line) for block in section.items)
        items += [(item, line) for item, line in read if item]
    _repeated(items, findings)
    _empty(outline, items, findings)
    return items


def _introduction(section: Section, lines: set[int], findings: Findings) -> None:
    """What stands before a section's proposals names the stage, invites views, or says there are none."""
    if section.kind not in {SectionKind.PROPOSALS, SectionKind.OTHER}:
        return
    _, inviting = invitations_in(section.intro)
    for paragraph in section.intro:
        if paragraph.line not in lines | inviting and not NONE_THIS_MONTH.search(paragraph.text):
            findings.unplaced(paragraph.line, paragraph.text)


def _repeated(items: Sequence[Placed], findings: Findings) -> None:
    seen = set()
    for item, line in items:
        identity = (item.number, item.suffix)
        if identity in seen:
            name = label(item.number, item.suffix)
            findings.add("number-repeated", line, f"The number of {name} stands over more than one proposal.")
        seen.add(identity)


def _empty(outline: Outline, items: Sequence[Placed], findings: Findings) -> None:
    """A paper without proposals is right only where each of its sections says that there are none."""
    sections = outline.of(SectionKind.PROPOSALS)
    silent = [section for section in sections if not section.items and not _says_none(section.intro)]
    said = bool(sections) or _says_none(_text_of(outline, SectionKind.PURPOSE))
    if items:
        for section in silent:
            message = f"No proposals were found in the section “{section.heading.text[:80]}”."
            findings.add("section-empty", section.heading.line, message)
    elif said and not silent:
        findings.add("none-this-month", None, "The paper says that there are no new proposals.")
    else:
        findings.add(
            "no-proposals", None, "No proposals were found in the paper, and it does not say that there are none."
        )


def _says_none(paragraphs: Sequence[Paragraph]) -> bool:
    return any(NONE_THIS_MONTH.search(paragraph.text) for paragraph in paragraphs)


def _promises(title: str | None, items: Sequence[ItemFound], findings: Findings) -> None:
    """A title that names a kind of proposal of which the paper has none: nothing wrong, but said."""
    for kind, (code, pattern) in PROMISED.items():
        if items and pattern.search(title or "") and all(item.type is not kind for item in items):
            findings.add(code, None, f"The title of the paper names {kind.value}s, but there are none in it.")
