"""What a person wrote in Teams, in one canonical plain text: the same whether an event tells of it or Graph does.

Events carry HTML as Teams' clients make it, Graph its own of the same words (or none, where nothing is formatted).
Microsoft: learn.microsoft.com/graph/api/resources/chatmessage, itembody, chatmessagemention.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from handlers.teams.tags import CELLS, Tag, pieces

_AT = re.compile(r"<at(?:\s[^<>]*)?>([^<]{0,400})</at>")
_SPACE, _SPACES = re.compile(r"[ \t\n]+"), re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANK = re.compile(r"\n{3,}")
_NUMBER, _POWER = re.compile(r"\d{1,6}"), re.compile(r"[-+\u2212]?\d{1,6}")
_KEPT = {"pre", "codeblock"}  # spaces in them are the person's own
_LINES = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "dl", "dt", "dd", "figure"}
_LINES |= {"ul", "ol", "li", "blockquote"} | _KEPT
_UNSEEN = {"script", "style", "head", "title"}
_STRUCK = {"s", "strike", "del"}
# What Teams quotes of, or forwards from, another message: another person's words, said elsewhere.
_OTHERS = ("http://schema.skype.com/reply", "http://schema.skype.com/forward")
_MENTION = "http://schema.skype.com/mention"
_EMOJI = {"http://schema.skype.com/emoji", "http://schema.skype.com/customemoji"}
_DEEPEST = 100  # elements within elements; what is deeper is read as if it stood there


def plain(text: str) -> str:
    """Words that came as text: only mentions are marked in it."""
    told = _AT.sub(lambda found: _named(unescape(found[1])), whole(text))
    return _tidy(_squeezed(line) for line in told.split("\n"))


def canonical(content: str) -> str:
    """Words that came as HTML, in plain text."""
    return _read(content).text()


def opening(content: str) -> tuple[str, str] | None:
    """The number of the mention that HTML opens with, and the words after it; None where it opens otherwise."""
    reader = _read(content)
    if reader.opens is None:
        return None
    number, name = reader.opens
    return number, reader.text().removeprefix(name).strip()


def joined(text: str) -> str:
    """Without lone halves of characters (surrogates), which cannot be written anywhere."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def whole(text: str) -> str:
    """Without control characters too, which not every database takes."""
    return _CONTROLS.sub("", joined(text).replace("\r\n", "\n"))


def bare(words: str) -> str:
    """To be compared: how lines were broken is no change of words."""
    return " ".join(words.split())


def _read(content: str) -> "_Reader":
    reader = _Reader()
    for piece in pieces(whole(content)):
        if isinstance(piece, str):
            reader.words(piece)
        elif piece.ends:
            reader.end(piece.name)
        else:
            reader.begin(piece)
    reader.close()
    return reader


def _named(name: str) -> str:
    name = " ".join(name.split())
    return f"@{name}" if name and not name.startswith("@") else name


def _link(address: str, label: str) -> str:
    """As on every platform: "label (address)", or the address alone where the label says no more."""
    address = address.strip().removeprefix("mailto:").removeprefix("tel:")
    short = address.rstrip("/")
    return address if label in {"", address, short} or short.endswith(f"//{label}") else f"{label} ({address})"


def _struck(words: str) -> str:
    """As on every platform: without the mark they would seem to be meant."""
    inner = words.strip()
    return words.replace(inner, f"~{inner}~", 1) if inner else words


def _squeezed(line: str) -> str:
    return _SPACES.sub(" ", line).strip()


def _tidy(lines: Iterable[str]) -> str:
    return _BLANK.sub("\n\n", "\n".join(lines)).strip("\n")


@dataclass
class _Open:
    """An element that has begun. `start`: where its words begin in the line."""

    tag: str
    start: int
    hidden: bool = False
    address: str = ""
    mention: str | None = None
    number: int | None = None  # of a numbered list's latest item; of a row's cells


