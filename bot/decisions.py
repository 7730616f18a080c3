"""What people decide, as values: the kinds of decisions, and who may take which."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain import Capacity, Facet


class Stance(StrEnum):
    """Where a person stands, in the words of the form: only what the person chose there."""

    AGREES = "agrees with the issue as described"
    DISAGREES = "does not agree with the issue as described"
    CLARIFY = "needs clarification"
    NO_COMMENT = "no comment"


class SpeaksFor(StrEnum):
    """Whose view a comment is, where its author says so. Members act independently of their employers."""

    ORGANISATION = "the organisation's"
    PERSONAL = "personal"


class Disposition(StrEnum):
    """What became of a comment, in the words that documents print."""

    NOTED = "Noted"
    ANSWERED = "Answered"
    PASSED = "Passed to the Proposer"
    UPDATED = "Problem statement updated"
    RETAINED = "Retained for the Refinement Process"


# --- on a view: by its author ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stated:
    """What the author said of the comment in the form; a later form replaces it whole."""

    facet: Facet | None = None
    stance: Stance | None = None
    on_behalf_of: str | None = None
    speaks_for: SpeaksFor | None = None
    confidential: bool = False  # counted, but never attributed or quoted outside SECAS; of the private form only


@dataclass(frozen=True)
class Withdrawn:
    """The author no longer wishes the comment to stand."""


@dataclass(frozen=True)
class Replaced:
    """The author said that a later comment of his own (`by_ref`: the id of its ref) stands in place of this one."""

    by_ref: int


@dataclass(frozen=True)
class Objected:
    """The author does not wish to have this message recorded as a view, or the way it appears; kept beside it."""

    words: str


# --- on a view: by an analyst -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sorted:
    """Which facet a comment, or a part of it, speaks to. `wording`: the ledger entry whose words were read."""

    facet: Facet
    wording: int


@dataclass(frozen=True)
class SetAside:
    """It is not a view, such as a courtesy: listed in the restricted annex, with the reason."""


@dataclass(frozen=True)
class Withheld:
    """Out of every output at once, for the reason given."""


@dataclass(frozen=True)
class Restored:
    """It was set aside or withheld, and stands again."""


@dataclass(frozen=True)
class Looked:
    """A comment that a sweep did not see: it stands (`stands`), or its absence is taken for a withdrawal."""

    stands: bool


@dataclass(frozen=True)
class Corrected:
    """For whom the comment was given, as it should have been recorded. A new fact: the old one stays."""

    organisation: str | None
    party_category: str | None
    seat: str | None
    capacity: Capacity
    alternate_for: str | None = None


@dataclass(frozen=True)
class Erased:
    """Its author was forgotten: the words are gone from every place. That there was a comment stays."""


@dataclass(frozen=True)
class Asked:
    """The comment is a question for `owner` (the Lead Analyst where nobody else was named), due on a day or not."""

    owner: str | None
    due: date | None = None


@dataclass(frozen=True)
class Responded:
    """SECAS's or the Proposer's words on a comment. `reply_ref`: the id of the ref of the reply that answers it."""

    disposition: Disposition
    words: str = ""
    reply_ref: int | None = None


# --- on an invitation, a proposal, a post -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Closes:
    """Comments on an invitation are received to this moment (UTC); None: no closing time after all."""

    at: datetime | None


@dataclass(frozen=True)
class FurtherInput:
    """What the Sub-Committee agreed at a meeting, with the minute it is recorded in."""

    wanted: bool
    meeting: int
    day: date
    minute: str


@dataclass(frozen=True)
class Staged:
    """The proposal entered a stage on a day, by somebody's decision."""

    stage: str
    day: date
    body: str | None = None
    holds: bool = True  # else what was last recorded of this kind is taken back


@dataclass(frozen=True)
class Converted:
    """The Draft Proposal became a Modification Proposal under the same number."""

    body: str
    day: date
    holds: bool = True  # else what was last recorded of this kind is taken back


@dataclass(frozen=True)
class Split:
    """The proposal was split into these, such as "MP102A" and "MP102B"."""

    into: tuple[str, ...]
    day: date
    body: str | None = None
    holds: bool = True  # else what was last recorded of this kind is taken back


@dataclass(frozen=True)
class PromiseKept:
    """What a paper said would be done is done: the words of the promise, and when."""

    item_id: int
    words: str
    day: date


@dataclass(frozen=True)
class Retracted:
    """The post should not have been published: it carries a notice instead; thread and views are kept."""


@dataclass(frozen=True)
class Released:
    """A named person lets a version of the Comments document go out under a lower classification."""

    version: str
    classification: str


OnView = (
    Stated
    | Withdrawn
    | Replaced
    | Objected
    | Sorted
    | SetAside
    | Withheld
    | Restored
    | Looked
    | Corrected
    | Erased
    | Asked
    | Responded
)
OnOthers = Closes | FurtherInput | Staged | Converted | Split | PromiseKept | Retracted | Released
Value = OnView | OnOthers
KINDS: dict[str, type[Value]] = {
    "stated": Stated,
    "withdrawn": Withdrawn,
    "replaced": Replaced,
    "objected": Objected,
    "sorted": Sorted,
    "set aside": SetAside,
    "withheld": Withheld,
    "restored": Restored,
    "looked": Looked,
    "corrected": Corrected,
    "erased": Erased,
    "asked": Asked,
    "responded": Responded,
    "closes": Closes,
    "further input": FurtherInput,
    "staged": Staged,
    "converted": Converted,
    "split": Split,
    "promise kept": PromiseKept,
    "retracted": Retracted,
    "released": Released,
}


# --- who decides ------------------------------------------------------------------------------------------------------


class Role(StrEnum):
    """In what part somebody acts. A person may have several."""

    ANALYST = "analyst"
    OPERATOR = "operator"  # at the terminal of the machine dpbot runs on
    CHAIR = "chair"
    MEMBER = "member"


@dataclass(frozen=True)
class Actor:
    """Who acts: `who` is a verified e-mail address, the computer's user, or a platform's id of a person without one."""

    who: str
    roles: frozenset[Role]


class Action(StrEnum):
    """What needs permission, as a verb: "may not issue …"."""

    IMPORT = "import a paper"
    PUBLISH = "publish a paper"
    RETRACT = "retract a post"
    ENTER = "enter a comment"
    RECORD = "record an event or a decision"
    CLOSE = "set a closing time"
    SORT = "sort or set aside a comment"
    WITHHOLD = "withhold or restore a comment"
    COMPILE = "compile a Comments document"
    ISSUE = "issue a Comments document"
    ERASE = "erase a person"
    ROSTER = "change the roster"
    AUDIT = "see the audit"
