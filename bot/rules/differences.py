"""What changed between two texts, word by word."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Comparing takes time with the product of the lengths; a summary of a proposal has some 300 words.
MOST_WORDS = 2000
NEAR = 6  # unchanged words shown on either side of a change
FIRST, LAST = 40, 15  # words shown of a long run that went or came
ISLAND = 3  # fewer words than these that stayed between two changes are told as changed
KEPT = 0.4  # the part of the words that must have stayed for the others to be told apart from them
PARAGRAPH = "¶"


Words = list[str]


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def paragraphs(parts: Sequence[str]) -> str:
    """Paragraphs as one text that still shows where each begins."""
    return f" {PARAGRAPH} ".join(parts)


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The words that stayed, went and came, in their order; long runs are cut with "…". None where all stayed."""
    old, new = before.split(), after.split()
    if old == new:
        return ()
    pieces = [Piece(kind, " ".join(words)) for kind, words in _pieces(old, new)]
    return tuple(_shortened(pieces))


def _pieces(old: Words, new: Words) -> Iterator[tuple[Kind, Words]]:
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    yield from _run(Kind.SAME, old[:start])
    for same, removed, added in _changed(old[start : len(old) - end], new[start : len(new) - end]):
        yield from _run(Kind.SAME, same)
        yield from _run(Kind.REMOVED, removed)
        yield from _run(Kind.ADDED, added)
    yield from _run(Kind.SAME, old[len(old) - end :])


def _changed(old: Words, new: Words) -> list[tuple[Words, Words, Words]]:
    """What lies between the first and the last word that differ: words that stayed, then what went, then what came.

    Where most was written anew, or a few words stayed by chance between changes, they are told as changed too: a text
    in shreds cannot be read.
    """
    if max(len(old), len(new)) > MOST_WORDS:
        return [([], old, new)]
    found: list[tuple[Words, Words, Words]] = []
    stayed: Words = []
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            stayed = old[from_old:to_old]
        elif found and len(stayed) < ISLAND:
            same, removed, added = found.pop()
            found.append((same, [*removed, *stayed, *old[from_old:to_old]], [*added, *stayed, *new[from_new:to_new]]))
        else:
            found.append((stayed, old[from_old:to_old], new[from_new:to_new]))
    kept = sum(len(same) for same, _, _ in found)
    return found if kept >= KEPT * max(len(old), len(new)) or len(found) == 1 else [([], old, new)]


def _run(kind: Kind, words: Words) -> Iterator[tuple[Kind, Words]]:
    if words:
        yield kind, words


def _same(old: Words, new: Words) -> int:
    """How many words both begin with."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Of a long run of unchanged words only those that stand next to a change; of a changed one its ends."""
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.SAME:
            yield _cut(piece, NEAR if index else 0, NEAR if index < last else 0)
        else:
            yield _cut(piece, FIRST, LAST)


def _cut(piece: Piece, before: int, after: int) -> Piece:
    words = piece.text.split()
    if len(words) <= before + after + 1:
        return piece
    return Piece(piece.kind, " ".join([*words[:before], "…", *words[len(words) - after :]]))
