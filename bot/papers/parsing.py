"""From lines to what the paper says: the one way through a paper, with a finding for all that is missing or odd."""

import re
from collections.abc import Sequence

from bot.domain import ProposalType
from bot.papers.asked import ADDRESS, INVITED, check_purpose, compare_action, invitations_in, request_of
from bot.papers.attachments import attachments_in, compare
from bot.papers.classifying import classified
from bot.papers.days import CLOSES
from bot.papers.facts import check_labels
from bot.papers.findings import Findings
from bot.papers.footnotes import without_digits
from bot.papers.found import ItemFound, PaperFound, Reading
from bot.papers.furniture import without_furniture
from bot.papers.head import head_of
from bot.papers.headings import proposals_in
from bot.papers.items import items_of
from bot.papers.lines import Opened
from bot.papers.paragraphs import Paragraph, paragraphs_of
from bot.papers.sections import Outline, Section, SectionKind, outline_of
from bot.papers.sentences import sentences_of
from bot.papers.shapes import RAISED, Shape
from bot.papers.stages import NAMED, stage_of
from bot.papers.tables import compare_overview, items_of_table
from bot.papers.unread import check_attached, check_unread
from bot.rules.references import find_references, label

# "There are no new Draft Proposals this month.", "Draft Proposals raised: none".
NONE_THIS_MONTH = re.compile(
    r"\bno (?:new|further) (?:Draft |Modification )?Proposals\b"
    r"|\bthere (?:are|were|have been) no (?:(?:Draft|Modification) )?Proposals\b"
    r"|\bno (?:Draft |Modification )?Proposals (?:have been |were |have )?"
    r"(?:raised|submitted|received|converted|entered)\b"
    r"|\b(?:Draft|Modification) Proposals\b[^.]{0,60}\bnone\b",
    re.IGNORECASE,
)
# Sentences that an introduction may not swallow: they name a proposal, an address, or a day to answer by.
SPECIFIC = (find_references, ADDRESS.search, CLOSES.search)

CONVERTED = re.compile(r"\bconverted\b", re.IGNORECASE)
# Where a paper says it.
SAYS_NONE = {SectionKind.PROPOSALS, SectionKind.OTHER}

PROMISED = {
    ProposalType.DRAFT: ("no-draft-proposals", re.compile(r"\bDraft Proposals?\b", re.IGNORECASE)),
    ProposalType.MODIFICATION: ("no-modification-proposals", re.compile(r"\bModification Proposals?\b", re.IGNORECASE)),
}

Located = tuple[ItemFound, int]  # an item and the line of its heading


def parse(opened: Opened) -> Reading:
    """Read one paper. Never raises: what cannot be read is None or left out, and a finding says so."""
    findings = Findings(opened.findings)
    lines = without_digits(without_furniture(opened.lines), findings)
    paragraphs = paragraphs_of(lines, findings)
    statements = [paragraph for paragraph in paragraphs if paragraph.shape is Shape.CLASSIFICATION]
    outline = outline_of([p for p in paragraphs if p.shape is not Shape.CLASSIFICATION], findings)
    items = _items(outline, findings)
    attachments = attachments_in(_text_of(outline, SectionKind.ATTACHMENTS), findings)
    compare(items, attachments, findings)
    check_labels([item for item, _ in items], attachments, findings)
    check_unread(outline, [item for item, _ in items], findings)
    check_attached(attachments, [item for item, _ in items], findings)
    paper = _paper(outline, statements, paragraphs, findings)
    _promises(paper.title, [item for item, _ in items], findings)
    compare_action(paper.action, paper.recommendation, findings)
    _leave_over(paragraphs, findings)
    return Reading(
        paper,
        tuple(item for item, _ in items),
        tuple(attachment for attachment, _ in attachments),
        findings.in_order(),
        findings.places(),
    )


def _leave_over(paragraphs: Sequence[Paragraph], findings: Findings) -> None:
    """Words that no room took are said to be left over, so that nothing vanishes."""
    for paragraph in paragraphs:
        rows = {row.number: row.text for row in paragraph.rows}
        left = [line for line in paragraph.lines if not findings.is_placed(line)]
        for line in left if rows else left[:1]:
            findings.unplaced([line] if rows else left, rows.get(line, paragraph.text))


def _paper(
    outline: Outline, statements: Sequence[Paragraph], paragraphs: Sequence[Paragraph], findings: Findings
) -> PaperFound:
    others = [paragraph for paragraph in paragraphs if paragraph.shape is not Shape.CLASSIFICATION]
    classification, handling = classified(statements, others, findings)
    purpose = _text_of(outline, SectionKind.PURPOSE)
    if not purpose:
        findings.add("purpose-missing", None, "The paper does not state its purpose.")
    for paragraph in purpose:
        findings.place(paragraph.lines, "purpose")
    head = head_of(outline, findings)
    request = request_of(_text_of(outline, SectionKind.RECOMMENDATIONS), findings)
    check_purpose(purpose, request.comments_by, findings)
    return PaperFound(
        **vars(head),
        **vars(request),
        classification=classification,
        handling=handling,
        purpose=tuple(paragraph.printed for paragraph in purpose),
        invitations=_invitations(outline, findings),
    )


