"""The register: papers, proposals and their items, problem statements, meetings, invitations, posts."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain import Classification, ProposalType, Version
from bot.models.base import Base
from bot.models.decisions import Decision
from bot.rules.references import label, named


class Paper(Base):
    """The document imported. `sha256` is of the file's bytes."""

    __tablename__ = "papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    sub_committee: Mapped[str]  # the code of the Sub-Committee in config.toml
    number: Mapped[int | None]
    title: Mapped[str | None]
    action: Mapped[str | None]
    classification: Mapped[Classification]
    handling: Mapped[str | None]
    purpose: Mapped[list[str]]
    invitations: Mapped[list[str]]
    recommendation: Mapped[str | None]
    comments_to: Mapped[str | None]
    comments_by: Mapped[str | None]  # as the paper says it: ISO, Europe/London
    dated: Mapped[date | None]
    author: Mapped[str | None]
    team: Mapped[str | None]
    findings: Mapped[list[dict[str, object]]]
    file_name: Mapped[str]
    sha256: Mapped[str]
    imported_at: Mapped[datetime]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))

    meeting: Mapped["Meeting | None"] = relationship()
    items: Mapped[list["Item"]] = relationship(back_populates="paper", order_by="Item.position")
    attachments: Mapped[list["Attachment"]] = relationship(order_by="Attachment.id")


class Meeting(Base):
    """A Sub-Committee's meeting. Unconfirmed: its date was read from a paper's reference; nobody agreed to it yet."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("sub_committee", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sub_committee: Mapped[str]
    number: Mapped[int]
    date: Mapped[date | None]
    confirmed: Mapped[bool]


class Proposal(Base):
    """One change: its number and split suffix. What it is called stands in each paper's item, until it is converted."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("number", "suffix"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    suffix: Mapped[str] = mapped_column(default="")

    items: Mapped[list["Item"]] = relationship(back_populates="proposal", order_by="Item.id")
    # Loaded with the proposal: whoever shows it says which problem statement is held, and whether it is withdrawn.
    statements: Mapped[list["ProblemStatement"]] = relationship(
        order_by="ProblemStatement.major, ProblemStatement.minor", lazy="selectin"
    )
    withdrawals: Mapped[list["Withdrawal"]] = relationship(order_by="Withdrawal.id", lazy="selectin")
    recorded: Mapped[list[Decision]] = relationship(
        primaryjoin="and_(Decision.proposal_id == Proposal.id, Decision.kind.in_(('staged', 'converted', 'split')))",
        order_by=Decision.id,
        lazy="selectin",
        viewonly=True,
    )

    @property
    def statement(self) -> "ProblemStatement | None":
        """The problem statement that is held: the highest version, which supersedes the others."""
        return self.statements[-1] if self.statements else None

    @property
    def withdrawal(self) -> "Withdrawal | None":
        """Its withdrawal, where the last that was recorded of it is one."""
        return self.withdrawals[-1] if self.withdrawals and self.withdrawals[-1].withdrawn else None

    @property
    def events(self) -> list[Decision]:
        """Stages, conversion and split that were recorded and not taken back, by their days."""
        return standing(self.recorded)

    @property
    def converted_on(self) -> date | None:
        """The day on which the Draft Proposal became a Modification Proposal, where that is recorded."""
        return next((day_of(event) for event in reversed(self.events) if event.kind == "converted"), None)


def standing(recorded: Iterable[Decision]) -> list[Decision]:
    """Of these events, in the order in which they were recorded, those not corrected or taken back, by their days."""
    found: dict[tuple[str, object], Decision] = {}
    for event in recorded:
        key = (event.kind, event.value.get("stage"))
        found.pop(key, None)
        if event.value.get("holds", True):
            found[key] = event
    return sorted(found.values(), key=lambda event: (day_of(event), event.id))


def day_of(event: Decision) -> date:
    """The day on which what was recorded happened."""
    return date.fromisoformat(str(event.value["day"]))


