"""A frozen Comments document as bytes: Word, Markdown or JSON."""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile

from jinja2 import TemplateError

from bot.compilation import CommentsDocument, Edition
from bot.errors import UserError
from bot.reports import as_json, as_markdown
from bot.reports.cleaning import cleaned
from bot.reports.editions import editions

__all__ = ["Format", "file_name", "files", "parts", "write"]

_UNSAFE = re.compile(r"[^A-Za-z0-9 ()._-]+")
_LONGEST_NAME = 120  # characters before the suffix: far below what any file system allows


class Format(StrEnum):
    """Its value is the file's suffix."""

    DOCX = "docx"
    MARKDOWN = "md"
    JSON = "json"


def _as_docx(document: CommentsDocument, templates: Sequence[Path]) -> bytes:
    """Its libraries take long to import: only who writes a Word file waits for them."""
    from bot.reports import as_docx  # noqa: PLC0415 - as above

    return as_docx.write(document, templates)


_WRITERS: dict[Format, Callable[[CommentsDocument, Sequence[Path]], bytes]] = {
    Format.DOCX: _as_docx,
    Format.MARKDOWN: as_markdown.write,
    Format.JSON: as_json.write,
}


def parts(document: CommentsDocument) -> Iterator[tuple[CommentsDocument, Format]]:
    """What files a document has: the public edition in each format, the others to be read in Word."""
    for edition in editions(document):
        public = edition.compilation.edition is Edition.PUBLIC and edition.compilation.extract_for is None
        for form in Format if public else (Format.DOCX,):
            yield edition, form


def files(document: CommentsDocument, templates: Sequence[Path] = ()) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of a document."""
    for edition, form in parts(document):
        yield file_name(edition, form), write(edition, form, templates)


def write(document: CommentsDocument, format: Format, templates: Sequence[Path] = ()) -> bytes:  # noqa: A002 - its name in the house
    """The document in one format: same document, same bytes. `templates` are directories searched before our own."""
    try:
        return _WRITERS[format](cleaned(document), templates)
    except (TemplateError, BadZipFile, UnicodeDecodeError) as wrong:
        raise UserError(f"The {format.value} template of the Comments document cannot be used: {wrong}.") from wrong


def file_name(document: CommentsDocument, format: Format) -> str:  # noqa: A002 - as above
    """A name for the file, such as "DP092 Comments v0.1.docx": safe on every file system."""
    return f"{_UNSAFE.sub('-', document.name).lstrip('. -')[:_LONGEST_NAME]}.{format.value}"
