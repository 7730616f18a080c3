"""Forms in Slack: what was filled in is read, one service takes it in one transaction, and the form says the outcome.

What a service finds wrong with a field (`WrongField`) is shown beside it: handlers.slack.errors.
"""

from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain import Message
from bot.services import claiming
from bot.services.desk import Desk
from handlers.slack import text
from handlers.slack.messenger import SlackMessenger
from handlers.slack.persons import person_of

NOTHING = "none"  # the option of a list that chooses nothing


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
        return str(self._field(name).get("value") or "").strip()

    def chosen(self, name: str) -> str | None:
        """The value of the option that was chosen from a list; None where nothing was."""
        option = self._field(name).get("selected_option") or {}
        value = text.plain(str(option.get("value") or NOTHING))  # what we sent was escaped
        return None if value == NOTHING else value

    def day(self, name: str) -> str | None:
        """The date that was chosen, as "2019-11-20"; None where none was."""
        return self._field(name).get("selected_date")

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
