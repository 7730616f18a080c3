"""A net under the reading of headings: signs that a proposal was read as words of the one before it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.domain import Reference
from bot.papers.columns import cell_of, columns_of, lists_proposals
from bot.papers.facts import LEAD_ANALYST, RAISED_BY, lead_analyst_in, says_where
from bot.papers.findings import Findings, opening
from bot.papers.found import AttachmentFound, ItemFound
from bot.papers.headings import leading_proposal, proposals_in
from bot.papers.paragraphs import Paragraph
from bot.papers.sections import Block, Outline, SectionKind
from bot.papers.sentences import sentences_of
from bot.papers.shapes import VERB, Shape, ended
from bot.rules.references import find_references, parse_reference

LONGEST = 150  # characters: a heading is short
MOST_WORDS = 6  # of a heading in the middle of a proposal, as "Next steps"
STATEMENT = re.compile(r"\bproblem statement\b", re.IGNORECASE)


def check_unread(outline: Outline, items: Sequence[ItemFound], findings: Findings) -> None:
    """An error for each sign of a proposal that has no item; a warning for what looks like a heading in an item."""
    known = {parse_reference(item.reference) for item in items}
    for section in outline.sections:
        paragraphs = [*section.introduction, *(p for block in section.items for p in block.body)]
        if section.kind is not SectionKind.ATTACHMENTS:
            for paragraph in paragraphs:
                _named(paragraph, known, findings)
                _listed(paragraph, known, findings)
        for block in section.items:
            _twice(block, findings)
            _headed(block, findings)


def check_attached(
    attachments: Sequence[tuple[AttachmentFound, int]], items: Sequence[ItemFound], findings: Findings
) -> None:
    """An attached problem statement of a proposal that the paper does not describe."""
    known = {parse_reference(item.reference) for item in items}
    for attachment, line in attachments:
        unknown = [name for name in attachment.references if parse_reference(name) not in known]
        if items and unknown and STATEMENT.search(attachment.name):
            message = f"{attachment.label} is the problem statement of {unknown[0]}, which was not read from the paper."
            findings.add("proposal-not-read", line, message)


def _named(paragraph: Paragraph, known: set[Reference | None], findings: Findings) -> None:
    """A line like a heading, or a sentence on who raised it, that names a proposal without an item."""
    heads = leading_proposal(paragraph.text) if _is_heading(paragraph) else None
    raised = [m for sentence in _introduces(paragraph) for m in find_references(sentence)[:1]]
    unknown = [m for m in [*([heads] if heads else []), *raised] if m.reference not in known]
    if unknown:
        said = f"The text “{opening(paragraph.text)}” names {unknown[0].label}"
        message = f"{said}, of which no proposal was read: check its heading."
        findings.add("proposal-not-read", paragraph.line, message)


def _listed(paragraph: Paragraph, known: set[Reference | None], findings: Findings) -> None:
    """A table of proposals among a proposal's words, or where none is described, with one that has no item."""
    place = columns_of(paragraph.rows[0]).get("reference") if lists_proposals(paragraph) else None
    for row in paragraph.rows[1:] if place is not None else ():
        unknown = [m for m in find_references(cell_of(row, place)) if m.reference not in known]
        if unknown:
            message = (
                f"A table lists {unknown[0].label}, which was not read from the paper: check what stands above it."
            )
            findings.add("proposal-not-read", row.number, message)
            return


def _introduces(paragraph: Paragraph) -> list[str]:
    """The sentence on who raised a proposal, where the Lead Analyst's stands beside it or it names no number.

    "DP085 was raised by the DCC in 2018" alone may be a part of another proposal's history.
    """
    sentences = sentences_of(paragraph.text) if paragraph.shape in {Shape.RAISED, Shape.TEXT} else []
    raised = [sentence for sentence in sentences if RAISED_BY.match(sentence)]
    led = any(lead_analyst_in(sentence) for sentence in sentences)
    return [sentence for sentence in raised if led or not find_references(sentence)]


def _is_heading(paragraph: Paragraph) -> bool:
    named = leading_proposal(paragraph.text)
    if named is None or len(paragraph.text) > LONGEST or paragraph.shape is Shape.TABLE:
        return False
    rest = paragraph.text.partition(named.label)[2].strip()
    return bool(rest) and not VERB.match(rest) and (rest[-1] == "?" or not ended(rest))


def _twice(block: Block, findings: Findings) -> None:
    """What each proposal has once stands twice under one heading: the second may be another proposal's."""
    several = len(proposals_in(block.heading.text)) > 1
    seen: set[str] = set()
    for paragraph in block.body if not several else ():
        for sign in _signs(paragraph):
            if sign in seen:
                message = (
                    f"“{opening(paragraph.text)}” is the second of its kind here: is a proposal's heading missing?"
                )
                findings.add("proposal-not-read", paragraph.line, message)
                return
            seen.add(sign)


def _signs(paragraph: Paragraph) -> list[str]:
    if paragraph.shape is Shape.IMPACT:
        return [f"impacts {paragraph.text}"]
    if paragraph.shape in {Shape.BULLET, Shape.TABLE}:
        return []
    signs = ["raised"] if _introduces(paragraph) else []
    for sentence in sentences_of(paragraph.text):
        beside = RAISED_BY.match(sentence) and LEAD_ANALYST.search(sentence)
        signs += ["Lead Analyst"] if beside or lead_analyst_in(sentence) else []
        signs += ["appendix"] if says_where(sentence, several=False) else []
    return signs


def _headed(block: Block, findings: Findings) -> None:
    for paragraph, after in pairwise(block.body):
        text = paragraph.text
        short = paragraph.shape is Shape.TEXT and len(text.split()) <= MOST_WORDS and text[:1].isupper()
        follows = after.shape is Shape.TEXT and ended(after.text)
        if short and follows and not ended(text) and text[-1] != "," and len(paragraph.lines) == 1:
            message = f"The line “{text}” looks like a heading; it was kept with the words of the proposal above."
            findings.add("heading-in-item", paragraph.line, message)
