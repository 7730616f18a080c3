"""In what words a paper says how it is classified; in doubt it is Red and blocked."""

from collections.abc import Callable

import pytest

from bot.domain import Classification
from bot.papers import Reading
from tests.papers.conftest import codes

STATEMENT = "This document is classified as White. It may be published."


@pytest.mark.parametrize(
    ("words", "classification"),
    [
        ("This document is classified as 'White'.", Classification.WHITE),
        ("This document is classified as [White].", Classification.WHITE),
        ("This document is classified as: White", Classification.WHITE),
        ("This document is classified as White/Clear.", Classification.WHITE),
        ("This document is classified as Clear (formerly White).", Classification.CLEAR),
        ("Document classification: Amber", Classification.AMBER),
        ("[White]", Classification.WHITE),
        ("TLP:CLEAR", Classification.CLEAR),
        ("SEC GREEN", Classification.GREEN),
    ],
)
def test_a_classification_may_be_said_in_other_words(
    changed: Callable[..., Reading], words: str, classification: Classification
) -> None:
    reading = changed({STATEMENT: words})

    assert reading.paper.classification is classification
    assert reading.paper.title == "New Draft Proposals"
    assert not reading.blocked


@pytest.mark.parametrize(
    "words",
    [
        "Classification: White / Green",
        "Classification: White (Appendix D: Red)",
        "Classification: White until 5 November, then Amber",
        f"{STATEMENT} Appendix D is classified as Red.",
        f"{STATEMENT}\n\nAppendix D is Red.",
        f"{STATEMENT}\n\nDocument classification: Red",
        f"{STATEMENT}\n\nSEC AMBER",
        f"{STATEMENT}\n\nRED",
        f"{STATEMENT}\n\nConfidential",
        f"{STATEMENT}\n\nOfficial - Sensitive",
    ],
)
def test_more_than_white_beside_white_is_red(changed: Callable[..., Reading], words: str) -> None:
    reading = changed({STATEMENT: words})

    assert reading.paper.classification is Classification.RED
    assert reading.blocked


@pytest.mark.parametrize(
    "statement",
    [
        "This document is classified as White or Green.",
        "This document is classified as Secret.",
        "This document is not classified as White.",
        "This document is classified as White.\n\nThis document is classified as Amber.",
        "Classification: Green\n\nThis document is classified as White.",
        "",
    ],
)
def test_in_doubt_a_paper_is_red_and_blocked(changed: Callable[..., Reading], statement: str) -> None:
    reading = changed({STATEMENT: statement})

    assert reading.paper.classification is Classification.RED
    assert reading.blocked


@pytest.mark.parametrize("name", ["Clear", "Green", "Amber", "Red"])
def test_every_classification_is_read(changed: Callable[..., Reading], name: str) -> None:
    assert changed({"as White": f"as **{name}**"}).paper.classification is Classification(name)


def test_a_classification_field_is_enough(changed: Callable[..., Reading]) -> None:
    reading = changed({STATEMENT: "Classification: White"})

    assert reading.paper.classification is Classification.WHITE
    assert reading.paper.handling is None


def test_a_statement_and_a_page_number_in_the_middle_of_a_sentence_are_furniture(
    changed: Callable[..., Reading],
) -> None:
    page = "Tariff names\n\nPage 2 of 5\n\nThis document is classified as White. It may be published.\n\nare long."
    reading = changed({"Tariff names are long.": page})

    assert reading.items[0].summary == ("Tariff names are long.",)
    assert codes(reading) == ["meeting-date-inferred", "paragraph-rejoined"]


def test_words_that_stick_to_a_repeated_statement_do_not_vanish(changed: Callable[..., Reading]) -> None:
    page = "Tariff names are long.\n\nThis document is classified as White. It may be published.\nAnd more."
    reading = changed({"Tariff names are long.": page})

    assert reading.items[0].summary == ("Tariff names are long.", "And more.")


def test_an_unknown_classification_is_quoted_as_it_is_printed(changed: Callable[..., Reading]) -> None:
    findings = changed({"classified as White": "classified as Mauve"}).findings

    assert "The classification “Mauve” is not known: the paper is treated as Red." in [f.message for f in findings]
