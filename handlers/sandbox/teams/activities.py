"""What the Connector tells an app, in the shapes that Microsoft publishes.

learn.microsoft.com/microsoftteams/platform/bots: conversations, events, card actions, dialogs, action commands.
"""

import uuid
from datetime import UTC, datetime

from handlers.sandbox.basics import Json
from handlers.sandbox.teams import talk
from handlers.sandbox.teams.store import Identity, Person, Post, Room


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"


def activity(kind: str, room: Room, service_url: str, identity: Identity, person: Person, at: datetime) -> Json:
    """What every activity has."""
    made: Json = {
        "type": kind,
        "id": f"f:{uuid.uuid4()}",
        "timestamp": moment(at),
        "localTimestamp": moment(at),
        "serviceUrl": service_url,
        "channelId": "msteams",
        "locale": "en-GB",
        "from": {"id": person.id, "name": person.name, "aadObjectId": person.aad},
        "recipient": {"id": identity.bot_id, "name": identity.bot_name},
        "entities": [
            {"locale": "en-GB", "country": "GB", "platform": "Web", "timezone": "Europe/London", "type": "clientInfo"}
        ],
        "channelData": {"tenant": {"id": identity.tenant}},
        "conversation": {"conversationType": "personal", "tenantId": identity.tenant, "id": room.id},
    }
    if room.team:
        made["channelData"] |= {
            "teamsChannelId": room.id,
            "teamsTeamId": room.team.id,
            "channel": {"id": room.id},
            "team": {"id": room.team.id, "aadGroupId": room.team.group},
        }
        made["conversation"] |= {"isGroup": True, "conversationType": "channel"}
    return made


def in_thread(made: Json, room: Room, post: Post) -> Json:
    """In a channel the conversation names the thread's root."""
    if room.team:
        made["conversation"]["id"] = f"{room.id};messageid={post.root or post.id}"
    return made


def message(made: Json, room: Room, post: Post) -> Json:
    """Microsoft tells an app nothing of a channel's files (microsoft/botbuilder-dotnet#6710)."""
    mentions = [
        {
            "mentioned": {"id": each.bot_id if isinstance(each, Identity) else each.id, "name": talk.name_of(each)},
            "text": f"<at>{talk.name_of(each)}</at>",
            "type": "mention",
        }
        for each in post.mentions
    ]
    html = {"contentType": "text/html", "content": talk.for_event(post.html, post.mentions)}
    made |= {
        "id": post.id,
        "textFormat": "plain",
        "text": talk.text_of(post.words, post.mentions),
        "attachments": [html],
        "entities": [*mentions, *made["entities"]],
    }
    return in_thread(made, room, post)


def edited(made: Json, room: Room, post: Post) -> Json:
    made = message(made, room, post)
    made["channelData"]["eventType"] = "editMessage"
    return made


def restored(made: Json, room: Room, post: Post) -> Json:
    made = message(made, room, post)
    made["channelData"]["eventType"] = "undeleteMessage"
    return made


def deleted(made: Json, room: Room, post: Post) -> Json:
    made |= {"id": post.id}
    made["channelData"]["eventType"] = "softDeleteMessage"
    return in_thread(made, room, post)


def reaction(made: Json, room: Room, post: Post, kind: str, *, added: bool) -> Json:
    made |= {"replyToId": post.id, ("reactionsAdded" if added else "reactionsRemoved"): [{"type": kind}]}
    return in_thread(made, room, post)


def installed(made: Json, action: str) -> Json:
    made |= {"action": action}
    return made


def joined(made: Json, identity: Identity) -> Json:
    made |= {"membersAdded": [{"id": identity.bot_id}]}
    made["channelData"]["eventType"] = "teamMemberAdded"
    return made


def invoke(made: Json, name: str, value: Json, room: Room | None = None, post: Post | None = None) -> Json:
    made |= {"name": name, "value": value}
    if room and post:
        made["replyToId"] = post.id
        made = in_thread(made, room, post)
    return made
