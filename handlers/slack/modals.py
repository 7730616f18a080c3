"""Forms in Slack: what was filled in is read, one service takes it in one transaction, and the form says the outcome.

What a service finds wrong with a field (`WrongField`) is shown beside it: handlers.slack.errors.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain import Message
from bot.errors import UserError
from bot.services import claiming
from bot.services.desk import Desk
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.persons import person_of

E = TypeVar("E", bound=StrEnum)
NOTHING = "none"  # the option of a list that chooses nothing
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_NUMBER = re.compile(r"[0-9]{1,18}")  # as many digits as the database's numbers have


class NotOurs(UserError):
    """A button or a form that holds what none of ours does."""

    def __init__(self) -> None:
        super().__init__("That button or form is not one that dpbot knows: open it again from the post or with `/dp`.")


def number_of(value: object) -> int:
    """The number that a button or a form of ours carries."""
    if not _NUMBER.fullmatch(str(value)):
        raise NotOurs
    return int(str(value))


def value_of(body: dict[str, Any]) -> int:
    """The number that the pressed button of ours carries."""
    return number_of(body["actions"][0].get("value"))


def about(body: dict[str, Any]) -> str:
    """What a submitted form of ours is about, as we wrote it there."""
    return str(body["view"].get("private_metadata") or "")


def option_of(kind: type[E], value: str) -> E:
    """What one of ours offered to choose."""
    if value not in list(kind):
        raise NotOurs
    return kind(value)


@dataclass(frozen=True)
class Filled:
    """A form as it was submitted, by its fields' names (templates/slack/forms.jinja)."""

    values: dict[str, Any]

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Filled":
        blocks = body["view"]["state"]["values"]
        return cls({name: element for block in blocks.values() for name, element in block.items()})

    def words(self, name: str) -> str:
        """What was typed, without space around it."""
        return (self.typed(name) or "").strip()

    def typed(self, name: str) -> str | None:
        """What was typed, as it was; None where the form had no such field or nothing was."""
        value = self._field(name).get("value")
        return None if value is None else text.whole(str(value))

    def chosen(self, name: str) -> str | None:
        """The value of the option that was chosen from a list; None where nothing was."""
        option = self._field(name).get("selected_option") or {}
        value = text.whole(text.plain(str(option.get("value") or NOTHING)))  # what we sent was escaped
        return None if value == NOTHING else value

    def day(self, name: str) -> str | None:
        """The date that was chosen, as "2019-11-20"; None where none was."""
        day = self._field(name).get("selected_date")
        if day and not _DAY.fullmatch(str(day)):
            raise NotOurs
        return day

    def hour(self, name: str) -> str | None:
        """The time that was chosen, as "14:30"; None where none was."""
        return self._field(name).get("selected_time")

    def person(self, name: str) -> str | None:
        """Slack's id of the person that was chosen; None where nobody was."""
        return self._field(name).get("selected_user")

    def ticked(self, name: str) -> bool:
        return bool(self._field(name).get("selected_options"))

    def _field(self, name: str) -> dict[str, Any]:
        field: dict[str, Any] = self.values.get(name) or {}
        return field


async def state_organisation(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """For whom somebody says to speak; SECAS is asked to confirm it."""
    form, speaker = Filled.of(body), await person_of(body, desk, messenger)
    organisation = form.words("organisation") or form.chosen("known") or ""
    async with desk.sessions.begin() as session:
        claim = await claiming.state(
            session, desk.config, desk.outbox, speaker, organisation, form.chosen("category"), desk.clock()
        )
    outcome = Message("modals/organisation_stated", {"claim": claim})
    await ack(response_action="update", view=desk.outbox.renderer.slack(outcome))
