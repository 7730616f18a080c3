"""Everything dpbot knows of Slack: what it hears, answers and sends there."""

import re
from collections.abc import Iterable

from slack_bolt.async_app import AsyncApp

from bot.forms import DOERS, OPENERS, TAKERS
from bot.services.desk import Desk
from handlers.slack import actions, commands, errors, events, modals, recording, unknown
from handlers.slack.messenger import SlackMessenger
from handlers.slack.middleware import dependencies

_ANY = re.compile("")


def register(app: AsyncApp, desk: Desk, messenger: SlackMessenger) -> None:
    """Tell Bolt what to call. Events first, one listener each: Bolt builds every argument for every one it passes."""
    app.middleware(dependencies(desk, messenger))
    app.event("message")(events.message)
    app.event("reaction_added")(events.reaction)
    app.event("reaction_removed")(events.reaction)
    app.command("/dp")(commands.dp)
    app.action(_one_of(OPENERS))(actions.opens)
    app.action(_one_of(DOERS))(actions.does)
    app.view(_one_of(TAKERS))(modals.takes)
    app.shortcut("my_comment")(actions.chosen)
    app.shortcut("record_as_view")(recording.record_as_view)
    app.view("record_message")(recording.record_message)
    app.event(_ANY)(unknown.event)
    app.action(_ANY)(unknown.asked)
    app.shortcut(_ANY)(unknown.asked)
    app.view(_ANY)(unknown.asked)
    app.error(errors.answerer(desk, messenger))


def _one_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"^({'|'.join(map(re.escape, names))})\\Z")
