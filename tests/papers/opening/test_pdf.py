"""PDF papers: what stands on the page is read once, in order."""

import pytest

from bot.papers import LineKind, as_text
from tests.papers.opening.sheets import BODY, Sheets, Text, down, marked, opened, words

# Lines and paragraphs.


def test_lines_of_a_paragraph_touch_and_paragraphs_stand_apart() -> None:
    assert as_text(opened(Sheets().page(*down(BODY), *down(BODY, 650))).lines) == "\n".join(
        [f"{n}  {text}" for n, text in enumerate(BODY, 1)] + ["4"] + [f"{n}  {text}" for n, text in enumerate(BODY, 5)]
    )


def test_lines_are_read_from_the_top_whatever_the_order_they_are_drawn_in() -> None:
    assert words(Sheets().page(*reversed(down(BODY)))) == BODY


def test_what_stands_on_one_baseline_is_one_line() -> None:
    sheets = Sheets().page(Text("OPSG_26_0511_16", 250, 700), Text("Paper Reference:", 72, 700))

    assert words(sheets) == ["Paper Reference: OPSG_26_0511_16"]


def test_words_that_are_only_set_apart_keep_their_spaces() -> None:
    sheets = Sheets().page(b"BT /F 11 Tf 72 700 Td [(Wharfe) -300 (Sup) 20 (ply)] TJ ET")

    assert words(sheets) == ["Wharfe Supply"]


def test_a_short_line_ends_a_paragraph_though_no_white_follows() -> None:
    lines = opened(Sheets().page(*down([*BODY, "Robin Ainsley", "SECAS Team", *BODY]))).lines

    assert [line.text for line in lines] == [*BODY, "", "Robin Ainsley", "", "SECAS Team", "", *BODY]


@pytest.mark.parametrize("mark", ["•", "·", "-", "–"])
def test_bullets_whatever_their_mark(mark: str) -> None:
    items = [part for base in (640, 626) for part in (Text(mark, 80, base), Text(f"bullet at {base}", 98, base))]
    lines = opened(Sheets().page(*down(BODY), *items)).lines

    assert [line.text for line in lines if line.kind is LineKind.BULLET] == ["bullet at 640", "bullet at 626"]


def test_bullets_of_a_font_of_symbols_and_of_the_second_level() -> None:
    marks = [Text("#", 80, 640, font="U"), Text("o", 98, 626), Text("#", 80, 612, font="U")]
    items = [Text(text, 116, base) for text, base in (("one", 640), ("deeper", 626), ("two", 612))]
    lines = opened(Sheets().page(*down(BODY), *marks, *items)).lines

    bullets = [(line.text, line.level) for line in lines if line.kind is LineKind.BULLET]
    assert bullets == [("one", 1), ("deeper", 2), ("two", 1)]


def test_a_dash_that_a_sentence_carries_to_the_next_line_is_no_bullet() -> None:
    text = [*BODY[:2], "- which it may do - and a few others."]

    assert [line.kind for line in opened(Sheets().page(*down(text))).lines] == [LineKind.TEXT] * 3


def test_larger_type_is_a_heading_by_its_size_in_one_line_however_it_is_printed() -> None:
    title = [Text("A title that is", 72, 780, 18), Text("wide", 72, 759, 18)]
    lines = opened(Sheets().page(*title, Text("1. Purpose", 72, 725, 14), *down(BODY * 3))).lines

    headings = [(line.text, line.level) for line in lines if line.kind is LineKind.HEADING]
    assert headings == [("A title that is wide", 1), ("1. Purpose", 2)]


# Page breaks.


def break_between(last: str, first: str) -> list[str]:
    """The lines around a page break, "" for white."""
    lines = [line.text for line in opened(Sheets().page(*down([*BODY, *BODY, last])).page(*down([first, *BODY]))).lines]
    return lines[lines.index(last) : lines.index(first) + 1]


def test_a_sentence_that_runs_over_a_page_break_touches_its_other_half() -> None:
    last = "sends what it found to Northshire Energy, which has asked it"

    assert break_between(last, "Tarn Metering, too, was asked.") == [last, "Tarn Metering, too, was asked."]


@pytest.mark.parametrize(
    "last",
    [
        "and no longer.",
        "Anticipated Operational Impacts",
        "sends what it finds to Northshire Energy, which has asked for.",
    ],
)
def test_a_sentence_that_ends_with_the_page_stands_apart_as_does_a_short_line(last: str) -> None:
    assert break_between(last, "Tarn Metering, too, was asked.") == [last, "", "Tarn Metering, too, was asked."]


# Characters.


def test_ligatures_are_letters() -> None:
    assert words(Sheets().page(Text("ofce", 72, 700, font="U"))) == ["office"]


def test_a_hyphen_at_a_lines_end_stays_whatever_character_it_is() -> None:
    plain = Sheets().page(*down(["The Non-", "Mandated Alerts of Calder"]))
    soft = Sheets().page(Text("The Non=", 72, 700, font="U"), Text("Mandated Alerts of Calder", 72, 687))

    assert words(plain) == words(soft) == ["The Non-", "Mandated Alerts of Calder"]


def test_a_soft_hyphen_that_is_drawn_within_a_line_is_a_hyphen() -> None:
    assert words(Sheets().page(Text("The Non=Mandated Alerts", 72, 700, font="U"))) == ["The Non-Mandated Alerts"]


@pytest.mark.parametrize("shift", [0, 0.3, 2])
def test_words_printed_twice_for_weight_or_shadow_are_read_once(shift: float) -> None:
    copies = [Text(text.text, text.left + shift, text.base - shift) for text in down(BODY)]

    assert words(Sheets().page(*down(BODY), *copies)) == BODY


def test_double_letters_are_not_taken_for_overprint() -> None:
    letters = [Text("l", 72, 700), Text("l", 74.5, 700), Text("a", 77, 700), Text(".", 83, 700), Text(".", 86, 700)]

    assert words(Sheets().page(*letters)) == ["lla.."]


# Footnotes.


def test_a_raised_digit_with_a_note_at_the_foot_is_left_out_and_the_note_is_kept() -> None:
    sheets = Sheets().page(
        *down(BODY), marked("Raised by Ada Holt", "1", " of Calder.", 72, 640),
        Text("1", 72, 63, 5), Text("Who speaks for", 78, 60, 8), Text("all of them.", 72, 50, 8),
    )  # fmt: skip
    lines = opened(sheets).lines

    assert "Raised by Ada Holt of Calder." in [line.text for line in lines]
    assert [(line.text, line.level) for line in lines if line.kind is LineKind.FOOTNOTE] == [
        ("Who speaks for all of them.", 1)
    ]


def test_a_raised_digit_without_a_note_stays_and_makes_no_other_number() -> None:
    assert words(Sheets().page(marked("DP088", "1", "", 72, 700))) == ["DP088 1"]


def test_a_paragraph_that_goes_on_after_a_footnote_touches_its_other_half() -> None:
    text = "sends what it finds to Northshire Energy, which has asked it"
    first: list[Text | bytes] = [*down(BODY), marked(text, "1", "", 72, 661), Text("1 Since 2019.", 72, 60, 8)]
    lines = opened(Sheets().page(*first).page(*down(["Wharfe Supply, too.", *BODY]))).lines

    index = next(line.number for line in lines if line.kind is LineKind.FOOTNOTE)
    assert [line.text for line in lines[index - 2 : index + 1]] == [text, "Since 2019.", "Wharfe Supply, too."]
