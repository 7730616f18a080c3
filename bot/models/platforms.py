"""What is kept of a platform beside the record: where to reach it, and what it sent that was not understood."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base


class Address(Base):
    """How to reach a channel or a person of a platform that says so only in what it sends. `kind`: which of the two."""

    __tablename__ = "addresses"

    platform: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, object]]
    seen_at: Mapped[datetime]


class DeadLetter(Base):
    """Something that a platform sent and dpbot does not understand: what kind it was, and not a word of it.

    `key` is what a repeat has in common with it; `reason`: the first thing wrong with it, without any value.
    """

    __tablename__ = "dead_letters"
    __table_args__ = (UniqueConstraint("platform", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    key: Mapped[str]
    type: Mapped[str]
    name: Mapped[str | None]
    event: Mapped[str | None]
    activity: Mapped[str | None]
    channel: Mapped[str | None]
    said_at: Mapped[str | None]  # as the platform wrote it: it may be no time at all
    reason: Mapped[str]
    heard_at: Mapped[datetime]
