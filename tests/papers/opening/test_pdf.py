"""PDF papers: what stands on the page is read once, in order, and no file breaks the reader."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.papers import LineKind, Opened, Reading, as_text, open_paper, read_paper
from tests.papers.conftest import ROOT
from tests.papers.opening.printing import Sheets, Text, marked, picture, print_text, print_web, print_word

SAMPLE = (ROOT / "bot/demo/sample_paper.txt").read_text(encoding="utf-8")
BODY = [
    "Calder reads the meters of its customers once an hour and",
    "sends what it finds to Northshire Energy, which has asked it",
    "to do so for as long as the trial lasts.",
]


def opened(sheets: Sheets) -> Opened:
    return open_paper("paper.pdf", sheets.file())


def words(sheets: Sheets) -> list[str]:
    return [line.text for line in opened(sheets).lines if line.kind is not LineKind.BLANK]


def found(opened: Opened) -> dict[str, str]:
    return {finding.code: finding.message for finding in opened.findings}


def refusal(content: bytes) -> str:
    with pytest.raises(UserError) as refused:
        open_paper("paper.pdf", content)
    return str(refused.value)


def down(texts: list[str], top: float = 700, left: float = 72, size: float = 11, leading: float = 13) -> list[Text]:
    return [Text(text, left, top - index * leading, size) for index, text in enumerate(texts)]


# The sample and the real paper, printed.


@pytest.fixture(scope="session", params=["sample", "real"])
def paper(request: pytest.FixtureRequest) -> str:
    return SAMPLE if request.param == "sample" else request.getfixturevalue("real_bytes").decode()


def same(printed: bytes, text: str) -> Reading:
    """What was read from print, once it is seen to be what is read from the text."""
    got, wanted = read_paper("paper.pdf", printed), read_paper("paper.txt", text.encode())
    assert got.paper == wanted.paper
    assert got.items == wanted.items
    assert got.attachments == wanted.attachments
    assert not got.blocked
    return got


def test_a_printed_text_file_reads_as_the_text(paper: str, tmp_path: Path) -> None:
    same(print_text(paper, tmp_path), paper)


@pytest.mark.parametrize("size", [(21, 29.7), (14, 20), (12, 16)])
def test_a_paper_printed_from_word_reads_as_its_text(paper: str, size: tuple[float, float], tmp_path: Path) -> None:
    reading = same(print_word(paper, tmp_path, size=size), paper)

    assert "furniture-removed" in [finding.code for finding in reading.findings]


@pytest.mark.parametrize(("width", "height"), [("21cm", "29.7cm"), ("14cm", "20cm")])
def test_a_paper_printed_from_a_web_page_reads_as_its_text(paper: str, width: str, height: str, tmp_path: Path) -> None:
    same(print_web(paper, tmp_path, width=width, height=height), paper)


def test_headers_and_footers_stay_in_place_and_the_classification_is_read_once(tmp_path: Path) -> None:
    lines = open_paper("paper.pdf", print_word(SAMPLE, tmp_path)).lines
    header = [line.kind for line in lines if line.text.startswith("This document is classified")]
    footers = [line for line in lines if line.text.startswith("Managed by Calder")]

    assert header[0] is LineKind.TEXT
    assert set(header[1:]) == {LineKind.FURNITURE}
    assert {line.kind for line in footers} == {LineKind.FURNITURE}
    assert len(header) == len(footers) > 2


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


# What is printed on every page.


def with_header(pages: int, header: str, footer: str) -> Sheets:
    sheets = Sheets()
    for number in range(1, pages + 1):
        text = [f"{BODY[0]} ({number})", *BODY[1:]]
        sheets.page(Text(header, 72, 800, 9), *down(text), Text(footer.format(number), 72, 30, 9))
    return sheets


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


# Characters.


def test_ligatures_are_letters() -> None:
    assert words(Sheets().page(Text("ofice", 72, 700, font="U"))) == ["officice"[:4] + "fiice"[2:]]


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


# Refusals.


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(200), b"Paper Reference: OPSG_26_0511_16", b"%PDF"])
def test_what_is_no_pdf_file_is_refused(content: bytes) -> None:
    assert refusal(content).startswith("paper.pdf is not a PDF file")


def test_a_damaged_file_is_refused() -> None:
    whole = Sheets().page(*down(BODY)).file()

    assert "damaged" in refusal(whole[:-200])
    assert "damaged" in refusal(b"%PDF-1.7\n" + bytes(500) + b"%%EOF")


def test_a_file_without_text_is_refused() -> None:
    assert "only pictures of pages" in refusal(Sheets().page(picture(0, 0, 595, 842)).file())


def test_a_file_with_a_password_is_refused() -> None:
    secret = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"1F" * 32, b"2E" * 32)
    sheets = Sheets(extra=[secret], trailer=b"/Encrypt 7 0 R /ID [<00> <00>]").page(*down(BODY))

    assert "password" in refusal(sheets.file())


def test_too_many_pages_and_too_much_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = Sheets()
    for _ in range(201):
        sheets.page(*down(["x"]))
    assert refusal(sheets.file()).startswith("paper.pdf has 201 pages")

    monkeypatch.setattr("bot.papers.opening.pdf.MOST_CHARACTERS", 1000)
    assert "at most 1,000 characters" in refusal(Sheets().page(*down(BODY * 10)).file())


def test_a_file_that_names_none_of_its_letters_is_refused() -> None:
    assert "which letters" in refusal(Sheets().page(Text("~~~~~", 72, 700, font="U")).file())


# Whatever the bytes.

WHOLE = (
    with_header(3, "This document is classified as White.", "Page {} of 3")
    .page(*down(BODY), picture(72, 100, 300, 200))
    .file()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6)), min_size=1, max_size=12))
def test_no_change_of_bytes_leads_to_anything_but_lines_or_a_refusal(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(WHOLE)
    for place, new in changes:
        content[place : place + len(new)] = new
    try:
        lines = open_paper("paper.pdf", bytes(content)).lines
    except UserError:
        return
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all("\n" not in line.text for line in lines)


def test_bytes_that_only_begin_and_end_as_a_pdf_file_are_refused() -> None:
    noise = random.Random(1)
    for _ in range(50):
        refusal(b"%PDF-1.4\n" + noise.randbytes(300) + b"\n%%EOF")
