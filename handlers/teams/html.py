"""What a person wrote in Teams, in one canonical plain text: the same whether an event tells of it or Graph does.

Events carry HTML as Teams' clients make it, Graph its own of the same words (or none, where nothing is formatted).
Microsoft: learn.microsoft.com/graph/api/resources/chatmessage, itembody, chatmessagemention.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_AT = re.compile(r"<at(?:\s[^<>]*)?>(.*?)</at>", re.DOTALL)
_SPACE, _SPACES = re.compile(r"[ \t\n]+"), re.compile(r"[^\S\n]+")
_BLANK = re.compile(r"\n{3,}")
_NUMBER = re.compile(r"\d{1,6}")
_LINES = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "dl", "dt", "dd", "figure"}
_KEPT = {"pre", "codeblock"}  # spaces in them are the person's own
_UNSEEN = {"script", "style", "head", "title", "attachment", "systemeventmessage"}
# What Teams quotes of, or forwards from, another message: another person's words, said elsewhere.
_OTHERS = ("http://schema.skype.com/reply", "http://schema.skype.com/forward")
_MENTION, _EMOJI = "http://schema.skype.com/mention", "http://schema.skype.com/emoji"
_VOID = {"br", "img", "hr", "input", "meta", "link", "col", "wbr", "base", "source"}
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


def whole(text: str) -> str:
    """Without lone halves of characters (surrogates) and control characters, which not every database takes."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n")
    return "".join(char for char in joined if char in "\n\t" or char.isprintable() or ord(char) > ord("\x9f"))


def _read(content: str) -> "_Reader":
    reader = _Reader()
    reader.feed(whole(content))
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
    number: int | None = None  # of a numbered list's latest item


class _Reader(HTMLParser):
    """Takes any HTML, however broken: an end without a beginning is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opens: tuple[str, str] | None = None
        self._lines: list[str] = []
        self._line = ""
        self._mark = ""  # of a list's item, before its first line
        self._open: list[_Open] = []

    def text(self) -> str:
        return _tidy(self._lines)

    def close(self) -> None:
        super().close()
        while self._open:
            self._end(self._open.pop())
        self._break()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        kind = told.get("itemtype", "").casefold()
        if tag in _VOID:
            self._void(tag, told, kind)
        elif len(self._open) < _DEEPEST:
            self._begin(tag, told, kind)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(each.tag == tag for each in self._open):
            while (ended := self._open.pop()).tag != tag:
                self._end(ended)
            self._end(ended)

    def handle_data(self, data: str) -> None:
        if any(each.hidden for each in self._open):
            return
        if not self._is_kept():
            self._line += _SPACE.sub(" ", data)
            return
        first, *others = data.split("\n")
        self._line += first
        for line in others:
            self._break(always=True)
            self._line = line

    def _void(self, tag: str, told: dict[str, str], kind: str) -> None:
        if tag == "br":
            self._break(always=True)
        elif tag == "hr":
            self._break()
        elif tag == "img":
            self.handle_data(told.get("alt", "") if kind == _EMOJI else "[image]")

    def _begin(self, tag: str, told: dict[str, str], kind: str) -> None:
        if tag in _LINES | _KEPT | {"ul", "ol", "li", "blockquote"}:
            self._break()
        opened = _Open(tag, len(self._line), hidden=tag in _UNSEEN or kind.startswith(_OTHERS))
        if tag == "at" or kind == _MENTION:
            opened.mention = told.get("id" if tag == "at" else "itemid", "")
        elif tag == "a":
            opened.address = told.get("href", "")
        elif tag == "ol":
            opened.number = int(start) - 1 if _NUMBER.fullmatch(start := told.get("start", "1")) else 0
        elif tag == "li":
            self._item()
        elif tag in {"td", "th"} and self._line:
            self._line += " | "
        self._open.append(opened)
        if tag == "emoji":
            self.handle_data(told.get("alt", ""))

    def _item(self) -> None:
        lists = [each for each in self._open if each.tag in {"ul", "ol"}]
        mark = "- "
        if lists and lists[-1].number is not None:
            lists[-1].number += 1
            mark = f"{lists[-1].number}. "
        self._mark = "    " * max(0, len(lists) - 1) + mark

    def _end(self, ended: _Open) -> None:
        words = self._line[ended.start :]
        if ended.mention is not None and not ended.hidden:
            name = _named(words)
            if not any(self._lines) and not self._line[: ended.start].strip() and self.opens is None:
                self.opens = (ended.mention, name)
            self._line = self._line[: ended.start] + name
        elif ended.address and not any(each.hidden for each in self._open):
            self._line = self._line[: ended.start] + _link(ended.address, _squeezed(words))
        if ended.tag in _LINES | _KEPT | {"ul", "ol", "li", "blockquote"}:
            self._break(kept=ended.tag in _KEPT, quoted=ended.tag == "blockquote")
            self._mark = "" if ended.tag == "li" else self._mark

    def _is_kept(self) -> bool:
        return any(each.tag in _KEPT for each in self._open)

    def _break(self, *, always: bool = False, kept: bool = False, quoted: bool = False) -> None:
        """The line ends, where it has begun. A no-break space is all that an empty paragraph has."""
        if not self._line.strip(" ") and not always:
            self._line = ""
            return
        words = self._line.replace("\xa0", " ").rstrip() if kept or self._is_kept() else _squeezed(self._line)
        quotes = sum(each.tag == "blockquote" for each in self._open) + quoted
        self._lines.append(("> " * quotes + self._mark + words).rstrip())
        self._mark, self._line = " " * len(self._mark), ""
