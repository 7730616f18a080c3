"""How comments and replies are named: from any spelling a person types of "DP092-V007a" to its pieces, and back."""

import re
from dataclasses import dataclass

from bot.domain import Reference
from bot.rules import references

# Perhaps the proposal, the kind (V a comment, R a reply that is none), the number, perhaps the letter of a part.
TYPED = re.compile(
    r"(?:(?P<proposal>(?:(?:SECMP|DP|MP)[ _-]?)?[0-9]{1,6}[A-Z]?)[ _-]?)?"
    r"(?P<letter>[VR])[ _-]?(?P<number>[0-9]{1,6})(?P<part>[A-Z])?",
    re.IGNORECASE | re.ASCII,
)
EXAMPLE = "DP092-V007"


@dataclass(frozen=True)
class RefName:
    """A comment ("V") or a reply ("R") on a proposal; `part` is "" for the whole of it."""

    proposal: Reference
    letter: str
    number: int
    part: str = ""

    def __str__(self) -> str:
        label = references.label(self.proposal.number, self.proposal.suffix)
        return f"{label}-{self.letter}{self.number:03}{self.part}"


def parse_ref(text: str, proposal: Reference | None = None) -> RefName | None:
    """The comment that a person means: "DP092-V007", or only "V7" where the proposal is known."""
    found = TYPED.fullmatch(text.strip().replace("\N{NO-BREAK SPACE}", " "))
    if found is None or not (number := int(found["number"])):
        return None
    named = references.parse_reference(found["proposal"]) if found["proposal"] else proposal
    return RefName(named, found["letter"].upper(), number, (found["part"] or "").lower()) if named else None
