"""One proposal's part of the paper: heading, who raised it, summary, impact statements, appendix."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain import ProposalType
from bot.papers.findings import Findings
from bot.papers.found import ImpactStatement, ItemFound
from bot.papers.paragraphs import Paragraph
from bot.papers.people import NOBODY, Raised, is_names, name_of, raised_by
from bot.papers.sections import Block
from bot.papers.sentences import sentences_of, without
from bot.papers.shapes import ANOTHER_NUMBER, QUOTES, RAISED, Shape, title_after, without_number
from bot.rules.outlooks import outlook_of
from bot.rules.references import Mention, find_references, leading_reference

# What stands between the verb and the names: "raised on 4 October 2019 by".
RAISED_BY = re.compile(RAISED.pattern + r"(?: on [\w ]{1,25}?)? by (?P<who>.+)", re.DOTALL)
# "The Lead Analyst from SECAS is …": a sentence of its own, or the end of the one above.
LEAD_ANALYST = re.compile(
    r"\bLead Analyst(?: (?:from|at|for|of) [\w -]{1,40}?)?(?: is| will be|:) (?P<name>.+)", re.DOTALL
)
OPENS_SENTENCE = re.compile(r"(?:The |Its )?(?:SECAS )?(?=Lead Analyst\b)")
# "The draft problem statement … can be found in Appendix E." SEC appendices ("Appendix AD") stand elsewhere.
APPENDIX = re.compile(
    r".*\bproblem statement\b.{0,200}?\b(?:found|attached|included|provided|set out|available)\b.{0,40}?"
    r"\b(?:in|at|as) (?:Appendix|Annex|Attachment) (?P<letter>[A-Z]{1,2}|\d{1,3})\W*",
    re.DOTALL,
)


@dataclass
class _Parts:
    """What is gathered while an item's paragraphs are read one after the other."""

    raised: str | None = None
    other_reference: Mention | None = None
    lead_analyst: str | None = None
    appendix: str | None = None
    summary: list[str] = field(default_factory=list)
    impacts: list[tuple[str, list[str]]] = field(default_factory=list)


def item_of(block: Block, stage: str | None, findings: Findings) -> ItemFound | None:
    """The item that a heading and the text under it describe; None where the heading names several or none."""
    mention = _mention(block.heading, findings)
    if mention is None:
        return None
    parts = _parts(block, mention, findings)
    raised = _raised(parts, mention, block.heading, findings)
    return ItemFound(
        reference=mention.label,
        number=mention.reference.number,
        suffix=mention.reference.suffix or None,
        type=ProposalType.DRAFT if mention.prefix == "DP" else ProposalType.MODIFICATION,
        stage=stage,
        title=_title(block.heading, mention, findings),
        proposer=raised.proposer,
        organisation=raised.organisation,
        on_behalf_of=raised.on_behalf_of,
        lead_analyst=_lead_analyst(parts, mention, block.heading, findings),
        summary=tuple(parts.summary),
        impacts=tuple(_impact(heading, texts) for heading, texts in parts.impacts),
        appendix=_checked(parts, mention, block.heading, findings),
    )


def _mention(heading: Paragraph, findings: Findings) -> Mention | None:
    name = without_number(heading.text)
    mention = leading_reference(name)
    if mention and not (ANOTHER_NUMBER.match(name, mention.end) and len(find_references(name)) > 1):
        return mention
    message = "The heading names more than one proposal: give each a heading of its own."
    findings.add("heading-unclear", heading.line, message)
    return None


def _title(heading: Paragraph, mention: Mention, findings: Findings) -> str:
    title = title_after(without_number(heading.text), mention.end)
    if len(title) > 1 and title[0] in QUOTES and title[-1] in QUOTES:
        title = title[1:-1].strip()
    elif title[:1] and title[0] in QUOTES:
        title = title[1:].strip()
        findings.add(
            "item-title-unclear", heading.line, f"The title of {mention.label} opens a quote and ends in none."
        )
    if not title:
        findings.add("item-title-missing", heading.line, f"The heading of {mention.label} gives no title.")
    return title


def _parts(block: Block, mention: Mention, findings: Findings) -> _Parts:
    parts = _Parts()
    place = parts.summary
    for index, paragraph in enumerate(block.body):
        if paragraph.shape is Shape.IMPACT:
            place = []
            parts.impacts.append((without_number(paragraph.text).rstrip(":"), place))
        elif paragraph.shape is Shape.HEADING and paragraph.level:
            place = parts.summary
            findings.unplaced(paragraph.line, paragraph.text)
        elif text := _rest(paragraph, parts, mention, first=index == 0):
            place.append(text)
    return parts


