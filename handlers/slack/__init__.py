"""Everything dpbot knows of Slack: what it hears, answers and sends there."""

import re

from slack_bolt.async_app import AsyncApp

from bot.services.desk import Desk
from handlers.slack import actions, commands, entering, errors, events, modals, recording, sorting, stating, unknown
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
    app.action("read_in_full")(actions.read_in_full)
    app.shortcut("my_comment")(stating.my_comment)
    app.action("my_comment")(stating.my_comment)
    app.view("my_comment")(stating.change)
    app.action("comment_privately")(stating.comment_privately)
    app.view("private_comment")(stating.comment)
    app.action("no_comment")(stating.no_comment)
    app.action("take_back")(stating.no_comment)
    app.action("state_organisation")(actions.state_organisation)
    app.view("state_organisation")(modals.state_organisation)
    app.action("confirm_claim")(actions.decide_claim)
    app.action("do_not_confirm_claim")(actions.decide_claim)
    app.action("more_on_comment")(sorting.more)
    app.action(re.compile(f"^{sorting.DEED}"))(sorting.deed)
    app.view("sort_comments")(sorting.sort)
    app.view("decide_comment")(sorting.decide)
    app.view("enter_comment")(entering.enter)
    app.shortcut("record_as_view")(recording.record_as_view)
    app.view("record_message")(recording.record_message)
    app.action("object_to_record")(recording.object_to_record)
    app.view("object_to_record")(recording.objection)
    app.event(_ANY)(unknown.event)
    app.action(_ANY)(unknown.asked)
    app.shortcut(_ANY)(unknown.asked)
    app.view(_ANY)(unknown.asked)
    app.error(errors.answerer(desk, messenger))
