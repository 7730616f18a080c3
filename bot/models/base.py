"""What every table shares: how moments, enums and lists are stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Enum
from sqlalchemy.orm import DeclarativeBase

from bot.db import UtcDateTime
from bot.domain import Capacity, Classification, ProposalType, Source


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
        Source: words(Source),
    }
