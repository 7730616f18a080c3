"""What reading one paper found: frozen values that mirror the import contract."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain import Classification, Outlook, ProposalType


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """Something the analyst should know. `line` counts from 1 in what `dpbot import --text` prints."""

    severity: Severity
    code: str
    line: int | None
    message: str


@dataclass(frozen=True)
class ImpactStatement:
    """The paper's words under "Anticipated … Impacts", and our reading of them with the words it rests on."""

    heading: str
    outlook: Outlook
    text: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class AttachmentFound:
    """One line of the list of attachments. `status` is "draft", "approved" or None where the line does not say."""

    label: str
    references: tuple[str, ...]
    name: str
    status: str | None


@dataclass(frozen=True)
class ItemFound:
    """One proposal in the paper. `summary` holds paragraphs; a bullet is a paragraph that starts with "- "."""

    reference: str
    number: int
    suffix: str | None
    type: ProposalType
    stage: str | None
    title: str
    proposer: str | None
    organisation: str | None
    on_behalf_of: str | None
    lead_analyst: str | None
    summary: tuple[str, ...]
    impacts: tuple[ImpactStatement, ...]
    appendix: str | None


@dataclass(frozen=True)
class PaperFound:
    """The paper's own facts. `comments_by` is only ever what the paper prints, never inferred."""

    reference: str | None
    body: str | None
    meeting: int | None
    meeting_date: date | None
    number: int | None
    title: str | None
    action: str | None
    classification: Classification
    handling: str | None
    purpose: tuple[str, ...]
    invitations: tuple[str, ...]
    recommendation: str | None
    comments_to: str | None
    comments_by: str | None
    dated: date | None
    author: str | None
    team: str | None


@dataclass(frozen=True)
class Placed:
    """Where a line of the paper ended: `where` is such as "DP088 summary", "purpose", "furniture", "nowhere"."""

    line: int
    where: str


@dataclass(frozen=True)
class Reading:
    """Everything that reading one paper found. `places` has every line that holds words, in order."""

    paper: PaperFound
    items: tuple[ItemFound, ...]
    attachments: tuple[AttachmentFound, ...]
    findings: tuple[Finding, ...]
    places: tuple[Placed, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether a finding of severity error keeps the paper from being stored."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
