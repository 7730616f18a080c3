"""Kept and shown: each line of a paper is in a field, is the paper's own scaffolding, or is named by a finding."""

import re
from collections.abc import Iterator, Sequence

from bot.papers import LineKind, Reading, as_contract, open_paper, parse
from tests.papers.writing.blocks import Block, Kind
from tests.papers.writing.examples import Example
from tests.papers.writing.words import STAGES

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
# A section's introduction is in no field of its own: what it says of stage, views and none is.
INTRODUCTION = {"stage", "invitations", "says that there are none", "section heading"}
SILENT = {LineKind.BLANK, LineKind.FURNITURE}
# What a paper is made of beside the words that the contract repeats.
SCAFFOLDING = re.compile(
    r".*\b(?:raised|submitted)\b.*\bby\b.*|.*Lead Analyst.*|.*problem statement.*|.*Views are invited.*"
    r"|.*[Ww]e invite any.*|.*would welcome comments.*|.*no new .*Proposals.*|Please send.*|.*classified as.*"
)


def lost(example: Example, content: bytes) -> list[str]:
    """The sentences of the lines that are in no field and in no finding. `content` may be a changed paper."""
    opened = open_paper(example.file_name, content)
    reading = parse(opened)
    shown = {finding.line for finding in reading.findings}
    excused = {"nowhere", *INTRODUCTION}
    placed = {place.line for place in reading.places if excused & set(place.where.split(", "))}
    quoted = [finding.message for finding in reading.findings]  # a paragraph's finding has the line it begins at
    kept = _words(" ".join([*_strings(as_contract(reading)), *_scaffolding(example.blocks), *quoted]))
    spoken = [line for line in opened.lines if line.kind not in SILENT and line.number not in shown | placed]
    return [
        f"{line.number}: {sentence}"
        for line in spoken
        for sentence in SENTENCE_END.split(line.text)
        if _words(sentence) not in kept
    ]


def without_place(reading: Reading, example: Example) -> list[int]:
    """The lines that hold words and of which the reading does not say where they ended."""
    placed = {place.line for place in reading.places}
    lines = open_paper(example.file_name, example.content).lines
    return [line.number for line in lines if line.kind is not LineKind.BLANK and line.number not in placed]


def _scaffolding(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        named = block.text in STAGES.values() or SCAFFOLDING.fullmatch(block.text)
        if named or block.kind in {Kind.HEADING, Kind.FIELD, Kind.SIGNED}:
            yield block.text
        yield from (cell for cell in block.rows[0]) if block.rows else ()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner) if name not in {"findings", "because"} else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _words(text: str) -> str:
    return f" {' '.join(WORD.findall(text.casefold()))} "
