"""chat.*: what the app says, edits, whispers and deletes."""

from handlers.sandbox import blocks as kit
from handlers.sandbox import shapes, talk
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.store import Post, Room

METADATA_BYTES = 16_000  # assumed: Slack has the error metadata_too_large and gives no figure


def post_message(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/chat.postMessage. A user's id as channel: a direct message.

    Text of more than 40,000 characters is cut, with a warning.
    """
    room = _place(core, arguments.text("channel"))
    given, blocks = _content(arguments)
    text, warning = talk.cut(given)
    draft = talk.Draft(
        core.identity.bot_user_id,
        text,
        arguments.text("thread_ts") or None,
        broadcast=arguments.flag("reply_broadcast"),
        blocks=blocks or [],
        metadata=_metadata(arguments),
    )
    post, event = talk.say(core, room, draft)
    core.tell(room, event)
    return _posted(core, room, post) | warning


def update(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/chat.update. Only the app's own messages; `{}` removes metadata."""
    room = core.open(arguments.text("channel"), "is_inactive")
    post = _own(core, room, arguments.text("ts"), "cant_update_message")
    text, blocks = _content(arguments)
    talk.refuse_long(text)
    metadata = _metadata(arguments)
    event = talk.edit(core, room, post, text, blocks)
    if metadata is not None:
        post.metadata = metadata or None
    core.tell(room, event)
    return _posted(core, room, post) | {"text": post.text}


def post_ephemeral(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/chat.postEphemeral. user_not_in_channel where they are not in it."""
    room = core.open(arguments.text("channel"))
    person = core.store.people.get(arguments.text("user"))
    if person is None or not core.store.sees(person, room):
        raise SlackError("user_not_in_channel")
    text, blocks = _content(arguments)
    talk.refuse_long(text)
    ts = talk.whisper(core, room, person.id, text, blocks or [], thread_ts=arguments.text("thread_ts"))
    return {"message_ts": ts}


def delete(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/chat.delete. A bot token deletes only its own messages."""
    room = core.joined(arguments.text("channel"))
    post = _own(core, room, arguments.text("ts"), "cant_delete_message")
    core.tell(room, talk.delete(core, room, post))
    return {"channel": room.id, "ts": post.ts}


def get_permalink(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/chat.getPermalink."""
    room = core.visible(arguments.text("channel"))
    post = room.post(arguments.text("message_ts"))
    thread = f"?thread_ts={post.thread_ts}&cid={room.id}" if post.thread_ts else ""
    link = f"{core.address}/archives/{room.id}/p{post.ts.replace('.', '')}{thread}"
    return {"channel": room.id, "permalink": link}


def _place(core: Core, channel: str) -> Room:
    person = core.store.people.get(channel)
    if person and not person.is_bot and not person.is_deactivated:
        return core.store.direct(person, core.identity.bot_user_id, core.stamps.unix())
    return core.open(channel)


def _own(core: Core, room: Room, ts: str, refusal: str) -> Post:
    post = room.post(ts)
    if post.user != core.identity.bot_user_id:
        raise SlackError(refusal)
    return post


def _content(arguments: Arguments) -> tuple[str, list[Json] | None]:
    text, blocks = arguments.text("text"), arguments.json_list("blocks", "invalid_blocks_format")
    if not text and not blocks:
        raise SlackError("no_text")
    kit.check_blocks(blocks or [])
    kit.check_size(blocks or [])
    return text, blocks


def _metadata(arguments: Arguments) -> Json | None:
    """Slack: docs.slack.dev/messaging/message-metadata: `event_type` and `event_payload`, or nothing at all."""
    metadata = arguments.json_object("metadata", "invalid_metadata_format")
    if not metadata:
        return metadata
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(str(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata


def _posted(core: Core, room: Room, post: Post) -> Json:
    shape = shapes.message(core.identity, room, post, metadata=True)
    return {"channel": room.id, "ts": post.ts, "message": shape}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
}
