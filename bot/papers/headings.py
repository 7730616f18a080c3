"""A proposal's heading: the number or numbers it names, and the title of each."""

import re
from dataclasses import dataclass, replace

from bot.domain import Reference
from bot.papers.quotes import QUOTES
from bot.rules.references import Mention, find_references, leading_reference

# The number that sections and sub-sections are printed with: "3. ", "2.1 ".
NUMBERED = re.compile(r"(?P<number>\d{1,3})(?:\.\d{1,3})*[.)]?\s+(?=\S)")
# What may stand before the number of a heading: "(ii) ", "Draft Proposal ", "Late paper: ".
BEFORE = re.compile(
    r"(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)] |[•·▪●*-] |(?!(?:SECMP|DP|MP)[ _-]?\d)[A-Z][\w ]{2,20}: "
    r"|(?:New )?(?:(?:Draft|Modification) )?Proposal ){0,2}(?=(?:SECMP|DP|MP)[ _-]?\d)"
)
# What a proposal was called before: ", previously DP088,", "(formerly known as DP088)", "(DP088)".
REFERENCE = r"(?:SECMP|DP|MP)[ _-]?\d{1,6}[A-Z]?"
FORMER = re.compile(
    rf"[\s,]*(?:\((?:(?:previously|formerly(?: known as)?|originally|was) )?(?P<bracketed>{REFERENCE})\)"
    rf"|(?:previously|formerly(?: known as)?|originally) (?P<former>{REFERENCE})),?",
    re.IGNORECASE,
)
# "DP088 (now MP088)": the paper's name for it is the second.
NOW = re.compile(rf"\s*\(now (?P<now>{REFERENCE})\)", re.IGNORECASE)
# A remark between number and title: "(revised)", "(v2)"; before a title in quotes whatever it says.
REMARK = re.compile(
    r"\s*\((?P<remark>[a-z][\w ]{2,30}|(?i:v|version |draft )\d[\d.]{0,5}"
    r"|(?:Draft|Late|New|Final|Revised|Updated|Amended|Continued)(?: [\w.]{1,20})?"
    rf"|[^()]{{1,40}}(?=\)[\s:.–—-]*[{re.escape(QUOTES)}]))\)"
)
# A heading that names its proposal at the end: "New methodology (DP088)".
AT_END = re.compile(rf"(?P<title>\S.{{2,200}}?) \((?P<reference>{REFERENCE})\)")
# What stands between a number and its title.
DASH = re.compile(r"[\s:.–—-]*")
# Between two proposals of one heading.
JOINING = re.compile(r"\s*(?:,|;|/|&|\band\b)(?:\s*(?:and|&))?\s*\Z")
# "MP102A and B": only the suffix of the second.
NEXT_SUFFIX = re.compile(r"\s*(?:,|/|&|and)\s*(?P<suffix>[A-Z])(?![A-Za-z0-9])")


LONGEST_HEADING = 250  # characters: what is longer is text


@dataclass(frozen=True)
class Named:
    """One proposal that a heading names: its number, its former one, and the words that follow up to the next.

    `remark`: what stands in brackets between number and title, such as "revised".
    """

    mention: Mention
    former: str | None
    words: str
    remark: str = ""


def without_number(text: str) -> str:
    """A heading without the number it is printed with."""
    return NUMBERED.sub("", text, count=1) if NUMBERED.match(text) else text


def leading_proposal(heading: str) -> Mention | None:
    """The proposal that a heading begins with, whatever counts or announces it; its place is in `bare(heading)`."""
    return leading_reference(bare(heading))


def bare(heading: str) -> str:
    """A heading without what counts or announces it."""
    name = without_number(heading)
    before = BEFORE.match(name)
    return name[before.end() :] if before else name


def proposals_in(heading: str) -> list[Named]:
    """The proposals that a heading names, in order; none where it neither begins nor ends with one."""
    name = bare(heading) if len(heading) <= LONGEST_HEADING else ""
    leading = leading_reference(name)
    if leading is None:
        ending = AT_END.fullmatch(name)
        mention = leading_reference(ending["reference"]) if ending else None
        return [Named(mention, None, ending["title"])] if ending and mention else []
    mentions = [leading, *_shorthand(name, leading)]
    offset = mentions[-1].end
    for mention in find_references(name[offset:]):
        moved = replace(mention, start=mention.start + offset, end=mention.end + offset)
        mentions += [moved] if _begins_another(name[_openings(name, mentions[-1])[0] : moved.start]) else []
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


def _openings(name: str, mention: Mention) -> tuple[int, dict[str, str]]:
    """Where the title begins, and what stands before it: "now", "former" and "remark"."""
    end, said = mention.end, {}
    for what, pattern in (("now", NOW), ("former", FORMER), ("remark", REMARK)):
        if found := pattern.match(name, end):
            end = found.end()
            said[what] = next(words for words in found.groups() if words)
    return end, said


def _begins_another(between: str) -> bool:
    """Whether a number after these words begins another proposal: the title before it is complete, or there is none."""
    joining = JOINING.search(between)
    if joining is None:
        return False
    title = between[: joining.start()].strip()
    return not title or title[-1] in QUOTES


def _named(name: str, mention: Mention, end: int) -> Named:
    start, said = _openings(name, mention)
    words = DASH.sub("", name[start:end], count=1) if start <= end else ""
    renamed = leading_reference(said.get("now", ""))
    return Named(
        renamed or mention,
        mention.label if renamed else said.get("former"),
        JOINING.sub("", words).strip() if end < len(name) else words.strip(),
        said.get("remark", ""),
    )
