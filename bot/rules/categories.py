"""Which Party Category somebody's words mean: exactly one, several (to be asked, not guessed), or a body in none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.config import Config

Wordings = Mapping[str, Sequence[str]]  # how a thing is called, and the other wordings of it

_BRACKET = re.compile(r"\s*\([^()]*\)$")
_JOINED = re.compile(r"[;,/&]|\band\b")


@dataclass(frozen=True)
class Category:
    """Exactly one Party Category."""

    name: str


@dataclass(frozen=True)
class Several:
    """The words fit these Party Categories: somebody who knows must say which."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class OtherBody:
    """A body in no Party Category, such as the DCC: shown as what it is."""

    name: str


@dataclass(frozen=True)
class Unknown:
    """Words that config.toml does not have."""


Meaning = Category | Several | OtherBody | Unknown


def category_of(words: str, config: Config) -> Meaning:
    """What words for a Party Category mean, by [party_categories] and [other_bodies].

    The name of a category goes before an alias. Where the words as a whole are unknown, a bracket at their end may only
    say more ("Other SEC Parties (MAPs)"), and words joined by "and" may each name a category.
    """
    found = _looked_up(words, config)
    if isinstance(found, Unknown) and (shorter := _BRACKET.sub("", words)) != words:
        found = _looked_up(shorter, config)
    return _joined(words, config) if isinstance(found, Unknown) else found


def _looked_up(words: str, config: Config) -> Meaning:
    folded = _folded(words)
    for name in config.party_categories:
        if folded == _folded(name):
            return Category(name)
    names = _called(folded, config.party_categories)
    if names:
        return Category(names[0]) if len(names) == 1 else Several(names)
    bodies = _called(folded, config.other_bodies)
    return OtherBody(bodies[0]) if len(bodies) == 1 else Unknown()


def _joined(words: str, config: Config) -> Meaning:
    """Several, where each part of words such as "Large Suppliers and Gas Networks" names a category."""
    found = [_looked_up(part, config) for part in _JOINED.split(words) if part.strip()]
    names: list[str] = []
    for meaning in found:
        match meaning:
            case Category(name):
                names.append(name)
            case Several(more):
                names += more
            case _:
                return Unknown()
    one, *others = dict.fromkeys(names) or [""]
    return Several((one, *others)) if others else Category(one) if one else Unknown()


def _called(folded: str, wordings: Wordings) -> tuple[str, ...]:
    return tuple(name for name, others in wordings.items() if folded in map(_folded, (name, *others)))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("the ")
