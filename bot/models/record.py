"""The record: the ledger of what was heard with its words, and the views, wordings and reactions folded from it."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain import Basis, Capacity, Classification, Source
from bot.models.base import Base
from bot.models.register import Post


def new_salt() -> str:
    return secrets.token_hex(16)


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
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))  # whose thread or invitation it belongs to
    source: Mapped[Source] = mapped_column(default=Source.THREAD)
    context: Mapped[str | None]  # of what SECAS entered: "meeting 26", an e-mail's subject
    entered_by: Mapped[str | None]  # who entered or recorded it for its author
    mark: Mapped[Classification | None]  # its channel's then, or its submitter's
    swept: Mapped[bool] = mapped_column(default=False)  # found by a sweep, not told by an event
    speaker: Mapped[str]  # the platform's id of the person
    emoji: Mapped[str | None]
    said_at: Mapped[datetime | None]
    at: Mapped[datetime]
    heard_at: Mapped[datetime]
    organisation: Mapped[str | None]
    party_category: Mapped[str | None]
    seat: Mapped[str | None]
    capacity: Mapped[Capacity]
    alternate_for: Mapped[str | None]  # the member's name
    basis: Mapped[str] = mapped_column(default=Basis.NOT_STATED)  # what says for whom the person speaks

    words: Mapped["Words | None"] = relationship(viewonly=True, uselist=False)


class Words(Base):
    """What was said and the speaker's name: the one table from which a person can be erased."""

    __tablename__ = "words"

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), primary_key=True)
    text: Mapped[str | None]
    raw: Mapped[str | None]  # as the platform had it
    salt: Mapped[str | None] = mapped_column(default=new_salt)  # makes a receipt's digest of the text tell nothing
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
    """What one person said, in its wordings; replies by SECAS and the Proposer's side too: the first entry says."""

    __tablename__ = "views"
    __table_args__ = (UniqueConstraint("platform", "channel", "message"),)

    id: Mapped[int] = mapped_column(ForeignKey("refs.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    platform: Mapped[str]
    channel: Mapped[str]
    message: Mapped[str]
    said_at: Mapped[datetime]
    first_entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))  # whose profile counts
    withdrawn_at: Mapped[datetime | None]  # removed on the platform, or withdrawn by its author
    set_aside_at: Mapped[datetime | None]
    withheld_at: Mapped[datetime | None]
    missing_at: Mapped[datetime | None]  # a sweep did not see it, and nobody has decided yet
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("refs.id"))
    confidential: Mapped[bool] = mapped_column(default=False)
    # For whom it was given: as its first entry has it, or as an analyst corrected it since.
    organisation: Mapped[str | None]
    party_category: Mapped[str | None]
    seat: Mapped[str | None]
    capacity: Mapped[Capacity]
    alternate_for: Mapped[str | None]
    basis: Mapped[str]

    ref: Mapped[Ref] = relationship(foreign_keys="View.id")
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


class Answer(Base):
    """The latest state of one person's “No comment” on an invitation; `entry_id` tells whose profile it is."""

    __tablename__ = "answers"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    platform: Mapped[str] = mapped_column(primary_key=True)
    speaker: Mapped[str] = mapped_column(primary_key=True)
    given: Mapped[bool]
    at: Mapped[datetime]
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))

    entry: Mapped[LedgerEntry] = relationship()


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
