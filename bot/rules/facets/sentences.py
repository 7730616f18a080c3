"""Cuts a comment into sentences and clauses, set alike: single spaces, straight quotes and dashes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
# A line's end is a sentence's only before a blank line, a list's mark or a capital: e-mails are broken in lines.
_ENDS = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bapprox)(?<!\bno)[.?!;][\"')\]”’]{0,2}\s+"
    r"|\n\s*\n|\n\s*(?=[-*•(0-9]|[A-Z][a-z' ])"
)
_LIST_MARK = re.compile(r"(?:[-*•]|\(?[0-9a-c]{1,2}[.)])\s+")
_ASKS = re.compile(r"\?[\"')\]]{0,2}$")
_CLAUSES = re.compile(
    r"(?:,? - |: |,? (?=(?:but|although|though|whereas|however|except)\b)|, (?=(?:and|so|which|or)\b)"
    r"|, (?=(?:it|it's|we|we're|this|they|there|i|the)\b)| (?=and (?:it|we|this|they|there|i)\b))(?:and |so )?",
    re.IGNORECASE,
)
_TURN = re.compile(r"(?:but|although|though|whereas|however|except)\b,? ?", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """Its words without the "but" that it turns with."""

    plain: str
    read: str
    turns: bool


@dataclass(frozen=True)
class Sentence:
    """`plain` is quoted from; `read` is as long and is read."""

    plain: str
    read: str
    asks: bool

    @property
    def clauses(self) -> Iterator[Clause]:
        start = 0
        for end, following in [*(found.span() for found in _CLAUSES.finditer(self.read)), (len(self.read),) * 2]:
            turn = _TURN.match(self.read, start)
            begin = turn.end() if turn else start
            if end > begin:
                yield Clause(self.plain[begin:end], self.read[begin:end], bool(turn))
            start = following


def sentences_of(text: str) -> Iterator[Sentence]:
    start = 0
    for found in _ENDS.finditer(text):
        yield from _sentence(text[start : found.end()])
        start = found.end()
    yield from _sentence(text[start:])


def _sentence(words: str) -> Iterator[Sentence]:
    plain = " ".join(words.split())
    mark = _LIST_MARK.match(plain)
    plain = plain[mark.end() :] if mark else plain
    if plain:
        read = plain.translate(_STRAIGHT)
        yield Sentence(plain, read, bool(_ASKS.search(read[-4:])))
