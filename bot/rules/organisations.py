"""Whether two names are of one organisation, or of one person."""

import re

_ABBREVIATION = re.compile(r"\s*\(([^()]*)\)$")
_COMPANY_FORM = re.compile(r"[\s,]+(?:ltd|limited|plc|llp)\.?$")


def same_organisation(one: str, other: str) -> bool:
    """Whether two names are one organisation's: case, "the", "Ltd" and a bracketed abbreviation make no difference."""
    return bool(_names(one) & _names(other))


def same_person(one: str, other: str) -> bool:
    """Whether two names of a person are the same but for case and spaces."""
    return one.casefold().split() == other.casefold().split()


def _names(name: str) -> set[str]:
    folded = name.casefold().strip().removeprefix("the ")
    bracket = _ABBREVIATION.search(folded)
    parts = {_ABBREVIATION.sub("", folded)} | ({bracket.group(1)} if bracket else set())
    return {_COMPANY_FORM.sub("", part).strip() for part in parts} - {""}
