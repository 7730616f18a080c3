"""Whatever people write, it breaks no document, becomes no structure of it, and stands in it as written."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import cycle

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.compilation import Comment, CommentsDocument
from bot.reports import Format, write
from bot.reports.cleaning import cleaned, closed
from tests.reports.comments_example import COMMENTS, PLAIN, WHOLE, only

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

CHARACTERS = list("&<>\"'`*_~|\\#-+=:$[](){}%! aé🙂") + list("\n\t\r\x00\x07\x0b\x0c\x1b\x85\u2028\ufffe\ud800")
DIRECTIONS = list("\u202a\u202c\u202d\u202e\u2066\u2068\u2069")
TAGS = ["{{ 7*7 }}", "{% raw %}", "{%p if", "{%tr endfor %}", "{#", "{_{", "%_}", "{{r x }}", "{%- vm %}"]
XML = ["&amp;", "&#123;", "<w:p>", "</w:t></w:r>", "<script>", "<!--"]
MARKDOWN = ["```", "~~~", "---", "===", "1. ", "12) ", "> ", "[a](b)", "![a](b)", "<http://a.b>"]
LINES = ["\n\n", "\n    code", "\n| a | b |\n|---|---|", "\n# h", "\n- l", "\n\tx", "\n===", "\n```"]
PIECES = CHARACTERS + DIRECTIONS + TAGS + XML + MARKDOWN + LINES
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


def unlinked(comment: Comment) -> Comment:
    return replace(comment, responses=tuple(replace(response, reply=None) for response in comment.responses))


# Refs get other words each: none would lead from a comment to its reply any more.
UNLINKED = replace(WHOLE, compilation=replace(WHOLE.compilation, comments=tuple(map(unlinked, COMMENTS))))
CELLS = [14, 28, 9, 15, 20, 15, 10, 10, 10, 9, 24, 20]  # of each table of the restricted example
UNPRINTABLE = {chr(n) for n in (*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)}
ENDS = "[\u202c\u2069]*"  # what ends a change of direction may follow words
# A document takes long to make and holds many words: few documents, with other words in each of their fields.
several = st.lists(hostile, min_size=8, max_size=8)
EVERY_PIECE = ["".join(PIECES[first::8]) for first in range(8)]
sometimes = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def as_kept(text: str) -> str:
    """What is to stand in a document for what was written."""
    return "".join("\ufffd" if each in UNPRINTABLE else each for each in re.sub("\r\n?", "\n", text))


def everywhere(value: object, words: Iterator[str]) -> object:
    """The value with the next of these words after every text in it."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value + next(words)
    if isinstance(value, tuple):
        return tuple(everywhere(item, words) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: everywhere(getattr(value, field.name), words) for field in fields(value)})
    return value


def hostile_document(words: list[str]) -> CommentsDocument:
    document = everywhere(UNLINKED, cycle(words))
    assert isinstance(document, CommentsDocument)
    return document


def word_text(document: CommentsDocument) -> tuple[str, list[list[str]]]:
    word = docx.Document(io.BytesIO(write(document, Format.DOCX)))
    cells = [[cell.text for row in table.rows for cell in row.cells] for table in word.tables]
    return "\n".join(paragraph.text for paragraph in word.paragraphs), cells


@sometimes
@given(several)
@example(EVERY_PIECE)
def test_hostile_words_in_every_field_stand_verbatim_in_word(words: list[str]) -> None:
    document = hostile_document(words)
    expected = document.compilation
    paragraphs, cells = word_text(document)
    printed = "\n".join(cell for table in cells for cell in table)

    reference, title = (re.escape(as_kept(text)) for text in (expected.reference, expected.title))
    assert re.search(f"{reference}{ENDS} {title}{ENDS}", paragraphs)
    assert [len(table) for table in cells] == CELLS
    for text in [*(c.text for c in expected.comments), *(r.text for r in expected.replies)]:
        assert re.search(f"“{re.escape(as_kept(text))}{ENDS}”", printed)


@sometimes
@given(several)
@example(EVERY_PIECE)
def test_hostile_words_become_no_structure_of_the_markdown(words: list[str]) -> None:
    said = [replace(PLAIN, text=f"before{each}", organisation=f"Calder{each}", context=each) for each in words]
    document = only(*said, title=f"New {words[0]}")
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(
        write(document, Format.MARKDOWN).decode()
    )  # fmt: skip
    plain = MarkdownIt("commonmark").enable("table").parse(write(only(PLAIN), Format.MARKDOWN).decode())
    inlines = {child.type for token in tokens for child in token.children or ()}

    assert {token.type for token in tokens} <= {token.type for token in plain}
    assert inlines <= {"text", "text_special", "hardbreak", "softbreak", "strong_open", "strong_close"}
    assert sum(token.type == "blockquote_open" for token in tokens) == len(words)
    assert sum(token.type == "heading_open" for token in tokens) == 10 + len(words)  # the title, nine sections


@settings(max_examples=40, deadline=None)
@given(several)
def test_json_holds_the_words_as_written(words: list[str]) -> None:
    document = hostile_document(words)
    read = json.loads(write(document, Format.JSON))

    assert [each["text"] for each in read["comments"]] == [as_kept(c.text) for c in document.compilation.comments]


def test_what_xml_cannot_hold_is_replaced_and_nothing_else() -> None:
    assert cleaned("a\x00\x0b\ud800\ufffe\tb\r\nc\rd\x85é") == "a\ufffd\ufffd\ufffd\ufffd\tb\nc\nd\x85é"


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("plain", ""),
        ("\u202eabc", "\u202c"),
        ("\u202eabc\u202c", ""),
        ("\u2066\u202eabc\u2069", ""),
        ("\u202e\u2066abc", "\u2069\u202c"),
        ("abc\u2069\u202c", ""),
    ],
)
def test_a_change_of_direction_ends_with_the_words(text: str, ended: str) -> None:
    assert closed(text) == text + ended


@pytest.mark.parametrize("words", ["x" * 40_000, "word " * 8_000, "\n" * 5_000, "{{ 7*7 }}" * 1_000])
def test_very_long_words_stand_in_word(words: str) -> None:
    document = only(replace(PLAIN, text=words))

    assert f"“{words}”" in "\n".join(cell for table in word_text(document)[1] for cell in table)
