"""The words that travel between the rooms: enums and frozen dataclasses that know no platform and no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
    QUESTION = "question"
    SOLUTION = "solution"  # kept for the Refinement Process
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


class Source(StrEnum):
    """How somebody's words came to the record."""

    THREAD = "thread"  # a reply in one of our threads
    PRIVATE = "private"  # the form "Comment privately"
    MESSAGE = "message"  # another message of a Sub-Committee's channel, recorded by an analyst
    EMAIL = "e-mail"  # this and the rest: entered by SECAS
    MEETING = "meeting"
    TELEPHONE = "telephone"
    LETTER = "letter"


SECAS_ENTERS = (Source.EMAIL, Source.MEETING, Source.TELEPHONE, Source.LETTER)


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
    """A person as a platform knows them. E-mail and name are None where the platform does not say.

    `team`: the workspace they belong to. `external`: it is another than ours. `deleted`: their account was closed.
    """

    platform: str
    id: str
    email: str | None = None
    name: str | None = None
    team: str | None = None
    guest: bool = False
    external: bool = False
    deleted: bool = False


class Basis(StrEnum):
    """What says for whom a person speaks."""

    ROSTER = "roster"
    CONFIRMED = "confirmed"  # the person stated it and SECAS confirmed it
    WORKSPACE = "workspace"  # their workspace is the organisation's
    STATED = "stated"  # by the person alone: kept apart, shown as stated and not confirmed
    NOT_STATED = "not stated"
    CONFIGURATION = "configuration"  # of the analysts
    ENTERED = "entered"  # SECAS said it of somebody who is not on the roster, when it entered what they had said
    CORRECTED = "corrected"  # by an analyst, after it was recorded


@dataclass(frozen=True)
class Profile:
    """For whom a person speaks. None where nobody stated it. `alternate_for`: the member's name."""

    organisation: str | None
    party_category: str | None
    seat: str | None
    capacity: Capacity
    alternate_for: str | None = None
    basis: Basis = Basis.NOT_STATED


@dataclass(frozen=True)
class Place:
    """A message on a platform: its channel, the message at the head of its thread, and its own id."""

    platform: str
    channel: str
    thread: str
    message: str


@dataclass(frozen=True)
class HeardWords:
    """A reply, or the latest words of an edited one. `at` orders wordings (UTC); `said_at`: when first said.

    `raw`: the platform's own text, as it came. `asks`: where an analyst says it, it is a command and not heard.
    """

    place: Place
    speaker: Speaker
    text: str
    said_at: datetime
    at: datetime
    raw: str = ""
    asks: bool = False


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


@dataclass(frozen=True)
class HeardAnswer:
    """“No comment”, given on a post or taken back."""

    place: Place
    speaker: Speaker
    given: bool
    at: datetime


@dataclass(frozen=True)
class HeardAbsence:
    """A reading of a thread found a reply of the record gone without a word; or (`seen`) there again.

    `speaker` and `said_at` are the reply's.
    """

    place: Place
    speaker: Speaker
    said_at: datetime
    seen: bool
    at: datetime


Heard = HeardWords | HeardRemoval | HeardReaction | HeardAnswer | HeardAbsence


@dataclass(frozen=True)
class ChannelFacts:
    """A channel as the platform describes it now. `teams`: other workspaces that share it. None: it does not say."""

    is_private: bool | None
    is_archived: bool
    teams: tuple[str, ...]
    guests: bool | None


@dataclass(frozen=True)
class Fetched:
    """A message of a thread as the platform has it now; not a word of what no person said (`speaker` is None).

    `edited_at`: by the platform's clock, whole seconds where it tells no more; compare `raw` with what was heard.
    `reactions`: people by emoji, all of them, ours left out; None where the platform does not name them all.
    `files`: a line each, which `text` has too. `removed`: only its place is left. `asks`: it is a command to us;
    `asks_as_analyst`: only where an analyst gives it. `pressed`: emoji given by buttons too, which are not among these.
    """

    place: Place
    speaker: str | None
    text: str
    raw: str
    said_at: datetime
    edited_at: datetime | None
    reactions: Mapping[str, tuple[str, ...]] | None
    files: tuple[str, ...] = ()
    removed: bool = False
    asks: bool = False
    asks_as_analyst: bool = False
    pressed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Page:
    """Messages of a thread, oldest first. `next_cursor`: where the next page begins; None at the thread's end."""

    messages: tuple[Fetched, ...]
    next_cursor: str | None
    fetched_at: datetime  # before it was asked for: what happened later may be missing


@dataclass(frozen=True)
class Origin:
    """How something came to be heard. `context` and `entered_by` are of what SECAS entered or recorded."""

    source: Source = Source.THREAD
    context: str | None = None
    entered_by: str | None = None
    swept: bool = False
    mark: Classification | None = None  # the submitter's; else it is its channel's


@dataclass(frozen=True, order=True)
class Version:
    """Drafts are 0.n; what a person issues is 1.0, a re-issue 2.0."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}"
