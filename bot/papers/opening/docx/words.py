"""The words of a Word document's paragraph as its reader sees them, and what was passed over on the way."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from lxml.etree import _Element as Element

from bot.papers.opening.docx.styles import Styles
from bot.papers.opening.docx.xml import (
    DELETED,
    DRAWN,
    EMBEDDED,
    INSERTED,
    child,
    drawn,
    local,
    text_of,
    value,
    walk,
)

BREAK = "\v"  # no XML may hold it, so it can only be a line break
# What stands for itself. A page break in the middle of a paragraph ends a line; alone it is nothing.
MARKS = {"tab": "\t", "ptab": "\t", "br": BREAK, "cr": BREAK, "p": BREAK, "noBreakHyphen": "-"}
# Mathematics is read in one line: 1/2, 10^3, x_1.
MARKS |= {"den": "/", "sup": "^", "sub": "_"}
# Notes by the element that refers to them.
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
COMMENTED = frozenset({"commentReference", "commentRangeStart"})
# Drawings that may hold words which are not read: pictures, charts, diagrams, embedded objects.
PICTURES = frozenset({"pic", "imagedata", "OLEObject", "chart", "relIds", "lockedCanvas", "contentPart"})
# Characters of symbol fonts are in the private area from U+F000 on. Word types these arrows itself for "-->".
SYMBOL_FONTS = re.compile("[\ue000-\uf8ff]")
ARROWS = {"\uf0e0": "→", "\uf0df": "←", "\uf0f3": "↔", "\uf0e8": "→", "\uf0e7": "←"}
BULLET = "•"
LETTER = re.compile(r"[^\W\d_]")
# Where Word keeps running text; paragraphs and tables are found apart from it.
BLOCKS = frozenset({"p", "tbl", "r", "hyperlink", "fldSimple", "oMath", "oMathPara"})


@dataclass
class Words:
    """One paragraph. Its words have BREAK for line breaks and tabs as they are; the rest is for findings."""

    shown: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  # of pictures made of letters, watermarks for one
    pictures: int = 0
    inserted: int = 0
    deleted: int = 0
    commented: bool = False

    @property
    def text(self) -> str:
        return "".join(self.shown)

    @property
    def hidden(self) -> str:
        return "".join(self.unshown)


def blocks(root: Element) -> Iterator[list[Element]]:
    """The paragraphs and tables under `root`, one at a time; paragraphs whose end was deleted come together."""
    joined: list[Element] = []
    for element in walk(root, BLOCKS):
        name = local(element)
        if name in BLOCKS - {"tbl"}:
            joined.append(element)
            if _goes_on(element):
                continue
            yield joined
        elif name == "tbl" or name in EMBEDDED | DELETED:
            yield from ([joined] if joined else [])
            yield [element]
        else:
            continue
        joined = []
    if joined:
        yield joined


def properties_of(paragraphs: Sequence[Element]) -> Element | None:
    """The properties of a paragraph, or of several joined: the last one's, as Word has it."""
    return child(paragraphs[-1], "pPr")


def _goes_on(paragraph: Element) -> bool:
    mark = child(paragraph, "pPr", "rPr")
    return any(child(mark, name) is not None for name in DELETED)


class Use(Enum):
    """What is done with the text of a run."""

    SHOW = auto()
    HIDE = auto()
    DROP = auto()


