"""Who raised a proposal and who looks after it, from the words after "raised by" and "Lead Analyst"."""

import re
from dataclasses import dataclass

from bot.papers.days import MONTH
from bot.rules.references import find_references

# What papers print while nobody is named.
NOBODY = re.compile(
    r"(?:TBC|TBA|TBD|N/A|none|nobody|to be (?:confirmed|advised|appointed|determined))\.?|[-–—]", re.IGNORECASE
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
DAY = (
    rf"(?:{WEEKDAY},? )?(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?|{MONTH},? \d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
# What may follow the name in the same sentence: the Lead Analyst, or the day.
TAIL = re.compile(
    r"(?:,? and|,|;) (?:the|its|with) .{0,40}?Lead Analyst.*|[,;]? \(?(?:SECAS )?Lead Analyst.*"
    rf"|,? (?:(?:on|in) )?{DAY}$| \((?:(?:on|in) )?{DAY}\)$|,? (?:on|in) (?:{MONTH}|{WEEKDAY})$",
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
KEYWORDS = (
    r"\b(?:Committee|Sub-Committee|Panel|Group|Board|Authority|Agency|Company|Limited|Ltd|plc|PLC|LLP"
    r"|Energy|Networks?|Power|Gas|Electricity|Supply|Metering|Advice|Council|Association|Services|Operators)\b"
)
KEYWORD = re.compile(rf".*{KEYWORDS}.*")
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
    r"(?:Association|Secretary|Department|Office|Institute|Federation|Council|Ministry|Bank|Board|Society|University)\b"
)
# An organisation, not a place for doubt: a word that only organisations have, or capitals only.
SURELY = re.compile(r"[A-Z]{2,}[\w.&]*(?: [A-Z]{2,}[\w.&]*)*|(?:the|The) .+|[A-Z]\.[A-Z]+.*")
KNOWN = re.compile(rf"{KEYWORD.pattern}|(?:{SURELY.pattern})\Z|{BODY.pattern}")
# An organisation by its look that may be a person, or begin with one: "Niamh Power", "Ada Holt Northshire Energy".
NAME_WORD = rf"(?!{KEYWORDS})(?![A-Z]{{2}})[A-Z][\w.'’-]*"
SURNAME = re.compile(rf"{NAME_WORD} (?:Power|Council)")
LIKE_PERSON = re.compile(rf"{NAME_WORD} {NAME_WORD} .+|{SURNAME.pattern}")
ROLE = (
    r"\b(?:Head|Chief|Director|Manager|Chair(?:man|woman|person)?|Officer|Lead|Analyst|Advis[eo]r|Consultant|Engineer"
    r"|Representative|Proposer|Author|Member)\b"
)
# Words, marks and days that show that more than an organisation, or than a person, was taken for its name.
MORE_THAN_ORGANISATION = re.compile(rf"[\d,;/]| (?:for|on|at|from|[-–—]) |{ROLE}|\b(?:{MONTH}|{WEEKDAY})")
MORE_THAN_PERSON = re.compile(rf"[\d,]|{ROLE}")
BODY_FOR = re.compile(rf"(?:Secretary of State|{BODY.pattern}) for ")
AND = re.compile(r" (?:and|&) ")
INSIDE = re.compile(r"\(([^()]+)\)")


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
    several = _is_several(who)
    found = (who, None) if several else _person_and_organisation(who)
    names = [_bare(name) for name in (*(found or ())[1:], behalf) if name]
    if found is None or any(_holds_more(name) for name in names):
        return Raised(clear=False)
    person = found[0]
    if several:
        return Raised(person, on_behalf_of=behalf, several=True)
    is_named = (
        all(_is_person(one) for one in AND.split(person)) if person else THE.match(who) or not _may_be_person(who)
    )
    organisation, other = (*names, None, None)[:2]  # a person on behalf of an organisation alone is given that one
    return Raised(person, organisation, other) if is_named else Raised(clear=False)


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
        person, organisation = found["person"].strip(), found["organisation"].strip()
        return (person, organisation) if _is_organisation(organisation) else None
    return (None, who) if ORGANISATION.fullmatch(who) else (who, None)


def _is_person(name: str) -> bool:
    """Whether it may be a person's whole name: of two words, and none that organisations have ("Niamh Power" is)."""
    is_body = KEYWORD.fullmatch(name) and not LIKE_PERSON.fullmatch(name)
    return " " in name and not is_body and not MORE_THAN_PERSON.search(name)


def _may_be_person(organisation: str) -> bool:
    """Whether what looks like an organisation, or what stands in its brackets, could be a person's name as well."""
    parts = (INSIDE.sub("", organisation).strip(), *INSIDE.findall(organisation))
    return any(LIKE_PERSON.fullmatch(part) for part in parts)


def _holds_more(organisation: str) -> bool:
    """Whether more than an organisation's name was taken: a day, a role, another's name."""
    found = None if BODY.match(organisation) else OF.fullmatch(organisation)
    inside = INSIDE.search(organisation)
    return bool(
        MORE_THAN_ORGANISATION.search(BODY_FOR.sub("", organisation, count=1))
        or any(not KNOWN.match(part) or SURNAME.fullmatch(part) for part in AND.split(organisation)[1:])
        or (found and _is_person(found["person"]))
        or (inside and " " in inside[1] and not _is_organisation(inside[1]))
    )


def _is_organisation(name: str) -> bool:
    return bool(KNOWN.match(name)) and not LIKE_PERSON.fullmatch(name)


def _of_brackets(who: str, outside: str, inside: str) -> tuple[str | None, str | None] | None:
    """The person and the organisation, an organisation with its short name, or the two swapped, of "X (Y)"."""
    is_body = THE.match(outside) or BODY.match(outside)
    if OF.fullmatch(outside) and not is_body:
        found = OF.fullmatch(who)
        return (found["person"].strip(), found["organisation"].strip()) if found else None
    is_person = " " in inside and not _is_organisation(inside) and not LIKE_PERSON.fullmatch(inside)
    if is_body or KEYWORD.fullmatch(outside) or SURELY.fullmatch(outside):
        return (inside, outside) if is_person else (None, who)
    return None if is_person else (outside.strip(), inside.strip())


def _bare(organisation: str) -> str:
    return THE.sub("", organisation, count=1).strip() if THE.match(organisation) else organisation.strip()


def is_names(words: str) -> bool:
    """Whether all words are names or the small words between them, with no sentence going on."""
    if len(words) > LONGEST:
        return False
    plain = (word.strip("(),.'’") for word in words.split())
    return all(not word[:1].islower() or word in SMALL_WORDS | {"from", "at"} for word in plain)
