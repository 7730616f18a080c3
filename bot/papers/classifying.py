"""A paper's classification and its handling sentences. In doubt: Red, and an error that blocks the paper."""

import re
from collections.abc import Sequence

from bot.domain import Classification
from bot.papers.findings import Findings
from bot.papers.paragraphs import Paragraph
from bot.papers.sentences import sentences_of

NAMES = {name.value.lower(): name for name in Classification}
# What the paper says of itself; the word after it must be one of the names.
OF_PAPER = re.compile(r"\b(?:document|paper) (?:is|has been) classified(?: as)? (?P<name>[\w:-]+)", re.IGNORECASE)
OF_FIELD = re.compile(r"Classification\s*:\s*(?P<name>[\w:-]+)", re.IGNORECASE)
# A name as classifications are written, never in small letters. In the classification's own sentence a second one
# counts: "White or Green".
A_NAME = re.compile(r"\b(?:White|Clear|Green|Amber|Red|WHITE|CLEAR|GREEN|AMBER|RED)\b")
# What the paper says of a part of it counts as well: the whole is no more open than its parts.
OF_PART = re.compile(rf"\b(?:is|are|has been|have been) classified(?: as)? (?P<name>{A_NAME.pattern})")


def classified(
    statements: Sequence[Paragraph], others: Sequence[Paragraph], findings: Findings
) -> tuple[Classification, str | None]:
    """The classification and what it allows, from its own statements and from what the rest of the text says."""
    named = [(name, paragraph.line) for paragraph in statements for name in _names(paragraph.text)]
    named += [(found["name"].lower(), p.line) for p in others for found in _found_elsewhere(p.text)]
    for statement in statements:
        if statement.text in statements[0].text:
            findings.place(statement.lines, "classification")
    return _decided(named, findings), _handling(statements)


def _names(statement: str) -> list[str]:
    first = sentences_of(statement)[0]
    found = OF_PAPER.search(first)
    said = [found["name"].lower()] if found else []
    return [*said, *(name.lower() for name in A_NAME.findall(first) if name.lower() not in said)]


def _found_elsewhere(text: str) -> list[re.Match[str]]:
    field = OF_FIELD.match(text)
    found = [*OF_PAPER.finditer(text), *OF_PART.finditer(text)]
    return [field, *found] if field else found


def _decided(named: Sequence[tuple[str, int]], findings: Findings) -> Classification:
    if not named:
        message = "The paper does not say how it is classified: it is treated as Red."
        findings.add("classification-missing", None, message)
        return Classification.RED
    unknown = [(name, line) for name, line in named if name not in NAMES]
    if unknown:
        message = f"The classification “{unknown[0][0]}” is not known: the paper is treated as Red."
        findings.add("classification-unknown", unknown[0][1], message)
        return Classification.RED
    different = dict.fromkeys(NAMES[name].value for name, _ in named)
    if len(different) > 1:
        message = f"The paper is classified as {' and as '.join(different)}: it is treated as Red."
        findings.add("classification-contradictory", named[0][1], message)
        return Classification.RED
    return NAMES[named[0][0]]


def _handling(statements: Sequence[Paragraph]) -> str | None:
    """The sentences after the one that names the classification, of the first statement that has any."""
    rests = (" ".join(sentences_of(statement.text)[1:]) for statement in statements)
    return next((rest for rest in rests if rest), None)
