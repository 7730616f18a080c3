"""Everything dpbot knows of Slack: what it hears, answers and sends there."""

from slack_bolt.async_app import AsyncApp

from bot.services.desk import Desk
from handlers.slack import actions, commands, errors, events
from handlers.slack.messenger import SlackMessenger
from handlers.slack.middleware import dependencies


def register(app: AsyncApp, desk: Desk, messenger: SlackMessenger) -> None:
    """Tell Bolt what to call. Events first, one listener each: Bolt builds every argument for every one it passes."""
    app.middleware(dependencies(desk, messenger))
    app.event("message")(events.message)
    app.event("reaction_added")(events.reaction)
    app.event("reaction_removed")(events.reaction)
    app.command("/dp")(commands.dp)
    app.action("read_in_full")(actions.read_in_full)
    app.error(errors.answerer(desk, messenger))
