"""A view or a reply as it stands, with all that was decided of it: plain values for every output."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.decisions import Asked, Responded, SpeaksFor, Stance, Stated
from bot.domain import Classification, Facet, Profile, Source, Suggestion
from bot.rules.wording import platform_name


class State(StrEnum):
    """How a view stands; the first that applies."""

    REMOVED = "removed"
    WITHDRAWN = "withdrawn by its author"
    WITHHELD = "withheld"
    SET_ASIDE = "set aside"
    REPLACED = "replaced by a later comment"
    NOT_SEEN = "no longer seen"
    ERASED = "erased"  # it counts, and nothing is left of its words
    STANDS = "stands"


@dataclass(frozen=True)
class Said:
    """One wording, and when it was given (UTC)."""

    text: str
    at: datetime


@dataclass(frozen=True)
class RecordedPart:
    """A piece of the latest words under one facet; `letter` is "" where the comment is of one piece.

    `stated` is the author's own (a prefix, or his choice in the form), `suggestion` a rule's, `decided` an analyst's
    (`decided_by`), which counts for the wording it was decided on.
    """

    letter: str
    text: str
    stated: Facet | None
    suggestion: Suggestion[Facet]
    decided: Facet | None
    decided_by: str | None

    @property
    def facet(self) -> Facet:
        """The facet it is printed under: no rule's suggestion alone moves it."""
        return self.decided or self.stated or Facet.UNSORTED


@dataclass(frozen=True)
class Author:
    """Who said it, for SECAS alone. None where it was not said or was erased."""

    platform: str
    id: str
    name: str | None
    email: str | None


@dataclass(frozen=True)
class Recorded:
    """A view, or a reply that is none. Times are UTC. `text` and `wordings` are empty where the words are sealed.

    `after_closing`: the closing time in force, where it was said after that. `state_by` and `reason` say who brought it
    into its state and why. `link`: opens the post whose thread or invitation it belongs to.
    """

    id: int
    ref: str
    proposal_id: int
    invitation_id: int
    sub_committee: str
    platform: str
    channel: str
    message: str
    author: Author | None
    profile: Profile
    said_at: datetime
    heard_at: datetime
    source: Source
    context: str | None
    entered_by: str | None
    mark: Classification
    text: str
    wordings: tuple[Said, ...]
    wording_id: int | None
    parts: tuple[RecordedPart, ...]
    stated: Stated
    state: State
    state_at: datetime | None
    state_by: str | None
    reason: str | None
    objections: tuple[str, ...]
    replaced_by: str | None
    after_closing: datetime | None
    asked: Asked | None
    responses: tuple[Responded, ...]
    link: str | None = None

    @property
    def is_view(self) -> bool:
        """Whether it is a view; else words of SECAS, the chair as chair, or the Proposer's side."""
        return self.profile.capacity.gives_views

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.state in {State.STANDS, State.ERASED}

    @property
    def state_said(self) -> str:
        """How it stands, as it is printed: removed, or not seen, where it was said."""
        where = {State.REMOVED: "removed in", State.NOT_SEEN: "not seen in"}.get(self.state)
        return f"{where} {platform_name(self.platform)}" if where else self.state.value

    @property
    def edited(self) -> bool:
        return len({said.text for said in self.wordings}) > 1

    @property
    def stance(self) -> Stance | None:
        return self.stated.stance

    @property
    def speaks_for(self) -> SpeaksFor | None:
        return self.stated.speaks_for

    @property
    def confidential(self) -> bool:
        return self.stated.confidential
