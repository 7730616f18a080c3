"""conversations.*: channels, their members, their history, and threads."""

import re
from collections.abc import Sequence
from decimal import Decimal

from handlers.sandbox import shapes
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.methods.pages import AT_MOST, page, page_of_messages
from handlers.sandbox.store import Post, Room

HISTORY = ("channels:history", "groups:history", "im:history")
READ = ("channels:read", "groups:read", "im:read")
KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im"}
TS = re.compile(r"[0-9]+(\.[0-9]+)?")
HISTORY_AT_MOST = 999  # Slack: the most messages of one page of a history


def list_channels(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.list. Private ones only where the app is in them.

    Archived channels are left out of a page once it is cut: it may be short, even empty, and not be the last.
    """
    asked = [kind.strip() for kind in arguments.text("types", "public_channel").split(",")]
    if not set(asked) <= KINDS.keys() | {"mpim"}:
        raise SlackError("invalid_types")
    kinds = [KINDS[kind] for kind in asked if kind in KINDS]
    for kind in kinds:
        core.permit(kind, "read")
    bot = core.identity.bot_user_id
    seen = [room for room in core.store.rooms.values() if room.kind == "channel" or bot in room.members]
    rooms, cursor = page([room for room in seen if room.kind in kinds], arguments, default=100)
    if arguments.flag("exclude_archived"):
        rooms = [room for room in rooms if not room.is_archived]
    return {"channels": [_listed(core, room) for room in rooms], "response_metadata": {"next_cursor": cursor}}


def info(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.info."""
    room = _readable(core, arguments)
    shape = _listed(core, room) if arguments.flag("include_num_members") else shapes.channel(core.identity, room)
    return {"channel": shape}


def members(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.members. The app itself is among them."""
    people, cursor = page(_members(core, _readable(core, arguments)), arguments, default=100)
    return {"members": people, "response_metadata": {"next_cursor": cursor}}


def open_direct(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.open. Here with one person only."""
    users = [user.strip() for user in arguments.text("users").split(",") if user.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    person = core.store.person(users[0])
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    if person.is_deactivated:
        raise SlackError("user_disabled")
    before = len(core.store.rooms)
    room = core.store.direct(person, core.identity.bot_user_id, core.stamps.unix())
    known: Json = {"no_op": True, "already_open": True} if len(core.store.rooms) == before else {}
    return known | {"channel": shapes.channel(core.identity, room) if arguments.flag("return_im") else {"id": room.id}}


def history(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.history. Latest first; replies only if broadcast."""
    room = _heard(core, arguments)
    posts = [post for post in room.posts.values() if post.thread_ts is None or post.broadcast]
    pins: Json = {"pin_count": sum(post.pinned for post in room.posts.values())}
    newest_first = _between(posts, arguments)[::-1]
    longest = core.identity.limits.messages
    cut = page_of_messages(newest_first, arguments, 100, longest, HISTORY_AT_MOST, newest_first=True)
    return _messages(core, room, cut, arguments) | pins


def replies(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.replies.

    By a parent's ts: parent and replies, oldest first. By a reply's ts: that one message, with its thread_ts.
    The parent is on the first page only (assumed).
    """
    room = _heard(core, arguments)
    parent, *answers = room.thread(arguments.text("ts"))
    cut = page_of_messages([parent, *_between(answers, arguments)], arguments, AT_MOST, core.identity.limits.messages)
    return _messages(core, room, cut, arguments)


def _readable(core: Core, arguments: Arguments) -> Room:
    room = core.visible(arguments.text("channel"))
    core.permit(room.kind, "read")
    return room


def _heard(core: Core, arguments: Arguments) -> Room:
    room = core.visible(arguments.text("channel"))
    core.permit(room.kind, "history")
    return core.joined(room.id)


def _messages(core: Core, room: Room, cut: tuple[Sequence[Post], str], arguments: Arguments) -> Json:
    shown, cursor = cut
    metadata = arguments.flag("include_all_metadata")
    shape: Json = {
        "messages": [shapes.message(core.identity, room, post, metadata=metadata) for post in shown],
        "has_more": bool(cursor),
    }
    return shape | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _between(posts: list[Post], arguments: Arguments) -> list[Post]:
    """Slack: `oldest` and `latest` bound the range; `inclusive` lets the bounds themselves in."""
    oldest, latest = _bound(arguments, "oldest", Decimal(0)), _bound(arguments, "latest", Decimal("Infinity"))
    if arguments.flag("inclusive"):
        return [post for post in posts if oldest <= Decimal(post.ts) <= latest]
    return [post for post in posts if oldest < Decimal(post.ts) < latest]


def _bound(arguments: Arguments, name: str, default: Decimal) -> Decimal:
    """Compared as a number: "1572430800" and "1572430800.000000" are one time, and a shorter number an earlier one."""
    given = arguments.text(name)
    if given and not TS.fullmatch(given):
        raise SlackError(f"invalid_ts_{name}")
    return Decimal(given) if given else default


def _listed(core: Core, room: Room) -> Json:
    shape = shapes.channel(core.identity, room)
    return shape if room.kind == "im" else shape | {"num_members": len(_members(core, room))}


def _members(core: Core, room: Room) -> list[str]:
    return [person.id for person in core.store.people.values() if core.store.sees(person, room)]


METHODS = {
    "conversations.list": Method(list_channels, READ),
    "conversations.info": Method(info, READ),
    "conversations.members": Method(members, READ),
    "conversations.open": Method(open_direct, ("im:write",)),
    "conversations.history": Method(history, HISTORY),
    "conversations.replies": Method(replies, HISTORY),
}
