"""Markings: what stands on every page, over the paper or on a part of it counts as much as the paper's statement."""

from collections.abc import Callable

import pytest

from bot.domain import Classification
from bot.papers import Reading, read_paper
from tests.papers.conftest import SHORT_PAPER, codes
from tests.papers.opening.sheets import Sheets, Text
from tests.papers.opening.word import paragraph, run, word

STATEMENT = "This document is classified as White. It may be published."
REFERENCE = "Paper Reference: OPSG_26_0511_16"
BODY = "".join(paragraph(line) for line in SHORT_PAPER.split("\n") if line)
TAB = "<w:r><w:tab/></w:r>"
MARKINGS = [
    "SEC AMBER",
    "TLP:AMBER",
    "TLP:AMBER+STRICT",
    "[Amber]",
    "Confidential",
    "GREEN – SEC Parties only",
    "Document classification: Amber",
    "SEC Classification: Green",
]


def printed(header: str) -> Reading:
    """The short paper as PDF, one header on each of its pages."""
    lines = [line for line in SHORT_PAPER.split("\n") if line]
    sheets = Sheets()
    for start in range(0, len(lines), 12):
        body = [Text(line[:100], 72, 700 - 40 * place) for place, line in enumerate(lines[start : start + 12])]
        sheets.page(Text(header, 72, 800, 9), *body)
    return read_paper("paper.pdf", sheets.file())


@pytest.mark.parametrize("kind", ["header", "footer"])
@pytest.mark.parametrize("marking", MARKINGS)
def test_a_marking_on_the_pages_of_a_word_document_contradicts_white(marking: str, kind: str) -> None:
    reading = read_paper("paper.docx", word(BODY, {kind: paragraph(marking)}))

    assert (reading.paper.classification, reading.blocked) == (Classification.RED, True)


@pytest.mark.parametrize("marking", MARKINGS)
def test_a_marking_on_the_pages_of_a_pdf_contradicts_white(marking: str) -> None:
    reading = printed(marking)

    assert (reading.paper.classification, reading.blocked) == (Classification.RED, True)
    assert {"classification-contradictory", "classification-unknown"} & set(codes(reading))


@pytest.mark.parametrize(
    "header",
    [
        "Smart Energy Code SEC AMBER Page 2 of 5",
        "Smart Energy Code AMBER",
        "OPSG_26_0511_16 | Confidential | Page 2 of 5",
    ],
)
def test_a_marking_among_other_words_on_every_page_blocks_the_paper(header: str) -> None:
    assert printed(header).blocked
    assert read_paper("paper.docx", word(BODY, {"header": paragraph(header)})).blocked


def test_a_marking_across_the_pages_blocks_the_paper() -> None:
    mark = Text("CONFIDENTIAL", 150, 300, 60, matrix=(0.7, 0.7, -0.7, 0.7))
    sheets = Sheets()
    for lines in (["This document is classified as White.", "One."], ["Two."], ["Three."]):
        sheets.page(mark, *(Text(line, 72, 700 - 40 * place) for place, line in enumerate(lines)))

    assert read_paper("paper.pdf", sheets.file()).paper.classification is Classification.RED


@pytest.mark.parametrize("marking", ["White", "SEC WHITE", "[White]", "SEC Classification: White"])
def test_the_same_marking_on_every_page_contradicts_nothing(marking: str) -> None:
    for reading in (printed(marking), read_paper("paper.docx", word(BODY, {"header": paragraph(marking)}))):
        assert reading.paper.classification is Classification.WHITE
        assert reading.paper.title == "New Draft Proposals"
        assert not reading.blocked


@pytest.mark.parametrize("header", ["Smart Energy Code", "Clear and simple notices", "The Red Lion, London"])
def test_other_words_on_every_page_classify_nothing(header: str) -> None:
    for reading in (printed(header), read_paper("paper.docx", word(BODY, {"header": paragraph(header)}))):
        assert (reading.paper.classification, reading.blocked) == (Classification.WHITE, False)


@pytest.mark.parametrize(
    ("marking", "classification", "handling"),
    [
        ("GREEN – SEC Parties only", Classification.GREEN, "SEC Parties only"),
        ("SEC AMBER (Panel members only)", Classification.AMBER, "Panel members only"),
        ("SEC Classification: Green", Classification.GREEN, None),
    ],
)
def test_a_marking_in_the_head_is_the_classification_and_not_the_title(
    changed: Callable[..., Reading], marking: str, classification: Classification, handling: str | None
) -> None:
    reading = changed({STATEMENT: marking})

    assert (reading.paper.classification, reading.paper.handling) == (classification, handling)
    assert reading.paper.title == "New Draft Proposals"
    assert codes(reading) == ["meeting-date-inferred"]


def test_a_stricter_kind_of_amber_is_not_amber(changed: Callable[..., Reading]) -> None:
    reading = changed({STATEMENT: "TLP:AMBER+STRICT"})

    assert (reading.paper.classification, reading.paper.title) == (Classification.RED, "New Draft Proposals")
    assert "classification-unknown" in codes(reading)


PARTS = [
    "Appendices A and B are Amber.",
    "Its appendices are Amber.",
    "The attachments should be treated as Amber.",
    "The appendices are to be handled as RED.",
    "All attachments remain Amber until May.",
    "Appendix A is confidential.",
    "Appendix B should be treated as confidential.",
    "It goes out with an Amber annex.",
]


@pytest.mark.parametrize("words", PARTS)
@pytest.mark.parametrize("where", [STATEMENT, "Tariff names are long."])
def test_a_part_that_is_less_open_makes_the_paper_red(changed: Callable[..., Reading], words: str, where: str) -> None:
    reading = changed({where: f"{where} {words}"})

    assert (reading.paper.classification, reading.blocked) == (Classification.RED, True)


@pytest.mark.parametrize("mark", [" (Amber)", " – RED", " [TLP:AMBER]"])
def test_a_mark_in_the_list_of_attachments_counts(changed: Callable[..., Reading], mark: str) -> None:
    reading = changed({"DP502 approved problem statement": f"DP502 approved problem statement{mark}"})

    assert (reading.paper.classification, reading.blocked) == (Classification.RED, True)


@pytest.mark.parametrize(
    "words",
    [
        "The way ahead is clear.",
        "Appendix R of the SEC is long.",
        "The Red Lion is open.",
        "Section M of the SEC says what is confidential.",
        "SEC confidential data is not in Appendix A.",
    ],
)
def test_colours_that_classify_nothing_change_nothing(changed: Callable[..., Reading], words: str) -> None:
    assert codes(changed({"Tariff names are long.": words})) == ["meeting-date-inferred"]


@pytest.mark.parametrize(
    "header", [paragraph(REFERENCE), paragraph(run("Paper Reference:") + TAB + run(REFERENCE[17:]))]
)
def test_a_reference_that_only_the_header_gives_is_the_papers(header: str) -> None:
    body = "".join(paragraph(line) for line in SHORT_PAPER.split("\n") if line not in {"", REFERENCE})
    reading = read_paper("paper.docx", word(body, {"header": header}))

    assert reading.paper.reference == "OPSG_26_0511_16"
    assert codes(reading) == ["meeting-date-inferred"]
