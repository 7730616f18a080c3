"""The prefixes by which a member says what a comment is on, and the reply parted at them, word for word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from bot.domain import Facet

MOST = 26  # one letter a part; what follows stays with the last

# As the posts ask for them ("Issue:", "Impacts:", "Consider:"), and as members vary them: "Impact on agents:". A bare
# number, "(1)", is none: it may count the member's own points. "Q1:" is none either: it may be a quarter.
_TAIL = r"[^\n:?.]{1,40}(?=:)"
_NAMES = {
    Facet.ISSUE: rf"issue(?:s|\(s\))?(?: identified| with {_TAIL}| ?[0-9]{{1,2}})?",
    Facet.IMPACT: rf"impact(?:s|\(s\))?(?: (?:of|on|for|if) {_TAIL}| ?[0-9]{{1,2}})?",
    Facet.CONSIDER: r"(?:(?:areas?|points?|things?) )?(?:for the proposer )?to consider(?: further)?"
    r"|(?:(?:areas?|points?) )?for consideration|considerations?|consider(?: also)?",
    Facet.QUESTION: rf"questions?(?: (?:for|on|about) {_TAIL}| ?[0-9]{{1,2}})?|quer(?:y|ies)|qs?\.?",
    Facet.SOLUTION: r"(?:(?:possible|proposed|suggested) )?solutions?",
}
_NAMED = "|".join(f"(?P<{facet.name}>{names})" for facet, names in _NAMES.items())

# At the start of a line, perhaps in a list, numbered, in Slack's bold or italics; then a colon, a dash, or the line's
# end where words follow. A plain hyphen needs a space on one side: "Impact-based" is a word, "Impact - we" is a prefix.
# After "the" or "our" only a colon: "The issue - if it is one". Never in a quotation ("> Issue:"): those are another's
# words.
_PREFIX = re.compile(
    r"^[^\S\n]*(?:[-*•][^\S\n]{1,4})?(?:[*_]{0,4}\(?[0-9]{1,2}[.)][^\S\n]{0,4})?[*_]{0,4}"
    rf"(?P<led>(?:on|re|my|our|one) (?:the )?|the )?(?:{_NAMED})[*_]{{0,4}}"
    r"(?:[^\S\n]{0,8}:|(?(led)(?!)|(?:[^\S\n]{0,8}[–—]|[^\S\n]{1,8}-|-(?=\s)|(?=[^\S\n]{0,8}\n\s*\S)))"
    r"|(?<=\bq\.)(?=\s))[*_]{0,4}",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Part:
    """A piece of a reply, verbatim. No letter where the reply is one piece; no facet where no prefix names one."""

    letter: str
    facet: Facet | None
    text: str


@dataclass(frozen=True)
class Prefix:
    """Where it stands in the text, the facet it names, and its words."""

    start: int
    end: int
    facet: Facet
    words: str


def parts(text: str) -> tuple[Part, ...]:
    """The reply parted before each prefix: joined, the pieces are the reply. Words before the first are a piece too."""
    prefixes = list(prefixes_in(text))
    opens = bool(prefixes) and not text[: prefixes[0].start].strip()
    facets = [*([] if opens else [None]), *(prefix.facet for prefix in prefixes)][:MOST]
    starts = [0, *(prefix.start for prefix in prefixes[1 if opens else 0 :])][:MOST]
    letters = ascii_lowercase if len(starts) > 1 else [""]
    pieces = zip(letters, facets, pairwise([*starts, len(text)]), strict=False)
    return tuple(Part(letter, facet, text[start:end]) for letter, facet, (start, end) in pieces)


def prefixes_in(text: str) -> Iterator[Prefix]:
    for found in _PREFIX.finditer(text):
        yield Prefix(found.start(), found.end(), Facet[found.lastgroup or ""], found.group().strip())


def opening_prefix(text: str) -> Prefix | None:
    """The prefix that the text starts with."""
    first = next(prefixes_in(text), None)
    return first if first and not text[: first.start].strip() else None
