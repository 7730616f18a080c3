"""Markdown as lines numbered as in the file: marks go, no word does."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.papers import LineKind, open_paper, read_paper
from bot.papers.lines import Line
from tests.papers.conftest import SHORT_PAPER

TEXT, BLANK, BULLET, HEADING = LineKind.TEXT, LineKind.BLANK, LineKind.BULLET, LineKind.HEADING
ROW, FURNITURE = LineKind.ROW, LineKind.FURNITURE

MARKS = st.sampled_from([*"ab1 \t\n-*_`#>|[]!<&;.\\~=+:'\"0", "\n\n", "- ", "1. ", "> ", "```", "|-|", "---", "\n    "])


def lines(text: str, name: str = "paper.md") -> tuple[Line, ...]:
    return open_paper(name, text.encode()).lines


def said(text: str) -> list[tuple[LineKind, int, str]]:
    return [(line.kind, line.level, line.text) for line in lines(text)]


def test_each_line_stands_at_its_own_number() -> None:
    text = "# One\n\n\ntwo\nthree\n\n- four\n  five\n\n\n> six\nseven\n"

    assert [(line.number, line.text) for line in lines(text) if line.text] == [
        (1, "One"),
        (4, "two"),
        (5, "three"),
        (7, "four"),
        (8, "five"),
        (11, "six"),
        (12, "seven"),
    ]
    assert len(lines(text)) == 12


def test_headings_of_either_kind() -> None:
    assert said("## Purpose ##\n\nThe\npaper\n===\n") == [
        (HEADING, 2, "Purpose"),
        (BLANK, 0, ""),
        (HEADING, 1, "The paper"),
        (BLANK, 0, ""),
        (BLANK, 0, ""),
    ]


def test_a_numbered_heading_keeps_its_number_and_is_no_bullet() -> None:
    assert said("1. Purpose\n\n2) New Draft Proposals\n\n10. ## Recommendations\n\n3.") == [
        (TEXT, 0, "1. Purpose"),
        (BLANK, 0, ""),
        (TEXT, 0, "2) New Draft Proposals"),
        (BLANK, 0, ""),
        (HEADING, 2, "10. Recommendations"),
        (BLANK, 0, ""),
        (TEXT, 0, "3."),
    ]


def test_bullets_have_their_depth() -> None:
    assert said("- one\n  * two\n    + three\n- four\n1. five\n   - six") == [
        (BULLET, 1, "one"),
        (BULLET, 2, "two"),
        (BULLET, 3, "three"),
        (BULLET, 1, "four"),
        (TEXT, 0, "1. five"),
        (BULLET, 1, "six"),
    ]


def test_links_emphasis_code_and_pictures_leave_their_words() -> None:
    text = "[DP501 'Names'](#x \"title\") **is** *new*, `a*b` ![of **Calder**](x.png) <https://calder.example/a_b>"

    assert said(text) == [(TEXT, 0, "DP501 'Names' is new, a*b of Calder https://calder.example/a_b")]


def test_escapes_are_read_and_what_only_looks_like_html_or_a_definition_is_kept() -> None:
    assert [
        text for _, _, text in said("OPSG\\_26\\_0511\\_16 \\# \\*\n\n<b>x</b> &amp;\n\n[a]: b\n\n<!-- c\n-->")
    ] == [
        "OPSG_26_0511_16 # *",
        "",
        "<b>x</b> &amp;",
        "",
        "[a]: b",
        "",
        "<!-- c",
        "-->",
    ]


def test_quotations_and_code_are_text() -> None:
    assert [
        (kind, text) for kind, _, text in said("> **one**\n> two\n\n```text\n- **three**\n\nfour\n```\n\n    five")
    ] == [
        (TEXT, "one"),
        (TEXT, "two"),
        (BLANK, ""),
        (TEXT, "text"),
        (TEXT, "- **three**"),
        (BLANK, ""),
        (TEXT, "four"),
        (BLANK, ""),
        (BLANK, ""),
        (TEXT, "five"),
    ]


def test_tables_are_rows_with_all_their_cells() -> None:
    found = lines("| Ref | **Title** |\n|:--|--:|\n| DP501 | a \\| b |\n| DP502 |\n| DP503 | c | d | *e* |\n")

    assert [(line.kind, line.level, line.cells) for line in found] == [
        (ROW, 1, ("Ref", "Title")),
        (FURNITURE, 0, ()),
        (ROW, 0, ("DP501", "a | b")),
        (ROW, 0, ("DP502", "")),
        (ROW, 0, ("DP503", "c", "d", "e")),
    ]


def test_a_table_in_a_list_keeps_the_items_number() -> None:
    assert [line.cells for line in lines("1. | a | b |\n   |---|---|\n   | c | d | e |\n")] == [
        ("1. a", "b"),
        (),
        ("c", "d", "e"),
    ]


def test_code_that_runs_over_a_lines_end_does_not_move_the_lines_after_it() -> None:
    assert [line.text for line in lines("a `b\nc` d\ne")] == ["a `b", "c` d", "e"]


@pytest.mark.parametrize("deep", ["> ", "- ", "1. "])
def test_what_is_nested_deeper_than_the_library_reads_is_read(deep: str) -> None:
    assert "DP501 Names" in lines(f"{deep * 40}DP501 Names")[0].text


@pytest.mark.parametrize(
    "text", ["- one\ntwo\n\nthree", "- one\n• two\n- three\n---", "– one\n  two", "a\n- b\nc\n\nd"]
)
def test_lists_and_the_lines_after_them_are_as_in_a_text_file(text: str) -> None:
    assert lines(text) == lines(text, "paper.txt")


def test_a_short_paper_is_the_same_as_its_text() -> None:
    assert read_paper("paper.md", SHORT_PAPER.encode()) == read_paper("paper.txt", SHORT_PAPER.encode())


@given(st.lists(MARKS, max_size=60).map("".join))
@example("a|b\n-|-\n>1. a|b|c")
@example("1. 1. ```a\nb")
@example("1. ```#")
@example("- 1.\n\n  a\n\t- # b")
@settings(max_examples=500, deadline=None)
def test_no_letter_is_lost_and_no_line_moves(text: str) -> None:
    found = lines(f"{text}\nz")

    assert _letters("".join(line.text for line in found)) == _letters(f"{text}z")
    assert [line.number for line in found] == list(range(1, len(f"{text}\nz".split("\n")) + 1))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