class _Reader:
    """Takes any HTML, however broken: an end without a beginning is passed over."""

    def __init__(self) -> None:
        self.opens: tuple[str, str] | None = None
        self._lines: list[str] = []
        self._line = ""
        self._mark = ""  # of a list's item, before its first line
        self._open: list[_Open] = []
        self._hidden = False

    def text(self) -> str:
        return _tidy(self._lines)

    def close(self) -> None:
        while self._open:
            self._ended(self._open.pop())
        self._break()

    def words(self, data: str) -> None:
        if self._hidden:
            return
        if not self._is_in(_KEPT):
            self._line += _SPACE.sub(" ", data)
            return
        first, *others = data.split("\n")
        self._line += first
        for line in others:
            self._break(always=True)
            self._line += line

    def begin(self, tag: Tag) -> None:
        kind = tag.told.get("itemtype", "").casefold()
        if tag.is_void:
            self._void(tag, kind)
        elif len(self._open) < _DEEPEST:
            self._begun(tag, kind)

    def end(self, name: str) -> None:
        if any(each.tag == name for each in self._open):
            while (ended := self._open.pop()).tag != name:
                self._ended(ended)
            self._ended(ended)

    def _void(self, tag: Tag, kind: str) -> None:
        if tag.name == "br":
            self._break(always=True)
        elif tag.name == "img":
            self.words(tag.told.get("alt", "") if kind in _EMOJI else "[image]")
        elif tag.name in {"emoji", "customemoji"}:
            self.words(tag.told.get("alt", ""))
        else:
            self._break()

    def _begun(self, tag: Tag, kind: str) -> None:
        if tag.name in _LINES:
            self._break()
        opened = _Open(tag.name, len(self._line), hidden=tag.name in _UNSEEN or kind.startswith(_OTHERS))
        if tag.name == "at" or kind == _MENTION:
            opened.mention = tag.told.get("id" if tag.name == "at" else "itemid", "")
        elif tag.name == "a":
            opened.address = tag.told.get("href", "")
        elif tag.name == "ol":
            opened.number = int(start) - 1 if _NUMBER.fullmatch(start := tag.told.get("start", "1")) else 0
        elif tag.name == "tr":
            opened.number = 0
        elif tag.name == "li" and not self._hidden:
            self._item()
        elif tag.name in CELLS and not self._hidden:
            self._cell()
        self._open.append(opened)
        self._hidden = self._hidden or opened.hidden

    def _item(self) -> None:
        lists = [each for each in self._open if each.tag in {"ul", "ol"}]
        mark = "- "
        if lists and lists[-1].number is not None:
            lists[-1].number += 1
            mark = f"{lists[-1].number}. "
        if self._is_in(CELLS):
            self._line += mark
        else:
            self._mark = "    " * max(0, len(lists) - 1) + mark

    def _cell(self) -> None:
        """A row is one line."""
        rows = [each for each in self._open if each.tag == "tr"]
        if rows and rows[-1].number is not None:
            self._line += " | " if rows[-1].number else ""
            rows[-1].number += 1

    def _ended(self, ended: _Open) -> None:
        if self._hidden:
            self._hidden = any(each.hidden for each in self._open)
        else:
            self._closed(ended)
        if ended.tag in _LINES:
            self._break(kept=ended.tag in _KEPT, quoted=ended.tag == "blockquote")
            self._mark = "" if ended.tag == "li" else self._mark

    def _closed(self, ended: _Open) -> None:
        before, words = self._line[: ended.start], self._line[ended.start :]
        if ended.mention is not None:
            words = _named(words)
            if not any(self._lines) and not before.strip() and self.opens is None:
                self.opens = (ended.mention, words)
        elif ended.address:
            words = _link(ended.address, _squeezed(words))
        elif ended.tag in _STRUCK and not self._is_in(_STRUCK):
            words = _struck(words)
        elif ended.tag == "sup" and before[-1:].strip() and _POWER.fullmatch(words):
            words = f"^{words}"
        else:
            return
        self._line = before + words

    def _is_in(self, tags: set[str]) -> bool:
        return any(each.tag in tags for each in self._open)

    def _break(self, *, always: bool = False, kept: bool = False, quoted: bool = False) -> None:
        """The line ends, where it has begun. A no-break space is all that an empty paragraph has."""
        if self._hidden:
            return
        if self._is_in(CELLS):
            self._line += " "
            return
        if struck := next((each for each in self._open if each.tag in _STRUCK), None):
            self._line = self._line[: struck.start] + _struck(self._line[struck.start :])
        if self._line.strip(" ") or always:
            self._emit(kept=kept or self._is_in(_KEPT), quoted=quoted)
        self._line = ""
        for each in self._open:
            each.start = 0

    def _emit(self, *, kept: bool, quoted: bool) -> None:
        words = self._line.replace("\xa0", " ").rstrip() if kept else _squeezed(self._line)
        quotes = sum(each.tag == "blockquote" for each in self._open) + quoted
        self._lines.append(("> " * quotes + self._mark + words).rstrip())
        self._mark = " " * len(self._mark)
