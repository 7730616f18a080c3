"""What happens in a channel: saying, editing, deleting, reacting. Each changes the store and returns its event."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from handlers.sandbox import events, shapes
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.store import Edit, File, Post, Room

TEXT = 40_000  # characters
TRUNCATED: Json = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
SAME_AS = {"thumbsup": "+1", "thumbsdown": "-1"}


@dataclass(frozen=True)
class Draft:
    """What someone is about to say."""

    user: str
    text: str
    thread_ts: str | None = None
    broadcast: bool = False
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)


def say(core: Core, room: Room, draft: Draft) -> tuple[Post, Json]:
    """Slack: a reply's `thread_ts` is its parent's `ts`; a reply cannot be replied to."""
    _open(room)
    if draft.thread_ts and room.thread(draft.thread_ts)[0].thread_ts:
        raise SlackError("cannot_reply_to_message")
    author = core.store.person(draft.user)
    post = Post(
        core.stamps.next(),
        draft.user,
        draft.text,
        draft.thread_ts,
        broadcast=draft.broadcast,
        blocks=with_ids(draft.blocks),
        metadata=draft.metadata,
        files=draft.files,
        team=author.team,
        client_msg_id=None if author.is_bot else secrets.token_hex(16),
    )
    room.add(post)
    return post, events.said(core.identity, room, post)


def edit(core: Core, room: Room, post: Post, text: str, blocks: list[Json] | None = None) -> Json:
    """Slack: chat.update keeps the blocks if none are given; an empty list removes them."""
    _open(room)
    before = shapes.message(core.identity, room, post)
    post.text = text
    if blocks is not None:
        post.blocks = with_ids(blocks)
    post.edited = Edit(post.user, core.stamps.second())
    return events.changed(room, shapes.message(core.identity, room, post), before, core.stamps.next())


def unfurl(core: Core, room: Room, post: Post, attachment: Json) -> Json:
    """Slack adds what a link leads to. Slack: docs.slack.dev/messaging/unfurling-links-in-messages.

    That is no edit: the words stay, and so does `edited`, or that there is none.
    """
    before = shapes.message(core.identity, room, post)
    post.attachments = [*post.attachments, attachment | {"id": len(post.attachments) + 1}]
    return events.changed(room, shapes.message(core.identity, room, post), before, core.stamps.next())


def delete(core: Core, room: Room, post: Post) -> Json:
    """In an archived channel too: Slack has no error for it."""
    before = shapes.message(core.identity, room, post)
    room.remove(post)
    if left := room.posts.get(post.ts):
        return events.changed(room, shapes.message(core.identity, room, left), before, core.stamps.next())
    return events.deleted(room, before, core.stamps.next())


def react(core: Core, room: Room, post: Post, user: str, name: str) -> Json:
    _open(room)
    name = emoji(name)
    users = post.reactions.setdefault(name, [])
    if user in users:
        raise SlackError("already_reacted")
    users.append(user)
    return events.reaction("reaction_added", room, post, user=user, name=name, ts=core.stamps.next())


def unreact(core: Core, room: Room, post: Post, user: str, name: str) -> Json:
    _open(room)
    name = emoji(name)
    if user not in post.reactions.get(name, []):
        raise SlackError("no_reaction")
    post.reactions[name].remove(user)
    if not post.reactions[name]:
        del post.reactions[name]
    return events.reaction("reaction_removed", room, post, user=user, name=name, ts=core.stamps.next())


def whisper(core: Core, room: Room, user: str, text: str, blocks: list[Json], *, thread_ts: str = "") -> str:
    """Say it to one person only. Slack: an ephemeral message is in no history and cannot be edited later."""
    ts = core.stamps.next()
    shape: Json = {"ts": ts, "channel": room.id, "user": core.identity.bot_user_id, "bot_id": core.identity.bot_id}
    shape |= {"text": text, "blocks": with_ids(blocks), "is_ephemeral": True}
    core.store.whispers.setdefault(user, []).append(shape | ({"thread_ts": thread_ts} if thread_ts else {}))
    return ts


def cut(text: str) -> tuple[str, Json]:
    """Slack: the text of a new message is cut after 40,000 characters, with a warning."""
    return text[:TEXT], TRUNCATED if len(text) > TEXT else {}


def refuse_long(text: str) -> None:
    """Slack: where it does not cut, it refuses: msg_too_long."""
    if len(text) > TEXT:
        raise SlackError("msg_too_long")


def emoji(name: str) -> str:
    """The name Slack keeps an emoji by: some have two. A skin tone may follow ("+1::skin-tone-2")."""
    first, colons, tone = name.partition("::")
    return SAME_AS.get(first, first) + colons + tone


def with_ids(blocks: list[Json]) -> list[Json]:
    """Slack: a block without a `block_id` is given one, an element of it without an `action_id` likewise."""
    return [{"block_id": secrets.token_hex(3)} | block | _named(block) for block in without_nulls(blocks)]


def without_nulls(part: Any) -> Any:  # noqa: ANN401 (JSON in, JSON out)
    """A field that is null is as good as none."""
    if isinstance(part, list):
        return [without_nulls(each) for each in part]
    if isinstance(part, dict):
        return {name: without_nulls(each) for name, each in part.items() if each is not None}
    return part


def _open(room: Room) -> None:
    if room.is_archived:
        raise SlackError("is_archived")


def _named(block: Json) -> Json:
    if block.get("type") == "actions":
        return {"elements": [{"action_id": secrets.token_hex(3)} | element for element in block["elements"]]}
    return {
        place: {"action_id": secrets.token_hex(3)} | block[place]
        for place in ("accessory", "element")
        if block.get(place) and block[place]["type"] != "image"
    }
