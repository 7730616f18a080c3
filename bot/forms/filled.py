"""A button that was pressed and a form that was filled in, on whatever platform; what neither of ours can hold."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain import Place, Speaker
from bot.errors import UserError

E = TypeVar("E", bound=StrEnum)
NOTHING = "none"  # the option of a list that chooses nothing
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_NUMBER = re.compile(r"[0-9]{1,18}")  # as many digits as the database's numbers have


class NotOurs(UserError):
    """A button or a form that holds what none of ours does."""

    def __init__(self) -> None:
        super().__init__("That button or form is not one that dpbot knows: open it again from the post or with `/dp`.")


@dataclass(frozen=True)
class Pressed:
    """A button, or an entry of a message's menu. `value`, which may be forged: what it carries.

    `place`: the message that it is in; None where that is no channel's. `at` (UTC): when it was pressed.
    """

    speaker: Speaker
    value: str
    place: Place | None
    at: datetime

    @property
    def channel(self) -> str:
        return self.place.channel if self.place else ""


class Filled(Protocol):
    """A form as it was submitted, by its fields' names, which are those of the templates. All of it may be forged."""

    @property
    def about(self) -> str:
        """What our form said it is about."""

    @property
    def key(self) -> str:
        """Of this form as it was opened: the same where it is sent twice."""

    @property
    def names(self) -> Collection[str]:
        """Its fields, filled in or not."""

    def words(self, name: str) -> str:
        """What was typed, without space around it."""

    def typed(self, name: str) -> str | None:
        """What was typed, as it was; None where the form had no such field or nothing was."""

    def chosen(self, name: str) -> str | None:
        """The value of the option that was chosen from a list; None where nothing was."""

    def day(self, name: str) -> str | None:
        """The date that was chosen, as "2019-11-20"; None where none was."""

    def hour(self, name: str) -> str | None:
        """The time that was chosen, as "14:30"; None where none was."""

    def person(self, name: str) -> str | None:
        """The platform's id of the person that was chosen; None where nobody was."""

    def ticked(self, name: str) -> bool: ...

    def left(self, name: str) -> bool:
        """Whether a field that is typed in or ticked was left as the form showed it, or the form had none."""


def number_of(value: object) -> int:
    """The number that a button or a form of ours carries."""
    if not _NUMBER.fullmatch(str(value)):
        raise NotOurs
    return int(str(value))


def option_of(kind: type[E], value: str) -> E:
    """What one of ours offered to choose."""
    if value not in list(kind):
        raise NotOurs
    return kind(value)


def day_of(chosen: object) -> str | None:
    """The date that a form's calendar gave."""
    if chosen and not _DAY.fullmatch(str(chosen)):
        raise NotOurs
    return str(chosen) if chosen else None
