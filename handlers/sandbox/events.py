"""The shapes of events: what a message, an edit, a deletion, a reaction look like when Slack tells of them."""

from handlers.sandbox import shapes
from handlers.sandbox.basics import Identity, Json
from handlers.sandbox.store import Post, Room

HOME_OPENED = "app_home_opened"
KINDS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
NEW = {None, "thread_broadcast", "file_share"}  # subtypes of a message somebody has just said
MENTIONED = ("user", "text", "ts", "team", "client_msg_id", "thread_ts", "parent_user_id", "files", "blocks")


def subscription(event: Json) -> str:
    """The name an app subscribes to. Slack: messages are subscribed to by kind of channel, the rest by type."""
    if event["type"] != "message":
        return str(event["type"])
    return KINDS[event["channel_type"]]


def said(identity: Identity, room: Room, post: Post) -> Json:
    """A new message. Slack: docs.slack.dev/reference/events/message; subtypes thread_broadcast, file_share."""
    event = shapes.message(identity, room, post) | _place(room, post.ts)
    if post.broadcast and post.thread_ts:
        event["root"] = shapes.message(identity, room, room.posts[post.thread_ts])
    return event


def mention(identity: Identity, room: Room, event: Json) -> Json | None:
    """The event beside a message that names the app. Slack: docs.slack.dev/reference/events/app_mention.

    There is none in direct messages, none for edits (assumed), none for what the app says itself.
    """
    if event["type"] != "message" or event.get("subtype") not in NEW or room.kind == "im":
        return None
    if f"<@{identity.bot_user_id}>" not in event["text"] or event["user"] == identity.bot_user_id:
        return None
    told = {name: event[name] for name in MENTIONED if name in event}
    return {"type": "app_mention"} | told | {"channel": room.id, "event_ts": event["ts"]}


def changed(room: Room, now: Json, before: Json, ts: str) -> Json:
    """Slack: docs.slack.dev/reference/events/message/message_changed.

    Also when a parent becomes a tombstone, and when a link is unfolded (then `message` has no `edited` of its own).
    """
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": ts}
    return event | {"message": now, "previous_message": before} | _place(room, ts)


def deleted(room: Room, before: Json, ts: str) -> Json:
    """Slack: docs.slack.dev/reference/events/message/message_deleted. It does not say who deleted it."""
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": ts}
    return event | {"deleted_ts": before["ts"], "previous_message": before} | _place(room, ts)


def reaction(kind: str, room: Room, post: Post, *, user: str, name: str, ts: str) -> Json:
    """Slack: docs.slack.dev/reference/events/reaction_added and reaction_removed."""
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": room.id, "ts": post.ts},
        "item_user": post.user,
        "event_ts": ts,
    }


def home_opened(user: str, channel: str, view: Json | None, ts: str) -> Json:
    """Slack: docs.slack.dev/reference/events/app_home_opened. `view` only where one was published before."""
    event = {"type": HOME_OPENED, "user": user, "channel": channel, "tab": "home", "event_ts": ts}
    return event | ({"view": view} if view else {})


def wrapped(identity: Identity, event: Json, event_id: str, time: int, *, shared: bool = False) -> Json:
    """The callback around every event. Slack: docs.slack.dev/apis/events-api/#callback-field."""
    authorization = {
        "enterprise_id": None,
        "team_id": identity.team_id,
        "user_id": identity.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "api_app_id": identity.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": time,
        "authorizations": [authorization],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{event_id}",
    }


def _place(room: Room, event_ts: str) -> Json:
    return {"channel": room.id, "channel_type": room.kind, "event_ts": event_ts}
