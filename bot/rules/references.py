"""How proposals are named: from any spelling a person types to a reference, and back to the label the SEC prints."""

import re
from dataclasses import dataclass

from bot.domain import Reference

# Longest numbers seen have three digits; four leave room, and SECMP labels hold no more.
HIGHEST_NUMBER = 9999

# A text that is a reference and no more: perhaps a prefix, digits, perhaps a split suffix. "DP092", "dp 92", "mp102a".
TYPED = re.compile(r"(?:(?:SECMP|DP|MP)[ _-]?)?(?P<number>[0-9]{1,6})(?P<suffix>[A-Z])?", re.IGNORECASE)

# A reference in running text. The prefix is needed; no letter or digit may touch it (DCP333 holds "CP333", CRP535 is
# something else), and no decimal may follow. The suffix is a capital here, so that "DP092s" is not a split of DP092.
MENTIONED = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>(?i:SECMP|DP|MP))[ _-]?(?P<number>[0-9]{1,6})(?P<suffix>[A-Z])?(?![A-Za-z0-9]|\.[0-9])"
)

DIGITS = {"SECMP": 4}  # as the SEC prints them; every other prefix has at least three


@dataclass(frozen=True)
class Mention:
    """A proposal named in running text, with the prefix used there and where it stands."""

    prefix: str
    reference: Reference
    start: int
    end: int

    @property
    def label(self) -> str:
        return label(self.reference.number, self.reference.suffix, self.prefix)


def parse_reference(text: str) -> Reference | None:
    """The proposal that a person means by `text`, which must be a reference and nothing else."""
    found = TYPED.fullmatch(text.strip().replace("\N{NO-BREAK SPACE}", " "))
    return _reference(found) if found else None


def label(number: int, suffix: str | None = None, prefix: str = "DP") -> str:
    """The name as the SEC prints it: "DP092", "MP102A", "SECMP0009"."""
    return f"{prefix}{number:0{DIGITS.get(prefix, 3)}d}{suffix or ''}"


def named(name: str, former: str) -> str:
    """A name with the one before it, where that was another: "MP092 (formerly DP092)"."""
    return f"{name} (formerly {former})" if former != name else name


def find_references(text: str) -> list[Mention]:
    """Every proposal named in running text, in order. Only prefixed names count; a bare number is never one."""
    return [mention for found in MENTIONED.finditer(text) if (mention := _mention(found))]


def leading_reference(text: str) -> Mention | None:
    """The proposal that `text` opens with."""
    found = MENTIONED.match(text)
    return _mention(found) if found else None


def _mention(found: re.Match[str]) -> Mention | None:
    reference = _reference(found)
    return Mention(found["prefix"].upper(), reference, found.start(), found.end()) if reference else None


def _reference(found: re.Match[str]) -> Reference | None:
    number = int(found["number"])
    return Reference(number, (found["suffix"] or "").upper()) if 0 < number <= HIGHEST_NUMBER else None
