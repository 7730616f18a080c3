"""Footnotes in text that has lost its layout: digits stuck to words, and the notes that they stand for."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.papers.findings import Findings
from bot.papers.lines import BETWEEN_PAGES, Line, LineKind
from bot.papers.placing import HEADING_LINES
from bot.papers.shapes import Shape, ended, shape_of

# A number straight after a word in small letters, or after the mark that ends it: "approach1", "trial.2".
STUCK = re.compile(r"(?P<word>[A-Za-z]{0,30}[a-z]{3}[)\]]?[.,;:]?['’\"”]?)(?P<number>[1-9]\d?)(?![\w%]|[.,:]\d)")
# Where names stand: "of the DCC1.", "of the Security Sub-Committee (SSC)2."
NAMES = re.compile(r"\b(?:raised|submitted)\b|\bLead Analyst\b")
AFTER_NAME = re.compile(r"(?P<word>[A-Za-z]{1,30}|[)\]])(?P<number>[1-9]\d?)(?=[.,;](?!\d)|\s*\Z|\s+The\b)")
# After a closing quote at the line's end, as of a proposal's title.
AFTER_TITLE = re.compile(r"(?P<word>['’\"”])(?P<number>[1-9]\d?)(?=[.\s]*\Z)")
# Words that people set a number to without a space.
NUMBERED_WORDS = {
    "annex", "appendix", "batch", "category", "class", "day", "device", "figure", "group", "level", "number", "option",
    "page", "paragraph", "part", "phase", "release", "schedule", "section", "stage", "step", "table", "tier", "type",
    "version",
}  # fmt: skip
# "1 See Section D of the SEC.": the note at the foot of a page.
NOTE = re.compile(r"\[?(?P<number>[1-9]\d?)\]?[.)]? (?P<text>[A-Z‘“'\"].*)")
# Raised digits are marks wherever they stand: "Metering¹".
RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
A_RAISED = re.compile(r"[¹²³⁴-⁹][⁰¹²³⁴-⁹]?")
RAISED = re.compile(rf"(?P<word>(?:[A-Za-z]{{2,30}}|[)\]])[)\]]?[.,;:]?['’\"”]?)(?P<numbers>(?:{A_RAISED.pattern})+)")
# What opens a paragraph with a number and is no note.
NO_NOTE = {Shape.SECTION, Shape.ITEM, Shape.IMPACT, Shape.HEADING, Shape.DATE}
SPOKEN = {LineKind.TEXT, LineKind.BULLET, LineKind.HEADING}


def without_digits(lines: Sequence[Line], findings: Findings) -> list[Line]:
    """The lines without the digits of footnotes, the notes marked as such. Plain ones count in order only."""
    notes = _notes(lines)
    found, number, names = list(lines), 1, False
    for index, line in enumerate(lines):
        if line.kind not in SPOKEN:
            names = False
            continue
        names = names or NAMES.search(line.text) is not None
        found[index], marks = _without_raised(found[index])
        for word, raised in marks:
            number = _noted(word, raised, index, found, notes, findings)
        while mark := _mark(found[index].text, number, names=names):
            found[index] = _without(found[index], mark)
            number = _noted(mark["word"], number, index, found, notes, findings)
    return found


def _without_raised(line: Line) -> tuple[Line, list[tuple[str, int]]]:
    """The line without its raised digits, and those with the words before them. Few marks stand between two digits."""
    marks = []
    text = line.text
    while found := list(RAISED.finditer(text)):
        marks += [
            (mark["word"], int(raised.translate(RAISED_DIGITS)))
            for mark in found
            for raised in A_RAISED.findall(mark["numbers"])
        ]
        text = RAISED.sub(r"\g<word>", text)
    return (replace(line, text=text) if marks else line), marks


def _noted(
    word: str, number: int, index: int, lines: list[Line], notes: Mapping[int, Sequence[int]], findings: Findings
) -> int:
    """Say that a mark was read and make the note below it one; the number that comes next."""
    places = notes.get(number, ())
    after = bisect_right(places, index)
    note = places[after] if after < len(places) else None
    _say(word, number, lines[index].number, note, findings)
    if note is not None and lines[note].kind is not LineKind.FOOTNOTE:
        _make_note(lines, note)
    return number + 1


def _notes(lines: Sequence[Line]) -> dict[int, list[int]]:
    """Where notes may stand, by number: at the start of a paragraph, or right below another."""
    notes: dict[int, list[int]] = {}
    opens = True
    for index, line in enumerate(lines):
        found = NOTE.fullmatch(line.text) if line.kind is LineKind.TEXT else None
        if found and opens and not _heads(lines, index):
            notes.setdefault(int(found["number"]), []).append(index)
        else:
            opens = line.kind not in SPOKEN
    return notes


def _heads(lines: Sequence[Line], index: int) -> bool:
    """Whether this is a heading, or the first line of a section's: "3. New Modification", "Proposals"."""
    if shape_of(lines[index].text, LineKind.TEXT, apart=not _next(lines, index)) in NO_NOTE:
        return True
    touching = takewhile(lambda line: line.kind is LineKind.TEXT, lines[index : index + HEADING_LINES])
    return shape_of(" ".join(line.text for line in touching), LineKind.TEXT, apart=True) is Shape.SECTION


def _next(lines: Sequence[Line], index: int) -> int:
    """The line that goes on with what this line says, over the end of a page in lower case; 0: none does."""
    after = index + 1
    while after < len(lines) and lines[after].kind in BETWEEN_PAGES:
        after += 1
    if after == len(lines) or lines[after].kind is not LineKind.TEXT:
        return 0
    page_ends = any(line.kind is LineKind.FURNITURE for line in lines[index + 1 : after])
    cut = page_ends and not ended(lines[index].text) and lines[after].text[0].islower()
    return after if cut or after == index + 1 else 0


def _mark(text: str, number: int, *, names: bool) -> re.Match[str] | None:
    """The mark of this number. `names`: the line, or one that it goes on from, says who raised a proposal."""
    marks = [m for m in STUCK.finditer(text) if m["word"].rstrip(".,;:)]'’\"”").lower() not in NUMBERED_WORDS]
    marks += AFTER_NAME.finditer(text) if names else ()
    marks += AFTER_TITLE.finditer(text)
    return next((mark for mark in marks if int(mark["number"]) == number), None)


def _without(line: Line, mark: re.Match[str]) -> Line:
    return replace(line, text=line.text[: mark.start("number")] + line.text[mark.end("number") :])


def _say(word: str, number: int, line: int, note: int | None, findings: Findings) -> None:
    if note is None:
        message = f"The digit {number} after “{word}” was read as a footnote's mark, but the footnote was not found."
        findings.add("footnote-unclear", line, message)
    else:
        findings.add("footnote-digit", line, f"The digit {number} after “{word}” was read as a footnote's mark.")


def _make_note(lines: list[Line], start: int) -> None:
    """The note and the lines that go on with it."""
    found = NOTE.fullmatch(lines[start].text)
    number = int(found["number"]) if found else 0
    text = found["text"] if found else lines[start].text
    lines[start] = replace(lines[start], text=text, kind=LineKind.FOOTNOTE, level=number)
    while (start := _next(lines, start)) and not NOTE.fullmatch(lines[start].text):
        lines[start] = replace(lines[start], kind=LineKind.FOOTNOTE, level=number)
