"""What a paper's impact statement comes to, for sorting and reminders. Careful: what is in doubt is "unstated".

Each clause is read alone: a promise, a doubt, a denial, an impact, or a mere mention. Then they are weighed: a promise
stays open whatever stands beside it; a doubt spoils the rest; a denial stands only where nothing speaks against it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain import Outlook, Suggestion
from bot.rules.outlooks import denial_words, promises, words
from bot.rules.outlooks.clauses import Sentence, Span, Statement, sentences_of, statement_of
from bot.rules.outlooks.denials import REACH, Denial, denial_in

# The whole statement is one word of denial: "None.", "N/A".
BARE_DENIAL = re.compile(r"\W{0,9}(?:none|nil|n/a|not applicable|no)\b\W{0,9}", re.IGNORECASE)
NOTHING_FOUND = "no words of a denial, a promise or an impact were found"
NEAR = 24  # characters after an impact in which "no", "nobody" or "nil" would take it back


class Kind(Enum):
    """What a clause does."""

    PROMISE = auto()
    DOUBT = auto()
    EXCEPTED = auto()  # an impact on those whom a denial leaves out
    DENIAL = auto()
    ASSERTION = auto()
    MENTION = auto()  # speaks of impacts or of work, and says neither that there are any nor that there are none
    OPEN = auto()  # "to be confirmed", but not what


# The first kind that a statement holds decides it.
WEIGHED = (
    (Kind.PROMISE, Outlook.PENDING, ""),
    (Kind.DOUBT, Outlook.UNSTATED, ""),
    (Kind.DENIAL, Outlook.NONE, ""),  # unless something beside it speaks against it
    (Kind.EXCEPTED, Outlook.SOME, ""),
    (Kind.ASSERTION, Outlook.SOME, ""),
    (Kind.MENTION, Outlook.UNSTATED, "neither say that there is an impact nor deny it"),
)


@dataclass(frozen=True)
class Reading:
    kind: Kind
    span: Span
    remark: str = ""
    so_far: bool = False
    limit: Span | None = None


def outlook_of(text: str) -> Suggestion[Outlook]:
    """Our reading of an impact statement, with the words it rests on."""
    statement = statement_of(text)
    if not statement.plain:
        return Suggestion(Outlook.UNSTATED, because="the paper says nothing here")
    if BARE_DENIAL.fullmatch(statement.plain):
        return _on(statement, Outlook.NONE, Reading(Kind.DENIAL, Span(0, len(statement.plain))))
    sentences = list(sentences_of(statement.painted))
    readings = [reading for sentence in sentences for reading in _readings(statement.painted, sentence)]
    return _weighed(statement, sentences, readings)


def _weighed(statement: Statement, sentences: list[Sentence], readings: list[Reading]) -> Suggestion[Outlook]:
    first: dict[Kind, Reading] = {}
    for reading in readings:
        first.setdefault(reading.kind, reading)
    if Kind.OPEN in first and len(first) > 1 and Kind.PROMISE not in first:
        return _on(statement, Outlook.UNSTATED, first[Kind.OPEN], "leave something open")
    for kind, outlook, remark in WEIGHED:
        if found := first.get(kind):
            if kind is Kind.DENIAL:
                return _denied(statement, sentences, first, readings)
            return _on(statement, outlook, found, remark)
    return Suggestion(Outlook.UNSTATED, because=NOTHING_FOUND)


def _denied(
    statement: Statement, sentences: list[Sentence], first: dict[Kind, Reading], readings: list[Reading]
) -> Suggestion[Outlook]:
    """A denial stands unless something beside it speaks against it; a limit in time makes it "so far"."""
    for kind in (Kind.ASSERTION, Kind.EXCEPTED, Kind.MENTION):
        if against := first.get(kind):
            return _on(statement, Outlook.UNSTATED, against, "stand beside a denial")
    denials = [reading for reading in readings if reading.kind is Kind.DENIAL]
    if unread := _unread_label(statement.painted, sentences, denials):
        return _on(statement, Outlook.UNSTATED, Reading(Kind.MENTION, unread), "are listed beside a denial")
    if limited := next((denial for denial in denials if denial.so_far), None):
        return _on(statement, Outlook.NONE_SO_FAR, limited)
    return _on(statement, Outlook.NONE, denials[0])


def _unread_label(painted: str, sentences: list[Sentence], denials: list[Reading]) -> Span | None:
    """In a list such as "DCC: none; Users: new schemas", the words of an entry that is not denied."""
    labels = [(sentence, found) for sentence in sentences if (found := _match(words.LABEL, painted, sentence.span))]
    starts = [denial.span.start for denial in denials]  # in order
    denied = [
        bisect_left(starts, sentence.span.start) < bisect_left(starts, sentence.span.end) for sentence, _ in labels
    ]
    open_ones = (
        Span(*found.span())
        for (sentence, found), is_denied in zip(labels, denied, strict=True)
        if not is_denied and sentence.span.end > found.end()
    )
    return next(open_ones, None) if any(denied) else None


def _readings(painted: str, sentence: Sentence) -> Iterator[Reading]:
    if sentence.asks:
        yield Reading(Kind.DOUBT, sentence.span, "ask rather than say")
        return
    opinion: re.Match[str] | None = None
    for clause in sentence.clauses:
        reading = _reading(painted, clause, sentence)
        if reading and opinion and reading.kind in {Kind.DENIAL, Kind.EXCEPTED, Kind.ASSERTION}:
            reading = Reading(Kind.DOUBT, Span(*opinion.span()), "could be read either way")
        if reading:
            yield reading
        else:
            opinion = opinion or _search(words.DENIED_OPINION, painted, clause)


def _reading(painted: str, clause: Span, sentence: Sentence) -> Reading | None:
    near = clause.within(sentence.span, REACH)
    if promise := _promise(painted, clause):
        return promise
    if denial := denial_in(painted, clause, near):
        return _denial(painted, near, denial)
    topic = _search(words.TOPIC, painted, clause)
    if topic and _match(words.ONLY_DRAFTING, painted, Span(topic.end(), clause.end)):
        return None
    doubt = topic and _search(words.DOUBT, painted, clause)
    if doubt := doubt or _search(words.REBUTTAL, painted, clause):
        return Reading(Kind.DOUBT, Span(*doubt.span()), "leave it in doubt")
    return _assertion(painted, clause, near) or _hint(painted, clause, topic)


def _hint(painted: str, clause: Span, topic: re.Match[str] | None) -> Reading | None:
    """What neither promises, denies nor asserts, and yet may spoil a denial beside it."""
    for leaves_open in (words.UNTESTED, words.WILL_CHANGE):
        if found := _search(leaves_open, painted, clause):
            return Reading(Kind.OPEN, Span(*found.span()))
    mention = topic or _search(words.WORK, painted, clause) or _search(words.BURDEN, painted, clause)
    return Reading(Kind.MENTION, Span(*mention.span())) if mention else None


def _promise(painted: str, clause: Span) -> Reading | None:
    found = _search(promises.PROMISE, painted, clause)
    bare = None if found else _search(promises.WITHOUT_OBJECT, painted, clause)
    found = found or bare
    if found is None:
        return _to_come(painted, clause)
    span = Span(*found.span("said" if bare else 0))  # without who says it
    before = Span(clause.start, span.start)
    if asked := promises.ASKED.search(painted[max(clause.start, span.start - 60) : span.start].rstrip()):
        return Reading(Kind.DOUBT, span, f"say what “{asked.group()}” are to do")
    # "No impact is expected, pending the assessment": that denial is whole, and says nothing of the promise.
    undenied = denial_words.DENIED_NOUN.sub("", painted[before.start : before.end])
    for spoils in (words.NEGATION, words.DOUBT, promises.UNCERTAIN):
        if spoils.search(undenied):
            return Reading(Kind.DOUBT, span, "promise something in doubt")
    if _search(promises.ON_DEMAND, painted, Span(found.end(), clause.end)):
        return Reading(Kind.DOUBT, span, "promise something on a condition")
    return Reading(Kind.PROMISE, span)


def _to_come(painted: str, clause: Span) -> Reading | None:
    """A mere "to be confirmed" is a promise; "the date is to be confirmed" says nothing of impacts."""
    found = _search(promises.TO_COME, painted, clause)
    if found is None:
        return None
    if _match(promises.NOTHING_ELSE, painted, clause):
        kind = Kind.PROMISE
    elif _search(promises.ELSEWHERE, painted, clause):
        return None
    else:
        kind = Kind.OPEN
    return Reading(kind, Span(*found.span()))


def _denial(painted: str, sentence: Span, denial: Denial) -> Reading:
    if denial.exception:
        after = Span(denial.exception.end, sentence.end)
        excepted = _assertion(painted, after, after)
        if excepted and excepted.kind is Kind.ASSERTION:
            return Reading(Kind.EXCEPTED, excepted.span, "are an exception to a denial")
        return Reading(Kind.DOUBT, denial.exception, "limit the denial")
    if denial.against:
        return Reading(Kind.DOUBT, denial.against, denial.remark)
    return Reading(Kind.DENIAL, denial.span, so_far=denial.so_far, limit=denial.limit)


def _assertion(painted: str, clause: Span, sentence: Span) -> Reading | None:
    found = _match(words.ASSERTED_BARE, painted, clause) or _search(words.ASSERTION, painted, clause)
    if found is None:
        return None
    span = Span(*found.span())
    if _match(words.DRAFTING, painted, Span(found.end(), clause.end)):
        return Reading(Kind.MENTION, span)
    before_and_in = Span(clause.start, found.end())
    near = Span(found.end(), min(clause.end, found.end() + NEAR))
    if _search(words.NEGATION, painted, before_and_in) or _search(words.NEGATION, painted, near):
        return Reading(Kind.DOUBT, span, "stand beside a denial")
    if _search(words.HYPOTHETICAL, painted, Span(sentence.start, found.start())):
        return Reading(Kind.DOUBT, span, "may speak of what is only supposed")
    return Reading(Kind.ASSERTION, span)


def _on(statement: Statement, outlook: Outlook, reading: Reading, remark: str = "") -> Suggestion[Outlook]:
    quoted = statement.quoted(reading.span.start, reading.span.end)
    remark = remark or reading.remark
    if reading.limit:
        remark = f"with “{statement.quoted(reading.limit.start, reading.limit.end)}”"
    return Suggestion(outlook, because=f"the words “{quoted}” {remark}".strip())


def _search(pattern: re.Pattern[str], text: str, within: Span) -> re.Match[str] | None:
    return pattern.search(text, within.start, within.end)


def _match(pattern: re.Pattern[str], text: str, within: Span) -> re.Match[str] | None:
    return pattern.match(text, within.start, within.end)
