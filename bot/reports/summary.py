"""The arithmetic of a Comments document, one place for every format."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.compilation import Check, Comment, Compilation, Reply, RowDigest
from bot.domain import Basis, Facet, Source
from bot.rules.dates import london

# Facets in the order of the sections that print them; 1 is what was asked, 2 the summary.
_SECTIONS = {
    Facet.ISSUE: 3,
    Facet.IMPACT: 4,
    Facet.CONSIDER: 5,
    Facet.UNSORTED: 6,
    Facet.SOLUTION: 7,
    Facet.QUESTION: 8,
}
_ROWS = (Facet.ISSUE, Facet.IMPACT, Facet.CONSIDER, Facet.SOLUTION, Facet.UNSORTED, Facet.QUESTION)
# Ways that lead to one Sub-Committee's channel or meeting. By the others comments come to SECAS.
_OF_A_BODY = {Source.THREAD, Source.MESSAGE, Source.MEETING}


@dataclass(frozen=True)
class Tally:
    """How many comments, from how many organisations, from which Party Categories (None where one is not stated).

    `organisation_not_confirmed`: how many are by people who alone say for whom they speak; those add to neither.
    """

    comments: int
    organisations: int
    party_categories: tuple[str | None, ...]
    organisation_not_confirmed: int = 0


@dataclass(frozen=True)
class Origin:
    """How many comments came by one way, `source` its printed name.

    `sub_committee`: where the way leads to one of them. `day` (Europe/London) tells one meeting from another.
    """

    way: Source
    source: str
    sub_committee: str | None
    day: date | None
    comments: int


@dataclass(frozen=True)
class Section:
    """The comments printed under one heading, those in confidence too where they are shown; and its figures."""

    number: int
    facet: Facet
    comments: tuple[Comment, ...]
    tally: Tally


@dataclass(frozen=True)
class Checked:
    """A check of a thread, and how many of the comments that it found there are printed."""

    check: Check
    included: int


@dataclass(frozen=True)
class NoComments:
    """Answers "no comment": how many people, for which organisations (sorted), and how many for none that is stated."""

    people: int
    organisations: tuple[str, ...]
    not_stated: int


@dataclass(frozen=True)
class Summary:
    """What the figures of a document are. All but `received` leave out what was given in confidence.

    `questions`: the comments of other sections that ask something. `replies` by ref; `loose` are those that answer no
    comment, in time order.
    """

    received: int
    in_confidence: int
    total: Tally
    sections: tuple[Section, ...]
    rows: tuple[Section, ...]
    questions: tuple[Comment, ...]
    replies: Mapping[str, Reply]
    loose: tuple[Reply, ...]
    origins: tuple[Origin, ...]
    categories_without_comments: tuple[str, ...]
    without_organisation: int
    edited: int
    no_comment: NoComments
    checks: tuple[Checked, ...]

    @property
    def printed(self) -> tuple[Section, ...]:
        """The sections that are a table of comments; section 8 has questions and answers."""
        return tuple(section for section in self.sections if section.facet is not Facet.QUESTION)

    @property
    def all_attributed(self) -> bool:
        """Whether it is known of every comment which Party Category it came from."""
        return not (self.in_confidence or self.total.organisation_not_confirmed or None in self.total.party_categories)

    @property
    def meetings(self) -> int:
        """How many meetings comments came from."""
        return sum(origin.way is Source.MEETING for origin in self.origins)

    @property
    def asked(self) -> Section:
        """Section 8."""
        return next(section for section in self.sections if section.facet is Facet.QUESTION)

    def section_of(self, comment: Comment) -> int:
        """The number of the section a comment is printed in."""
        return _SECTIONS[comment.facet]


def summarise(compilation: Compilation) -> Summary:
    """Count it. Replies are not comments, one of several parts is one; an organisation that is not stated, or is stated
    by the author alone, adds none.
    """
    order = compilation.party_categories
    attributed = tuple(comment for comment in compilation.comments if not comment.confidential)
    wholes = _wholes(attributed)
    total = _tally(attributed, order)
    sections = {facet: _section(facet, compilation, order) for facet in _SECTIONS}
    replies = sorted(compilation.replies, key=lambda reply: reply.said_at)
    linked = {response.reply for comment in compilation.comments for response in comment.responses}
    return Summary(
        received=compilation.received,
        in_confidence=compilation.in_confidence,
        total=total,
        sections=tuple(sections.values()),
        rows=tuple(sections[facet] for facet in _ROWS),
        questions=tuple(c for c in compilation.comments if c.question and c.facet is not Facet.QUESTION),
        replies={reply.ref: reply for reply in replies},
        loose=tuple(reply for reply in replies if reply.ref not in linked),
        origins=_origins(wholes),
        categories_without_comments=tuple(name for name in order if name not in total.party_categories),
        without_organisation=sum(comment.organisation is None for comment in wholes),
        edited=sum(comment.edited for comment in wholes),
        no_comment=_no_comment(compilation),
        checks=tuple(_checked(check, wholes) for check in compilation.checks),
    )


def checksum(digests: Iterable[RowDigest]) -> str | None:
    """One SHA-256 over the digests of all rows: each with its ref on a line of its own. None where there is no row."""
    lines = [f"{row.ref} {row.digest}\n" for row in digests]
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest() if lines else None


def _wholes(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Each comment once: of one in parts the first."""
    found: dict[str, Comment] = {}
    for comment in comments:
        found.setdefault(comment.whole, comment)
    return tuple(found.values())


def _section(facet: Facet, compilation: Compilation, order: tuple[str, ...]) -> Section:
    chosen = tuple(comment for comment in compilation.comments if comment.facet is facet)
    attributed = [comment for comment in chosen if not comment.confidential]
    return Section(_SECTIONS[facet], facet, chosen, _tally(attributed, order))


def _tally(comments: Iterable[Comment], order: tuple[str, ...]) -> Tally:
    wholes = _wholes(comments)
    known = [comment for comment in wholes if comment.basis is not Basis.STATED]
    organisations = {comment.organisation for comment in known} - {None}
    categories = sorted({comment.party_category for comment in known}, key=lambda c: _rank(c, order))
    return Tally(len(wholes), len(organisations), tuple(categories), len(wholes) - len(known))


def _rank(category: str | None, order: tuple[str, ...]) -> tuple[int, str]:
    """The configured order, then any other name, then "not stated"."""
    if category is None:
        return len(order) + 1, ""
    return (order.index(category) if category in order else len(order)), category


def _origins(wholes: Iterable[Comment]) -> tuple[Origin, ...]:
    """In order of their first comment."""
    counted = Counter(_origin(comment) for comment in wholes)
    return tuple(replace(origin, comments=count) for origin, count in counted.items())


def _origin(comment: Comment) -> Origin:
    body = comment.sub_committee if comment.way in _OF_A_BODY else None
    day = london(comment.said_at).date() if comment.way is Source.MEETING else None
    return Origin(comment.way, comment.source, body, day, 1)


def _no_comment(compilation: Compilation) -> NoComments:
    stated = [each.organisation for each in compilation.no_comment if each.organisation]
    people = len(compilation.no_comment)
    return NoComments(people, tuple(sorted(set(stated))), people - len(stated))


def _checked(check: Check, wholes: Iterable[Comment]) -> Checked:
    """Of a draft from before it was kept which comments were found, those of all threads of its Sub-Committee."""
    if check.refs is not None:
        return Checked(check, sum(comment.whole.rpartition("-")[2] in check.refs for comment in wholes))
    here = [c for c in wholes if c.way is Source.THREAD and c.sub_committee == check.sub_committee]
    return Checked(check, len(here))
