"""Footnotes in a file without layout: digits stuck to words in the order of the paper, and the notes themselves."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from tests.papers.writing.blocks import Block, Kind, Layout
from tests.papers.writing.register import Paper, contract
from tests.papers.writing.switches import Switch
from tests.papers.writing.words import FOOTNOTE, MARK

RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_footnotes(blocks: Sequence[Block], layout: Layout) -> Iterator[Block]:
    numbers = count(1)
    for block in blocks:
        first = next(numbers)
        marks = block.text.count(MARK)
        numbers = count(first + marks)
        text = block.text
        for number in range(first, first + marks):
            text = text.replace(MARK, _printed(number, layout), 1)
        yield replace(block, text=text)
        if Switch.FOOTNOTES_BELOW in layout.on:
            yield from (Block(Kind.PARAGRAPH, f"{n} {FOOTNOTE}") for n in range(first, first + marks))


def _printed(number: int, layout: Layout) -> str:
    digits = str(number)
    return digits.translate(RAISED_DIGITS) if Switch.FOOTNOTES_RAISED in layout.on else digits


def expected(paper: Paper, layout: Layout) -> dict[str, object]:
    """The contract's value: footnotes' digits are no part of the words; the notes follow their paragraph."""
    value = contract(paper)
    numbers = count(1)
    for item in value["items"] if Switch.FOOTNOTES_BELOW in layout.on else []:
        item["summary"] = [text for paragraph in item["summary"] for text in _with_notes(paragraph, numbers)]
    without_marks: dict[str, Any] = json.loads(json.dumps(value, ensure_ascii=False).replace(MARK, ""))
    return without_marks


def _with_notes(paragraph: str, numbers: Iterator[int]) -> list[str]:
    return [paragraph, *(f"Footnote {next(numbers)}: {FOOTNOTE}" for _ in range(paragraph.count(MARK)))]
