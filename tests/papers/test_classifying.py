"""In what words a paper says how it is classified; in doubt it is Red and blocked."""

from collections.abc import Callable

import pytest

from bot.domain import Classification
from bot.papers import Reading

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
