"""A proposal's heading: the number or numbers it names, and the title of each."""

import re
from dataclasses import dataclass, replace

from bot.domain import Reference
from bot.papers.quotes import QUOTES
from bot.rules.references import Mention, find_references, leading_reference

# The number that sections and sub-sections are printed with: "3. ", "2.1 ".
NUMBERED = re.compile(r"(?P<number>\d{1,3})(?:\.\d{1,3})*[.)]?\s+(?=\S)")
# What a proposal was called before: ", previously DP088,", "(formerly DP088)".
FORMER = re.compile(
    r"[\s,]*\(?(?:previously|formerly|was) (?P<former>[A-Z]{2,5}[ _-]?\d{1,6}[A-Z]?)\)?,?", re.IGNORECASE
)
# What stands between a number and its title.
DASH = re.compile(r"[\s:–—-]*")
# Between two proposals of one heading.
JOINING = re.compile(r"\s*(?:,|;|/|&|\band\b)(?:\s*(?:and|&))?\s*\Z")
# "MP102A and B": only the suffix of the second.
NEXT_SUFFIX = re.compile(r"\s*(?:,|/|&|and)\s*(?P<suffix>[A-Z])(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Named:
    """One proposal that a heading names: its number, its former one, and the words that follow up to the next."""

    mention: Mention
    former: str | None
    words: str


def without_number(text: str) -> str:
    """A heading without the number it is printed with."""
    return NUMBERED.sub("", text, count=1) if NUMBERED.match(text) else text


def proposals_in(heading: str) -> list[Named]:
    """The proposals that a heading names, in order; none where it does not begin with one."""
    name = without_number(heading)
    leading = leading_reference(name)
    if leading is None:
        return []
    mentions = [leading, *_shorthand(name, leading)]
    for mention in find_references(name[mentions[-1].end :]):
        offset = mentions[-1].end
        moved = replace(mention, start=mention.start + offset, end=mention.end + offset)
        mentions += [moved] if _begins_another(name[_end_of(name, mentions[-1]) : moved.start]) else []
    ends = [*(mention.start for mention in mentions[1:]), len(name)]
    return [_named(name, mention, end) for mention, end in zip(mentions, ends, strict=True)]


def _shorthand(name: str, leading: Mention) -> list[Mention]:
    """The further proposals of "MP102A and B", which are named by their suffix only."""
    found: list[Mention] = []
    end = leading.end
    while leading.reference.suffix and (more := NEXT_SUFFIX.match(name, end)):
        end = more.end()
        reference = Reference(leading.reference.number, more["suffix"])
        found.append(Mention(leading.prefix, reference, more.start("suffix"), end))
    return found


def _end_of(name: str, mention: Mention) -> int:
    former = FORMER.match(name, mention.end)
    return former.end() if former else mention.end


def _begins_another(between: str) -> bool:
    """Whether a number after these words begins another proposal: the title before it is complete, or there is none."""
    joining = JOINING.search(between)
    if joining is None:
        return False
    title = between[: joining.start()].strip()
    return not title or title[-1] in QUOTES


def _named(name: str, mention: Mention, end: int) -> Named:
    former = FORMER.match(name, mention.end)
    start = former.end() if former else mention.end
    words = DASH.sub("", name[start:end], count=1)
    return Named(
        mention,
        former["former"] if former else None,
        JOINING.sub("", words).strip() if end < len(name) else words.strip(),
    )
