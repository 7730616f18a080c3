"""pins.*: what stands at the head of a channel."""

from handlers.sandbox import shapes
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.store import Post


def add(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/pins.add."""
    post = _item(core, arguments)
    if post.pinned:
        raise SlackError("already_pinned")
    post.pinned = True
    return {}


def remove(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/pins.remove."""
    post = _item(core, arguments)
    if not post.pinned:
        raise SlackError("no_pin")
    post.pinned = False
    return {}


def list_pins(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/pins.list."""
    room = core.joined(arguments.text("channel"))
    pinned = [post for post in room.posts.values() if post.pinned]
    items = [
        {"type": "message", "channel": room.id, "message": shapes.message(core.identity, room, post)} for post in pinned
    ]
    return {"items": items}


def _item(core: Core, arguments: Arguments) -> Post:
    room = core.open(arguments.text("channel"))
    if not arguments.text("timestamp"):
        raise SlackError("no_item_specified")
    return room.post(arguments.text("timestamp"))


METHODS = {
    "pins.add": Method(add, ("pins:write",)),
    "pins.remove": Method(remove, ("pins:write",)),
    "pins.list": Method(list_pins, ("pins:read",)),
}
