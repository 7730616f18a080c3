"""A Comments document as a Word file, from a template that can be edited in Word."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from markupsafe import escape

from bot.compilation import CommentsDocument
from bot.reports.templating import context, environment, find

_TEMPLATE = "report/comments.docx"
_LONG_ROW = 600  # characters, about a third of a page: a row with more may run over a page's end
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_TAG_MARKS = re.compile(r"[{}%]")  # docxtpl reads "{_{" in finished text as an escaped tag: it must see none


def write(document: CommentsDocument, templates: Sequence[Path]) -> bytes:
    """The Word file's bytes; its dates are the document's own."""
    template = DocxTemplate(io.BytesIO(find(_TEMPLATE, templates) or b""))
    jinja = environment(as_xml, templates)
    template.render(context(document, jinja), jinja, autoescape=True)
    _let_long_rows_split(template.docx)
    _date(template.docx, document)
    saved = io.BytesIO()
    template.save(saved)
    return _without_clock(saved)


def as_xml(text: str) -> str:
    """Text for Word's XML; docxtpl makes its newlines and tabs Word's own."""
    return _TAG_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", str(escape(text)))


def _let_long_rows_split(word: Document) -> None:
    """Rows are kept whole in the template; a long comment may run over, or much of a page stays empty."""
    for mark in list(word.element.iter(qn("w:cantSplit"))):
        properties = mark.getparent()
        if sum(len(text.text or "") for text in properties.getparent().iter(qn("w:t"))) > _LONG_ROW:
            properties.remove(mark)


def _date(word: Document, document: CommentsDocument) -> None:
    made = document.made_at
    made = made if made.tzinfo is None else made.astimezone(UTC).replace(tzinfo=None)
    properties = word.core_properties
    properties.title = document.name[:255]
    properties.created = properties.modified = made


def _without_clock(saved: io.BytesIO) -> bytes:
    """The same archive with no time of writing in it: same document, same bytes."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(fixed, "w") as copy:
        for name in archive.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            copy.writestr(entry, archive.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
