"""Finds a denial of impact in a clause, and whatever there speaks against taking it as plain."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.rules.outlooks import denial_words, words
from bot.rules.outlooks.clauses import Span

REACH = 500  # characters around a clause in which its sentence is read; bounded, or a long sentence would take long
BESIDE = 60  # characters before and after a denial in which its subject or object stands


@dataclass(frozen=True)
class Denial:
    """`against`: the words that make it less than plain, with a remark. `exception`: whom it leaves out."""

    span: Span
    against: Span | None = None
    remark: str = ""
    exception: Span | None = None
    so_far: bool = False
    limit: Span | None = None


@dataclass(frozen=True)
class _Clause:
    """A clause with its denials. `rest` is the text with the denials painted over, at their length."""

    text: str
    span: Span
    sentence: Span
    denials: tuple[re.Match[str], ...]
    rest: str  # of the clause only: starts at span.start

    @property
    def first(self) -> Span:
        return Span(*self.denials[0].span())

    @property
    def beside(self) -> Span:
        """Around the denials, within the clause."""
        return Span(self.denials[0].start(), self.denials[-1].end()).within(self.span, BESIDE)


def denial_in(text: str, span: Span, sentence: Span) -> Denial | None:
    denials = _denials(text, span)
    if not denials:
        return None
    rest = list(text[span.start : span.end])
    for found in denials:
        rest[found.start() - span.start : found.end() - span.start] = "_" * (found.end() - found.start())
    clause = _Clause(text, span, sentence, denials, "".join(rest))
    if exception := denial_words.EXCEPTION.search(text, span.start, sentence.end):
        return Denial(clause.first, exception=Span(*exception.span()))
    for check, remark in CHECKS:
        if against := check(clause):
            return Denial(clause.first, against=against, remark=remark)
    return _plain(clause)


def _denials(text: str, span: Span) -> tuple[re.Match[str], ...]:
    """In order, without overlap: by noun where the clause has such a denial, else by verb."""
    alone = denial_words.NONE_ALONE.match(text, span.start, span.end)
    if alone:
        return (alone,)
    for pattern in (denial_words.DENIED_NOUN, denial_words.DENIED_VERB, denial_words.NONE_OF_THEM):
        if found := tuple(pattern.finditer(text, span.start, span.end)):
            return found
    return ()


def _plain(clause: _Clause) -> Denial | None:
    text, span = clause.text, clause.span
    if limit := denial_words.SO_FAR.search(text, span.start, span.end):
        return Denial(clause.first, so_far=True, limit=Span(*limit.span()))
    if denial_words.FOUND_SO_FAR.search(text, span.start, span.end):
        return Denial(clause.first, so_far=True)
    if known := denial_words.KNOWLEDGE.search(text, span.start, span.end):
        return Denial(clause.first, Span(*known.span()), "deny only what is known")
    return Denial(clause.first)


def _second_negation(clause: _Clause) -> Span | None:
    """As in "do not believe that there is no impact" and "it is untrue that there is none"."""
    for found in clause.denials:
        own = words.NEGATION.search(clause.text, found.start(), found.end())
        if own and words.NEGATION.search(clause.text, own.end(), found.end()):
            return Span(*found.span())
    if beside := words.NEGATION.search(clause.rest):
        return _at(clause, beside)
    return None


def _not_all(clause: _Clause) -> Span | None:
    for found in clause.denials:
        if denial_words.NOT_ALL.search(clause.text, found.start(), found.end()):
            return Span(*found.span())
    return None


def _partial(clause: _Clause) -> Span | None:
    """Covers some of the Parties, or something else than operations."""
    text, beside = clause.text, clause.beside
    if some := denial_words.QUALIFIED_PARTIES.search(text, beside.start, beside.end):
        return Span(*some.span())
    some = denial_words.SOME_PARTIES.search(text, beside.start, beside.end)
    if some and not denial_words.EVERYBODY.search(text, beside.start, beside.end):
        return Span(*some.span())
    last = clause.denials[-1]
    if last.re is denial_words.DENIED_VERB:
        # "Users will not be affected" says whom before the verb, "does not affect Users" after it.
        start = last.start() if denial_words.ACTIVE.search(last.group()) else beside.start
        return None if denial_words.COVERED.search(text, start, beside.end) else Span(*last.span())
    upon = denial_words.UPON.match(text, last.end(), beside.end)
    if upon and not denial_words.COVERED.search(text, upon.end(), beside.end):
        return Span(last.start(), beside.end)
    return None


def _goes_on(clause: _Clause) -> Span | None:
    """As in "no impact worth noting", "not think an impact on Users can be avoided": something else is denied."""
    for found in clause.denials:
        if found.re is denial_words.DENIED_NOUN and not denial_words.AFTER_DENIED.match(
            clause.text, found.end(), clause.span.end
        ):
            return Span(found.start(), min(clause.span.end, found.end() + BESIDE))
    last = clause.denials[-1].end()
    aside = denial_words.ASIDE.search(clause.text, last, clause.span.end)
    after = denial_words.GOES_ON.search(clause.text, last, aside.start() if aside else clause.span.end)
    return Span(*after.span()) if after else None


def _wish(clause: _Clause) -> Span | None:
    start, first = clause.span.start, clause.first
    for pattern, end in (
        (denial_words.WISH, first.start),
        (denial_words.SILENT_PAPER, first.end),
        (denial_words.STATUS_QUO, clause.span.end),
    ):
        if found := pattern.search(clause.text, start, end):
            return Span(*found.span())
    return None


def _modal(clause: _Clause) -> Span | None:
    """As in "may have no impact"; in "concerns who may propose and has no impact" the "may" stands too far off."""
    found = denial_words.MODAL.search(
        clause.text, max(clause.span.start, clause.first.start - 16), clause.denials[-1].end()
    )
    return Span(*found.span()) if found else None


def _past(clause: _Clause) -> Span | None:
    start = max(clause.span.start, clause.first.start - 12)
    found = denial_words.PAST.search(clause.text, start, clause.denials[-1].end())
    return Span(*found.span()) if found else None


def _condition(clause: _Clause) -> Span | None:
    found = denial_words.CONDITION.search(clause.text, clause.sentence.start, clause.sentence.end)
    return Span(*found.span()) if found else None


def _impact_left(clause: _Clause) -> Span | None:
    """An impact beside the denial; before a "none" that speaks of it, only one that is asserted."""
    before_none = denial_words.NONE_OF_THEM.fullmatch(clause.denials[0].group())
    start = clause.denials[-1].end() - clause.span.start if before_none else 0
    found = words.TOPIC.search(clause.rest, start) or words.WORK.search(clause.rest, start)
    found = found or words.ASSERTION.search(clause.rest) or words.BURDEN.search(clause.rest)
    return _at(clause, found) if found else None


def _in_rest(words_sought: re.Pattern[str]) -> Callable[[_Clause], Span | None]:
    def check(clause: _Clause) -> Span | None:
        found = words_sought.search(clause.rest)
        return _at(clause, found) if found else None

    return check


def _in_clause(words_sought: re.Pattern[str]) -> Callable[[_Clause], Span | None]:
    def check(clause: _Clause) -> Span | None:
        found = words_sought.search(clause.text, clause.span.start, clause.span.end)
        return Span(*found.span()) if found else None

    return check


def _at(clause: _Clause, found: re.Match[str]) -> Span:
    return Span(clause.span.start + found.start(), clause.span.start + found.end())


# In this order: the first that finds something gives the reason.
CHECKS: tuple[tuple[Callable[[_Clause], Span | None], str], ...] = (
    (_second_negation, "could be read either way"),
    (_in_rest(words.DOUBT), "leave it in doubt"),
    (_in_rest(words.REBUTTAL), "leave it in doubt"),
    (_in_clause(denial_words.HEDGE), "hedge the denial"),
    (_modal, "hedge the denial"),
    (_goes_on, "deny something else"),
    (_wish, "leave it open whether it is so"),
    (_not_all, "deny it for some only"),
    (_condition, "put a condition on the denial"),
    (_in_clause(denial_words.CONDITION_BESIDE), "put a condition on the denial"),
    (_partial, "deny only a part"),
    (_in_clause(denial_words.ONLY_THEN), "limit the denial in time"),
    (_past, "speak of the past"),
    (_impact_left, "stand beside a denial"),
)
