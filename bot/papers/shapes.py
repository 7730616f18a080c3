"""What one line or paragraph is by the look of its words: a heading, a field, a sign-off, or plain text."""

import re
from enum import StrEnum

from bot.papers.reading import LineKind
from bot.rules.references import find_references, leading_reference


class Shape(StrEnum):
    FURNITURE = "furniture"
    CLASSIFICATION = "classification"
    FIELD = "field"
    SECTION = "section"
    ITEM = "item"
    IMPACT = "impact"
    HEADING = "heading"
    RAISED = "raised"
    ATTACHMENT = "attachment"
    AUTHOR = "author"
    TEAM = "team"
    DATE = "date"
    BULLET = "bullet"
    TEXT = "text"


# The lines that a paper is signed off with.
SIGNED = {Shape.AUTHOR, Shape.TEAM, Shape.DATE}
# What is complete in one line: neither joined to the line before nor continued by the line after.
ALONE = {Shape.FURNITURE, Shape.FIELD, Shape.SECTION, Shape.ITEM, Shape.IMPACT, Shape.HEADING, *SIGNED}
# What opens a paragraph and may run on.
OPENS = {Shape.CLASSIFICATION, Shape.RAISED, Shape.ATTACHMENT, Shape.BULLET}

LONGEST_HEADING = 250
QUOTES = "'‘’‚‛\"“”„`«»"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

# "Page 2 of 5", printed by the word processor.
FURNITURE = re.compile(r"Page \d{1,4}(?: of \d{1,4})?|\d{1,4} of \d{1,4}", re.IGNORECASE)
CLASSIFICATION = re.compile(r"(?:This|The) (?:document|paper) (?:is|has been) classified\b", re.IGNORECASE)
# "Paper Reference: …": the facts at the paper's head.
FIELD = re.compile(
    r"(?P<name>Paper Reference|Reference|Action|Classification|Date|Dated|Author|Team|Paper Title|Title)"
    r"\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
# OPSG_26_0511_16: body, meeting, day and month, number of the paper; a late paper has a letter after (16a).
REFERENCE = re.compile(
    r"(?:(?P<body>[A-Z][A-Z&-]{0,30})_)?(?P<meeting>[0-9]{1,4})_(?P<day>[0-9]{2})(?P<month>[0-9]{2})_(?P<number>[0-9]{1,4})[a-z]?",
)
# The number that sections and sub-sections are printed with: "3. ", "2.1 ".
NUMBERED = re.compile(r"(?P<number>\d{1,3})(?:\.\d{1,3})*[.)]?\s+(?=\S)")
# Sections by their names, without the number.
PURPOSE = re.compile(r"(?:Purpose|Introduction)(?: of (?:this|the) paper)?:?", re.IGNORECASE)
RECOMMENDATIONS = re.compile(r"Recommendations?:?", re.IGNORECASE)
ATTACHMENTS = re.compile(r"(?:List of )?(?:Attachments?|Appendices|Annexes):?", re.IGNORECASE)
PROPOSALS = re.compile(r"(?:[\w-]+ ){0,3}(?:Draft|Modification) Proposals?\b[^.;:]{0,100}:?")
# "Anticipated Operational Impacts", "Impacts", "Anticipated security and technical impacts".
IMPACT = re.compile(
    r"(?:(?:Anticipated|Expected|Potential|Likely|Possible) (?:[\w-]+,? ){0,6}?[Ii]mpacts?"
    r"|(?:(?:[A-Z][\w-]*,?|and|or|/|&) ){0,4}?Impacts?):?"
)
# A name with a day in it that is nothing else.
DATE = re.compile(rf"(?:Dated:? )?\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS}),? \d{{4}}", re.IGNORECASE)
# A person's name on a line of its own; it is an author's only where a team or a date follows.
NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}")
TEAM = re.compile(r"(?:The )?[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3} Team")
ATTACHMENT = re.compile(
    r"(?P<label>(?:Appendix|Annex|Attachment) (?P<letter>[A-Z]{1,2}|\d{1,3}))\s*[:–—-]\s*(?P<name>\S.*)"
)
# After a proposal's number: what it was called before, then a colon or a dash, then the title.
AFTER_NUMBER = re.compile(r"\A(?:,? ?\(?(?:previously|formerly) [A-Z]{2,5} ?\d{1,6}[A-Z]?\)?,?)?\s*[:–—-]?\s*")
# Another proposal's number straight after the first: a heading for more than one.
ANOTHER_NUMBER = re.compile(r"\s*(?:,|and|&|/)\s*(?=[A-Z]{2,5} ?\d)")
# "DP092 was raised by", "DP088, previously …, has been raised by", "This Draft Proposal was raised by".
RAISED = re.compile(
    r"(?:(?:SECMP|DP|MP)[ _-]?\d{1,6}[A-Z]?\b"
    r"|(?:This|The) (?:Draft |Modification )?(?:Proposal|proposal|modification)\b)"
    r"(?:\s*\([^()]{1,60}\)|,[^,]{1,60},)?"
    r" (?:was|were|is|has been|have been|had been) (?:\w+ )?(?:raised|submitted)\b"
)
# A sentence's verb straight after the number: running text that opens with a proposal, not a heading.
VERB = re.compile(r"(?:is|are|was|were|has|have|had|will|would|may|can|could|should|does|did|seeks|aims|proposes)\b")
# How a sentence or a part of one ends, quotes and brackets after it included.
ENDED = re.compile(rf".*[.!?:;][{re.escape(QUOTES)})\]]*", re.DOTALL)


