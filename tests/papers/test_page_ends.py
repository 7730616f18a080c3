"""Where a page ends in a paper: sentences go on, hyphens and footnotes are put right, and no line is lost."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from tests.papers.conftest import codes

STATEMENT = "This document is classified as White. It may be published."


@pytest.mark.parametrize(
    "page",
    [
        "Page 2 of 5",
        "Managed by Calder Services",
        STATEMENT,
        "This document is classified as White. It may\nbe published.",
        "Managed by Calder Services\nPage 2 of 5\nThis document is classified as White.",
        "OPSG_26_0511_16",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("sentence", ["Tariff names{}are long.", "The names of the{}DCC are long."])
def test_a_page_may_end_in_the_middle_of_a_sentence(
    changed: Callable[..., Reading], page: str, gap: str, sentence: str
) -> None:
    reading = changed({"Tariff names are long.": sentence.format(f"{gap}{page}{gap}")})

    assert reading.items[0].summary == (sentence.format(" "),)
    assert set(codes(reading)) <= {"meeting-date-inferred", "paragraph-rejoined"}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_after_the_end_of_a_page_is_a_heading(changed: Callable[..., Reading], gap: str) -> None:
    reading = changed({"\n\nDP502 'Shorter": f"{gap}Page 2 of 5{gap}DP502 'Shorter"})

    assert [item.title for item in reading.items] == ["Clearer tariff names", "Shorter notices"]
    assert codes(reading) == ["meeting-date-inferred"]


def test_a_paragraph_that_ends_in_a_small_word_goes_on_in_the_next(changed: Callable[..., Reading]) -> None:
    assert changed({"Tariff names are long.": "Names of the\n\nDCC are long."}).items[0].summary == (
        "Names of the DCC are long.",
    )


def test_a_bullet_without_a_stop_is_not_joined_to_the_words_after_a_page(changed: Callable[..., Reading]) -> None:
    reading = changed({"Tariff names are long.": "Names:\n\n- the Panel\n\nPage 2 of 5\n\nNames are long."})

    assert reading.items[0].summary == ("Names:", "- the Panel", "Names are long.")


@pytest.mark.parametrize(
    ("words", "read", "code"),
    [
        ("Planned mainte-\nnance is long. The maintenance of it too.", "Planned maintenance is", "hyphen-joined"),
        ("A risk-\nbased name is long. A risk-based one too.", "A risk-based name is", "hyphen-joined"),
        ("The Non-\nMandated names are long.", "The Non-Mandated names", "hyphen-joined"),
        ("A real-\ntime name is long.", "A real-time name", "hyphen-unclear"),
        ("Planned mainte-\nnance is long.", "Planned maintenance is", "hyphen-unclear"),
        ("The pre-\nand post-go-live names.", "The pre- and post-go-live names.", None),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_or_goes_by_the_words_around_it(
    changed: Callable[..., Reading], words: str, read: str, code: str | None
) -> None:
    reading = changed({"Tariff names are long.": words})

    assert read in reading.items[0].summary[0]
    assert [c for c in codes(reading) if c.startswith("hyphen")] == ([code] if code else [])


def test_the_digits_of_footnotes_leave_the_words_and_the_notes_stay(changed: Callable[..., Reading]) -> None:
    page = "Tariff names1 are\n\n1 As used by Suppliers.\n\nPage 2 of 5\n\nlong and SMETS1 Devices have v3.2 names."
    reading = changed({"Tariff names are long.": page})

    assert reading.items[0].summary == (
        "Tariff names are long and SMETS1 Devices have v3.2 names.",
        "Footnote 1: As used by Suppliers.",
    )
    assert set(codes(reading)) == {"meeting-date-inferred", "footnote-digit", "paragraph-rejoined"}


def test_a_footnotes_digit_is_no_part_of_a_name(changed: Callable[..., Reading]) -> None:
    reading = changed({"of Northshire Energy.": "of Northshire Energy1.", "are long.": "are long.\n\n1 A Supplier."})

    assert reading.items[0].organisation == "Northshire Energy"


@pytest.mark.parametrize("words", ["See section1 of it.", "SMETS1 Devices.", "Names in v3.2 and D1.3(e)."])
def test_digits_that_belong_to_a_word_stay(changed: Callable[..., Reading], words: str) -> None:
    reading = changed({"Tariff names are long.": words})

    assert reading.items[0].summary == (words,)
    assert codes(reading) == ["meeting-date-inferred"]


# --- every line ends somewhere ----------------------------------------------------------------------------------------


def test_every_line_of_the_sample_has_its_place(sample: Reading) -> None:
    where = {place.line: place.where for place in sample.places}

    assert "nowhere" not in where.values()
    assert where[4] == "action"
    assert [place for place in where.values() if place.startswith("DP092")] == [
        "DP092 heading",
        "DP092 proposer, DP092 Lead Analyst",
        *["DP092 summary"] * 3,
        "DP092 impacts heading",
        "DP092 impacts",
        "DP092 appendix",
    ]
