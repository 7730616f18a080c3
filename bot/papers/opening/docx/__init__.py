"""Word documents: their text as a reader sees it with all changes accepted."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from bot.domain import Classification
from bot.papers.lines import LineKind, Opened
from bot.papers.markings import stamped
from bot.papers.opening.docx.lines import Page, clean
from bot.papers.opening.docx.package import Parts, parts_of
from bot.papers.opening.docx.styles import Styles
from bot.papers.opening.docx.tables import spoken
from bot.papers.opening.docx.words import BREAK, Story, Words
from bot.papers.opening.docx.xml import R_ID, W, child, local, switch, value
from bot.papers.shapes import states

# What a header may say of the classification: one of its names and nothing else.
NAME = re.compile("|".join(Classification), re.IGNORECASE)
# The parts of a header, left, middle and right, are set apart by tabs; so may a field's value be from its name.
APART = re.compile(rf"(?<!:)(?<!: )[{BREAK}\t]")


def open_docx(name: str, content: bytes) -> Opened:
    """The lines of a Word document, numbered as `as_text` prints them. UserError where it is none, or not safe."""
    parts = parts_of(name, content)
    styles = Styles(parts.by_kind.get("styles"), parts.by_kind.get("numbering"))
    page = Page(styles, _notes(parts))
    footers = _headers(page, parts, styles)
    page.blank()
    body = child(parts.document, "body")
    page.story(parts.document if body is None else body)
    page.blank()
    for text in footers:
        page.say(text, LineKind.FURNITURE)
    _tell(page, parts)
    return Opened(tuple(page.lines), page.findings.in_order())


def _notes(parts: Parts) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by their part and id."""
    kinds = [(kind, root) for kind in ("footnotes", "endnotes") if (root := parts.by_kind.get(kind)) is not None]
    return {(kind, value(note, "id")): note for kind, root in kinds for note in root if local(note)}


def _headers(page: Page, parts: Parts, styles: Styles) -> list[str]:
    """Write what stands on every page; what footers say is given back, unless it is a statement on the paper."""
    said: dict[str, None] = {}
    footers: list[str] = []
    for kind, root in _running(parts):
        for words in _all_words(root, styles):
            page.pass_over(Words(unshown=words.unshown, inserted=words.inserted, deleted=words.deleted), page.here)
            for text, is_statement in _pieces(words):
                if text in said:
                    continue
                said[text] = None
                if is_statement or kind == "header":
                    page.say(text, LineKind.TEXT if is_statement else LineKind.FURNITURE)
                else:
                    footers.append(text)
    return footers


def _running(parts: Parts) -> Iterator[tuple[str, Element]]:
    """The headers and footers that are shown, "header" or "footer" with its root, in the order of their sections."""
    sections = [s for s in parts.document.iter(f"{W}sectPr") if not _is_former(s)]
    shown = {
        "first": any(switch(section, "titlePg") for section in sections),
        "even": bool(switch(parts.by_kind.get("settings"), "evenAndOddHeaders")),
    }
    for kind in ("header", "footer"):
        references = [reference for section in sections for reference in section.iterfind(f"{W}{kind}Reference")]
        named = [r.get(R_ID) or "" for r in references if shown.get(value(r, "type"), True)]
        yield from ((kind, parts.stories[name]) for name in dict.fromkeys(named) if name in parts.stories)


def _is_former(section: Element) -> bool:
    """Whether this is what a section was before a tracked change."""
    parent = section.getparent()
    return parent is not None and local(parent) == "sectPrChange"


def _all_words(root: Element, styles: Styles) -> Iterator[Words]:
    """Every paragraph, those in text boxes after the others, watermarks as paragraphs."""
    waiting = [root]
    while waiting:
        story = waiting.pop()
        for words in spoken(Story(story, styles), story):
            yield words
            yield from (Words([label]) for label in words.labels)
            waiting += words.boxes


def _pieces(words: Words) -> list[tuple[str, bool]]:
    """What a header's paragraph says, left, middle and right, and whether that is a statement on the paper."""
    pieces = [piece for part in APART.split(words.text) if (piece := clean(part))]
    stated = [_stated(piece) for piece in pieces]
    whole = _stated(clean(words.text))
    if whole and not any(stated):
        return [(whole, True)]
    names = [stamped(piece) for piece, said in zip(pieces, stated, strict=True) if said is None]
    marked = [(f"Classification: {name}", True) for name in names if name]
    return [*((said or piece, said is not None) for piece, said in zip(pieces, stated, strict=True)), *marked]


def _stated(text: str) -> str | None:
    """A statement on the paper, of its classification say, as it can stand in the text; None for other words."""
    if NAME.fullmatch(text):
        return f"Classification: {text}"
    return text if states(text) else None


def _tell(page: Page, parts: Parts) -> None:
    """One finding for each kind of thing that was passed over."""
    inserted, deleted, pictures = (page.counts[name] for name in ("inserted", "deleted", "pictures"))
    if inserted or deleted:
        line = min(page.first[name] for name in ("inserted", "deleted") if name in page.first)
        changes = f"{_count(inserted, 'insertion')} and {_count(deleted, 'deletion')}"
        message = f"The paper has tracked changes ({changes}): it was read as if all were accepted."
        page.findings.add("tracked-changes", line, message)
    if pictures:
        message = f"Words in pictures, charts and embedded files were not read: the paper has {pictures} of them."
        page.findings.add("picture-ignored", page.first["pictures"], message)
    comments = parts.by_kind.get("comments")
    count = 0 if comments is None else len(comments.findall(f"{W}comment"))
    if count:
        message = f"The paper has {_count(count, 'comment')}, which were not read."
        page.findings.add("comments-ignored", page.first.get("commented"), message)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
