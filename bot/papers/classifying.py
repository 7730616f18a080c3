"""A paper's classification and its handling sentences. In doubt: Red, and an error that blocks the paper."""

import re
from collections.abc import Sequence

from bot.domain import Classification
from bot.papers.findings import Findings
from bot.papers.markings import AT_END, FIELD_NAME, MARKING, PREFIXED
from bot.papers.paragraphs import Paragraph
from bot.papers.sentences import sentences_of
from bot.papers.shapes import ATTACHMENT, Shape

NAMES = {name.value.lower(): name for name in Classification}
# Open to everybody: Clear is White's later name, so that "White/Clear" contradicts nothing.
OPEN = {Classification.WHITE.value, Classification.CLEAR.value}
# A name as classifications are written, never in small letters. In the classification's own sentence a second one
# counts: "White or Green".
A_NAME = re.compile(r"\b(?:White|Clear|Green|Amber|Red|WHITE|CLEAR|GREEN|AMBER|RED)\b")
# What the paper says of itself; the word after it must be one of the names.
OF_PAPER = re.compile(
    r"\b(?:document|paper) (?:is|has been) classified(?: as)?:?[\s\[(‘'“\"]*(?P<name>[\w-]+)", re.IGNORECASE
)
OF_FIELD = re.compile(rf"{FIELD_NAME}\s*:[\s\[(]*(?P<name>[\w-]+)", re.IGNORECASE)
ATTACHED = r"(?:[Aa]ppendi(?:x|ces)|[Aa]nnex(?:es)?|[Aa]ttachments?)"
PART = rf"(?:{ATTACHED}|Sections?)"
# What the paper says of a part of it counts as well: the whole is no more open than its parts.
OF_PART = re.compile(
    rf"\b(?:is|are|be|been|remains?) (?:classified|treated|handled|marked)(?: as)? (?P<name>{A_NAME.pattern})"
    rf"|\b{PART}\b[^.;]{{0,60}}?\b(?:is|are|be|been|remains?|stays?)\b[^.;]{{0,30}}?(?P<part>{A_NAME.pattern})"
    rf"|\b{ATTACHED}\b[^.;]{{0,60}}?\b(?:is|are|be|remains?)(?: \w+ed)?(?: as)? (?P<closed>[Cc]onfidential)\b"
    rf"|(?P<before>{A_NAME.pattern}) {PART}\b"
)


def classified(
    statements: Sequence[Paragraph], others: Sequence[Paragraph], findings: Findings
) -> tuple[Classification, str | None]:
    """The classification and what it allows, from its own statements and from what the rest of the text says."""
    named = [(name, paragraph.line) for paragraph in statements for name in _names(paragraph.text)]
    named += [(name, paragraph.line) for paragraph in others for name in _elsewhere(paragraph)]
    for paragraph in others:
        if paragraph.shape is Shape.MARKING:
            findings.place(paragraph.lines, "classification")
    for statement in statements:
        if statement.text in statements[0].text:
            findings.place(statement.lines, "classification")
    return _decided(named, findings), _handling(statements, others)


def _names(statement: str) -> list[str]:
    """What a statement says: every name in it, what its other sentences say of a part among them."""
    found = OF_PAPER.search(statement)
    said = [found["name"]] if found else []
    return [*said, *A_NAME.findall(statement), *_of_parts(statement)]


def _elsewhere(paragraph: Paragraph) -> list[str]:
    """What any other paragraph says of the paper or of a part of it: a field, a marking, a sentence."""
    text = paragraph.text
    if marking := MARKING.fullmatch(text):
        return [marking["name"]]
    marks = [*PREFIXED.finditer(text), *(AT_END.finditer(text[-30:]) if ATTACHMENT.fullmatch(text) else ())]
    field = OF_FIELD.match(text)
    said = [field["name"], *A_NAME.findall(text)] if field else []
    return [*said, *(found["name"] for found in (*OF_PAPER.finditer(text), *marks)), *_of_parts(text)]


def _of_parts(text: str) -> list[str]:
    return [next(name for name in found.groups() if name) for found in OF_PART.finditer(text)]


def _decided(named: Sequence[tuple[str, int]], findings: Findings) -> Classification:
    if not named:
        message = "The paper does not say how it is classified: it is treated as Red."
        findings.add("classification-missing", None, message)
        return Classification.RED
    unknown = [(name, line) for name, line in named if name.lower() not in NAMES]
    if unknown:
        message = f"The classification “{unknown[0][0]}” is not known: the paper is treated as Red."
        findings.add("classification-unknown", unknown[0][1], message)
        return Classification.RED
    different = dict.fromkeys(NAMES[name.lower()].value for name, _ in named)
    if len(different) > 1 and not set(different) <= OPEN:
        message = f"The paper is classified as {' and as '.join(different)}: it is treated as Red."
        findings.add("classification-contradictory", named[0][1], message)
        return Classification.RED
    return NAMES[named[0][0].lower()]


def _handling(statements: Sequence[Paragraph], others: Sequence[Paragraph]) -> str | None:
    """The sentences after the one that names the classification, of the first statement that has any; else a marking's.

    A marking says in few words whom the paper is for: "GREEN (SEC Parties only)".
    """
    rests = [" ".join(sentences_of(statement.text)[1:]) for statement in statements]
    markings = [MARKING.fullmatch(paragraph.text) for paragraph in others if paragraph.shape is Shape.MARKING]
    rests += [marking["handling"] for marking in markings if marking and marking["handling"]]
    return next((rest for rest in rests if rest), None)