def _rest(paragraph: Paragraph, parts: _Parts, mention: Mention, *, first: bool) -> str:
    """The paragraph without the sentences that fill fields; each fills its field once, later ones stay as text."""
    if paragraph.shape is Shape.BULLET:
        return paragraph.printed
    text = paragraph.text
    for sentence in _field_sentences(text, parts, mention, first=first):
        text = without(text, sentence)
    return text


def _field_sentences(text: str, parts: _Parts, mention: Mention, *, first: bool) -> Iterator[str]:
    for sentence in sentences_of(text):
        if _takes_raised(sentence, parts, mention, first=first):
            yield sentence
        elif parts.lead_analyst is None and (name := _lead_analyst_in(sentence)):
            parts.lead_analyst = name
            yield sentence
        elif parts.appendix is None and (found := APPENDIX.fullmatch(sentence)):
            parts.appendix = found["letter"]
            yield sentence


def _lead_analyst_in(sentence: str) -> str | None:
    """The name, if the sentence is about nothing else: "The Lead Analyst is of the view that" stays in the summary."""
    opening = OPENS_SENTENCE.match(sentence)
    found = LEAD_ANALYST.match(sentence, opening.end()) if opening else None
    return found["name"] if found and (is_names(found["name"]) or NOBODY.fullmatch(found["name"])) else None


def _takes_raised(sentence: str, parts: _Parts, mention: Mention, *, first: bool) -> bool:
    """Who raised this proposal. Another proposal's sentence counts only where ours should stand: right at the start."""
    found = RAISED_BY.match(sentence) if parts.raised is None else None
    if found is None:
        return False
    named = leading_reference(sentence)
    if named and named.reference != mention.reference:
        if not first:
            return False
        parts.other_reference = named
    parts.raised = found["who"]
    if lead := LEAD_ANALYST.search(sentence):
        parts.lead_analyst = lead["name"]
    return True


def _raised(parts: _Parts, mention: Mention, heading: Paragraph, findings: Findings) -> Raised:
    if other := parts.other_reference:
        message = f"The heading names {mention.label}, the text under it {other.label}."
        findings.add("reference-mismatch", heading.line, message)
    if parts.raised is None:
        findings.add("proposer-missing", heading.line, f"The paper does not say who raised {mention.label}.")
        return Raised()
    raised = raised_by(parts.raised)
    if not raised.clear:
        message = f"Who raised {mention.label} is not clear from “{parts.raised[:120]}”."
        findings.add("proposer-unclear", heading.line, message)
    elif raised.proposer is None and raised.organisation is None:
        findings.add("proposer-to-be-confirmed", heading.line, f"The Proposer of {mention.label} is to be confirmed.")
    elif raised.organisation is None:
        message = f"The paper names {raised.proposer} as having raised {mention.label}, and no organisation."
        findings.add("organisation-missing", heading.line, message)
    return raised


def _lead_analyst(parts: _Parts, mention: Mention, heading: Paragraph, findings: Findings) -> str | None:
    if parts.lead_analyst is None:
        findings.add("lead-analyst-missing", heading.line, f"The paper names no Lead Analyst for {mention.label}.")
        return None
    if NOBODY.fullmatch(parts.lead_analyst.strip()):
        message = f"The Lead Analyst for {mention.label} is to be confirmed."
        findings.add("lead-analyst-to-be-confirmed", heading.line, message)
    return name_of(parts.lead_analyst)


def _impact(heading: str, texts: list[str]) -> ImpactStatement:
    outlook = outlook_of(" ".join(texts))
    return ImpactStatement(heading, outlook.value, tuple(texts), outlook.because)


def _checked(parts: _Parts, mention: Mention, heading: Paragraph, findings: Findings) -> str | None:
    """The appendix; and a word on each part that the paper leaves out."""
    if not parts.summary:
        findings.add("summary-missing", heading.line, f"The paper gives no summary of {mention.label}.")
    if not parts.impacts:
        findings.add("impacts-missing", heading.line, f"The paper gives no anticipated impacts of {mention.label}.")
    if parts.appendix is None:
        message = f"The paper names no appendix for the problem statement of {mention.label}."
        findings.add("appendix-missing", heading.line, message)
    return parts.appendix
