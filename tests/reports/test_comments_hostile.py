"""Whatever people write, it breaks no document, becomes no structure of it, and stands in it as written."""

import io
import json
from dataclasses import fields, is_dataclass, replace
from enum import Enum

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain import CommentsDocument
from bot.reports import Format, write
from bot.reports.cleaning import cleaned, closed
from tests.reports.comments_example import DOCUMENT, ON_THE_ISSUE, with_changes

CHARACTERS = list("&<>\"'`*_~|\\#-+=:$[](){}%! aé🙂") + list("\n\t\r\x00\x07\x0b\x0c\x1b\x85\u2028\ufffe\ud800")
DIRECTIONS = list("\u202a\u202c\u202d\u202e\u2066\u2068\u2069")
TAGS = ["{{ 7*7 }}", "{% raw %}", "{%p if", "{%tr endfor %}", "{#", "{_{", "%_}", "{{r x }}", "{%- vm %}"]
XML = ["&amp;", "&#123;", "<w:p>", "</w:t></w:r>", "<script>", "<!--"]
MARKDOWN = ["```", "~~~", "---", "===", "1. ", "12) ", "> ", "[a](b)", "![a](b)", "<http://a.b>"]
LINES = ["\n\n", "\n    code", "\n| a | b |\n|---|---|", "\n# h", "\n- l", "\n\tx", "\n===", "\n```"]
PIECES = CHARACTERS + DIRECTIONS + TAGS + XML + MARKDOWN + LINES
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)
CELLS = [12, 20, 8, 12, 8, 12, 9, 9]  # of each table of the example
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def everywhere(value: object, words: str) -> object:
    """The value with these words after every text in it."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value + words
    if isinstance(value, tuple):
        return tuple(everywhere(item, words) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: everywhere(getattr(value, field.name), words) for field in fields(value)})
    return value


def hostile_document(words: str) -> CommentsDocument:
    document = everywhere(DOCUMENT, words)
    assert isinstance(document, CommentsDocument)
    return document


def word_text(document: CommentsDocument) -> tuple[str, list[list[str]]]:
    word = docx.Document(io.BytesIO(write(document, Format.DOCX)))
    cells = [[cell.text for row in table.rows for cell in row.cells] for table in word.tables]
    return "\n".join(paragraph.text for paragraph in word.paragraphs), cells


@often
@given(hostile)
def test_hostile_words_in_every_field_stand_verbatim_in_word(words: str) -> None:
    document = hostile_document(words)
    expected = cleaned(document).compilation
    paragraphs, cells = word_text(document)
    printed = "\n".join(cell for table in cells for cell in table)

    assert closed(expected.reference) in paragraphs
    assert closed(expected.title) in paragraphs
    assert [len(table) for table in cells] == CELLS
    for text in [said.text for said in expected.comments] + [said.text for said in expected.replies]:
        assert f"“{closed(text)}”" in printed


@often
@given(hostile)
def test_hostile_words_become_no_structure_of_the_markdown(words: str) -> None:
    document = with_changes(
        title=f"New {words}",
        comments=(replace(ON_THE_ISSUE, text=f"before{words}", organisation=f"Calder{words}", reactions=()),),
        replies=(),
    )
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(
        write(document, Format.MARKDOWN).decode()
    )  # fmt: skip
    plain = MarkdownIt("commonmark").enable("table").parse(write(with_changes(replies=()), Format.MARKDOWN).decode())
    inlines = {child.type for token in tokens for child in token.children or ()}

    assert {token.type for token in tokens} <= {token.type for token in plain}
    assert inlines <= {"text", "text_special", "hardbreak", "softbreak", "strong_open", "strong_close"}
    assert sum(token.type == "blockquote_open" for token in tokens) == 1
    assert sum(token.type == "heading_open" for token in tokens) == 11  # the title, nine sections, one comment


@often
@given(hostile)
def test_json_holds_the_words_as_written(words: str) -> None:
    document = hostile_document(words)
    read = json.loads(write(document, Format.JSON))

    assert [comment["text"] for comment in read["comments"]] == [c.text for c in cleaned(document).compilation.comments]


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
    document = with_changes(comments=(replace(ON_THE_ISSUE, text=words),))

    assert f"“{words}”" in "\n".join(cell for table in word_text(document)[1] for cell in table)
