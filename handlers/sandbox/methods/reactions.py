"""reactions.*: the app's own reactions, and who reacted."""

import re

from handlers.sandbox import shapes, talk
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.store import Post, Room

NAME = re.compile(r"[\w+'-]+(?:::skin-tone-[2-6])?")


def add(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/reactions.add."""
    room, post = _item(core, arguments)
    core.tell(room, talk.react(core, room, post, core.identity.bot_user_id, _name(arguments)))
    return {}


def remove(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/reactions.remove."""
    room, post = _item(core, arguments)
    core.tell(room, talk.unreact(core, room, post, core.identity.bot_user_id, _name(arguments)))
    return {}


def get(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/reactions.get. Only `full` promises every user of a reaction."""
    room = core.joined(arguments.text("channel"))
    post = room.post(_timestamp(arguments))
    message = shapes.message(core.identity, room, post, full=arguments.flag("full"))
    link = f"{core.address}/archives/{room.id}/p{post.ts.replace('.', '')}"
    return {"type": "message", "channel": room.id, "message": message | {"permalink": link}}


def _item(core: Core, arguments: Arguments) -> tuple[Room, Post]:
    room = core.open(arguments.text("channel"))
    return room, room.post(_timestamp(arguments))


def _timestamp(arguments: Arguments) -> str:
    if not arguments.text("timestamp"):
        raise SlackError("no_item_specified")
    return arguments.text("timestamp")


def _name(arguments: Arguments) -> str:
    """Slack: an emoji's name, with or without colons around it; a skin tone may follow ("+1::skin-tone-2").

    Whether there is such an emoji is not looked up.
    """
    name = arguments.text("name").strip(":")
    if not NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name")
    return name


METHODS = {
    "reactions.add": Method(add, ("reactions:write",)),
    "reactions.remove": Method(remove, ("reactions:write",)),
    "reactions.get": Method(get, ("reactions:read",)),
}