def shape_of(text: str, kind: LineKind, *, apart: bool) -> Shape:
    """The shape of a line or paragraph. `apart`: nothing touches it, as nothing touches a heading."""
    if kind is LineKind.BULLET:
        return Shape.BULLET
    for shape, pattern in (
        (Shape.FURNITURE, FURNITURE),
        (Shape.FIELD, FIELD),
        (Shape.DATE, DATE),
        (Shape.TEAM, TEAM),
        (Shape.ATTACHMENT, ATTACHMENT),
    ):
        if pattern.fullmatch(text):
            return shape
    if CLASSIFICATION.match(text):
        return Shape.CLASSIFICATION
    if RAISED.match(text):
        return Shape.RAISED
    return _heading(text, marked=kind is LineKind.HEADING, apart=apart) or Shape.TEXT


def ended(text: str) -> bool:
    """Whether a sentence, or a part of one that introduces the next, ends with the text."""
    return ENDED.fullmatch(text[-10:]) is not None


def without_number(text: str) -> str:
    """A heading without the number it is printed with."""
    return NUMBERED.sub("", text, count=1) if NUMBERED.match(text) else text


def title_after(heading: str, number_end: int) -> str:
    """What follows the number, a former name and a colon or dash in a proposal's heading."""
    return AFTER_NUMBER.sub("", heading[number_end:], count=1).strip()


def is_section_name(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (PURPOSE, RECOMMENDATIONS, ATTACHMENTS))


def _heading(text: str, *, marked: bool, apart: bool) -> Shape | None:
    if len(text) > LONGEST_HEADING:
        return None
    name = without_number(text)
    if is_section_name(name) or (PROPOSALS.fullmatch(name) and (marked or apart or name != text)):
        return Shape.SECTION
    if IMPACT.fullmatch(name):
        return Shape.IMPACT
    if _names_item(name, marked=marked, apart=apart):
        return Shape.ITEM
    if marked or (apart and name != text and name[0].isupper() and not ended(name)):
        return Shape.HEADING
    return None


def _names_item(name: str, *, marked: bool, apart: bool) -> bool:
    """Whether a line is a proposal's heading: its number, then its title, quoted or standing apart."""
    mention = leading_reference(name)
    if mention is None:
        return False
    if ANOTHER_NUMBER.match(name, mention.end) and len(find_references(name)) > 1:
        return marked or name[-1] in QUOTES
    title = title_after(name, mention.end)
    if not title:
        return marked or apart
    if title[0] in QUOTES:
        return title[-1] in QUOTES or marked or (apart and not ended(title))
    return (marked or apart) and not VERB.match(title) and not title[0].islower() and not ended(title)