class Story:
    """One run of text with its fields: the body, a header, a note, or a text box."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self.root = root
        self._styles = styles
        self._fields = _whole_fields(walk(root))
        self._open: list[bool] = []  # of each field that has begun: whether its result has
        self._codes = 0  # how many of their results have not
        self._run: Element | None = None  # the run whose text was read last, and what is to be done with its text
        self._use = Use.SHOW

    def words(self, paragraphs: Sequence[Element]) -> Words:
        words = Words()
        for paragraph in paragraphs:
            if local(paragraph) in EMBEDDED | DELETED:
                _note(words, paragraph, local(paragraph))
                continue
            properties = child(paragraph, "pPr")
            self._marks(words, child(properties, "rPr"))
            for element in walk(paragraph):
                self._read(words, element, properties)
        return words

    def _marks(self, words: Words, mark: Element | None) -> None:
        words.inserted += any(child(mark, name) is not None for name in INSERTED)
        words.deleted += any(child(mark, name) is not None for name in DELETED)

    def _read(self, words: Words, element: Element, paragraph: Element | None) -> None:
        name = local(element)
        if name == "t":
            self._say(words, text_of(element).replace(BREAK, " "), element, paragraph)
        elif name == "sym":
            self._say(words, _symbol(value(element, "char")), element, paragraph)
        elif name in MARKS:
            words.shown.append(MARKS[name])
        elif name == "fldChar":
            self._field(element)
        else:
            _note(words, element, name)

    def _say(self, words: Words, text: str, element: Element, paragraph: Element | None) -> None:
        text = SYMBOL_FONTS.sub(lambda found: ARROWS.get(found.group(), BULLET), text)
        use = self._use_of(element.getparent(), paragraph)
        if use is Use.SHOW and not self._codes:
            words.shown.append(text)
        elif use is Use.HIDE or (use is Use.SHOW and LETTER.search(text)):
            words.unshown.append(text)  # in a field's code, too: results of its own fields, that nobody is shown

    def _use_of(self, run: Element | None, paragraph: Element | None) -> Use:
        """Found once for all texts of a run, of which there may be many."""
        if run is None or run is self._run:
            return self._use
        self._run = run
        if _is_mark(run):
            self._use = Use.DROP
        else:
            self._use = Use.HIDE if self._styles.is_on("vanish", run, paragraph) else Use.SHOW
        return self._use

    def _field(self, element: Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin" and element in self._fields:
            self._open.append(False)
            self._codes += 1
        elif kind == "separate" and self._open:
            self._codes -= not self._open[-1]
            self._open[-1] = True
        elif kind == "end" and self._open:
            self._codes -= not self._open.pop()

    def is_bold(self, paragraphs: Sequence[Element]) -> bool:
        """Whether all words of a paragraph are bold, as those of a heading are."""
        texts = [(t.getparent(), p) for p in paragraphs for t in walk(p) if local(t) == "t" and text_of(t).strip()]
        runs = {run: child(p, "pPr") for run, p in texts if run is not None}
        return bool(runs) and all(self._styles.is_on("b", run, paragraph) for run, paragraph in runs.items())


def _whole_fields(elements: Iterable[Element]) -> set[Element]:
    """Where fields begin that also end. Others are passed over: all text after them would be taken for their code."""
    begun: list[Element] = []
    whole = set()
    for element in elements:
        kind = value(element, "fldCharType") if local(element) == "fldChar" else ""
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and begun:
            whole.add(begun.pop())
    return whole


def _note(words: Words, element: Element, name: str) -> None:
    """Take down what is not text."""
    words.inserted += name in INSERTED
    words.deleted += name in DELETED
    words.commented |= name in COMMENTED
    words.pictures += name in EMBEDDED
    if name in NOTES:
        words.notes.append((NOTES[name], value(element, "id")))
    elif name in DRAWN:
        inside = list(drawn(element))
        words.pictures += any(local(part) in PICTURES for part in inside)
        words.boxes += [part for part in inside if local(part) == "txbxContent"]
        words.labels += [part.get("string") or "" for part in inside if local(part) == "textpath"]


def _is_mark(run: Element) -> bool:
    """Whether the run holds a mark of its own choosing for a note, which is no part of the text."""
    return any(_custom(child(run, name)) for name in NOTES)


def _custom(reference: Element | None) -> bool:
    return value(reference, "customMarkFollows").lower() not in {"", "0", "false", "off"}


def _symbol(code: str) -> str:
    """A character of a font; bullets and signs whose meaning only the font knows become a bullet."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return BULLET
    return character if character.isprintable() or "\ue000" <= character <= "\uf8ff" else BULLET
