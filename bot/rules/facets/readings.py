"""What each sentence of a comment does, and what they come to together: one facet, or unsorted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain import Facet, Suggestion
from bot.rules.facets import asking, telling
from bot.rules.facets.courtesies import COURTESY
from bot.rules.facets.sentences import Clause, Sentence, sentences_of

SHORT = 3  # words of a turn that takes nothing back: "but rarely"
QUOTED = 6  # words of one that is not read
LATE = 30  # words before the first that says anything: what a long comment is on, it says early
LATE_IMPACT = 3  # after more it may be the reason for something that was not read

_TELLING = ((Facet.SOLUTION, telling.SOLUTION), (Facet.IMPACT, telling.IMPACT), (Facet.ISSUE, telling.ISSUE))
_NAMING = (
    (Facet.IMPACT, telling.NAMED_IMPACT),
    (Facet.ISSUE, telling.NAMED_ISSUE),
    (Facet.SOLUTION, telling.NAMED_SOLUTION),
)
_ASKING = (
    (Facet.QUESTION, asking.REQUEST),
    (Facet.SOLUTION, telling.SOLUTION_ASKED),
    (Facet.CONSIDER, asking.CONSIDER_ASKED),
)


@dataclass(frozen=True)
class Reading:
    """A facet, the words that say so or only name its subject, and how many words stand before their sentence."""

    facet: Facet
    words: str
    before: int
    only_named: bool = False


def readings_of(text: str) -> tuple[Reading, ...]:
    readings, before = [], 0
    for sentence in sentences_of(text):
        if not COURTESY.search(sentence.read):
            readings += [Reading(facet, words, before) for facet, words in read(sentence)]
            readings += [Reading(facet, words, before, only_named=True) for facet, words in _named(sentence)]
        before += len(sentence.plain.split())
    return tuple(readings)


def weighed(readings: Sequence[Reading]) -> Suggestion[Facet]:
    """The one facet that all speak to. A question that leads up to something to consider serves it.

    An issue and an impact are told in the same plain statements, so that the other need only be named to leave a doubt.
    """
    named = [reading for reading in readings if reading.only_named]
    readings = [reading for reading in readings if not reading.only_named]
    if {reading.facet for reading in readings} == {Facet.QUESTION, Facet.CONSIDER}:
        readings = [reading for reading in readings if reading.facet is Facet.CONSIDER]
    if {reading.facet for reading in readings} <= {Facet.UNSORTED}:
        return Suggestion(Facet.UNSORTED, because="no words of any facet were found")
    first = readings[0]
    contested = [*readings, *(named if first.facet in {Facet.ISSUE, Facet.IMPACT} else [])]
    other = next((reading for reading in contested if reading.facet is not first.facet), None)
    if other:
        both = f"“{first.words}” ({first.facet.value}) and “{other.words}” ({other.facet.value})"
        return Suggestion(Facet.UNSORTED, because=f"the words {both} do not speak to one facet")
    if first.before > (LATE_IMPACT if first.facet is Facet.IMPACT else LATE):
        return Suggestion(Facet.UNSORTED, because=f"the words “{first.words}” come after others that say nothing sure")
    return Suggestion(first.facet, because=f"the words “{first.words}”")


def read(sentence: Sentence) -> Iterator[tuple[Facet, str]]:
    if question := _asked(sentence) if sentence.asks else _asked_unmarked(sentence):
        yield question
    if question or sentence.asks:
        return
    for clause in sentence.clauses:
        told = list(_told(clause))
        yield from told
        if clause.turns and not told and len(clause.plain.split()) > SHORT:
            yield Facet.UNSORTED, " ".join(clause.plain.split()[:QUOTED])


def _told(clause: Clause) -> Iterator[tuple[Facet, str]]:
    """All that a clause tells. What it asks to consider governs the rest, and so does "the problem is …"."""
    for facet, pattern in ((Facet.CONSIDER, asking.CONSIDER), (Facet.ISSUE, telling.ISSUE_NAMED)):
        if found := pattern.search(clause.read):
            yield facet, _quoted(clause, found)
            return
    unasserted = telling.UNASSERTED.search(clause.read)
    asserted = clause.read[: unasserted.start() if unasserted else None]
    for facet, pattern in _TELLING:
        found = pattern.search(asserted)
        if found and not (facet is Facet.IMPACT and telling.REMEDY.search(clause.read)):
            yield facet, _quoted(clause, found)


def _named(sentence: Sentence) -> Iterator[tuple[Facet, str]]:
    """What the clauses that tell nothing are about."""
    for clause in sentence.clauses:
        if not any(_told(clause)):
            named = ((facet, pattern.search(clause.read)) for facet, pattern in _NAMING)
            yield from ((facet, _quoted(clause, found)) for facet, found in named if found)


def _asked(sentence: Sentence) -> tuple[Facet, str] | None:
    for facet, pattern in _ASKING:
        if found := pattern.search(sentence.read):
            return facet, _quoted(sentence, found)
    if asking.RHETORICAL.search(sentence.read):
        return None
    found_in = ((clause, asking.QUESTION.search(clause.read)) for clause in sentence.clauses)
    return next(((Facet.QUESTION, _quoted(clause, found)) for clause, found in found_in if found), None)


def _asked_unmarked(sentence: Sentence) -> tuple[Facet, str] | None:
    """Who leaves out the question mark leaves out the full stop too, except after a request."""
    found = asking.REQUEST.search(sentence.read)
    if not found and not sentence.read.endswith(".") and not asking.RHETORICAL.search(sentence.read):
        found = asking.UNMARKED_QUESTION.search(sentence.read)
    return (Facet.QUESTION, _quoted(sentence, found)) if found else None


def _quoted(said: Sentence | Clause, found: re.Match[str]) -> str:
    """The words found, whole."""
    words = found.group()
    start = found.start() + len(words) - len(words.lstrip())
    end = found.end() - len(words) + len(words.rstrip())
    until = said.plain.find(" ", end)
    return said.plain[said.plain.rfind(" ", 0, start) + 1 : until if until >= 0 else None].strip(" ,;:.?()\"'“”")