def _text_of(outline: Outline, kind: SectionKind) -> list[Paragraph]:
    return [paragraph for section in outline.of(kind) for paragraph in section.introduction]


def _invitations(outline: Outline, findings: Findings) -> tuple[str, ...]:
    """The first list of what views are invited on: every section may repeat it."""
    asking = (SectionKind.PROPOSALS, SectionKind.PURPOSE, SectionKind.OTHER)
    found = [invitations_in(section.intro, findings) for kind in asking for section in outline.of(kind)]
    invitations = next((entries for entries in found if entries), ())
    if not invitations:
        findings.add("invitations-missing", None, "The paper does not say what views are invited on.")
    return invitations


def _items(outline: Outline, findings: Findings) -> list[Located]:
    """Proposals with a section of their own, and those that only a table lists, in the order of the paper."""
    located: list[Located] = []
    headings = [block.heading.text for section in outline.sections for block in section.items]
    in_sections = {one.mention.reference for heading in headings for one in proposals_in(heading)}
    for section in outline.sections:
        stage = stage_of(section, findings)
        _introduction(section, findings)
        here = [found for table in section.tables for found in items_of_table(table, stage, in_sections, findings)]
        for block in section.items:
            here += [(item, block.heading.line) for item in items_of(block, stage, findings)]
        _check_types(section, here, findings)
        located += here
    for table in (table for section in outline.sections for table in section.tables):
        compare_overview(table, [item for item, _ in located], findings)
    _repeated(located, findings)
    _empty(outline, located, findings)
    return located


def _introduction(section: Section, findings: Findings) -> None:
    """Say what an introduction tells beside the stage, the invitation, and that there are no proposals."""
    for paragraph in section.introduction if section.kind in SAYS_NONE else ():
        if NONE_THIS_MONTH.search(paragraph.text):
            findings.place(paragraph.lines, "says that there are none")
        for sentence in sentences_of(paragraph.text) if findings.is_placed(paragraph.line) else ():
            said = NAMED.search(sentence) or INVITED.search(sentence) or NONE_THIS_MONTH.search(sentence)
            if not said and any(tells(sentence) for tells in SPECIFIC):
                findings.unplaced(paragraph.lines, sentence)


TYPES = {
    ProposalType.DRAFT: re.compile(r"\bDraft\b"),
    ProposalType.MODIFICATION: re.compile(r"\bModification\b"),
}


def _check_types(section: Section, items: Sequence[Located], findings: Findings) -> None:
    """A section of Draft Proposals with a Modification Proposal in it, or the other way round.

    "Draft Proposals that have converted to Modification Proposals" are what they have converted to.
    """
    named = [kind for kind, pattern in TYPES.items() if pattern.search(section.heading.text)]
    expected = named[-1] if CONVERTED.search(section.heading.text) else named[0] if len(named) == 1 else None
    for item, line in items:
        if section.kind is SectionKind.PROPOSALS and expected not in {None, item.type}:
            message = f"{item.reference} is a {item.type.value} in the section “{section.heading.text[:80]}”."
            findings.add("type-differs", line, message)


def _repeated(items: Sequence[Located], findings: Findings) -> None:
    seen = set()
    for item, line in items:
        identity = (item.number, item.suffix)
        if identity in seen:
            name = label(item.number, item.suffix)
            findings.add("number-repeated", line, f"The number of {name} stands over more than one proposal.")
        seen.add(identity)


def _empty(outline: Outline, items: Sequence[Located], findings: Findings) -> None:
    """A paper without proposals is right only where each of its sections says that there are none."""
    sections = outline.of(SectionKind.PROPOSALS)
    silent = [one for one in sections if not (one.items or one.tables or _says_none(one.intro))]
    said = bool(sections) or _says_none(_text_of(outline, SectionKind.PURPOSE))
    if items:
        for section in silent:
            message = f"No proposals were found in the section “{section.heading.text[:80]}”."
            findings.add("section-empty", section.heading.line, message)
    elif said and not silent and not _raised_unread(outline):
        findings.add("none-this-month", None, "The paper says that there are no new proposals.")
    else:
        findings.add(
            "no-proposals", None, "No proposals were found in the paper, and it does not say that there are none."
        )


def _raised_unread(outline: Outline) -> bool:
    """Whether a paragraph says who raised a proposal, though none was read."""
    return any(RAISED.search(p.text) and find_references(p.text) for s in outline.sections for p in s.intro)


def _says_none(paragraphs: Sequence[Paragraph]) -> bool:
    return any(NONE_THIS_MONTH.search(paragraph.text) for paragraph in paragraphs)


def _promises(title: str | None, items: Sequence[ItemFound], findings: Findings) -> None:
    """A title that names a kind of proposal of which the paper has none: nothing wrong, but said."""
    for kind, (code, pattern) in PROMISED.items():
        if items and pattern.search(title or "") and all(item.type is not kind for item in items):
            findings.add(code, None, f"The title of the paper names {kind.value}s, but there are none in it.")
