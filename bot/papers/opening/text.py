"""Plain text files: their encoding, and the few marks that people and editors set in them."""

import re
from dataclasses import replace

from bot.errors import UserError
from bot.papers.findings import Findings
from bot.papers.lines import Line, LineKind, Opened
from bot.papers.opening.characters import CONTROL, SPACES, plain
from bot.papers.shapes import ended

# Byte order marks of the encodings that Windows programs save text in; without one, text is UTF-8.
ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What Windows programs in Britain save text in that is marked in no way.
WINDOWS = "cp1252"
NOT_TEXT = "{name} is not a text file: save the paper as .docx, as .pdf, or as plain text in UTF-8."

# A heading as Markdown editors save it; marks that close it are stripped after.
HEADING_MARK = re.compile(r"(?P<level>#{1,6})\s+(?P<text>[^\s#].*)")
# The bullets that Word, Markdown and people use, with a space after; dashes too, for a list may be set with them.
BULLET_MARK = re.compile(r"[-*+•·◦▪‣●–—]\s+(?P<text>\S.*)")
# A line that holds no words: a rule, or the underlining of a heading.
RULE = re.compile(r"[-=_*\s]{3,}")
# A row of a table, and the line under its row of headings.
ROW = re.compile(r"\|(?P<cells>.*\|.*)\|")
ROW_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
# `[words](address)`: the words stay. Lengths are bounded so that reading stays linear on any text.
LINK = re.compile(r"\[(?P<text>[^\[\]]{1,500})\]\([^()\s]{0,500}\)")
# `*words*`, closed on the same line.
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)(?P<text>[^*]{1,300})(?<=\S)\*(?![\w*])")


def open_text(name: str, content: bytes) -> Opened:
    """The lines of a text file, numbered as in the file. UserError where it is not text."""
    findings = Findings()
    lines: list[Line] = []
    for number, text in enumerate(decoded(name, content, findings).split("\n"), start=1):
        line = marked_line(number, text)
        if line.kind is LineKind.FURNITURE and lines and lines[-1].kind is LineKind.ROW:
            lines[-1] = replace(lines[-1], level=1)
        lines.append(_within_sentence(line, text, lines))
    return Opened(tuple(lines), findings.in_order())


def _within_sentence(line: Line, text: str, before: list[Line]) -> Line:
    """A line that a dash opens in the middle of a sentence, where the line before breaks off, is no bullet."""
    breaks_off = bool(before) and before[-1].kind is LineKind.TEXT and not ended(before[-1].text)
    if line.kind is not LineKind.BULLET or not breaks_off or text.strip()[0] not in "–—":
        return line
    return replace(line, text=f"{text.strip()[0]} {line.text}", kind=LineKind.TEXT, level=0)


def decoded(name: str, content: bytes, findings: Findings) -> str:
    """The text with a line feed as its only line end. UserError where the bytes are not text."""
    encoding = next((value for mark, value in ENCODINGS.items() if content.startswith(mark)), None)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise UserError(NOT_TEXT.format(name=name)) from None
        text = _windows(name, content, findings)
    text = re.sub(r"\r\n?|\f", "\n", text).removesuffix("\n").replace("\v", " ")
    if CONTROL.search(text):
        raise UserError(NOT_TEXT.format(name=name))
    return plain(text)


def _windows(name: str, content: bytes, findings: Findings) -> str:
    try:
        text = content.decode(WINDOWS)
    except UnicodeDecodeError:
        raise UserError(NOT_TEXT.format(name=name)) from None
    findings.add("encoding-guessed", None, "The file is not in UTF-8; it was read as a Windows text file.")
    return text


def marked_line(number: int, text: str) -> Line:
    """A line by the marks that stand in it. Links and emphasis leave their words."""
    text = SPACES.sub(" ", text).strip()
    if ROW_RULE.fullmatch(text):
        return Line(number, text, LineKind.FURNITURE)
    if found := ROW.fullmatch(text):
        return row(number, [_words(cell) for cell in found["cells"].split("|")])
    if RULE.fullmatch(text):
        return Line(number, "", LineKind.BLANK)
    if (found := HEADING_MARK.fullmatch(text)) and (words := _words(found["text"].rstrip("# "))):
        return Line(number, words, LineKind.HEADING, len(found["level"]))
    if (found := BULLET_MARK.fullmatch(text)) and (words := _words(found["text"])):
        return Line(number, words, LineKind.BULLET, 1)
    words = _words(text)
    return Line(number, words, LineKind.TEXT if words else LineKind.BLANK)


def row(number: int, cells: list[str], level: int = 0) -> Line:
    """A row of a table; blank where none of its cells holds words."""
    if not any(cells):
        return Line(number, "", LineKind.BLANK)
    return Line(number, " | ".join(cells), LineKind.ROW, level, tuple(cells))


def _words(text: str) -> str:
    return EMPHASIS.sub(r"\g<text>", LINK.sub(r"\g<text>", text).replace("**", "")).strip()
