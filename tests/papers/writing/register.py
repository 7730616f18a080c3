"""What is true: the facts of a paper and of the proposals in it, and the contract's value that reading must return."""

from dataclasses import dataclass
from datetime import date
from typing import Any

Impact = tuple[str, tuple[str, ...]]  # its heading, its paragraphs


@dataclass(frozen=True)
class Raised:
    """Who raised a proposal. `words` is what is printed after "raised by", None where no sentence says it."""

    words: str | None
    proposer: str | None
    organisation: str | None
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Proposal:
    """`lead` is what is printed (perhaps TBC); `former`: the paper also names the Draft Proposal it was."""

    prefix: str
    number: int
    suffix: str
    title: str
    raised: Raised
    lead: str | None
    summary: tuple[str, ...]
    impacts: tuple[Impact, ...]
    appendix: str | None
    status: str | None
    former: bool = False

    @property
    def reference(self) -> str:
        digits = 4 if self.prefix == "SECMP" else 3
        return f"{self.prefix}{self.number:0{digits}d}{self.suffix}"

    @property
    def former_reference(self) -> str:
        return f"DP{self.number:03d}"

    @property
    def listed_as(self) -> str:
        """Its name in the list of attachments."""
        former = f", previously {self.former_reference}," if self.former else ""
        status = f"{self.status} " if self.status else ""
        return f"{self.reference}{former} {status}problem statement"


@dataclass(frozen=True)
class Section:
    """Proposals under one heading. A group is one proposal, or the two halves of a split that share a heading."""

    heading: str
    stage: str | None
    none: str | None
    groups: tuple[tuple[Proposal, ...], ...]


@dataclass(frozen=True)
class Paper:
    body: str | None
    meeting: int
    meets: date
    number: int
    late: str
    title: str
    action: str
    classification: str
    handling: str | None
    purpose: tuple[str, ...]
    invitations: tuple[str, ...]
    recommendation: tuple[str, ...]  # the sentence, then the entries of its list
    more: str | None  # a second sentence, which says where to send comments
    comments_to: str
    comments_by: str | None
    dated: date
    author: str
    team: str
    sections: tuple[Section, ...]

    @property
    def reference(self) -> str:
        body = f"{self.body}_" if self.body else ""
        return f"{body}{self.meeting}_{self.meets:%d%m}_{self.number:02d}{self.late}"

    @property
    def proposals(self) -> list[tuple[Proposal, str | None]]:
        """Each with the stage of its section."""
        return [(one, section.stage) for section in self.sections for group in section.groups for one in group]


def contract(paper: Paper) -> dict[str, Any]:
    """The contract's value without its findings, and without what our own rules make of the impacts."""
    return {
        "paper": _paper(paper),
        "items": [_item(proposal, stage) for proposal, stage in paper.proposals],
        "attachments": [_attachment(proposal) for proposal, _ in paper.proposals if proposal.appendix],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "reference": paper.reference,
        "body": paper.body,
        "meeting": paper.meeting,
        "meeting_date": paper.meets.isoformat(),
        "number": paper.number,
        "title": paper.title,
        "action": paper.action,
        "classification": paper.classification,
        "handling": paper.handling,
        "purpose": list(paper.purpose),
        "invitations": list(paper.invitations),
        "recommendation": " ".join(paper.recommendation).replace("**", ""),
        "comments_to": paper.comments_to,
        "comments_by": paper.comments_by,
        "dated": paper.dated.isoformat(),
        "author": paper.author,
        "team": paper.team,
    }


def _item(proposal: Proposal, stage: str | None) -> dict[str, Any]:
    return {
        "reference": proposal.reference,
        "number": proposal.number,
        "suffix": proposal.suffix or None,
        "type": "Draft Proposal" if proposal.prefix == "DP" else "Modification Proposal",
        "stage": stage,
        "title": proposal.title,
        "proposer": proposal.raised.proposer,
        "organisation": proposal.raised.organisation,
        "on_behalf_of": proposal.raised.on_behalf_of,
        "lead_analyst": None if proposal.lead in {"TBC", "TBA", "to be confirmed"} else proposal.lead,
        "summary": list(proposal.summary),
        "impacts": [{"heading": heading, "text": list(text)} for heading, text in proposal.impacts],
        "appendix": proposal.appendix,
    }


def _attachment(proposal: Proposal) -> dict[str, Any]:
    former = [proposal.former_reference] if proposal.former else []
    return {
        "label": f"Appendix {proposal.appendix}",
        "references": [proposal.reference, *former],
        "name": proposal.listed_as,
        "status": proposal.status,
    }
