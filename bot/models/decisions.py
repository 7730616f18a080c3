"""What people decided of views, proposals and posts, and what was done: appended, never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base


class Decision(Base):
    """One decision of a person on one thing: a view (`ref_id`, with the letter of a part), an invitation, a proposal, a
    post, or the whole record (none of them).

    `kind` and `value` are one of the dataclasses in `bot.decisions`; the latest of a kind counts. `by` is the analyst's
    e-mail address, or the platform's id of a member who decides of his own words. `key` makes a repeat no second one.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    ref_id: Mapped[int | None] = mapped_column(ForeignKey("refs.id"), index=True)
    part: Mapped[str] = mapped_column(default="")
    value: Mapped[dict[str, object]]
    reason: Mapped[str | None]
    by: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime]


class Act(Base):
    """Something that was done and has no table of its own, for the audit: a paper published, a post refused, a sweep.

    `about` is one sentence that names no member and quotes nobody.
    """

    __tablename__ = "acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    about: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
