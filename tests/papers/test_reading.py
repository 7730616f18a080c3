"""From bytes to lines: marks, spaces, encodings, and files that are no papers."""

import unicodedata

import pytest

from bot.errors import UserError
from bot.papers import LineKind, as_text, open_paper


def texts(content: bytes, name: str = "paper.txt") -> list[str]:
    return [line.text for line in open_paper(name, content).lines]


def test_lines_are_numbered_from_one_as_in_the_file() -> None:
    lines = open_paper("paper.txt", b"One\n\nThree\n").lines

    assert [(line.number, line.text, line.kind) for line in lines] == [
        (1, "One", LineKind.TEXT),
        (2, "", LineKind.BLANK),
        (3, "Three", LineKind.TEXT),
    ]


def test_bullets_and_headings_lose_their_marks_and_keep_their_kind() -> None:
    lines = open_paper("paper.md", "## Purpose ##\n* one\n• two\n- three\n---\n".encode()).lines

    assert [(line.text, line.kind) for line in lines] == [
        ("Purpose", LineKind.HEADING),
        ("one", LineKind.BULLET),
        ("two", LineKind.BULLET),
        ("three", LineKind.BULLET),
        ("", LineKind.BLANK),
    ]
    assert lines[0].level == 2


def test_links_and_emphasis_leave_their_words() -> None:
    assert texts(b"[DP501 'Names'](#) is **new** and *short*") == ["DP501 'Names' is new and short"]


def test_underscores_are_kept_and_escaped_ones_are_read_in_markdown() -> None:
    assert texts(b"OPSG\\_26\\_0511\\_16", "paper.md") == ["OPSG_26_0511_16"]
    assert texts(b"OPSG_26_0511_16") == ["OPSG_26_0511_16"]


def test_windows_and_word_leave_no_trace() -> None:
    content = b"\xef\xbb\xbfOne\xc2\xa0two\r\nsoft\xc2\xadhyphen\rzero\xe2\x80\x8bwidth\ttab"

    assert texts(content) == ["One two", "softhyphen", "zerowidth tab"]


def test_a_next_line_character_is_a_space() -> None:
    assert texts("One\x85two".encode()) == ["One two"]


@pytest.mark.parametrize("mark", [*"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"], ids=ascii)
def test_marks_that_turn_the_direction_of_writing_are_taken_out(mark: str) -> None:
    assert texts(f"Paper {mark}Reference".encode()) == ["Paper Reference"]


def test_letters_and_accents_are_composed() -> None:
    assert texts(unicodedata.normalize("NFD", "Zoë").encode()) == [unicodedata.normalize("NFC", "Zoë")]


def test_utf_16_with_its_mark_is_text() -> None:
    assert texts("Zoë".encode("utf-16")) == ["Zoë"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("paper.doc", b"text", "allowed are .docx, .pdf, .md and .txt"),
        ("paper", b"text", "allowed are .docx, .pdf, .md and .txt"),
        ("paper.txt", b"", "is empty"),
        ("paper.txt", b" \n\t\n", "is empty"),
        ("paper.txt", b"\x89PNG\r\n\x1a\n\x00", "not a text file"),
        ("paper.txt", b"abc\x00def", "not a text file"),
        ("paper.txt", b"abc\x7fdef", "not a text file"),
        ("paper.txt", "abc\x9b31mdef".encode(), "not a text file"),  # a terminal's escape in one character
        ("paper.txt", "abc\x80def".encode(), "not a text file"),
        ("paper.txt", b"\xff\xfea", "not a text file"),
        ("paper.txt", b"a" * 5_000_001, "too large"),
    ],
)
def test_what_is_no_paper_gets_one_sentence(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        open_paper(name, content)

    assert str(caught.value).startswith(name)
    assert str(caught.value).endswith(".")


def test_a_windows_file_is_read_and_a_finding_says_so() -> None:
    opened = open_paper("paper.txt", "‘Names’ – and Zoë".encode("cp1252"))

    assert [line.text for line in opened.lines] == ["‘Names’ – and Zoë"]
    assert [finding.code for finding in opened.findings] == ["encoding-guessed"]


def test_ligatures_are_letters() -> None:
    assert texts("deﬁned ofﬂine eﬃcient".encode()) == ["defined offline efficient"]


def test_rows_of_a_table_are_cells_and_its_rule_is_furniture() -> None:
    lines = open_paper("paper.txt", b"| a | b |\n|---|:-:|\n| 1 | |\n").lines

    assert [(line.kind, line.cells, line.level) for line in lines] == [
        (LineKind.ROW, ("a", "b"), 1),
        (LineKind.FURNITURE, (), 0),
        (LineKind.ROW, ("1", ""), 0),
    ]


def test_a_path_is_not_repeated_in_the_sentence() -> None:
    with pytest.raises(UserError, match=r"^paper\.doc cannot"):
        open_paper("/home/someone/paper.doc", b"text")


def test_as_text_prints_the_lines_with_the_numbers_that_findings_use() -> None:
    lines = open_paper("paper.md", b"# Title\n\n- one\n" + b"more\n" * 8).lines

    assert as_text(lines).splitlines()[:4] == [" 1  # Title", " 2", " 3  - one", " 4  more"]
    assert as_text(lines).splitlines()[-1] == "11  more"
