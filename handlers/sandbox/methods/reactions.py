"""reactions.*: the app's own reactions, and who reacted."""

from handlers.sandbox import shapes, talk
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method


def add(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/reactions.add."""
    room = core.joined(arguments.text("channel"))
    post = room.post(arguments.text("timestamp"))
    core.tell(room, talk.react(core, room, post, core.identity.bot_user_id, arguments.text("name")))
    return {}


def remove(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/reactions.remove."""
    room = core.joined(arguments.text("channel"))
    post = room.post(arguments.text("timestamp"))
    core.tell(room, talk.unreact(core, room, post, core.identity.bot_user_id, arguments.text("name")))
    return {}


def get(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/reactions.get. User lists are complete here, with `full` or without."""
    room = core.joined(arguments.text("channel"))
    post = room.post(arguments.text("timestamp"))
    return {"type": "message", "channel": room.id, "message": shapes.message(core.identity, room, post)}


METHODS = {
    "reactions.add": Method(add, ("reactions:write",)),
    "reactions.remove": Method(remove, ("reactions:write",)),
    "reactions.get": Method(get, ("reactions:read",)),
}
