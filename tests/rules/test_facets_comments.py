"""How well the facet rules read labelled comments: those they were written with, and those that nobody had seen.

Precision counts what is decided, not what is left unsorted. A member's own prefix is no decision of the rules: comments
without one are counted apart too. A failure prints figures only, never a comment that is kept apart.
"""

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain import Facet
from bot.rules.facets import suggest, suggests_setting_aside

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs/facets.md"
COURTESY, UNSORTED = "courtesy", Facet.UNSORTED.value
ANSWERS = [*(facet.value for facet in Facet if facet is not Facet.UNSORTED), COURTESY, UNSORTED]


@dataclass(frozen=True)
class Figures:
    """How often an analyst's answer (first) and a suggestion (second) came together."""

    pairs: Counter[tuple[str, str]]

    @property
    def decided(self) -> int:
        return sum(count for (_, suggested), count in self.pairs.items() if suggested != UNSORTED)

    @property
    def precision(self) -> float:
        return sum(self.pairs[answer, answer] for answer in ANSWERS if answer != UNSORTED) / self.decided

    @property
    def unsorted(self) -> float:
        return 1 - self.decided / self.pairs.total()

    def sentence(self, of: str) -> str:
        right = round(self.precision * self.decided)
        return (
            f"Of {self.pairs.total()} {of}, {self.decided} are decided, {right} of them rightly: precision "
            f"{self.precision:.2f}; {self.unsorted:.0%} are left unsorted."
        )


@dataclass(frozen=True)
class Measured:
    all: Figures
    without_prefix: Figures

    def printed(self) -> str:
        """As the guide shows it."""
        rows = [["said by an analyst", *ANSWERS], ["---"] + ["---:"] * len(ANSWERS)]
        rows += [[said, *(str(self.all.pairs[said, suggested]) for suggested in ANSWERS)] for said in ANSWERS]
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        sentences = f"{self.all.sentence('comments')}\n{self.without_prefix.sentence('without a prefix')}"
        return f"{table}\n\n{sentences}\n"


def measured(name: str) -> Measured:
    """Over all comments_NAME*.toml together."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(HERE.glob(f"comments_{name}*.toml"))]
    comments = [comment for text in texts for comment in tomllib.loads(text)["comment"]]
    answers = [(comment["facet"], suggested(comment["text"]), comment.get("prefixed", False)) for comment in comments]
    assert {said for said, _, _ in answers} <= set(ANSWERS)
    return Measured(
        Figures(Counter((said, answer) for said, answer, _ in answers)),
        Figures(Counter((said, answer) for said, answer, prefixed in answers if not prefixed)),
    )


def suggested(text: str) -> str:
    return COURTESY if suggests_setting_aside(text).value else suggest(text).value.value


# How many comments, and what was reached: precision of all that is decided, and without prefixes, rounded down; and how
# much is left unsorted, rounded up.
REACHED = {"known": (320, 1.0, 1.0, 0.51), "kept_apart": (140, 0.967, 0.944, 0.565)}


@pytest.mark.parametrize("name", REACHED)
def test_what_is_decided_is_right_as_often_as_when_measured(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    read = measured(name)
    figures = (read.all.precision, read.without_prefix.precision, read.all.unsorted)
    print(f"{name}: precision %.3f, without a prefix %.3f; unsorted %.2f" % figures)  # noqa: T201 (shown by pytest -rP)
    record_property(name, str(figures))
    comments, right, right_without_prefix, unsorted = REACHED[name]

    assert read.all.pairs.total() == comments
    assert figures[0] >= right
    assert figures[1] >= right_without_prefix
    assert figures[2] <= unsorted


@pytest.mark.parametrize("name", REACHED)
def test_the_guide_shows_the_figures_as_they_are(name: str) -> None:
    assert measured(name).printed() in GUIDE.read_text("utf-8")
