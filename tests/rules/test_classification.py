"""Only White, which later papers call Clear, is posted, and only where the channel's clearance is no more."""

import itertools

import pytest

from bot.domain import Classification
from bot.rules.classification import may_post

OPEN = (Classification.WHITE, Classification.CLEAR)


@pytest.mark.parametrize(("paper", "clearance"), [*itertools.product(Classification, Classification)])
def test_only_white_goes_to_a_channel_for_white(paper: Classification, clearance: Classification) -> None:
    assert may_post(paper, clearance).value is (paper in OPEN and clearance in OPEN)


@pytest.mark.parametrize("paper", [Classification.GREEN, Classification.AMBER, Classification.RED])
def test_the_reason_names_the_papers_classification(paper: Classification) -> None:
    assert may_post(paper, Classification.WHITE).because == (
        f"the paper is classified {paper.value} and only White is posted"
    )


def test_the_reason_names_a_channels_clearance_that_is_not_supported() -> None:
    assert may_post(Classification.WHITE, Classification.GREEN).because == (
        "the channel's clearance is Green and only White is supported"
    )
