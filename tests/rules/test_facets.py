"""Only the commenter's own prefix decides a facet."""

import pytest

from bot.domain import Facet
from bot.rules.facets import facet_of


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("Issue: it is right", Facet.ISSUE),
        ("ISSUE - it is right", Facet.ISSUE),
        ("  *Issue*: it is right", Facet.ISSUE),
        ("Impacts: on us", Facet.IMPACT),
        ("impact – on us", Facet.IMPACT),
        ("Impact- on us", Facet.IMPACT),
        ("Consider:costs", Facet.CONSIDER),
        ("Consider — costs", Facet.CONSIDER),
    ],
)
def test_a_prefix_decides_and_is_the_reason(text: str, facet: Facet) -> None:
    suggestion = facet_of(text)

    assert suggestion.value is facet
    assert suggestion.because.startswith("the comment starts with “")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The issue: it is right",
        "Issue it is",
        "Impact-based charging",
        "Considering: costs",
        "Issued: today",
        "Impacts",
    ],
)
def test_without_a_prefix_it_is_unsorted(text: str) -> None:
    assert facet_of(text).value is Facet.UNSORTED
    assert facet_of(text).because
