"""What happens in a channel: saying, editing, deleting, reacting. Each changes the store and returns its event."""

import secrets
from dataclasses import dataclass, field

from handlers.sandbox import blocks as kit
from handlers.sandbox import events, shapes
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.store import Edit, File, Post, Room


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
    if room.is_archived:
        raise SlackError("is_archived")
    if draft.thread_ts and room.thread(draft.thread_ts)[0].thread_ts:
        raise SlackError("cannot_reply_to_message")
    by_bot, author = draft.user == core.identity.bot_user_id, core.store.people.get(draft.user)
    post = Post(
        core.stamps.next(),
        draft.user,
        draft.text,
        draft.thread_ts,
        broadcast=draft.broadcast,
        blocks=with_ids(draft.blocks),
        metadata=draft.metadata,
        files=draft.files,
        team=author.team if author else "",
        client_msg_id=None if by_bot else secrets.token_hex(16),
    )
    room.add(post)
    return post, events.said(core.identity, room, post)


def edit(core: Core, room: Room, post: Post, text: str, blocks: list[Json] | None = None) -> Json:
    """Slack: chat.update keeps the blocks if none are given; an empty list removes them."""
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
    before = shapes.message(core.identity, room, post)
    room.remove(post)
    if left := room.posts.get(post.ts):
        return events.changed(room, shapes.message(core.identity, room, left), before, core.stamps.next())
    return events.deleted(room, before, core.stamps.next())


def react(core: Core, room: Room, post: Post, user: str, name: str) -> Json:
    users = post.reactions.setdefault(name, [])
    if user in users:
        raise SlackError("already_reacted")
    users.append(user)
    return events.reaction("reaction_added", room, post, user=user, name=name, ts=core.stamps.next())


def unreact(core: Core, room: Room, post: Post, user: str, name: str) -> Json:
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


def respond(core: Core, hook_id: str, payload: Json) -> None:
    """What a command's acknowledgement or a response_url says. Slack: to the caller alone unless `in_channel`.

    Blocks are checked as in every message; only all of them together may be longer (slackapi/bolt-js issue 2867).
    """
    if (hook := core.store.hooks.get(hook_id)) is None:
        raise SlackError("used_url")
    text, blocks = str(payload.get("text", "")), payload.get("blocks") or []
    if not text and not blocks:
        return
    kit.check_blocks(blocks)
    room = core.store.room(hook.channel)
    if payload.get("response_type") != "in_channel":
        whisper(core, room, hook.user, text, blocks)
        return
    _, event = say(core, room, Draft(core.identity.bot_user_id, text, blocks=blocks))
    core.tell(room, event)


def with_ids(blocks: list[Json]) -> list[Json]:
    """Slack: a block without a `block_id` is given one, an element of it without an `action_id` likewise."""
    return [{"block_id": secrets.token_hex(3)} | block | _named(block) for block in blocks]


def _named(block: Json) -> Json:
    if block["type"] == "actions":
        return {"elements": [{"action_id": secrets.token_hex(3)} | element for element in block["elements"]]}
    return {
        place: {"action_id": secrets.token_hex(3)} | block[place]
        for place in ("accessory", "element")
        if block.get(place) and block[place]["type"] != "image"
    }
