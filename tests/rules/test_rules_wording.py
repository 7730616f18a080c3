"""Small English: counts, capitals and the article."""

import pytest

from bot.rules.wording import capital, counted, in_words, with_article


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no"), (1, "one"), (6, "six"), (10, "ten"), (11, "11"), (1234, "1,234")]
)
def test_counts_are_in_words_up_to_ten(count: int, words: str) -> None:
    assert in_words(count) == words


@pytest.mark.parametrize(("number", "words"), [(0, "no comments"), (1, "1 comment"), (3, "3 comments")])
def test_a_count_agrees_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "comment") == words


def test_a_plural_may_be_given() -> None:
    assert counted(2, "ledger entry", "ledger entries") == "2 ledger entries"
    assert counted(1, "ledger entry", "ledger entries") == "1 ledger entry"


@pytest.mark.parametrize(
    ("organisation", "words"),
    [
        ("DCC", "the DCC"),
        ("Security Sub-Committee (SSC)", "the Security Sub-Committee (SSC)"),
        ("Change Board", "the Change Board"),
        ("Northshire Energy", "Northshire Energy"),
        ("DCC Services", "DCC Services"),
        ("the DCC", "the DCC"),
        ("", ""),
    ],
)
def test_bodies_take_the_article_and_companies_do_not(organisation: str, words: str) -> None:
    assert with_article(organisation) == words


@pytest.mark.parametrize(("text", "words"), [("no comments", "No comments"), ("the DCC", "The DCC"), ("", "")])
def test_only_the_first_letter_becomes_a_capital(text: str, words: str) -> None:
    assert capital(text) == words