class ProblemStatement(Base):
    """One version of the document that views are on: a file or a link, never changed. `by` attached it."""

    __tablename__ = "problem_statements"
    __table_args__ = (UniqueConstraint("proposal_id", "major", "minor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    major: Mapped[int]
    minor: Mapped[int]
    status: Mapped[str]  # draft or approved
    link: Mapped[str | None]
    file_name: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # a post needs only to know it is there
    sha256: Mapped[str | None]  # of the file's bytes
    by: Mapped[str]
    at: Mapped[datetime]

    @property
    def version(self) -> Version:
        return Version(self.major, self.minor)


class Withdrawal(Base):
    """Somebody recorded that a proposal was withdrawn on a day, or (`withdrawn` is False) that it was not after all."""

    __tablename__ = "withdrawals"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    withdrawn: Mapped[bool]
    day: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]


class Item(Base):
    """One proposal in one paper, as that paper has it."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("paper_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    position: Mapped[int]
    reference: Mapped[str]
    type: Mapped[ProposalType]
    stage: Mapped[str | None]
    title: Mapped[str]
    proposer: Mapped[str | None]
    organisation: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    lead_analyst: Mapped[str | None]
    summary: Mapped[list[str]]
    impacts: Mapped[list[dict[str, object]]]
    appendix: Mapped[str | None]

    paper: Mapped[Paper] = relationship(back_populates="items")
    proposal: Mapped[Proposal] = relationship(back_populates="items")

    @property
    def called(self) -> str:
        """What the proposal is called now: "MP092" once DP092 is converted, whatever its paper calls it."""
        draft = self.type is ProposalType.DRAFT
        converted = draft and self.proposal.converted_on is not None
        return label(self.proposal.number, self.proposal.suffix, "MP") if converted else self.reference

    @property
    def name(self) -> str:
        """That with the name it had before: "MP092 (formerly DP092)"."""
        converted = self.proposal.converted_on is not None
        return named(self.called, label(self.proposal.number, self.proposal.suffix) if converted else self.called)

    @property
    def type_now(self) -> ProposalType:
        return ProposalType.MODIFICATION if self.proposal.converted_on else self.type

    @property
    def stage_now(self) -> str | None:
        """The stage as last recorded or as its paper says, whichever is later; conversion ends a Draft Proposal's."""
        converted, recorded = self.proposal.converted_on, self.proposal.events
        stages = [(day_of(event), str(event.value["stage"])) for event in recorded if event.kind == "staged"]
        stages = [stage for stage in stages if converted is None or stage[0] >= converted]
        of_paper = self.stage if self.type is self.type_now else None
        if not stages:
            return of_paper
        if of_paper and self.paper.dated:
            stages.insert(0, (self.paper.dated, of_paper))
        return max(reversed(stages), key=lambda stage: stage[0])[1]


class Attachment(Base):
    """A document listed at a paper's end, such as "Appendix E: … draft problem statement"."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    label: Mapped[str]
    name: Mapped[str]
    status: Mapped[str | None]
    references: Mapped[list[str]]


class Invitation(Base):
    """One proposal put to one Sub-Committee for one meeting, by one item of a paper."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), unique=True)
    sub_committee: Mapped[str]
    opened_at: Mapped[datetime]

    item: Mapped[Item] = relationship()


class Post(Base):
    """The message that carries an invitation in one channel; the heading post of a paper carries none.

    `channel_name` is the channel in config.toml; `channel` and `message` are the platform's ids once it is posted.
    """

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("platform", "channel", "message"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"))
    platform: Mapped[str]
    channel_name: Mapped[str]
    channel: Mapped[str | None]
    message: Mapped[str | None]
    link: Mapped[str | None]
    posted_at: Mapped[datetime | None]
    counts: Mapped[str] = mapped_column(default="")  # the count line as last queued
    counts_at: Mapped[datetime | None]
    maybe_twice: Mapped[bool] = mapped_column(default=False)  # its second try could not look for the first

    paper: Mapped[Paper] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
