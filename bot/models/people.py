"""The roster, row by row as it was imported, and what people state of themselves."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.domain import Capacity
from bot.models.base import Base


class Seat(Base):
    """One row of the roster: a person on a Sub-Committee. Never changed but for who superseded it, and when.

    `email` is folded; `platform_id` is the person's id on a platform. `alternate_for`: the member's e-mail address or
    name. The first and the last day that it holds are in Europe/London; None: no such limit.
    """

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    platform_id: Mapped[str | None]
    name: Mapped[str]
    organisation: Mapped[str]
    party_category: Mapped[str | None]
    sub_committee: Mapped[str]
    seat: Mapped[str | None]
    capacity: Mapped[Capacity]
    alternate_for: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    imported_at: Mapped[datetime]
    by: Mapped[str]
    superseded_at: Mapped[datetime | None]
    superseded_by: Mapped[str | None]


class Claim(Base):
    """What a person states of himself, and beside it what SECAS decided; None: nothing yet."""

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    person: Mapped[str] = mapped_column(index=True)
    organisation: Mapped[str]
    party_category: Mapped[str | None]
    stated_at: Mapped[datetime]
    confirmed: Mapped[bool | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
