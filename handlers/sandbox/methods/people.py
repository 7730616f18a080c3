"""auth.*, apps.*, users.*, views.*: who is who, the way to the socket, and modals."""

from handlers.sandbox import shapes, talk
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method


def auth_test(core: Core, _: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/auth.test."""
    identity = core.identity
    return {
        "url": f"{core.address}/",
        "team": identity.name,
        "user": identity.bot_name,
        "team_id": identity.team_id,
        "user_id": identity.bot_user_id,
        "bot_id": identity.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(core: Core, _: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/apps.connections.open. Needs the app-level token."""
    address = core.address.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={core.sockets.ticket()}&app_id={core.identity.app_id}"}


def users_info(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/users.info. The e-mail only with the scope users:read.email."""
    person = core.store.person(arguments.text("user"))
    return {"user": shapes.user(core.identity, person, email="users:read.email" in core.scopes)}


def views_open(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/views.open. A trigger opens one modal."""
    given = arguments.json_object("view")
    if given is None:
        raise SlackError("invalid_arguments")
    trigger = core.store.triggers.get(arguments.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.exchanged:
        raise SlackError("exchanged_trigger_id")
    trigger.exchanged = True
    view = new_view(core, given)
    core.store.modals.setdefault(trigger.user, []).append(view)
    return {"view": view}


def new_view(core: Core, given: Json) -> Json:
    blocks = talk.with_ids(given.get("blocks", []))
    return shapes.view(core.identity, given | {"blocks": blocks}, core.store.new_id("V"), core.stamps.next())


METHODS = {
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(connections_open, app_level=True),
    "users.info": Method(users_info, ("users:read",)),
    "views.open": Method(views_open),
}
