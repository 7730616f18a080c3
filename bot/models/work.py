"""Work in hand: people as platforms know them, what is to be sent, what runs by the clock, documents."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain import Classification
from bot.models.base import Base
from bot.models.register import Proposal


class SeenPerson(Base):
    """A person as a platform last described them."""

    __tablename__ = "people"

    platform: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    name: Mapped[str | None]
    team: Mapped[str | None]  # the workspace they belong to, as the platform names it
    deleted: Mapped[bool] = mapped_column(default=False)  # their account was closed
    guest: Mapped[bool] = mapped_column(default=False)
    external: Mapped[bool] = mapped_column(default=False)  # of another workspace than ours
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
    mark: Mapped[Classification | None]  # of what it holds; None where it is no message to a channel
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
    redacted_at: Mapped[datetime | None]  # words in it were erased since

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


class Sweep(Base):
    """One reading of a post's thread as the platform has it, page by page: what was checked, and what was found.

    One without `finished_at` is to be gone on with. `seen`: the messages that were there, as far as it has come.
    """

    __tablename__ = "sweeps"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    not_before: Mapped[datetime]  # of the next page: the platform asked to wait, or somebody is at it
    cursor: Mapped[str | None]  # where the next page begins
    seen: Mapped[list[str]]
    comments: Mapped[int] = mapped_column(default=0)  # that stand in the thread
    found: Mapped[int] = mapped_column(default=0)  # which no event had told
    missing: Mapped[int] = mapped_column(default=0)  # which the record has and the thread has not
    limits: Mapped[list[str]] = mapped_column(default=list)  # what the platform could not tell it, a sentence each
    problem: Mapped[str | None]  # why it could not be read, as the end of a sentence
