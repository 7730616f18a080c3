"""PDF papers, opened with PDFium: text by its place on the page. A file that holds only pictures is refused."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Protocol

import pypdfium2
from pypdfium2 import raw

from bot.errors import UserError
from bot.papers.findings import Findings
from bot.papers.lines import Opened
from bot.papers.opening.pdf.glyphs import glyphs_of
from bot.papers.opening.pdf.layout import Page, laid_out
from bot.papers.opening.pdf.lines import printed_lines
from bot.papers.opening.pdf.unread import ReadPage, Seen, report, seen_on
from bot.papers.opening.pdf.words import page_words

MOST_PAGES = 200
MOST_CHARACTERS = 2_000_000
HEADER, END = b"%PDF-", b"%%EOF"
HEADER_WITHIN, END_WITHIN = 1024, 4096  # bytes of the file's beginning and end; readers look as far
MOST_UNKNOWN = 0.3  # of the characters
PDFIUM = threading.Lock()  # PDFium may be used by one thread at a time

DAMAGED = "{name} is damaged and cannot be read whole: save the paper again as PDF, or as .docx."


class Document(Protocol):
    """A PDF file of PDFium's while it is open."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> ReadPage: ...


def open_pdf(name: str, content: bytes) -> Opened:
    """The lines of a PDF file. UserError where it cannot be read, and read whole."""
    if HEADER not in content[:HEADER_WITHIN]:
        raise UserError(f"{name} is not a PDF file: save the paper as PDF, or import it as .docx, .md or .txt.")
    if END not in content[-END_WITHIN:]:
        raise UserError(DAMAGED.format(name=name))
    findings = Findings()
    with PDFIUM, _document(name, content) as document:
        pages, seen = _pages(name, document)
    if not any(page.lines for page in pages):
        raise UserError(
            f"{name} holds no text, only pictures of pages: export the paper as PDF from the program it was written in."
        )
    if sum(page.unknown for page in seen) > MOST_UNKNOWN * sum(page.characters for page in seen):
        raise UserError(f"{name} does not say which letters it shows: export the paper as PDF again, or as .docx.")
    report(seen, findings)
    lines = laid_out(pages, findings)
    return Opened(lines, findings.in_order())


@contextmanager
def _document(name: str, content: bytes) -> Iterator[Document]:
    """The file, open. What PDFium cannot read is a UserError."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            yield document
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UserError(f"{name} is protected by a password: save the paper without one.") from None
        raise UserError(DAMAGED.format(name=name)) from None


def _pages(name: str, document: Document) -> tuple[Sequence[Page], Sequence[Seen]]:
    """All pages, and what there is on them besides text."""
    count = len(document)
    if count == 0:
        raise UserError(DAMAGED.format(name=name))
    if count > MOST_PAGES:
        raise UserError(f"{name} has {count:,} pages, too many for a paper: at most {MOST_PAGES} are read.")
    pages, seen, characters = [], [], 0
    for number in range(1, count + 1):
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
            characters += text.count_chars()
            if characters > MOST_CHARACTERS:
                raise UserError(
                    f"{name} is too long to be a paper: at most {MOST_CHARACTERS:,} characters of text are read."
                )
            words = page_words(list(glyphs_of(text)), page.get_bbox())
            pages.append(Page(words.width, words.height, tuple(printed_lines(number, words))))
            seen.append(seen_on(page, number, words))
    return pages, seen
