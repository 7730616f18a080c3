"""Papers in Markdown: every line of the file at its own number, without its marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from bot.papers.findings import Findings
from bot.papers.lines import Line, LineKind, Opened
from bot.papers.opening.characters import one_line
from bot.papers.opening.text import ROW, RULE, decoded, marked_line, row

# Each would take words out of the text: addresses kept for later, characters by name, and HTML. Text set in by four
# spaces is no program's code in a paper.
DISABLED = ["reference", "entity", "html_block", "html_inline", "code"]
# Bullets that Markdown does not know and people type.
BULLET_MARK = re.compile(r"[•·◦▪‣●–—]\s+(?P<text>\S.*)")
# What quotations and lists put before the row of a table.
CONTAINER_MARKS = re.compile(r"\s*(?:(?:>|[-*+]\s|\d{1,9}[.)]\s)\s*)*")
OTHER_SPACE = re.compile(r"[^\S\n\t]")
BREAKS = {"softbreak", "hardbreak"}
WORD = re.compile(r"\w")


def open_markdown(name: str, content: bytes) -> Opened:
    """The lines of a Markdown file, numbered as in the file. UserError where it is not text."""
    findings = Findings()
    text = OTHER_SPACE.sub(" ", decoded(name, content, findings))
    return Opened(tuple(_Reader(text).lines()), findings.in_order())


class _Parser(MarkdownIt):
    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """An address that stands for itself is words of the paper: as it is written."""
        return link


class _Reader:
    """Goes through the library's tokens once; each says in which lines of the file it stands."""

    def __init__(self, text: str) -> None:
        self._parser = _Parser("commonmark", {"html": False}).enable("table").disable(DISABLED)
        self._text = text
        self._source = text.split("\n")
        self._found: dict[int, Line] = {}  # by the line's index
        self._read: set[int] = set()  # lines whose words are found, if in the line before
        self._depth = 0
        self._bullet = 0  # depth of a list's item, until its first words
        self._number = ""  # of a list's item, until its first words
        self._heading = 0
        self._cells: list[str] | None = None  # of the row of a table that is being read
        self._row_index = 0
        self._columns = 0  # of the table: what its row of headings has

    def lines(self) -> Iterator[Line]:
        for token in self._parser.parse(self._text):
            self._take(token, range(*token.map) if token.map else range(0))
        for index, text in enumerate(self._source):
            if index in self._found:
                yield replace(self._found[index], number=index + 1)
            elif index in self._read or not WORD.search(text):
                yield Line(index + 1, "", LineKind.BLANK)
            else:  # nested deeper than the library reads
                yield marked_line(index + 1, text)

    def _take(self, token: Token, lines: range) -> None:
        match token.type:
            case "bullet_list_open" | "bullet_list_close":
                self._depth += token.nesting
            case "list_item_open":
                self._begin_item(token, lines[0])
            case "list_item_close":
                self._bullet, self._number = 0, ""
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1:]) if token.nesting > 0 else 0
            case "fence":
                self._fence(token, lines[0])
            case "inline" if self._cells is None:
                self._read.update(lines)
                self._inline(token, lines[0])
            case _:
                self._take_table(token, lines)

    def _take_table(self, token: Token, lines: range) -> None:
        match token.type:
            case "table_open":
                self._columns = 0
                self._found[lines[1]] = Line(0, one_line(self._source[lines[1]]), LineKind.FURNITURE)
            case "tr_open":
                self._cells = []
                self._read.update(lines)
                self._row_index = lines[0]
            case "inline" if self._cells is not None:
                self._cells.append(" ".join(self._pieces(token)))
            case "tr_close" if self._cells is not None:
                self._row(self._row_index, self._cells)
                self._cells = None
            case _:
                pass

    def _begin_item(self, token: Token, index: int) -> None:
        """Numbers of lists are words: "1. Purpose" is the heading of a section."""
        if not token.info:
            self._bullet = self._depth
            return
        self._number = f"{self._number} {token.info}{token.markup}".strip()
        if not WORD.search(CONTAINER_MARKS.sub("", f"{self._source[index]} ", count=1)):
            self._put(index, "")

    def _inline(self, token: Token, start: int) -> None:
        pieces = self._pieces(token)
        if self._heading:
            self._put(start, " ".join(pieces))
            return
        for index, piece in enumerate(pieces, start=start):
            self._put(index, piece)

    def _pieces(self, token: Token) -> list[str]:
        """The text of each of the token's lines. Where a link or code runs over a line's end, each is read alone."""
        pieces = _texts(token.children or ())
        lines = token.content.split("\n")
        if len(pieces) != len(lines):
            pieces = [" ".join(_texts(self._parser.parseInline(line)[0].children or ())) for line in lines]
        return [one_line(piece) for piece in pieces]

    def _fence(self, token: Token, start: int) -> None:
        """Text as it stands, the words after the opening marks too."""
        number = self._found[start].text if start in self._found else self._number
        opening, self._number = f"{number} {token.info}", ""
        for index, text in enumerate([opening, *token.content.removesuffix("\n").split("\n")], start=start):
            if words := one_line(text):
                self._found[index] = Line(0, words, LineKind.TEXT)

    def _row(self, index: int, cells: list[str]) -> None:
        """A row with all its cells: the library leaves out those for which there is no heading."""
        is_heading = self._columns == 0
        if is_heading:
            self._columns = len(cells)
        written = escapedSplit(CONTAINER_MARKS.sub("", self._source[index], count=1).strip())
        written = written[1:] if written and not written[0] else written
        written = written[:-1] if written and not written[-1] else written
        extra = (self._parser.parseInline(cell.strip())[0] for cell in written[self._columns :])
        cells = [*cells, *(" ".join(self._pieces(token)) for token in extra)]
        if self._number:
            cells[0] = f"{self._number} {cells[0]}".strip()
            self._number = ""
        self._found[index] = row(0, cells, int(is_heading))

    def _put(self, index: int, text: str) -> None:
        """One line of text; an item's first has its number or is its bullet."""
        if self._number:
            text, self._number = f"{self._number} {text}".strip(), ""
        if not text or RULE.fullmatch(text):
            return
        if index in self._found:  # numbers of lists within each other, and nothing else
            text = f"{self._found[index].text} {text}"
        depth, self._bullet = self._bullet, 0
        if self._heading:
            line = Line(0, text, LineKind.HEADING, self._heading)
        elif depth:
            line = Line(0, text, LineKind.BULLET, depth)
        elif ROW.fullmatch(text):
            line = marked_line(0, text)
        elif found := BULLET_MARK.fullmatch(text):
            line = Line(0, found["text"], LineKind.BULLET, 1)
        else:
            line = Line(0, text, LineKind.TEXT)
        self._found[index] = line


def _texts(tokens: Sequence[Token]) -> list[str]:
    """The words of inline tokens by line; of pictures, what they are described with."""
    texts: list[list[str]] = [[]]
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        if token.type in BREAKS:
            texts.append([])
        elif token.type == "image":
            waiting += reversed(token.children or ())
        else:
            texts[-1].append(token.content)
    return ["".join(text) for text in texts]
