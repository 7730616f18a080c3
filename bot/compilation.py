"""What a Comments document is made of: a frozen snapshot of the record, from which every edition is written."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.decisions import Disposition, SpeaksFor, Stance
from bot.domain import Basis, Capacity, Classification, Facet, ProposalType, Source, Version


class Edition(StrEnum):
    """Whom a document is for. An extract of the public one for a single Sub-Committee is named by that."""

    PUBLIC = "public"
    RESTRICTED = "restricted"  # SECAS alone: names, earlier wordings, what was set aside, with reasons


@dataclass(frozen=True)
class AgreedInput:
    """What a Sub-Committee agreed on further input: recorded by SECAS with the meeting and the minute."""

    wanted: bool
    meeting: int
    day: date
    minute: str


@dataclass(frozen=True)
class Invited:
    """One Sub-Committee that was asked. `closes` (UTC) is what SECAS decided, where `closing_decided`; None then: no
    closing time after all. `comments_by` is what the paper says (ISO, Europe/London).
    """

    sub_committee: str
    paper: str
    paper_dated: date | None
    meeting: int | None
    meeting_date: date | None
    meeting_confirmed: bool
    comments_by: str | None
    views_invited_on: tuple[str, ...]
    closes: datetime | None = None
    further_input: AgreedInput | None = None
    closing_decided: bool = False
    asks_for_further_input: bool = False  # to agree whether it will want to give some


@dataclass(frozen=True)
class ReactionCount:
    """How many people gave a reaction of one printed meaning, and for which organisations (sorted, each once)."""

    meaning: str
    people: int
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Response:
    """What became of a comment, in SECAS's words, or in those of a reply in the thread (`reply`: its ref), or both."""

    disposition: Disposition
    words: str
    reply: str | None = None


@dataclass(frozen=True)
class Question:
    """A comment that asks somebody: who is to answer, and by when."""

    owner: str | None
    due: date | None


@dataclass(frozen=True)
class Behind:
    """What SECAS alone sees of a comment. Times are UTC; `wordings`: earlier ones, oldest first."""

    name: str | None
    email: str | None
    alternate_for: str | None
    heard_at: datetime
    entered_by: str | None
    wordings: tuple[tuple[datetime, str], ...]
    suggested: Facet
    because: str
    sorted_by: str | None
    objections: tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    """A view, or a lettered part of one, as it is printed. Organisation and Party Category: None where not stated.

    `way` is how it came, `source` the printed name of that ("Slack", "e-mail"), `context` what SECAS says of it
    ("meeting 26"). `after_closing`: the closing time (UTC) after which it was received. `of`: the whole comment's ref,
    where this is a part of it; stance and reactions stand with the first.
    """

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
    basis: Basis = Basis.ROSTER
    context: str | None = None
    stance: Stance | None = None
    on_behalf_of: str | None = None
    speaks_for: SpeaksFor | None = None
    confidential: bool = False
    after_closing: datetime | None = None
    question: Question | None = None
    responses: tuple[Response, ...] = ()
    behind: Behind | None = None
    way: Source = Source.THREAD
    of: str | None = None
    mark: Classification = Classification.WHITE  # its channel's or its submitter's

    @property
    def whole(self) -> str:
        """The ref of the comment that its author gave: its parts have the same."""
        return self.of or self.ref


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
    answers: tuple[str, ...] = ()  # refs of the comments it is linked to
    behind: Behind | None = None
    mark: Classification = Classification.WHITE
    confidential: bool = False


@dataclass(frozen=True)
class Given:
    """What was given to one Sub-Committee beside words: reactions to its posts, and how many comments are not shown."""

    sub_committee: str
    reactions: tuple[ReactionCount, ...]
    withdrawn: int
    confidential: int
    not_seen: int
    platforms: tuple[str, ...] = ()  # where it was put to it; of older documents that is not known


@dataclass(frozen=True)
class NoComment:
    """Somebody answered that they have no comment."""

    organisation: str | None
    party_category: str | None
    sub_committee: str
    at: datetime
    name: str | None = None  # for SECAS alone


