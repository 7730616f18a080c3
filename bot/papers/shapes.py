"""What one line or paragraph is by the look of its words: a heading, a field, a sign-off, or plain text."""

import re
from enum import StrEnum

from bot.papers.headings import LONGEST_HEADING, leading_proposal, proposals_in, without_number
from bot.papers.lines import LineKind
from bot.papers.markings import FIELD_NAME as OF_CLASSIFICATION
from bot.papers.markings import MARKING
from bot.papers.quotes import QUOTES, unquoted


class Shape(StrEnum):
    CLASSIFICATION = "classification"
    MARKING = "marking"
    FIELD = "field"
    SECTION = "section"
    ITEM = "item"
    IMPACT = "impact"
    HEADING = "heading"
    RAISED = "raised"
    LABELLED = "labelled"
    ATTACHMENT = "attachment"
    AUTHOR = "author"
    TEAM = "team"
    DATE = "date"
    BULLET = "bullet"
    TABLE = "table"
    FOOTNOTE = "footnote"
    TEXT = "text"


# The lines that a paper is signed off with.
SIGNED = {Shape.AUTHOR, Shape.TEAM, Shape.DATE}
# What is complete in one line: neither joined to the line before nor continued by the line after.
ALONE = {Shape.MARKING, Shape.FIELD, Shape.LABELLED, Shape.SECTION, Shape.ITEM, Shape.IMPACT, Shape.HEADING, *SIGNED}
# What opens a paragraph and may run on.
OPENS = {Shape.CLASSIFICATION, Shape.RAISED, Shape.ATTACHMENT, Shape.BULLET}

# What the file's own marks decide.
OF_KIND = {LineKind.BULLET: Shape.BULLET, LineKind.ROW: Shape.TABLE, LineKind.FOOTNOTE: Shape.FOOTNOTE}

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

# "Page 2 of 5", "2 of 5", "Managed by …" and "Administered by …" on a line of their own.
FURNITURE = re.compile(
    r"(?i:Page \d{1,4}(?: of \d{1,4})?)|\d{1,4} of \d{1,4}|(?:Managed|Administered) by [A-Z][^.]{1,80}"
    r"(?:,? ?Page \d{1,4} of \d{1,4})?",
)
CLASSIFICATION = re.compile(r"(?:This|The) (?:document|paper) (?:is|has been) classified\b", re.IGNORECASE)
# "Paper Reference: …": the facts at the paper's head.
FIELD_NAME = re.compile(
    rf"(?:Paper Ref(?:erence)?|Ref(?:erence)?|Action|{OF_CLASSIFICATION}|Date|Dated|Author"
    r"|Team|Paper Title|Title):?",
    re.IGNORECASE,
)
FIELD = re.compile(rf"(?P<name>{FIELD_NAME.pattern[:-2]})\s*:\s*(?P<value>.*)", re.IGNORECASE)
# OPSG_26_0511_16: body, meeting, day and month, number of the paper; a late paper has a letter after (16a).
REFERENCE = re.compile(
    r"(?:(?P<body>[A-Z][A-Z&_-]{0,30}?)_)?(?P<meeting>[0-9]{1,4})_(?P<day>[0-9]{2})(?P<month>[0-9]{2})_(?P<number>[0-9]{1,4})[A-Za-z]?",
)
# Sections by their names, without the number.
PURPOSE = re.compile(r"(?:Purpose|Introduction)(?: of (?:this|the) paper)?:?", re.IGNORECASE)
RECOMMENDATIONS = re.compile(r"Recommendations?:?", re.IGNORECASE)
ATTACHMENTS = re.compile(r"(?:List of )?(?:Attachments?|Appendices|Annexes):?", re.IGNORECASE)
PROPOSALS = re.compile(r"(?:[\w-]+ ){0,3}(?:Draft|Modification) Proposals?\b[^.;:]{0,100}:?")
# A verb makes it a sentence: "All Draft Proposals were raised"; but not "Draft Proposals that have converted".
SAYS = re.compile(r"(?<!\bthat )(?<!\bwhich )\b(?:is|are|was|were|has|have|had|will|would|may|can|should)\b")
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
    r"(?P<label>(?:Appendix|Annex|Attachment) (?P<letter>[A-Z]{1,2}|\d{1,3}))\s*[:–—-]\s*(?P<name>.*)"
)
# "DP092 was raised by", "DP088, previously …, has been raised by", "This Draft Proposal was raised by".
RAISED = re.compile(
    r"(?:(?:Both )?(?:SECMP|DP|MP)[ _-]?\d{1,6}[A-Z]?\b"
    r"(?:(?:, | and | & |/)(?:(?:SECMP|DP|MP)[ _-]?\d{1,6})?[A-Z]?\b){0,3}"
    r"|(?:This|The|These|Both)(?: two)? (?:Draft |Modification )?(?:Proposal|proposal|modification)s?\b)"
    r"(?:\s*\([^()]{1,60}\)|,[^,]{1,60},)?"
    r" (?:was|were|is|has been|have been|had been) (?:(?!(?:not|never|nearly|almost|hardly|barely|wrongly) )\w+ )?"
    r"(?:raised|submitted)\b"
)
# "Proposer: …", "Lead Analyst: …": facts of a proposal on lines of their own.
LABELLED = re.compile(
    r"(?P<label>Proposer|Raised by|Submitted by|Organisation|Company|(?:SECAS )?Lead Analyst|(?:Current )?Stage"
    r"|Appendix|Problem statement)\s*:\s*(?P<value>\S.{0,200})",
    re.IGNORECASE,
)
# A sentence's verb straight after the number: running text that opens with a proposal, not a heading.
VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|may|can|could|should|does|did|seeks|aims|proposes|remains?|continues?"
    r"|requires?|affects?|relates?|concerns?|and|or|in|for|to|of|by|on|from|which|that)\b"
)
# How a sentence or a part of one ends, quotes and brackets after it included.
ENDED = re.compile(rf".*[.!?:;][{re.escape(QUOTES)})\]]*", re.DOTALL)


