"""What there is in a PDF file besides the text that is read, and what the analyst is told of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pypdfium2 import raw

from bot.papers.findings import Findings
from bot.papers.opening.pdf.glyphs import Box, TextPage
from bot.papers.opening.pdf.words import PageWords

LEAST_PICTURE = 0.04  # of the page: logos are smaller
MOST_OBJECTS = 50_000  # looked at on a page
DEEPEST = 5  # drawings within drawings
# Comments and form fields lie upon a page and are no part of its text. Links and pop-up windows say nothing.
SILENT = {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}
MOST_NAMED = 10  # pages in a message


class Drawn(Protocol):
    """Something that is drawn on a page of PDFium."""

    type: int

    def get_bounds(self) -> Box: ...


class ReadPage(Protocol):
    """A page of PDFium while it is open."""

    raw: object

    def get_textpage(self) -> TextPage: ...
    def get_bbox(self) -> Box: ...
    def get_objects(self, *, max_depth: int) -> Iterator[Drawn]: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Seen:
    """What was found on a page, counted."""

    number: int
    characters: int
    unknown: int
    hidden: int
    outside: int
    pictures: int
    comments: int


def seen_on(page: ReadPage, number: int, words: PageWords) -> Seen:
    return Seen(
        number=number,
        characters=words.characters,
        unknown=words.unknown,
        hidden=words.hidden,
        outside=words.outside,
        pictures=_pictures(page, words.width * words.height),
        comments=_comments(page),
    )


def report(pages: Sequence[Seen], findings: Findings) -> None:
    """One finding for each kind of thing that is not read, or should not be trusted."""
    if pictures := sum(page.pictures for page in pages if page.characters):
        which = _named([page.number for page in pages if page.pictures and page.characters])
        findings.add("picture-ignored", None, f"Not read: {_many(pictures, 'picture')} on {which}.")
    if empty := [page.number for page in pages if not page.characters]:
        message = f"There is no text on {_named(empty)}: if a picture or a drawing stands there, it was not read."
        findings.add("picture-ignored", None, message)
    if hidden := [page.number for page in pages if page.hidden]:
        message = f"There is text that cannot be seen on {_named(hidden)}; it was read: compare it with the paper."
        findings.add("hidden-text", None, message)
    if outside := [page.number for page in pages if page.outside]:
        message = f"There is text beside what is shown of {_named(outside)}: not read."
        findings.add("hidden-text", None, message)
    if comments := sum(page.comments for page in pages):
        which = _named([page.number for page in pages if page.comments])
        findings.add("comments-ignored", None, f"Not read: {_many(comments, 'comment or form field')} on {which}.")


def _many(count: int, what: str) -> str:
    plural = "comments or form fields" if what.startswith("comment") else f"{what}s"
    return f"1 {what}" if count == 1 else f"{count} {plural}"


def _named(numbers: Sequence[int]) -> str:
    """As in “page 3” and “pages 3, 4 and 7”."""
    named = [str(number) for number in numbers[:MOST_NAMED]]
    if len(numbers) > MOST_NAMED:
        return f"pages {', '.join(named)} and {len(numbers) - MOST_NAMED} more"
    return f"page {named[0]}" if len(named) == 1 else f"pages {', '.join(named[:-1])} and {named[-1]}"


def _pictures(page: ReadPage, area: float) -> int:
    """How many pictures of some size are on a page."""
    found = 0
    for index, drawn in enumerate(page.get_objects(max_depth=DEEPEST)):
        if index >= MOST_OBJECTS:
            break
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            found += abs((right - left) * (top - bottom)) >= LEAST_PICTURE * area
    return found


def _comments(page: ReadPage) -> int:
    """How many comments and form fields lie on a page."""
    found = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MOST_OBJECTS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            found += raw.FPDFAnnot_GetSubtype(annotation) not in SILENT
            raw.FPDFPage_CloseAnnot(annotation)
    return found
