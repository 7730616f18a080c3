"""Who raised a proposal and who looks after it, from the words after "raised by" and "Lead Analyst"."""

import re
from dataclasses import dataclass

from bot.papers.shapes import MONTHS

# What papers print while nobody is named.
NOBODY = re.compile(
    r"(?:TBC|TBA|TBD|N/A|none|nobody|to be (?:confirmed|advised|appointed|determined))\.?", re.IGNORECASE
)
# What may follow the name in the same sentence: the Lead Analyst, or the day.
TAIL = re.compile(
    rf"(?:,? and|,|;) (?:the|its|with) .{{0,40}}?Lead Analyst.*"
    rf"|,? (?:on|in) (?:\d{{1,2}}\w{{0,2}} )?(?:{MONTHS})(?: \d{{4}})?$",
    re.IGNORECASE,
)
# "X of A", "X from A", "X (A)". A person's name holds no brackets: a bracketed short name is its organisation's.
OF = re.compile(r"(?P<person>[^()]+?),? (?:of|from|at) (?P<organisation>.+)")
# "X, A", where the second is an organisation by its look.
COMMA = re.compile(r"(?P<person>[^(),]+?), (?P<organisation>[^,]+)")
IN_BRACKETS = re.compile(r"(?P<person>[^()]+?) \((?P<organisation>[^()]+)\)")
ON_BEHALF = re.compile(r",? on behalf of ", re.IGNORECASE)
THE = re.compile(r"the ", re.IGNORECASE)
# An organisation by its look: with an article, one word, or with a word that people's names have not.
ORGANISATION = re.compile(
    r"the .+|\S+|.*\b(?:Committee|Sub-Committee|Panel|Group|Board|Authority|Agency|Company|Limited|Ltd|plc|PLC|LLP"
    r"|Energy|Networks?|Power|Gas|Electricity|Supply|Metering|Advice|Council|Association)\b.*",
    re.IGNORECASE,
)
LONGEST = 300  # characters: no names are longer
# Small words that names of organisations hold; any other word in lower case is a sentence going on.
SMALL_WORDS = {"of", "the", "and", "for", "on", "de", "van", "von", "der", "plc", "&", "behalf"}
# "X of A and Y of B": two people of two organisations.
TWO_PAIRS = re.compile(r"\band\b.+\b(?:of|from|at) ")


@dataclass(frozen=True)
class Raised:
    """Who raised it. `clear` is False where the words say more than names; nothing is taken from them then.

    `several`: people of several organisations, all of them in `proposer` as printed, so that nobody is given another's.
    """

    proposer: str | None = None
    organisation: str | None = None
    on_behalf_of: str | None = None
    clear: bool = True
    several: bool = False


def raised_by(words: str) -> Raised:
    """Read "Jo Bloggs of the DCC", "X (Y)", "X on behalf of Y", "X of A on behalf of B", a body alone."""
    words = TAIL.sub("", words.strip().rstrip(".")).strip(" ,;")
    if not words or NOBODY.fullmatch(words):
        return Raised()
    if not is_names(words):
        return Raised(clear=False)
    who, *others = ON_BEHALF.split(words)
    if len(others) > 1:
        return Raised(clear=False)
    behalf = _bare(others[0]) if others else None
    person, organisation = _person_and_organisation(who)
    if organisation and TWO_PAIRS.search(organisation):
        return Raised(who, on_behalf_of=behalf, several=True)
    if organisation is None:
        return Raised(person, behalf)
    return Raised(person, _bare(organisation), behalf)


def name_of(words: str) -> str | None:
    """The Lead Analyst's name; None while nobody is named."""
    words = words.strip().rstrip(".").strip()
    return None if not words or NOBODY.fullmatch(words) else words


def _person_and_organisation(who: str) -> tuple[str | None, str | None]:
    if THE.match(who):
        return None, who
    found = OF.fullmatch(who) or IN_BRACKETS.fullmatch(who) or COMMA.fullmatch(who)
    if found and found.re is COMMA and not ORGANISATION.fullmatch(found["organisation"]):
        found = None
    if found:
        return found["person"].strip(), found["organisation"].strip()
    return (None, who) if ORGANISATION.fullmatch(who) else (who, None)


def _bare(organisation: str) -> str:
    return THE.sub("", organisation, count=1).strip() if THE.match(organisation) else organisation.strip()


def is_names(words: str) -> bool:
    """Whether all words are names or the small words between them, with no sentence going on."""
    if len(words) > LONGEST:
        return False
    plain = (word.strip("(),.'’") for word in words.split())
    return all(not word[:1].islower() or word in SMALL_WORDS | {"from", "at"} for word in plain)
