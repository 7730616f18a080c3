"""conversations.*: channels, their history, and threads."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from handlers.sandbox import shapes
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.store import Post, Room

HISTORY = ("channels:history", "groups:history", "im:history")
READ = ("channels:read", "groups:read", "im:read")
KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im"}
AT_MOST = 1000  # Slack: no page is longer

T = TypeVar("T")


def list_channels(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.list. Private ones only where the app is in them."""
    kinds = {KINDS.get(kind.strip()) for kind in arguments.text("types", "public_channel").split(",")}
    bot = core.identity.bot_user_id
    seen = [room for room in core.store.rooms.values() if room.kind == "channel" or bot in room.members]
    page, cursor = _page([room for room in seen if room.kind in kinds], arguments, default=100)
    return {"channels": [_listed(core, room) for room in page], "response_metadata": {"next_cursor": cursor}}


def info(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.info."""
    return {"channel": shapes.channel(core.identity, core.visible(arguments.text("channel")))}


def history(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.history. Latest first; replies only if broadcast."""
    room = core.joined(arguments.text("channel"))
    posts = [post for post in room.posts.values() if post.thread_ts is None or post.broadcast]
    return _messages(core, room, _between(posts, arguments)[::-1], arguments, default=100) | {"pin_count": 0}


def replies(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/conversations.replies.

    By a parent's ts: parent and replies, oldest first. By a reply's ts: that one message, with its thread_ts.
    """
    room = core.joined(arguments.text("channel"))
    parent, *answers = room.thread(arguments.text("ts"))
    return _messages(core, room, [parent, *_between(answers, arguments)], arguments, default=AT_MOST)


def _messages(core: Core, room: Room, posts: Sequence[Post], arguments: Arguments, default: int) -> Json:
    page, cursor = _page(posts, arguments, default)
    metadata = arguments.flag("include_all_metadata")
    shape: Json = {
        "messages": [shapes.message(core.identity, room, post, metadata=metadata) for post in page],
        "has_more": bool(cursor),
    }
    return shape | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _between(posts: list[Post], arguments: Arguments) -> list[Post]:
    """Slack: `oldest` and `latest` bound the range; `inclusive` lets the bounds themselves in."""
    oldest, latest = arguments.text("oldest", "0"), arguments.text("latest") or "9" * 10
    bounds = {oldest, latest} if arguments.flag("inclusive") else set()
    return [post for post in posts if oldest < post.ts < latest or post.ts in bounds]


def _page(items: Sequence[T], arguments: Arguments, default: int) -> tuple[Sequence[T], str]:
    """Slack: docs.slack.dev/apis/web-api/pagination. The cursor says where the next page starts; empty at the end."""
    limit = min(arguments.number("limit", default), AT_MOST)
    try:
        start = int(base64.b64decode(arguments.text("cursor"), validate=True) or 0)
    except ValueError as error:
        raise SlackError("invalid_cursor") from error
    end = start + max(limit, 1)
    return items[start:end], base64.b64encode(str(end).encode()).decode() if end < len(items) else ""


def _listed(core: Core, room: Room) -> Json:
    members = sum(core.store.sees(person, room) for person in core.store.people.values())
    return shapes.channel(core.identity, room) | {"num_members": members}


METHODS = {
    "conversations.list": Method(list_channels, READ),
    "conversations.info": Method(info, READ),
    "conversations.history": Method(history, HISTORY),
    "conversations.replies": Method(replies, HISTORY),
}
