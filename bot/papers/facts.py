"""Facts of a proposal, as a sentence of its own says them or a line with a label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.papers.findings import Findings
from bot.papers.found import AttachmentFound, ItemFound
from bot.papers.people import NOBODY, is_names
from bot.papers.shapes import LABELLED, RAISED
from bot.papers.stages import STAGES
from bot.rules.references import find_references

# What stands between the verb and the names: "raised on 4 October 2019 by".
RAISED_BY = re.compile(
    RAISED.pattern
    + r"(?:,? on (?!behalf)[\w ]{1,25}?,?)?(?:,? on behalf of (?P<behalf>[^.]{1,80}?),?)? by (?P<who>.+)",
    re.DOTALL,
)
# "The Lead Analyst from SECAS is …": a sentence of its own, or the end of the one above.
LEAD_ANALYST = re.compile(
    r"\bLead Analyst(?: (?:from|at|for|of) [\w -]{1,40}?)?(?: is| will be|:) (?P<name>.+)", re.DOTALL
)
OPENS_SENTENCE = re.compile(r"(?:The |Its )?(?:SECAS )?(?=Lead Analyst\b)")
# "The draft problem statement … can be found in Appendix E." SEC appendices ("Appendix AD") stand elsewhere.
A_LETTER = r"(?:Appendix|Annex|Attachment) (?:[A-Z]{1,2}|\d{1,3})"
APPENDIX = re.compile(
    r".*\bproblem statements?\b.{0,200}?\b(?:found|attached|included|provided|set out|available|is|are)\b.{0,40}?"
    rf"\b(?:in|at|as) {A_LETTER}\W*"
    rf"|(?:Please )?(?:[Ss]ee|[Rr]efer to) {A_LETTER} for .{{0,100}}?\bproblem statements?\b[^.]{{0,80}}\W*"
    rf"|{A_LETTER} (?:contains|holds|provides|includes|gives|is|sets out) "
    r".{0,100}?\bproblem statements?\b[^.]{0,80}\W*",
    re.DOTALL,
)
# The same of several proposals: "… for MP102A can be found in Appendix A and for MP102B in Appendix B."
APPENDICES = re.compile(r".*\bproblem statements?\b.*\b(?:Appendix|Annex|Attachment|Appendices) [A-Z\d]", re.DOTALL)
LETTER = re.compile(
    r"\b(?:Appendix|Annex|Attachment|Appendices) (?P<letter>[A-Z]{1,2}|\d{1,3})\b"
    r"(?: and (?P<next>[A-Z]{1,2})\b(?! for))?"
)
# Facts on lines of their own, and what they are called in the lines' places.
FIELD_OF = {
    "proposer": "raised",
    "raised by": "raised",
    "submitted by": "raised",
    "organisation": "organisation",
    "company": "organisation",
    "lead analyst": "lead_analyst",
    "stage": "stage",
    "appendix": "appendix",
    "problem statement": "appendix",
}
WHERE = {
    "raised": "proposer",
    "organisation": "organisation",
    "lead_analyst": "Lead Analyst",
    "stage": "stage",
    "appendix": "appendix",
}
A_LETTER_ONLY = re.compile(r"(?:(?:Appendix|Annex|Attachment) )?(?P<letter>[A-Z]{1,2}|\d{1,3})")


@dataclass(frozen=True)
class Fact:
    """A field of `parts.Parts`, its value, and what the line's place is called. `over`: it may be there already."""

    field: str
    value: str
    where: str
    over: bool = False


def labelled_fact(text: str) -> Fact | None:
    """The fact on a line such as "Lead Analyst: …"; None where the value is none that the field can have."""
    found = LABELLED.fullmatch(text)
    if found is None:
        return None
    field = FIELD_OF[found["label"].lower().removeprefix("secas ").removeprefix("current ")]
    value = found["value"].strip().rstrip(".")
    if field == "appendix":
        letter = A_LETTER_ONLY.fullmatch(value)
        return Fact(field, letter["letter"], WHERE[field]) if letter else None
    if field == "stage":
        return Fact(field, value, WHERE[field], over=True) if value in STAGES else None
    return Fact(field, value, WHERE[field]) if is_names(value) or NOBODY.fullmatch(value) else None


def lead_analyst_in(sentence: str) -> str | None:
    """The name, if the sentence is about nothing else: "The Lead Analyst is of the view that" stays in the summary."""
    opening = OPENS_SENTENCE.match(sentence)
    found = LEAD_ANALYST.match(sentence, opening.end()) if opening else None
    if found and find_references(found["name"]):
        return None
    return found["name"] if found and (is_names(found["name"]) or NOBODY.fullmatch(found["name"])) else None


def says_where(sentence: str, *, several: bool) -> bool:
    """Whether the sentence says where the problem statement is; with `several`, those of more than one proposal."""
    return (APPENDICES.match if several else APPENDIX.fullmatch)(sentence) is not None


def letters_in(sentence: str) -> list[str]:
    """The appendices that a sentence names, in order: "Appendix A and for MP102B in Appendix B"."""
    return [letter for mark in LETTER.finditer(sentence) for letter in mark.groups() if letter]


def check_labels(
    items: Sequence[ItemFound], attachments: Sequence[tuple[AttachmentFound, int]], findings: Findings
) -> None:
    """Say where an attachment is called no Appendix, but "Attachment 1": posts name it as one, without its status."""
    labels = {item.appendix: item.reference for item in items if item.appendix}
    for attachment, line in attachments:
        word, _, letter = attachment.label.partition(" ")
        if letter in labels and word != "Appendix":
            posts = f"posts on {labels[letter]} say “Appendix {letter}”"
            message = f"The list names “{attachment.label}”; {posts}, and not its status."
            findings.add("appendix-differs", line, message)
