"""Papers and their items field by field as texts, so that two of them can be compared: stored or just read."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from bot.domain import Classification
from bot.models import Attachment, Item, Paper
from bot.papers import AttachmentFound, Finding, ItemFound, PaperFound
from bot.papers.resolving import BY_ANALYST
from bot.rules import dates
from bot.rules.differences import Piece, differences, paragraphs

Fields = Mapping[str, str]  # by the name a person knows a field by; "" where the paper does not say

# What is the same whichever paper has it; the words of a paper on a proposal are its own.
OF_PROPOSAL = ("type", "title", "Proposer", "organisation", "on behalf of")
# Its letter is new in each paper.
OF_ONE_PAPER = ("appendix",)


@dataclass(frozen=True)
class Change:
    """A field that reads otherwise than it did: `since` names what it is compared with, `where` is "DP092 summary"."""

    since: str
    where: str
    pieces: tuple[Piece, ...]


def set_at_import(classification: Classification, findings: Iterable[Finding]) -> str | None:
    """A classification with who gave it, "White, set at import by …"; None where the paper itself says it."""
    note = next((finding.message for finding in findings if finding.code == BY_ANALYST), None)
    if note is None:
        return None
    who = note.rpartition("; ")[2].removesuffix(f" set {classification.value} at import.")
    return f"{classification.value}, set at import by {who}"


def of_item(item: Item | ItemFound) -> Fields:
    """A proposal as one paper has it; each of its statements of impacts is a field under its own heading."""
    fields = {
        "type": item.type.value,
        "title": item.title,
        "stage": item.stage or "",
        "Proposer": item.proposer or "",
        "organisation": item.organisation or "",
        "on behalf of": item.on_behalf_of or "",
        "Lead Analyst": item.lead_analyst or "",
        "summary": paragraphs(item.summary),
    }
    for heading, words in _impacts(item):
        fields[heading] = paragraphs([fields[heading], words]) if heading in fields else words
    return fields | {"appendix": item.appendix or ""}


def of_paper(paper: Paper | PaperFound, attachments: Iterable[Attachment | AttachmentFound]) -> Fields:
    """A paper's own facts and the list of what is attached to it."""
    return {
        "title": paper.title or "",
        "action": paper.action or "",
        "classification": paper.classification.value,
        "handling": paper.handling or "",
        "purpose": paragraphs(paper.purpose),
        "views invited on": paragraphs(paper.invitations),
        "recommendation": paper.recommendation or "",
        "comments to": paper.comments_to or "",
        "comments by": paper.comments_by or "",
        "date": _day(paper.dated),
        "author": ", ".join(filter(None, (paper.author, paper.team))),
        "attachments": paragraphs([f"{one.label}: {one.name}" for one in attachments]),
    }


def changes(since: str, name: str, before: Fields, after: Fields) -> list[Change]:
    """What reads otherwise, in the order of the fields. `name` says whose fields they are."""
    fields = [(field, before.get(field, ""), after.get(field, "")) for field in dict.fromkeys([*before, *after])]
    return [Change(since, f"{name} {field}", words) for field, old, new in fields if (words := differences(old, new))]


def only(fields: Fields, names: Iterable[str]) -> Fields:
    return {name: fields[name] for name in names}


def without(fields: Fields, names: Iterable[str]) -> Fields:
    return {name: text for name, text in fields.items() if name not in names}


def _impacts(item: Item | ItemFound) -> list[tuple[str, str]]:
    """Headings and words; the database has them as the dataclass's fields."""
    stored = item.impacts if isinstance(item, Item) else [asdict(impact) for impact in item.impacts]
    return [(str(impact["heading"]), paragraphs(_texts(impact["text"]))) for impact in stored]


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list | tuple) else []


def _day(value: date | None) -> str:
    return dates.day(value) if value else ""
