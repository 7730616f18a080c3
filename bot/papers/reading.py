"""From a file's bytes to numbered lines of plain text. Later formats (DOCX, PDF) end in the same lines."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from bot.errors import UserError


class LineKind(StrEnum):
    """What the file's own marks say of a line; what the words say is decided in `shapes`."""

    HEADING = "heading"
    BULLET = "bullet"
    TEXT = "text"
    BLANK = "blank"


@dataclass(frozen=True)
class Line:
    """One line without its marks. `number` counts from 1, as `--text` prints it; `level` is a marked heading's."""

    number: int
    text: str
    kind: LineKind
    level: int = 0


MARKS = {LineKind.HEADING: "# ", LineKind.BULLET: "- "}

# A monthly paper has some ten thousand characters; what is far larger is another kind of file.
MOST_BYTES = 5_000_000

# Byte order marks of the encodings that Windows programs save text in; without one, text is UTF-8.
ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# Control characters that no text has (tab, line ends, form feed and vertical tab are removed before).
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Characters that are there and not seen: soft hyphen, zero-width space and joiners, byte order mark in the middle,
# and marks that turn the direction of writing.
UNSEEN = re.compile("[\N{SOFT HYPHEN}\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Any run of space: tabs, no-break spaces, line separators of Word.
SPACES = re.compile(r"\s+")

# A heading of Markdown; marks that close it are stripped after.
HEADING_MARK = re.compile(r"(?P<level>#{1,6})\s+(?P<text>[^\s#].*)")
# The bullets that Word, Markdown and people use, with a space after; dashes too, for a list may be set with them.
BULLET_MARK = re.compile(r"[-*+•·◦▪‣●–—]\s+(?P<text>\S.*)")
# A line of Markdown that holds no words: a rule, or the underlining of a heading.
RULE = re.compile(r"[-=_*\s]{3,}")
# `[words](address)`: the words stay. Lengths are bounded so that reading stays linear on any text.
LINK = re.compile(r"\[(?P<text>[^\[\]]{1,500})\]\([^()\s]{0,500}\)")
# `*words*`, closed on the same line.
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)(?P<text>[^*]{1,300})(?<=\S)\*(?![\w*])")
# `\_`: Markdown's way to write a mark as itself.
ESCAPED = re.compile(r"\\(?P<text>[\\`*_{}\[\]()#+.!'\"-])")


def lines_of(file_name: str, content: bytes) -> list[Line]:
    """The numbered lines of a paper. What cannot be read as one is a `UserError`."""
    name = PurePath(file_name).name or "The file"
    suffix = PurePath(file_name).suffix.lower()
    if suffix not in {".txt", ".md"}:
        raise UserError(f"{name} cannot be read as a paper: only .txt and .md files can be imported.")
    text = _decoded(name, content)
    if not text.strip():
        raise UserError(f"{name} is empty: a paper must contain text.")
    return [_line(number, line, markdown=suffix == ".md") for number, line in enumerate(text.split("\n"), start=1)]


def as_text(lines: Sequence[Line]) -> str:
    """The lines as `dpbot import --text` prints them; findings refer to these numbers."""
    width = len(str(len(lines)))
    return "\n".join(f"{line.number:>{width}}  {MARKS.get(line.kind, '')}{line.text}".rstrip() for line in lines)


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise UserError(f"{name} is too large to be a paper: at most {MOST_BYTES // 1_000_000} MB are read.")
    encoding = next((value for mark, value in ENCODINGS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UserError(f"{name} is not text in UTF-8: save it as plain text in UTF-8 and import it again.") from None
    text = re.sub(r"\r\n?|\f", "\n", text).removesuffix("\n").replace("\v", " ")
    if CONTROL.search(text):
        raise UserError(f"{name} is not a text file: only plain text and Markdown can be imported.")
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def _line(number: int, text: str, *, markdown: bool) -> Line:
    kind, words, level = _marked(SPACES.sub(" ", text).strip())
    plain = _plain(words, markdown=markdown)
    return Line(number, plain, kind, level) if plain else Line(number, "", LineKind.BLANK)


def _marked(text: str) -> tuple[LineKind, str, int]:
    """What the line's own marks make of it, and its words without them."""
    if RULE.fullmatch(text):
        return LineKind.BLANK, "", 0
    if found := HEADING_MARK.fullmatch(text):
        return LineKind.HEADING, found["text"].rstrip("# "), len(found["level"])
    if found := BULLET_MARK.fullmatch(text):
        return LineKind.BULLET, found["text"], 0
    return LineKind.TEXT, text, 0


def _plain(text: str, *, markdown: bool) -> str:
    """The words without links and emphasis: text files saved from a Markdown editor hold these marks as well."""
    text = EMPHASIS.sub(r"\g<text>", LINK.sub(r"\g<text>", text).replace("**", ""))
    return (ESCAPED.sub(r"\g<text>", text) if markdown else text).strip()
