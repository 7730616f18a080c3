"""A word broken at a line's end: its hyphen is kept or lost by the words around it, and always said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.papers.findings import Findings

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# The end of a line that breaks a word, and the start of the next.
BROKEN = re.compile(r"(?P<left>\w[\w'’-]*)-$")
GOES_ON = re.compile(r"(?P<right>[^\W\d_][\w'’]*)")
# "pre- and post-": a hyphen that stands for a word to come.
SUSPENDED = {"and", "or", "to", "nor", "but", "than"}
# Parts that are set before a word with a hyphen.
PREFIXES = {"non", "self", "well", "cross", "ex", "post", "pre", "multi", "semi", "high", "low", "long", "short"}
# What words end in, and few words begin with: the second half of one word, where it is no word of its own.
SUFFIX = re.compile(
    r"\w{0,4}(?:[ts]ions?|ments?|ings?|ly|[ae]nc(?:e|es|y)|[ai]bl[ey]|it(?:y|ies)|ness|ous|ives?|at(?:e|ed|es)"
    r"|[iy]s(?:e|ed|es)|[ei]rs?|ors?|ed|als?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Vocabulary:
    """The words of the paper that no line's end breaks, in small letters."""

    words: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        found: set[str] = set()
        for text in texts:
            words = WORD.findall(text.lower())
            broken = text.endswith("-")
            found.update(words[1 : -1 if broken else None])  # the first may be the second half of a broken one
            found.update(part for word in words[1:-1] for part in word.split("-"))
        return cls(frozenset(found))


def joined(before: str, after: str, line: int, vocabulary: Vocabulary, findings: Findings) -> str:
    """Two lines of a paragraph as one text; `line` is the second's."""
    left, right = BROKEN.search(before[-80:]), GOES_ON.match(after[:80])
    if left is None or right is None or right["right"].lower() in SUSPENDED:
        return f"{before} {after}"
    keep, sure = _decided(left["left"], right["right"], vocabulary)
    word = f"{left['left']}-{right['right']}" if keep else f"{left['left']}{right['right']}"
    findings.add(
        "hyphen-joined" if sure else "hyphen-unclear",
        line,
        f"The word “{left['left']}-{right['right']}”, broken at a line's end, was read as “{word}”.",
    )
    return f"{before}{after}" if keep else f"{before[:-1]}{after}"


def _decided(left: str, right: str, vocabulary: Vocabulary) -> tuple[bool, bool]:
    """Whether the hyphen stays, and whether the paper's own words or its capitals and digits say so."""
    first, second = left.lower(), right.lower()
    known_joined, known_apart = first + second in vocabulary.words, f"{first}-{second}" in vocabulary.words
    if known_joined != known_apart:
        return known_apart, True
    if right[0].isupper() or any(c.isdigit() for c in left) or (len(left) > 1 and left.isupper()):
        return True, True
    if first in PREFIXES or "-" in first or second in vocabulary.words:
        return True, False
    return SUFFIX.fullmatch(second) is None, False
