"""Forms in Slack: what was filled in is read, bot.forms takes it, and the form says the outcome.

What a service finds wrong with a field (`WrongField`) is shown beside it: handlers.slack.errors.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain import Message
from bot.forms import TAKERS
from bot.forms.filled import NOTHING, day_of
from bot.services.desk import Desk
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.persons import person_of


@dataclass(frozen=True)
class Filled:
    """A form as it was submitted (`bot.forms.filled.Filled`), by its fields' names (templates/slack/forms.jinja).

    `shown`: the fields as they were when it was opened.
    """

    values: dict[str, Any]
    shown: dict[str, dict[str, Any]]
    about: str  # as we wrote it there
    key: str

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Filled":
        view = body["view"]
        values = {name: element for block in view["state"]["values"].values() for name, element in block.items()}
        shown = {str(block.get("block_id")): block["element"] for block in view["blocks"] if block["type"] == "input"}
        return cls(values, shown, str(view.get("private_metadata") or ""), str(view["id"]))

    @property
    def names(self) -> Collection[str]:
        return self.values.keys()

    def words(self, name: str) -> str:
        return (self.typed(name) or "").strip()

    def typed(self, name: str) -> str | None:
        value = self._field(name).get("value")
        return None if value is None else text.whole(str(value))

    def chosen(self, name: str) -> str | None:
        option = self._field(name).get("selected_option") or {}
        value = text.whole(text.plain(str(option.get("value") or NOTHING)))  # what we sent was escaped
        return None if value == NOTHING else value

    def day(self, name: str) -> str | None:
        return day_of(self._field(name).get("selected_date"))

    def hour(self, name: str) -> str | None:
        return self._field(name).get("selected_time")

    def person(self, name: str) -> str | None:
        return self._field(name).get("selected_user")

    def ticked(self, name: str) -> bool:
        return bool(self._field(name).get("selected_options"))

    def left(self, name: str) -> bool:
        shown = self.shown.get(name)
        if shown is None:
            return True
        if shown["type"] == "checkboxes":
            return bool(shown.get("initial_options")) is self.ticked(name)
        return shown.get("initial_value") == self.typed(name)

    def _field(self, name: str) -> dict[str, Any]:
        field: dict[str, Any] = self.values.get(name) or {}
        return field


async def takes(ack: AsyncAck, body: dict[str, Any], desk: Desk, messenger: SlackMessenger) -> None:
    """A form was submitted."""
    take = TAKERS[body["view"]["callback_id"]]
    await answer(ack, await take(desk, messenger, await person_of(body, desk, messenger), Filled.of(body)), desk)


async def answer(ack: AsyncAck, outcome: Message | None, desk: Desk) -> None:
    """The form says the outcome, or is closed where there is none to say."""
    if outcome is None:
        await ack()
    else:
        await ack(response_action="update", view=desk.outbox.renderer.payload(text.PLATFORM, outcome))