def shape_of(text: str, kind: LineKind, *, apart: bool) -> Shape:
    """The shape of a line or paragraph. `apart`: nothing touches it, as nothing touches a heading."""
    if kind in OF_KIND:
        return OF_KIND[kind]
    for shape, pattern in (
        (Shape.FIELD, FIELD),
        (Shape.MARKING, MARKING),
        (Shape.DATE, DATE),
        (Shape.TEAM, TEAM),
        (Shape.ATTACHMENT, ATTACHMENT),
        (Shape.LABELLED, LABELLED),
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


def states(text: str) -> bool:
    """Whether a line that stands on every page says something of the paper: its classification, or another field."""
    return bool(CLASSIFICATION.match(text) or MARKING.fullmatch(text) or FIELD.fullmatch(text))


def is_section_name(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (PURPOSE, RECOMMENDATIONS, ATTACHMENTS))


def _heading(text: str, *, marked: bool, apart: bool) -> Shape | None:
    if len(text) > LONGEST_HEADING:
        return None
    name = without_number(text)
    if leading_proposal(name):
        return Shape.ITEM if _names_item(name, marked=marked, apart=apart) else (Shape.HEADING if marked else None)
    of_proposals = PROPOSALS.fullmatch(name) and not SAYS.search(name)
    if is_section_name(name) or (of_proposals and (marked or apart or name != text)):
        return Shape.SECTION
    if IMPACT.fullmatch(name):
        return Shape.IMPACT
    if marked or (apart and name != text and name[0].isupper() and not ended(name)):
        return Shape.HEADING
    return None


def has_title_in_quotes(heading: str) -> bool:
    """Whether a proposal's heading ends with a title in quotes that pair."""
    named = proposals_in(heading)
    words = named[-1].words if named else ""
    return words[:1] in QUOTES and words != "" and unquoted(words).pairs


def continues_title(line: str, joined: str) -> bool:
    """Whether a proposal's heading whose title opens in `line`, or has still to come, is whole in `joined` only."""
    first, whole = proposals_in(line), proposals_in(joined)
    if len(first) != 1 or not whole or len(joined) > LONGEST_HEADING or VERB.match(first[0].words):
        return False
    opened = first[0].words[:1] in QUOTES if first[0].words else first[0].former is not None
    if not opened or (first[0].words and unquoted(first[0].words).pairs):
        return False
    if unquoted(whole[-1].words).rest[:1].islower():
        return False  # a sentence that begins with a proposal and its title
    return all(one.words and one.words[0] in QUOTES and unquoted(one.words).pairs for one in whole)


def _names_item(name: str, *, marked: bool, apart: bool) -> bool:
    """Whether a line is a proposal's heading: its number, then its title, quoted or standing apart."""
    named = proposals_in(name)
    if not named:
        return False
    title = named[-1].words
    if not title:
        return marked or apart
    if title[0] in QUOTES:
        quoted = title[-1] in QUOTES or (apart and title.rstrip(". ")[-1] in QUOTES)
        return quoted or marked or (apart and not ended(title))
    if marked:
        return not VERB.match(title)
    return apart and not VERB.match(title) and not title[0].islower() and (title[-1] == "?" or not ended(title))
