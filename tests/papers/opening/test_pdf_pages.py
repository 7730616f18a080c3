"""Pages of PDF papers: what is printed on every one of them, how they lie, and what on them is not read."""

from collections.abc import Callable

import pytest

from bot.papers import LineKind, as_text
from tests.papers.opening.sheets import BODY, Sheets, Text, down, found, opened, picture, with_header, words


def test_a_header_and_page_numbers_are_furniture_and_a_note_says_so() -> None:
    read = opened(with_header(5, "Smart Energy Code", "Page {} of 5"))

    assert sum(line.kind is LineKind.FURNITURE for line in read.lines) == 10
    assert "“Smart Energy Code”" in found(read)["furniture-removed"]
    assert "10 lines" in found(read)["furniture-removed"]


@pytest.mark.parametrize("pages", [1, 2])
def test_a_short_paper_loses_nothing_but_what_is_clearly_furniture(pages: int) -> None:
    lines = opened(with_header(pages, "Smart Energy Code", "{}")).lines
    furniture = {line.text for line in lines if line.kind is LineKind.FURNITURE}

    assert furniture == ({"1"} if pages == 1 else {"Smart Energy Code", "1", "2"})


def test_the_same_heading_at_the_top_of_some_pages_is_text() -> None:
    sheets = Sheets()
    starts = ("We", "One", "Two", "Six", "Ten", "Few", "All", "Any")
    for number in range(1, 6):
        text = [f"{word} {line}" for word, line in zip(starts[number : number + 3], BODY, strict=True)]
        head = ["Anticipated Operational Impacts"] if number in {2, 4} else []
        sheets.page(*down([*head, *text], 780))

    assert [line.text for line in opened(sheets).lines if line.kind is LineKind.FURNITURE] == []


@pytest.mark.parametrize(
    "header", ["This document is classified as White.", "Paper Reference: OPSG_26_0511_16", "Classification: Green"]
)
def test_a_header_that_states_something_is_read_where_it_comes_first(header: str) -> None:
    lines = opened(with_header(4, header, "{}")).lines

    kinds = [line.kind for line in lines if line.text == header]
    assert kinds == [LineKind.TEXT] + [LineKind.FURNITURE] * 3


def test_the_page_number_beside_a_header_is_no_part_of_what_it_states() -> None:
    sheets = Sheets()
    for number in range(1, 4):
        sheets.page(
            Text("This document is classified as White.", 72, 800), Text(f"Page {number} of 3", 450, 800), *down(BODY)
        )

    first = opened(sheets).lines[0]
    assert (first.text, first.kind) == ("This document is classified as White.", LineKind.TEXT)


def test_a_second_classification_on_later_pages_is_not_hidden_among_the_furniture() -> None:
    sheets = Sheets()
    for number in range(5):
        colour = "White" if number == 0 else "Amber"
        sheets.page(Text(f"This document is classified as {colour}.", 72, 800), *down([f"{number} {BODY[0]}", BODY[1]]))

    text = [line.text for line in opened(sheets).lines if line.kind is LineKind.TEXT]
    assert "This document is classified as White." in text
    assert text.count("This document is classified as Amber.") == 1


# Pages that lie otherwise.


@pytest.mark.parametrize(
    ("rotate", "matrix", "at"),
    [
        (90, (0, 1, -1, 0), lambda x, y: (842 - y, x)),
        (270, (0, -1, 1, 0), lambda x, y: (y - 200, 842 - x)),
        (180, (-1, 0, 0, -1), lambda x, y: (595 - x, 842 - y)),
        (0, (0, 1, -1, 0), lambda x, y: (842 - y, x)),
    ],
)
def test_a_page_that_is_turned_reads_as_one_that_is_not(
    rotate: int, matrix: tuple[float, float, float, float], at: Callable[[float, float], tuple[float, float]]
) -> None:
    sheets = Sheets(rotate=rotate)
    sheets.page(*(Text(text.text, *at(text.left, text.base), matrix=matrix) for text in down(BODY)))

    assert words(sheets) == BODY


def test_words_across_the_page_are_kept_at_its_end() -> None:
    across = Text("NOT FOR CIRCULATION", 150, 250, 50, (0.7, 0.7, -0.7, 0.7))

    assert words(Sheets().page(across, *down(BODY))) == [*BODY, "NOT FOR CIRCULATION"]


def test_words_beside_the_page_are_left_out_and_words_that_cannot_be_seen_are_read_and_both_are_said() -> None:
    beside = opened(Sheets().page(*down(BODY), Text("beside", 700, 300)))
    unseen = opened(Sheets().page(*down(BODY), Text("unseen", 72, 300, mode=3)))

    assert "beside" not in as_text(beside.lines)
    assert "beside" in found(beside)["hidden-text"]
    assert "unseen" in as_text(unseen.lines)
    assert "cannot be seen on page 1" in found(unseen)["hidden-text"]


# Pictures.


def test_pictures_of_some_size_are_counted_in_one_finding() -> None:
    large, logo = picture(72, 100, 300, 200), picture(72, 780, 60, 30)
    read = opened(Sheets().page(*down(BODY), large, logo).page(*down(BODY), large, large))

    assert [finding.message for finding in read.findings if finding.code == "picture-ignored"] == [
        "Not read: 3 pictures on pages 1 and 2."
    ]


def test_a_page_that_is_only_a_picture_is_named() -> None:
    read = opened(Sheets().page(*down(BODY)).page(picture(0, 0, 595, 842)))

    assert found(read)["picture-ignored"].startswith("There is no text on page 2:")


def test_comments_and_form_fields_are_not_read_and_said() -> None:
    sheets = Sheets(page_entries=b"/Annots [<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (No) >>] ")
    read = opened(sheets.page(*down(BODY)))

    assert found(read)["comments-ignored"] == "Not read: 1 comment or form field on page 1."
