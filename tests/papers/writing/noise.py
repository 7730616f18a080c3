"""What happens to words between an author and a reader: line ends, page numbers, characters that nobody sees."""

import re
import textwrap

from tests.papers.writing.blocks import Layout
from tests.papers.writing.switches import INSIDE, Switch
from tests.papers.writing.words import FOOTERS

# Where words are cut at the end of a line.
SYLLABLES = {
    "maintenance": "mainte-nance",
    "information": "infor-mation",
    "specification": "specifi-cation",
    "notification": "notifi-cation",
    "official": "offi-cial",
}
COMPOUND = re.compile(r"\w+-(?=[A-Z])")
LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
UNSEEN = {Switch.SOFT_HYPHENS: "\u00ad", Switch.ZERO_WIDTH: "\u200b"}
LONG_LINE = 10_000


def lines_of(text: str, layout: Layout, *, first: int = 0) -> list[str]:
    """A paragraph's lines, wrapped if lines are; `first` is the room its mark takes on the first."""
    width = layout.width if Switch.WRAPPED in layout.on else LONG_LINE
    lines = textwrap.wrap(" " * first + text, width, break_long_words=False, break_on_hyphens=False)
    return _cut([line.strip() for line in lines], layout)


def _cut(lines: list[str], layout: Layout) -> list[str]:
    """Lines of which some end within a word."""
    for index in range(len(lines) - 1):
        head, space, rest = lines[index + 1].partition(" ")
        bare = head.rstrip(".,;")
        if Switch.HYPHENATED in layout.on and bare in SYLLABLES:
            start, end = SYLLABLES[bare].split("-")
            lines[index] += f" {start}-"
            lines[index + 1] = f"{end}{head[len(bare) :]}{space}{rest}"
        elif Switch.COMPOUND in layout.on and (found := COMPOUND.match(head)):
            lines[index] += f" {found.group()}"
            lines[index + 1] = lines[index + 1][found.end() :]
    return [line for line in lines if line]


def interrupted(lines: list[str], layout: Layout, statement: str, index: int) -> list[str]:
    """The lines with a page's end among them, where a sentence plainly goes on after it."""
    if not layout.on & INSIDE or index % layout.every:
        return lines
    if len(lines) == 1:
        lines = _halved(lines[0])
    places = [place for place in range(1, len(lines)) if _goes_on(lines[place - 1], lines[place])]
    if not places:
        return lines
    place = layout.pick(places, index)
    page = _page(layout, statement, index)
    blank = [""] if Switch.FURNITURE_TOUCHING not in layout.on else []
    return [*lines[:place], *blank, *(part for line in page for part in (line, *blank)), *lines[place:]]


def _page(layout: Layout, statement: str, index: int) -> list[str]:
    footer = [layout.pick(FOOTERS, index)] if layout.on & INSIDE - {Switch.STATEMENT_INSIDE} else []
    return [*footer, *([statement] if Switch.STATEMENT_INSIDE in layout.on else [])]


def _halved(line: str) -> list[str]:
    """A long line in two, before a word in small letters."""
    words = line.split(" ")
    places = [place for place in range(2, len(words) - 1) if _goes_on(words[place - 1], words[place])]
    if not places:
        return [line]
    place = places[len(places) // 2]
    return [" ".join(words[:place]), " ".join(words[place:])]


def _goes_on(before: str, after: str) -> bool:
    return after[0].isalpha() and after[0].islower() and before[-1].isalnum() and not before.endswith(("1", "3"))


def characters(text: str, layout: Layout) -> str:
    """The words with characters in them that nobody sees, and spaces that are none."""
    if Switch.LIGATURES in layout.on:
        for letters, ligature in LIGATURES.items():
            text = text.replace(letters, ligature)
    if Switch.NBSP in layout.on:
        words = text.split(" ")
        text = "".join(
            word + ("\u00a0" if number % layout.every == 0 else " ") for number, word in enumerate(words)
        ).rstrip()
    for switch, character in UNSEEN.items():
        if switch in layout.on:
            step = layout.every + 2
            text = re.sub(rf"(?<=\w)(?=\w{{{step}}})", character, text)
    return text