@dataclass(frozen=True)
class Kept:
    """For SECAS alone: a comment that is kept and does not stand. `text` is empty where the words are sealed."""

    ref: str
    name: str | None
    organisation: str | None
    sub_committee: str
    state: str
    at: datetime | None
    by: str | None
    reason: str | None
    text: str
    replaced_by: str | None = None  # the ref of the comment that stands in its place
    said_at: datetime | None = None
    mark: Classification = Classification.WHITE


@dataclass(frozen=True)
class Check:
    """A thread that was read as the platform had it. `comments`: how many it held then; `problem`: why it was not.

    `platform` as it is printed: "Slack". `refs`: which comments those were, without the proposal ("V007"); None in what
    was drafted before that was kept. `limits`: a sentence for each thing that no reading can tell.
    """

    sub_committee: str
    platform: str
    checked_at: datetime | None
    comments: int
    missing: int
    problem: str | None
    refs: tuple[str, ...] | None = None
    limits: tuple[str, ...] = ()


class Happened(StrEnum):
    """What may be recorded of a proposal itself."""

    STAGED = "entered a stage"
    CONVERTED = "converted to a Modification Proposal"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Event:
    """What was recorded of the proposal itself, and by whose decision (`body`). `stage`, `into`: of those kinds."""

    what: Happened
    day: date
    body: str | None = None
    stage: str | None = None
    into: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowDigest:
    """The salted digest of a comment's words: whoever holds the record can show that it is unchanged."""

    ref: str
    digest: str


@dataclass(frozen=True)
class Compilation:
    """Everything one version of a Comments document says, for SECAS. Times are UTC; documents show Europe/London.

    `reports.editions` makes of it what others may see.
    """

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
    given: tuple[Given, ...]
    party_categories: tuple[str, ...]  # all there are, so that those without a comment can be named
    collected_until: datetime
    no_comment: tuple[NoComment, ...] = ()
    kept: tuple[Kept, ...] = ()
    checks: tuple[Check, ...] = ()
    events: tuple[Event, ...] = ()
    digests: tuple[RowDigest, ...] = ()
    released_by: str | None = None
    released_at: datetime | None = None
    extract_for: str | None = None  # the Sub-Committee, where it is an extract
    edition: Edition = Edition.RESTRICTED
    checksum: str | None = None  # over `digests`; the same in every edition
    formerly: str | None = None  # the Draft Proposal's name, once it was converted
    paper_classification: Classification = Classification.WHITE  # `classification` is the highest of this and all marks
    platforms: tuple[str, ...] = ("Slack",)  # where it was put to Sub-Committees, as they are called

    @property
    def received(self) -> int:
        """How many comments there are: one of several parts is one, and those in confidence count."""
        attributed = {comment.whole for comment in self.comments if not comment.confidential}
        return len(attributed) + self.in_confidence

    @property
    def in_confidence(self) -> int:
        return sum(given.confidential for given in self.given)

    @property
    def reactions(self) -> tuple[ReactionCount, ...]:
        """Reactions to the posts of every Sub-Committee that is shown, by meaning."""
        by_meaning: dict[str, list[ReactionCount]] = {}
        for count in (count for given in self.given for count in given.reactions):
            by_meaning.setdefault(count.meaning, []).append(count)
        return tuple(_together(meaning, counts) for meaning, counts in by_meaning.items())

    @property
    def withdrawn(self) -> int:
        return sum(given.withdrawn for given in self.given)

    @property
    def not_seen(self) -> int:
        return sum(given.not_seen for given in self.given)


def _together(meaning: str, counts: list[ReactionCount]) -> ReactionCount:
    organisations = sorted({name for count in counts for name in count.organisations})
    return ReactionCount(meaning, sum(count.people for count in counts), tuple(organisations))


@dataclass(frozen=True)
class CommentsDocument:
    """One version of `DP092 Comments`. `made_at` is UTC; `issued_by` an e-mail address, None for a draft."""

    compilation: Compilation
    version: Version
    made_at: datetime
    issued_by: str | None
    redacted_at: datetime | None = None

    @property
    def name(self) -> str:
        """Its title, such as "DP092 Comments v0.1"; of an edition that is not the public one with whom it is for."""
        found = self.compilation
        whom = "restricted" if found.edition is Edition.RESTRICTED else found.extract_for
        return f"{found.reference} Comments {self.version}{f' ({whom})' if whom else ''}"
