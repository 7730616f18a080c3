"""What Slack's objects look like: message, channel, user, file, modal. Slack: docs.slack.dev/reference/objects."""

import mimetypes
from pathlib import PurePath

from handlers.sandbox import rich
from handlers.sandbox.basics import Identity, Json
from handlers.sandbox.store import File, Person, Post, Room


def message(identity: Identity, room: Room, post: Post, *, metadata: bool = False, full: bool = False) -> Json:
    """A message as history gives it. Slack: metadata only where `include_all_metadata` asked for it.

    `full`: with every user of every reaction.
    """
    team = post.team or identity.team_id
    shape: Json = {"type": "message", "user": post.user, "text": post.text, "ts": post.ts, "team": team}
    if room.teams:
        shape |= {"user_team": team, "source_team": team}
    if post.tombstone:
        tombstone = {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "hidden": True}
        return shape | tombstone | _thread(room, post)
    if post.user == identity.bot_user_id:
        shape |= {"bot_id": identity.bot_id, "app_id": identity.app_id, "bot_profile": _bot_profile(identity)}
    if post.client_msg_id:
        shape["client_msg_id"] = post.client_msg_id
    if post.metadata and metadata:
        shape["metadata"] = post.metadata
    return shape | _carried(room, post, None if full else identity.limits.reaction_users) | _thread(room, post)


def _carried(room: Room, post: Post, most: int | None) -> Json:
    shape: Json = {}
    if post.blocks:
        shape["blocks"] = post.blocks
    elif post.client_msg_id and post.text:  # a person wrote it: their client sends its words as a block too
        shape["blocks"] = [rich.block(post.text, post.ts)]
    if post.attachments:
        shape["attachments"] = post.attachments
    if post.files:
        shape |= {"files": [file(each) for each in post.files], "upload": True, "display_as_bot": False}
        shape["subtype"] = "file_share"
    if post.edited:
        shape["edited"] = {"user": post.edited.user, "ts": post.edited.ts}
    if post.reactions:
        shape["reactions"] = [
            {"name": name, "users": users[:most], "count": len(users)} for name, users in post.reactions.items()
        ]
    if post.pinned:
        shape["pinned_to"] = [room.id]
    return shape


def _thread(room: Room, post: Post) -> Json:
    if post.thread_ts:
        shape: Json = {"thread_ts": post.thread_ts, "parent_user_id": room.posts[post.thread_ts].user}
        return shape | ({"subtype": "thread_broadcast"} if post.broadcast else {})
    if not (replies := room.replies.get(post.ts)):
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": post.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _bot_profile(identity: Identity) -> Json:
    return {
        "id": identity.bot_id,
        "app_id": identity.app_id,
        "name": identity.bot_name,
        "deleted": False,
        "updated": 0,
        "team_id": identity.team_id,
    }


def channel(identity: Identity, room: Room) -> Json:
    """Slack: docs.slack.dev/reference/objects/conversation-object.

    A private channel is a channel too (`is_private` tells them apart); `is_group` is for those made before 2021.
    """
    if room.kind == "im":
        return _direct(identity, room)
    shared: Json = {"connected_team_ids": sorted(room.teams)} if room.teams else {}
    return shared | {
        "id": room.id,
        "name": room.name,
        "name_normalized": room.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": room.kind != "channel",
        "is_archived": room.is_archived,
        "is_general": False,
        "unlinked": 0,
        "is_shared": bool(room.teams),
        "is_ext_shared": bool(room.teams),
        "is_org_shared": False,
        "pending_shared": [],
        "is_pending_ext_shared": False,
        "shared_team_ids": [identity.team_id, *sorted(room.teams)],
        "updated": room.created * 1000,
        "is_member": identity.bot_user_id in room.members,
        "created": room.created,
        "creator": "USLACKBOT",
        "context_team_id": identity.team_id,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def _direct(identity: Identity, room: Room) -> Json:
    """Slack: a direct message is told with fewer fields, and no name."""
    return {
        "id": room.id,
        "created": room.created,
        "is_im": True,
        "is_org_shared": False,
        "is_archived": room.is_archived,
        "user": next(iter(room.members - {identity.bot_user_id}), ""),
        "is_user_deleted": False,
        "is_open": True,
        "priority": 0,
        "context_team_id": identity.team_id,
    }


def user(identity: Identity, person: Person, *, email: bool, stranger: bool = False) -> Json:
    """Slack: docs.slack.dev/reference/objects/user-object; `profile.email` needs the scope users:read.email.

    Less is told of who was deactivated. `stranger`: of another workspace, and in no channel here; that Slack tells no
    e-mail address of them is assumed.
    """
    team = person.team or identity.team_id
    profile: Json = {
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.handle,
        "display_name_normalized": person.handle,
        "team": team,
    }
    if email and person.email and not stranger:
        profile["email"] = person.email
    shape: Json = {
        "id": person.id,
        "team_id": team,
        "name": person.handle,
        "deleted": person.is_deactivated,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    return shape | ({} if person.is_deactivated else _active(person)) | ({"is_stranger": True} if stranger else {})


def _active(person: Person) -> Json:
    return {
        "real_name": person.name,
        "tz": "Europe/London",
        "tz_label": "Greenwich Mean Time",
        "tz_offset": 0,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": person.is_single_channel_guest,
        "is_email_confirmed": person.is_email_confirmed,
    }


def file(each: File) -> Json:
    """Slack: docs.slack.dev/reference/objects/file-object."""
    return {
        "id": each.id,
        "name": each.name,
        "title": each.title,
        "mimetype": mimetypes.guess_type(each.name)[0] or "application/octet-stream",
        "filetype": PurePath(each.name).suffix.removeprefix("."),
        "user": each.user,
        "size": len(each.content or b""),
        "created": each.created,
        "timestamp": each.created,
        "mode": "hosted",
        "is_external": False,
    }


def view(identity: Identity, given: Json, view_id: str, stamp: str) -> Json:
    """An opened modal. Slack: docs.slack.dev/reference/methods/views.open."""
    blanks: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return (
        blanks
        | given
        | {
            "id": view_id,
            "root_view_id": view_id,
            "previous_view_id": None,
            "team_id": identity.team_id,
            "app_id": identity.app_id,
            "bot_id": identity.bot_id,
            "hash": f"{stamp}.sandbox",
            "state": {"values": {}},
        }
    )
