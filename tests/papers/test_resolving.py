"""The analyst gives the classification only where the paper does not say it clearly, and that is kept."""

from collections.abc import Callable

import pytest

from bot.domain import Classification
from bot.errors import UserError, WrongUsage
from bot.papers import Reading, Severity
from bot.papers.resolving import resolve, typed

STATEMENT = "This document is classified as White. It may be published."
ADA = "ada.holt@secas.example"

FAULTS = {
    "missing": ({STATEMENT: ""}, "does not say how it is classified"),
    "unknown": ({"as White": "as Mauve"}, "“mauve” is not known"),
    "contradictory": ({"as White": "as White and as Green"}, "is classified as White and as Green"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unclear_classification_is_set_with_what_the_paper_says_and_who_set_it(
    changed: Callable[..., Reading], fault: str
) -> None:
    words, says = FAULTS[fault]
    unclear = changed(words)
    assert (unclear.blocked, unclear.paper.classification) == (True, Classification.RED)

    clear = resolve(unclear, Classification.WHITE, ADA)

    assert (clear.blocked, clear.paper.classification) == (False, Classification.WHITE)
    (note,) = [finding for finding in clear.findings if finding.code == "classification-by-analyst"]
    assert note.severity is Severity.NOTE
    assert says.casefold() in note.message.casefold()
    assert note.message.endswith(f"; {ADA} set White at import.")
    assert "treated as Red" not in note.message
    assert note.line == next(f.line for f in unclear.findings if f.code == f"classification-{fault}")


def test_other_errors_still_block_the_paper(changed: Callable[..., Reading]) -> None:
    words = {STATEMENT: "", "Paper Reference: OPSG_26_0511_16": ""}

    assert resolve(changed(words), Classification.WHITE, ADA).blocked


def test_the_same_as_the_paper_says_changes_nothing(changed: Callable[..., Reading]) -> None:
    assert resolve(changed({}), Classification.WHITE, ADA) == changed({})


@pytest.mark.parametrize("chosen", [Classification.CLEAR, Classification.GREEN, Classification.RED])
def test_a_clear_classification_is_not_the_analysts_to_change(
    changed: Callable[..., Reading], chosen: Classification
) -> None:
    with pytest.raises(UserError, match="classified as White: --classification is only for papers that do not say"):
        resolve(changed({}), chosen, ADA)


@pytest.mark.parametrize(("words", "found"), [("white", "White"), (" RED ", "Red"), ("Clear", "Clear")])
def test_it_is_typed_in_any_case(words: str, found: str) -> None:
    assert typed(words).value == found


def test_another_word_is_no_classification() -> None:
    with pytest.raises(WrongUsage, match="'blue' is no classification: allowed is White, Clear, Green, Amber or Red"):
        typed("blue")
