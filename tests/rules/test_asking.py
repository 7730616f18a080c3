"""Whether a paper asks for agreement on further input: said only where the paper says it."""

import pytest

from bot.papers import Reading, read_paper
from bot.rules.asking import asks_for_further_input
from tests.house import SAMPLE
from tests.papers.conftest import REAL_PAPER, SHORT_PAPER, held


def asks(reading: Reading) -> bool:
    return asks_for_further_input(reading.paper.purpose, reading.paper.recommendation)


def test_the_real_paper_asks() -> None:
    assert asks(read_paper(REAL_PAPER.name, held(REAL_PAPER).read_bytes()))


def test_the_sample_asks() -> None:
    assert asks(read_paper(SAMPLE.name, SAMPLE.read_bytes()))


def test_a_paper_that_does_not_ask_does_not() -> None:
    assert not asks(read_paper("paper.txt", SHORT_PAPER.encode()))


def test_the_recommendation_may_ask() -> None:
    assert asks_for_further_input([], "The Group is requested to AGREE which proposals it wants Further Input on.")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The Group gave further input on DP080 in October.",
        "The Group is asked to agree the minutes. SECAS had further input from the DCC.",
        "No agreement is sought.",
    ],
)
def test_further_input_that_the_group_is_not_asked_to_agree_on_is_no_such_request(words: str) -> None:
    assert not asks_for_further_input([words], words or None)
