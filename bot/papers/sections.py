"""How a paper is built: its head, its sections, the proposals in them, and how it is signed off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.papers.columns import lists_proposals
from bot.papers.findings import Findings
from bot.papers.headings import NUMBERED, proposals_in, without_number
from bot.papers.paragraphs import Paragraph
from bot.papers.quotes import QUOTES
from bot.papers.shapes import (
    ATTACHMENTS,
    PROPOSALS,
    PURPOSE,
    RECOMMENDATIONS,
    REFERENCE,
    SIGNED,
    Shape,
    is_section_name,
)


class SectionKind(StrEnum):
    PURPOSE = "purpose"
    PROPOSALS = "proposals"
    RECOMMENDATIONS = "recommendations"
    ATTACHMENTS = "attachments"
    OTHER = "other"


KINDS = {
    SectionKind.PURPOSE: PURPOSE,
    SectionKind.RECOMMENDATIONS: RECOMMENDATIONS,
    SectionKind.ATTACHMENTS: ATTACHMENTS,
    SectionKind.PROPOSALS: PROPOSALS,
}
# Here a line that opens with a proposal's number is an entry of a list or a part of the request, not a heading.
WITHOUT_ITEMS = {SectionKind.RECOMMENDATIONS, SectionKind.ATTACHMENTS}


CONTINUED = re.compile(r"\((?:continued|cont(?:inue)?[’'.]?d?\.?)\)", re.IGNORECASE)


@dataclass
class Block:
    """One proposal's part of the paper: its heading and all that follows up to the next."""

    heading: Paragraph
    body: list[Paragraph] = field(default_factory=list)


@dataclass
class Section:
    """`intro` is what stands before the first proposal: in a section without proposals, all of it."""

    kind: SectionKind
    heading: Paragraph
    intro: list[Paragraph] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)

    @property
    def tables(self) -> list[Paragraph]:
        """Tables that list proposals, one a row."""
        return [p for p in self.intro if lists_proposals(p)] if self.kind not in WITHOUT_ITEMS else []

    @property
    def introduction(self) -> list[Paragraph]:
        """What stands before the first proposal, tables of proposals apart."""
        tables = self.tables
        return [paragraph for paragraph in self.intro if paragraph not in tables]


@dataclass
class Outline:
    head: list[Paragraph] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    signed: list[Paragraph] = field(default_factory=list)
    number: int = 0  # of the last numbered section

    def of(self, kind: SectionKind) -> list[Section]:
        return [section for section in self.sections if section.kind is kind]


def outline_of(paragraphs: Sequence[Paragraph], findings: Findings) -> Outline:
    """Put every paragraph where it belongs. A heading that opens nothing we know is said to be unplaced."""
    outline = Outline()
    for paragraph in paragraphs:
        if not outline.sections and not _opens_first(outline, paragraph):
            outline.head.append(paragraph)
        elif paragraph.shape in SIGNED:
            outline.signed.append(paragraph)
        elif not outline.sections or _opens_section(outline, paragraph):
            outline.sections.append(Section(_kind(paragraph), paragraph))
            outline.number = max(outline.number, _number(paragraph))
            _begin(outline.sections[-1], paragraph, findings)
        else:
            _continue(outline.sections[-1], paragraph, findings)
    return outline


def _opens_first(outline: Outline, paragraph: Paragraph) -> bool:
    """The head ends at the first section. The first name of a section without a number there is the paper's title."""
    if paragraph.shape is Shape.ITEM or lists_proposals(paragraph):
        return True
    if paragraph.shape is not Shape.SECTION:
        return paragraph.shape is Shape.HEADING and NUMBERED.match(paragraph.text) is not None
    titled = any(
        p.shape not in {Shape.MARKING, Shape.FIELD, *SIGNED} and not REFERENCE.fullmatch(p.text) for p in outline.head
    )
    return titled or NUMBERED.match(paragraph.text) is not None or is_section_name(paragraph.text)


def _opens_section(outline: Outline, paragraph: Paragraph) -> bool:
    if paragraph.shape is Shape.SECTION:
        return True
    if paragraph.shape is not Shape.HEADING:
        return False
    if paragraph.level:
        items = outline.sections[-1].items
        item = items[-1].heading if items else None
        return item is None or item.level == 0 or paragraph.level <= item.level
    return _number(paragraph) == outline.number + 1


def _number(heading: Paragraph) -> int:
    found = NUMBERED.match(heading.text)
    return int(found["number"]) if found else 0


def _kind(heading: Paragraph) -> SectionKind:
    if heading.shape is not Shape.SECTION:
        return SectionKind.OTHER
    name = without_number(heading.text)
    return next(kind for kind, pattern in KINDS.items() if pattern.fullmatch(name))


def _begin(section: Section, paragraph: Paragraph, findings: Findings) -> None:
    if paragraph.shape is Shape.ITEM:
        section.items.append(Block(paragraph))
    elif paragraph.shape is Shape.TABLE:
        section.intro.append(paragraph)
    elif section.kind is not SectionKind.OTHER:
        findings.place(paragraph.lines, "section heading")


def _continue(section: Section, paragraph: Paragraph, findings: Findings) -> None:
    if paragraph.shape is Shape.ITEM and _is_continued(section, paragraph):
        findings.place(paragraph.lines, "furniture")
    elif paragraph.shape is Shape.ITEM and section.kind not in WITHOUT_ITEMS and not _goes_on(section, paragraph):
        section.items.append(Block(paragraph))
    elif section.items:
        section.items[-1].body.append(paragraph)
    else:
        section.intro.append(paragraph)


def _is_continued(section: Section, paragraph: Paragraph) -> bool:
    """Whether a heading only repeats the one above at the top of a new page: "DP091 'X' (continued)"."""
    if not section.items or not CONTINUED.search(paragraph.text):
        return False
    here, named = proposals_in(section.items[-1].heading.text), proposals_in(paragraph.text)
    return [one.mention.reference for one in here] == [one.mention.reference for one in named]


def _goes_on(section: Section, paragraph: Paragraph) -> bool:
    """Whether "MP102B: …" under a heading that names MP102B already is a paragraph about it: it has no quotes."""
    here, named = (proposals_in(p.text) for p in (section.items[-1].heading if section.items else paragraph, paragraph))
    known = {one.mention.reference for one in here} if section.items else set()
    return len(known) > 1 and all(one.mention.reference in known and one.words[:1] not in QUOTES for one in named)
