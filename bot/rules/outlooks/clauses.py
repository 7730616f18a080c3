"""Cuts an impact statement into sentences and clauses without moving a character, so that words can be quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "•": "-", "·": "-"})

# Phrases that hold a word of denial, doubt or impact and say none of these: painted over, at their length.
_LOOKALIKES = re.compile(
    r"\bno (?:later|earlier|sooner|fewer|less|more) than\b|\bnot (?:only|least|just|merely|limited to)\b"
    r"|\b(?:not|never) (?:to )?(?:be )?(?:under|over)(?:estimated?|stated?|looked|valued)\b"
    r"|\b(?:tak(?:e|es|ing)|took|come|comes|give|gives|bring|brought|put) (?:in|into )?effect\b|\bwith effect from\b"
    r"|\bto (?:this|that) effect\b|\b(?:is|are|be) in effect\b|,? if any\b|\bif only\b|\beven (?:if|where|when"
    r"|though)\b"
    r"|\bas (?:before|it is|they are|it was)\b(?= \w+s\b|,|\.)|\bas a (?:direct )?(?:consequence|result"
    r"|effect)(?: of)?\b|\be\.g\.|\bi\.e\.|\betc\.(?= [a-z])|\bNos?\. (?=\d)|\bapprox\.|\bwithout delay\b"
    r"|\bno-one\b(?= else)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.?!;])[\"')\]”]{0,2} (?=\S)|(?<=:) (?=[-*] )")
# A clause of its own begins here, unless a "that" or "whether" still governs it.
_CLAUSE_BEGINS = re.compile(
    r"(?<!\bthat)(?<!\bthat,)(?<!\bwhether)(?<!\bbelieve)(?<!\bthink)(?<!\bsay)(?<!\bfar)(?<!\bsoon)(?<!\blong)"
    r"(?<!\bwell) "
    r"(?=(?:but|although|though|whereas|because|given that|while|whilst|therefore)\b"
    r"|since (?!(?:the )?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|its|then|last|early|late)\b)"
    r"|as (?=(?:the|this|that|these|those|it|its|they|we|there|no|all|any|each|every|both|only|most|users?|suppliers?"
    r"|part(?:y|ies)|installers|corrections|changes|nothing|neither|(?-i:[A-Z]\w))\b)"
    r"|(?:and|and so|so|hence|thus) (?:there|it|this|we|they|no|none|therefore|neither)\b)"
    r"|(?<=,) (?=however (?!,))|(?<=,) (?=(?:so|and|hence|thus|nor|with the result)\b(?! (?:that|far|on|for|to|in"
    r"|at)\b))",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:and |but )?(?:as|since|because|given|although|though|while|whilst|whereas|having)\b"
    r"(?! (?:things|matters|far|at|of|yet)\b)",
    re.IGNORECASE,
)
_MAIN_BEGINS = re.compile(
    r"(?<=,) (?=(?:there|no|none|neither|we|it|this|these|they|(?-i:SECAS)|the (?:proposer|DCC|change|proposal))\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"')\]]{0,2}$")


@dataclass(frozen=True)
class Span:
    """From one character to before another, in the plain text and in the painted one alike."""

    start: int
    end: int

    def within(self, outer: "Span", reach: int) -> "Span":
        """Widened to both sides, so far as `outer` goes."""
        return Span(max(outer.start, self.start - reach), min(outer.end, self.end + reach))


@dataclass(frozen=True)
class Sentence:
    span: Span
    clauses: tuple[Span, ...]
    asks: bool


@dataclass(frozen=True)
class Statement:
    """`plain` has single spaces and is quoted from; `painted` is as long and is read."""

    plain: str
    painted: str

    def quoted(self, start: int, end: int) -> str:
        return self.plain[start:end].strip(" ,;:")


def statement_of(text: str) -> Statement:
    plain = " ".join(text.split())
    return Statement(plain, _LOOKALIKES.sub(lambda found: "_" * len(found.group()), plain.translate(_STRAIGHT)))


def sentences_of(painted: str) -> Iterator[Sentence]:
    for span in _cut(painted, Span(0, len(painted)), _SENTENCE_ENDS):
        clauses = tuple(part for clause in _cut(painted, span, _CLAUSE_BEGINS) for part in _main_apart(painted, clause))
        yield Sentence(span, clauses, bool(_QUESTION.search(painted, max(span.start, span.end - 4), span.end)))


def _cut(text: str, span: Span, at: re.Pattern[str]) -> Iterator[Span]:
    start = span.start
    for found in at.finditer(text, span.start, span.end):
        yield Span(start, found.end())
        start = found.end()
    if start < span.end:
        yield Span(start, span.end)


def _main_apart(text: str, clause: Span) -> Iterator[Span]:
    """In "As the field is unused, there is no impact", the reason and what follows from it are two clauses."""
    main = _SUBORDINATE.match(text, clause.start, clause.end) and _MAIN_BEGINS.search(text, clause.start, clause.end)
    if main:
        yield Span(clause.start, main.end())
        yield Span(main.end(), clause.end)
    else:
        yield clause
