"""Who raised a proposal and who looks after it, from the words after "raised by" and "Lead Analyst"."""

import re
from dataclasses import dataclass

from bot.papers.shapes import MONTHS
from bot.rules.references import find_references

# What papers print while nobody is named.
NOBODY = re.compile(
    r"(?:TBC|TBA|TBD|N/A|none|nobody|to be (?:confirmed|advised|appointed|determined))\.?", re.IGNORECASE
)
# What may follow the name in the same sentence: the Lead Analyst, or the day.
TAIL = re.compile(
    rf"(?:,? and|,|;) (?:the|its|with) .{{0,40}}?Lead Analyst.*|[,;]? \(?(?:SECAS )?Lead Analyst.*"
    rf"|,? (?:on|in) (?:\w+day,? )?(?:\d{{1,2}}\w{{0,2}} )?(?:{MONTHS})(?: \d{{4}})?$"
    r"|,? on (?:\w+day,? )?\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$",
    re.IGNORECASE,
)
# "X of A", "X from A", "X (A)". A person's name holds no brackets: a bracketed short name is its organisation's.
OF = re.compile(r"(?P<person>[^()]+?),? (?:of|from|at) (?P<organisation>.+)")
# "X, A", where the second is an organisation by its look.
COMMA = re.compile(r"(?P<person>[^(),]+?)(?:,| [-–—]) (?P<organisation>[^,]+)")
IN_BRACKETS = re.compile(r"(?P<person>[^()]+?) \((?P<organisation>[^()]+)\)")
ON_BEHALF = re.compile(r",? on behalf of ", re.IGNORECASE)
THE = re.compile(r"the ", re.IGNORECASE)
# An organisation by its look: with an article, one word, or with a word that people's names have not.
KEYWORD = re.compile(
    r".*\b(?:Committee|Sub-Committee|Panel|Group|Board|Authority|Agency|Company|Limited|Ltd|plc|PLC|LLP"
    r"|Energy|Networks?|Power|Gas|Electricity|Supply|Metering|Advice|Council|Association|Services|Operators)\b.*"
)
ORGANISATION = re.compile(rf"(?:the|The) .+|\S+|{KEYWORD.pattern}")
LONGEST = 300  # characters: no names are longer
# Small words that names of organisations hold; any other word in lower case is a sentence going on.
SMALL_WORDS = {"of", "the", "and", "for", "on", "de", "van", "von", "der", "plc", "&", "behalf"}
# "X of A and Y of B", "X (A) and Y (B)", "X of A / Y of B": people of several organisations.
TWO_PAIRS = re.compile(r"(?:\band\b|&|/|,).+\b(?:of|from|at) |\).+\(")
# "… and Ann Lee": what follows is a person's name by its look.
AND_PERSON = re.compile(r".* (?:and|&) (?P<name>[A-Z][a-z'’-]+(?: [A-Z][\w'’-]+){1,2})")
# "Calder Energy's Ada Holt".
POSSESSIVE = re.compile(r"['’]s [A-Z]")
# Nouns that names of bodies begin with and no person's name is.
BODY = re.compile(
    r"(?:Association|Secretary|Department|Office|Institute|Federation|Council|Ministry|Bank|Board|Society)\b"
)
# An organisation, not a place for doubt: a word that only organisations have, or capitals only.
SURELY = re.compile(r"[A-Z]{2,}[\w.&]*|(?:the|The) .+|[A-Z]\.[A-Z]+.*")


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
    who, *others = ON_BEHALF.split(words)
    if len(others) > 1 or POSSESSIVE.search(who) or find_references(words) or not is_names(words):
        return Raised(clear=False)
    behalf = _bare(others[0]) if others else None
    if _is_several(who):
        return Raised(who, on_behalf_of=behalf, several=True)
    found = _person_and_organisation(who)
    if found is None:
        return Raised(clear=False)
    person, organisation = found
    if organisation is None:
        return Raised(person, behalf)
    return Raised(person, _bare(organisation), behalf)


def _is_several(who: str) -> bool:
    """Whether these are people of several organisations; "Ada Holt and Ben Crane of the DCC" are of one."""
    found = OF.fullmatch(who)
    rest = found["organisation"] if found else who
    other = AND_PERSON.fullmatch(found["organisation"]) if found else None
    return bool(TWO_PAIRS.search(rest) or (other and not ORGANISATION.fullmatch(other["name"])))


def name_of(words: str) -> str | None:
    """The Lead Analyst's name; None while nobody is named."""
    words = words.strip().rstrip(".").strip()
    return None if not words or NOBODY.fullmatch(words) else words.removesuffix(")") if "(" not in words else words


def _person_and_organisation(who: str) -> tuple[str | None, str | None] | None:
    """The person and the organisation, as far as there are any; None where it is not clear which is which."""
    if bracketed := IN_BRACKETS.fullmatch(who):
        return _of_brackets(who, bracketed["person"], bracketed["organisation"])
    if THE.match(who) or BODY.match(who):
        return None, who
    if found := OF.fullmatch(who):
        return found["person"].strip(), found["organisation"].strip()
    if found := COMMA.fullmatch(who):
        is_known = KEYWORD.fullmatch(found["organisation"]) or SURELY.fullmatch(found["organisation"])
        return (found["person"].strip(), found["organisation"].strip()) if is_known else None
    return (None, who) if ORGANISATION.fullmatch(who) else (who, None)


def _of_brackets(who: str, outside: str, inside: str) -> tuple[str | None, str | None] | None:
    """The person and the organisation, an organisation with its short name, or the two swapped, of "X (Y)"."""
    if OF.fullmatch(outside):
        found = OF.fullmatch(who)
        return (found["person"].strip(), found["organisation"].strip()) if found else None
    is_body = THE.match(outside) or KEYWORD.fullmatch(outside) or SURELY.fullmatch(outside) or BODY.match(outside)
    is_person = len(inside.split()) > 1 and not KEYWORD.fullmatch(inside) and not SURELY.fullmatch(inside)
    if is_body:
        return (inside, outside) if is_person else (None, who)
    return outside.strip(), inside.strip()


def _bare(organisation: str) -> str:
    return THE.sub("", organisation, count=1).strip() if THE.match(organisation) else organisation.strip()


def is_names(words: str) -> bool:
    """Whether all words are names or the small words between them, with no sentence going on."""
    if len(words) > LONGEST:
        return False
    plain = (word.strip("(),.'’") for word in words.split())
    return all(not word[:1].islower() or word in SMALL_WORDS | {"from", "at"} for word in plain)
