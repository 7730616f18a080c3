"""Footnotes at the foot of a page: in smaller type, each beginning with a number that is printed raised in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.papers.opening.pdf.lines import Printed

SMALLER = 0.93  # of the size of most text, at most
NUMBERED = re.compile(r"(?P<number>\d{1,3})(?!\d)[.)]?\s*(?P<text>\S.*)")


@dataclass(frozen=True)
class Note:
    """A footnote's number, its words and which lines of the page it takes (from `first` to before `end`)."""

    number: int
    text: str
    first: int
    end: int


def notes_of(lines: Sequence[Printed], body: Sequence[int], usual: float) -> list[Note]:
    """The footnotes among the lines with the indexes `body`. `usual`: the size of most text of the paper, in points."""
    start = len(body)
    while start and lines[body[start - 1]].size <= SMALLER * usual:
        start -= 1
    marks = {mark for index in body[:start] for mark in lines[index].marks}
    notes: list[Note] = []
    for index in body[start:]:
        found = NUMBERED.fullmatch(lines[index].text)
        if found and int(found["number"]) in marks - {note.number for note in notes}:
            notes.append(Note(int(found["number"]), found["text"], index, index + 1))
        elif notes:
            last = notes[-1]
            notes[-1] = Note(last.number, joined(last.text, lines[index].text), last.first, index + 1)
    return notes


def joined(text: str, more: str) -> str:
    """Two lines as one. A hyphen stays: it may be one that the word has."""
    return f"{text}{more}" if text[-2:-1].isalnum() and text.endswith("-") else f"{text} {more}"
