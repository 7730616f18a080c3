"""The words that travel between the rooms: enums and frozen dataclasses that know no platform and no database."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class ProposalType(StrEnum):
    DRAFT = "Draft Proposal"
    MODIFICATION = "Modification Proposal"


class Classification(StrEnum):
    """What may be done with a paper; "Clear" replaces White on later papers."""

    WHITE = "White"
    CLEAR = "Clear"
    GREEN = "Green"
    AMBER = "Amber"
    RED = "Red"


class Outlook(StrEnum):
    """Our reading of a paper's impact statement, for SECAS only: members are shown the paper's words."""

    NONE = "none"
    NONE_SO_FAR = "none-so-far"
    SOME = "some"
    PENDING = "pending"
    UNSTATED = "unstated"


class Facet(StrEnum):
    """Which part of the problem statement a comment speaks to."""

    ISSUE = "issue"
    IMPACT = "impact"
    CONSIDER = "consider"
    UNSORTED = "unsorted"


class Capacity(StrEnum):
    """In what part a person speaks. It decides what is a view and what is a reply."""

    MEMBER = "member"
    ALTERNATE = "alternate"
    OBSERVER = "observer"
    CHAIR_MEMBER = "chair and member"
    CHAIR = "chair"
    SECAS = "SECAS"
    PROPOSER = "Proposer"
    PROPOSER_ORGANISATION = "Proposer's organisation"
    NOT_STATED = "not stated"

    @property
    def gives_views(self) -> bool:
        """Whether words said in this capacity are a view; else they are a reply, printed beside and not counted."""
        return self not in _REPLY_CAPACITIES


_REPLY_CAPACITIES = {Capacity.CHAIR, Capacity.SECAS, Capacity.PROPOSER, Capacity.PROPOSER_ORGANISATION}


@dataclass(frozen=True, order=True)
class Reference:
    """A proposal's identity: its number and split suffix. The prefix says its type and may change."""

    number: int
    suffix: str = ""


@dataclass(frozen=True)
class Suggestion(Generic[T]):
    """A rule's answer and the words it rests on. A person's decision is kept apart from it."""

    value: T
    because: str


@dataclass(frozen=True)
class Message:
    """A message by name; templates turn it into words, one file a surface."""

    name: str
    values: dict[str, object]


# --- what was heard on a platform: plain text, ids of the platform, times in UTC -------------------------------------


@dataclass(frozen=True)
class Speaker:
    """A person as a platform knows them. E-mail and name are None where the platform does not say."""

    platform: str
    id: str
    email: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Profile:
    """For whom a person speaks. None where nobody stated it."""

    organisation: str | None
    party_category: str | None
    seat: str | None
    capacity: Capacity


@dataclass(frozen=True)
class Place:
    """A message on a platform: its channel, the message at the head of its thread, and its own id."""

    platform: str
    channel: str
    thread: str
    message: str


@dataclass(frozen=True)
class HeardWords:
    """A reply, or the latest words of an edited one. `at` orders wordings (UTC); `said_at`: when first said."""

    place: Place
    speaker: Speaker
    text: str
    said_at: datetime
    at: datetime


@dataclass(frozen=True)
class HeardRemoval:
    """A reply is gone from the platform; the event does not say who removed it."""

    place: Place
    speaker: Speaker
    said_at: datetime
    at: datetime


@dataclass(frozen=True)
class HeardReaction:
    """An emoji put on, or taken off, a post or a reply."""

    place: Place
    speaker: Speaker
    emoji: str
    added: bool
    at: datetime


Heard = HeardWords | HeardRemoval | HeardReaction


# --- what a Comments document is made of ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Invited:
    """One Sub-Committee that was asked. `comments_by` is in Europe/London, None unless SECAS set it."""

    sub_committee: str
    paper: str
    paper_dated: date | None
    meeting: int | None
    meeting_date: date | None
    meeting_confirmed: bool
    comments_by: str | None
    views_invited_on: tuple[str, ...]


@dataclass(frozen=True)
class ReactionCount:
    """How many people gave a reaction of one printed meaning, and for which organisations (sorted, each once)."""

    meaning: str
    people: int
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    """A view as it is printed. Organisation and Party Category are None where nobody stated them."""

    ref: str
    organisation: str | None
    party_category: str | None
    capacity: Capacity
    sub_committee: str
    source: str
    said_at: datetime
    text: str
    edited: bool
    facet: Facet
    reactions: tuple[ReactionCount, ...]


@dataclass(frozen=True)
class Reply:
    """Words of SECAS, the chair or the Proposer's side: printed beside the comments, in time order, not counted."""

    ref: str
    organisation: str | None
    capacity: Capacity
    sub_committee: str
    said_at: datetime
    text: str
    edited: bool


@dataclass(frozen=True)
class Compilation:
    """Everything one version of a Comments document says. Times are UTC; documents show Europe/London."""

    reference: str
    type: ProposalType
    title: str
    stage: str | None
    classification: Classification
    handling: str | None
    proposer: str | None
    organisation: str | None
    on_behalf_of: str | None
    lead_analyst: str | None
    problem_statement: str | None
    invited: tuple[Invited, ...]
    comments: tuple[Comment, ...]
    replies: tuple[Reply, ...]
    reactions: tuple[ReactionCount, ...]
    party_categories: tuple[str, ...]  # all there are, so that those without a comment can be named
    collected_until: datetime
    withdrawn: int


@dataclass(frozen=True, order=True)
class Version:
    """Drafts are 0.n; what a person issues is 1.0, a re-issue 2.0."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}"


@dataclass(frozen=True)
class CommentsDocument:
    """One version of `DP092 Comments`. `made_at` is UTC; `issued_by` an e-mail address, None for a draft."""

    compilation: Compilation
    version: Version
    made_at: datetime
    issued_by: str | None

    @property
    def name(self) -> str:
        return f"{self.compilation.reference} Comments {self.version}"
