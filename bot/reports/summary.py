"""The arithmetic of a Comments document, one place for every format."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import Comment, Compilation, Facet

_FIRST_SECTION = 3  # 1 is what was asked, 2 the summary


@dataclass(frozen=True)
class Tally:
    """How many comments, from how many organisations, from which Party Categories (None where one is not stated)."""

    comments: int
    organisations: int
    party_categories: tuple[str | None, ...]


@dataclass(frozen=True)
class Origin:
    """How many comments came from one Sub-Committee by one way."""

    sub_committee: str
    source: str
    comments: int


@dataclass(frozen=True)
class Section:
    """The comments printed under one heading, and the figures of that heading."""

    number: int
    facet: Facet
    comments: tuple[Comment, ...]
    tally: Tally


@dataclass(frozen=True)
class Summary:
    """What section 2 says."""

    total: Tally
    sections: tuple[Section, ...]
    origins: tuple[Origin, ...]
    categories_without_comments: tuple[str, ...]
    without_organisation: int
    edited: int


def summarise(compilation: Compilation) -> Summary:
    """Count it. Replies are not comments, and a comment without an organisation adds none."""
    comments = compilation.comments
    order = compilation.party_categories
    total = _tally(comments, order)
    return Summary(
        total=total,
        sections=tuple(_section(number, facet, comments, order) for number, facet in enumerate(Facet, _FIRST_SECTION)),
        origins=_origins(comments),
        categories_without_comments=tuple(
            name for name in compilation.party_categories if name not in total.party_categories
        ),
        without_organisation=sum(comment.organisation is None for comment in comments),
        edited=sum(comment.edited for comment in comments),
    )


def _section(number: int, facet: Facet, comments: Iterable[Comment], order: tuple[str, ...]) -> Section:
    chosen = tuple(comment for comment in comments if comment.facet is facet)
    return Section(number, facet, chosen, _tally(chosen, order))


def _tally(comments: tuple[Comment, ...], order: tuple[str, ...]) -> Tally:
    organisations = {comment.organisation for comment in comments} - {None}
    categories = {comment.party_category for comment in comments}
    return Tally(len(comments), len(organisations), tuple(sorted(categories, key=lambda c: _rank(c, order))))


def _rank(category: str | None, order: tuple[str, ...]) -> tuple[int, str]:
    """The configured order, then any other name, then "not stated"."""
    if category is None:
        return len(order) + 1, ""
    return (order.index(category) if category in order else len(order)), category


def _origins(comments: Iterable[Comment]) -> tuple[Origin, ...]:
    """In order of their first comment."""
    counted = Counter((comment.sub_committee, comment.source) for comment in comments)
    return tuple(Origin(sub_committee, source, count) for (sub_committee, source), count in counted.items())
