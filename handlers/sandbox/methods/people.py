"""auth.*, apps.*, users.*: who is who, and the way to the socket."""

from handlers.sandbox import shapes
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.methods.pages import AT_MOST, page
from handlers.sandbox.store import Person


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
    return {"user": _user(core, core.store.person(arguments.text("user")))}


def users_list(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/users.list. Who was deactivated stays in the list."""
    people, cursor = page(list(core.store.people.values()), arguments, default=AT_MOST)
    members = [_user(core, person) for person in people]
    return {"members": members, "cache_ts": core.stamps.unix(), "response_metadata": {"next_cursor": cursor}}


def look_up_by_email(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/users.lookupByEmail. Not who was deactivated, nor other workspaces'."""
    wanted = arguments.text("email").lower()
    for person in core.store.people.values():
        if person.email and person.email.lower() == wanted and not (person.is_deactivated or person.team):
            return {"user": _user(core, person)}
    raise SlackError("users_not_found")


def _user(core: Core, person: Person) -> Json:
    bot = core.identity.bot_user_id
    met = any({person.id, bot} <= room.members for room in core.store.rooms.values() if room.teams)
    stranger = bool(person.team) and (person.is_stranger or not met)
    return shapes.user(core.identity, person, email="users:read.email" in core.scopes, stranger=stranger)


METHODS = {
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(connections_open, app_level=True),
    "users.info": Method(users_info, ("users:read",)),
    "users.list": Method(users_list, ("users:read",)),
    "users.lookupByEmail": Method(look_up_by_email, ("users:read.email",)),
}
