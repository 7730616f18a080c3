"""The tables: the register of papers and proposals, the ledger and what is folded from it, and what is to be sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from bot.db import UtcDateTime
from bot.domain import Capacity, Classification, ProposalType


def words(enum: type[Any]) -> Enum:
    """An enum stored as the words people read, so that the database can be read without the program."""
    return Enum(enum, native_enum=False, length=40, values_callable=lambda members: [m.value for m in members])


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way
        datetime: UtcDateTime,
        list[str]: JSON,
        list[dict[str, object]]: JSON,
        dict[str, object]: JSON,
        Classification: words(Classification),
        ProposalType: words(ProposalType),
        Capacity: words(Capacity),
    }


# --- the register -----------------------------------------------------------------------------------------------------


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
    """One change: its number and split suffix. What it is called and its stage stand in each paper's item."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("number", "suffix"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    suffix: Mapped[str] = mapped_column(default="")

    items: Mapped[list["Item"]] = relationship(back_populates="proposal", order_by="Item.id")


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

    paper: Mapped[Paper] = relationship()
    invitation: Mapped[Invitation | None] = relationship()


# --- the ledger and its words -----------------------------------------------------------------------------------------


class LedgerEntry(Base):
    """One thing that was heard, never changed. The profile is the speaker's as it was when heard."""

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    platform: Mapped[str]
    channel: Mapped[str]
    thread: Mapped[str]
    message: Mapped[str] = mapped_column(index=True)
    speaker: Mapped[str]  # the platform's id of the person
    emoji: Mapped[str | None]
    said_at: Mapped[datetime | None]
    at: Mapped[datetime]
    heard_at: Mapped[datetime]
    organisation: Mapped[str | None]
    party_category: Mapped[str | None]
    seat: Mapped[str | None]
    capacity: Mapped[Capacity]


class Words(Base):
    """What was said and the speaker's name: the one table from which a person can be erased."""

    __tablename__ = "words"

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    text: Mapped[str | None]
    name: Mapped[str | None]
    email: Mapped[str | None]


class Ref(Base):
    """The number a reply was given when it was first heard, in order of arrival: DP092-V001, or R001 for a reply that
    is no view.
    """

    __tablename__ = "refs"
    __table_args__ = (
        UniqueConstraint("proposal_id", "letter", "number"),
        UniqueConstraint("platform", "channel", "message"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    letter: Mapped[str]
    number: Mapped[int]
    platform: Mapped[str]
    channel: Mapped[str]
    message: Mapped[str]


# --- folded from the ledger; `dpbot replay` makes them anew -----------------------------------------------------------


class View(Base):
    """What one person said, with its latest wording; replies by SECAS and the Proposer's side too: `capacity` says."""

    __tablename__ = "views"
    __table_args__ = (UniqueConstraint("platform", "channel", "message"),)

    id: Mapped[int] = mapped_column(ForeignKey("refs.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    platform: Mapped[str]
    channel: Mapped[str]
    message: Mapped[str]
    said_at: Mapped[datetime]
    first_entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))  # whose profile counts
    wording_entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"))  # None: only its removal was heard
    withdrawn_at: Mapped[datetime | None]

    ref: Mapped[Ref] = relationship()
    post: Mapped[Post] = relationship()
    first: Mapped[LedgerEntry] = relationship(foreign_keys="View.first_entry_id")
    wordings: Mapped[list["Wording"]] = relationship(order_by="Wording.at", viewonly=True)


class Wording(Base):
    """One wording of a view, by the ledger entry that holds its words."""

    __tablename__ = "wordings"

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("views.id"))
    at: Mapped[datetime]

    words: Mapped[Words | None] = relationship(
        primaryjoin="foreign(Wording.entry_id) == Words.entry_id", viewonly=True, uselist=False
    )


class Reaction(Base):
    """The latest state of one person's one emoji on one message; `entry_id` tells whose profile it is."""

    __tablename__ = "reactions"

    platform: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    speaker: Mapped[str] = mapped_column(primary_key=True)
    emoji: Mapped[str] = mapped_column(primary_key=True)
    thread: Mapped[str]
    present: Mapped[bool]
    at: Mapped[datetime]
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))

    entry: Mapped[LedgerEntry] = relationship()


# --- people as platforms know them, what is to be sent, what runs by the clock ----------------------------------------


class SeenPerson(Base):
    """A person as a platform last described them."""

    __tablename__ = "people"

    platform: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    name: Mapped[str | None]
    seen_at: Mapped[datetime]


class OutboxEntry(Base):
    """Something to be sent, rendered when it was queued."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    platform: Mapped[str]
    channel: Mapped[str]  # the channel in config.toml, or the platform's id
    state: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, object]]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)  # of a file
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    queued_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Occurrence(Base):
    """A job's run at a time on the wall clock; that it is unique makes the run happen once."""

    __tablename__ = "occurrences"

    job: Mapped[str] = mapped_column(primary_key=True)
    local_time: Mapped[str] = mapped_column(primary_key=True)  # Europe/London, "2019-11-04T09:00"
    done_at: Mapped[datetime]


class Document(Base):
    """One version of a Comments document: the snapshot from which its files are written, never changed."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("proposal_id", "major", "minor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    major: Mapped[int]
    minor: Mapped[int]
    made_at: Mapped[datetime]
    issued_by: Mapped[str | None]
    snapshot: Mapped[dict[str, object]]

    proposal: Mapped[Proposal] = relationship()


class CompileRequest(Base):
    """A person asked for a draft; a job compiles it and queues its delivery."""

    __tablename__ = "compile_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    platform: Mapped[str]  # where it was asked for, and so where it is delivered
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    done_at: Mapped[datetime | None]
