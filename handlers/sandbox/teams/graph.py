"""Microsoft Graph, as far as an app with resource-specific consent may read it: the messages of a channel.

Microsoft: learn.microsoft.com/graph/api/chatmessage-list-replies, channel-list-messages, resources/chatmessage.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from handlers.sandbox.basics import Json
from handlers.sandbox.faults import Faults
from handlers.sandbox.teams import talk
from handlers.sandbox.teams.activities import moment
from handlers.sandbox.teams.store import Identity, Post, Room, Store, TeamsError

MOST = 50
OLD = {"like", "heart", "laugh", "surprised", "sad", "angry"}


@dataclass
class Graph:
    store: Store
    identity: Identity
    faults: Faults
    allowed: Callable[[str], bool]  # whether a request's Authorization is a token of ours for Graph
    consent: bool = True
    page: int = MOST  # make it smaller to have little come in pieces
    calls: list[tuple[str, str]] = field(default_factory=list)

    def routes(self, application: web.Application) -> None:
        channel = "/graph/v1.0/teams/{group}/channels/{channel}"
        application.router.add_get(f"{channel}/messages", self._served("messages"))
        application.router.add_get(f"{channel}/messages/{{message}}", self._served("message"))
        application.router.add_get(f"{channel}/messages/{{message}}/replies", self._served("replies"))
        application.router.add_get(f"{channel}/messages/{{message}}/replies/{{reply}}", self._served("reply"))
        application.router.add_get(channel, self._served("channel"))

    def _served(self, name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.Response:
            self.calls.append((name, request.path_qs))
            fault = self.faults.take(name)
            if fault:
                await fault.delay()
            if fault and fault.kind == "rate_limit":
                wait = {"Retry-After": str(fault.retry_after)}
                return _error(HTTPStatus.TOO_MANY_REQUESTS, "TooManyRequests", "Too many requests", wait)
            if fault and fault.kind in ("server_error", "fail"):
                status = HTTPStatus.FORBIDDEN if fault.kind == "fail" else HTTPStatus.SERVICE_UNAVAILABLE
                return _error(status, fault.error or "serviceNotAvailable", "")
            try:
                body = self._answer(name, request)
            except TeamsError as refusal:
                return _error(refusal.status, refusal.code, str(refusal))
            if fault and fault.kind == "lose_answer" and request.transport:
                request.transport.close()
            if fault and fault.kind == "garble_answer":
                return web.Response(text="<html>Bad gateway</html>", status=HTTPStatus.BAD_GATEWAY)
            return web.json_response(body)

        return answer

    def _answer(self, name: str, request: web.Request) -> Json:
        if not self.allowed(request.headers.get("Authorization", "")):
            raise TeamsError(HTTPStatus.UNAUTHORIZED, "InvalidAuthenticationToken", "Access token is empty or invalid.")
        room = self._room(request)
        if name == "channel":
            return {"id": room.id, "displayName": room.name, "membershipType": room.kind}
        if name == "messages":
            return self._page(request, room, room.top_level())
        root = room.post(request.match_info["message"])
        if root.root:
            raise TeamsError(HTTPStatus.NOT_FOUND, "NotFound", "NotFound")
        if name == "message":
            return self.message(room, root)
        if name == "replies":
            return self._page(request, room, room.replies(root.id))
        reply = room.post(request.match_info["reply"])
        if reply.root != root.id:
            raise TeamsError(HTTPStatus.NOT_FOUND, "NotFound", "NotFound")
        return self.message(room, reply)

    def _room(self, request: web.Request) -> Room:
        room = self.store.rooms.get(request.match_info["channel"])
        if room is None or room.team is None or room.team.group != request.match_info["group"]:
            raise TeamsError(HTTPStatus.NOT_FOUND, "NotFound", "No team or channel found with these ids.")
        if not self.consent or not room.has_bot:
            raise TeamsError(HTTPStatus.FORBIDDEN, "Forbidden", "Missing role permissions on the request.")
        return room

    def _page(self, request: web.Request, room: Room, posts: list[Post]) -> Json:
        """Newest first; the next page's address is opaque."""
        top = request.query.get("$top", "20")
        if not top.isdigit() or not 1 <= int(top) <= MOST or request.query.keys() - {"$top", "$skiptoken", "$expand"}:
            raise TeamsError(HTTPStatus.BAD_REQUEST, "BadRequest", f"Invalid limit: 1 to {MOST} are allowed.")
        newest = sorted(posts, key=lambda post: int(post.id), reverse=True)
        before = int(request.query.get("$skiptoken", str(1 << 62)))
        left = [post for post in newest if int(post.id) < before]
        shown = left[: min(int(top), self.page)]
        body: Json = {"@odata.count": len(shown), "value": [self.message(room, post) for post in shown]}
        if len(left) > len(shown):
            onward = request.url.update_query({"$skiptoken": shown[-1].id})
            body["@odata.nextLink"] = str(onward)
        return body

    def message(self, room: Room, post: Post) -> Json:
        """A chatMessage. Of a deleted one the body is empty."""
        gone = post.deleted_at is not None
        return {
            "id": post.id,
            "replyToId": post.root,
            "etag": str(int((post.changed_at or post.said_at).timestamp() * 1000)),
            "messageType": "message",
            "createdDateTime": moment(post.said_at),
            "lastModifiedDateTime": moment(post.changed_at or post.said_at),
            "lastEditedDateTime": post.edited_at and moment(post.edited_at),
            "deletedDateTime": post.deleted_at and moment(post.deleted_at),
            "subject": None,
            "summary": None,
            "importance": "normal",
            "locale": "en-us",
            "webUrl": f"https://teams.microsoft.com/l/message/{room.id}/{post.id}",
            "policyViolation": None,
            "from": self._from(post),
            "body": {"contentType": "html", "content": "" if gone else _body(post)},
            "channelIdentity": {"teamId": room.team.group if room.team else None, "channelId": room.id},
            "attachments": [] if gone else [_attached(number, each) for number, each in enumerate(post.attachments)],
            "mentions": [] if gone else self._mentions(post),
            "reactions": [] if gone else [self._reaction(each.kind, each.person, each.at) for each in post.reactions],
        }

    def _from(self, post: Post) -> Json:
        if post.author == self.identity.bot_id:
            application = {"id": self.identity.app_id, "displayName": self.identity.bot_name}
            return {"user": None, "device": None, "application": application | {"applicationIdentityType": "bot"}}
        return {"application": None, "device": None, "user": self._user(post.author)}

    def _user(self, key: str) -> Json:
        person = self.store.people[key]
        kind = {"userIdentityType": "aadUser", "tenantId": person.tenant}
        return {"id": person.aad, "displayName": person.name} | kind

    def _mentions(self, post: Post) -> list[Json]:
        found = []
        for number, each in enumerate(post.mentions):
            if isinstance(each, Identity):
                who: Json = {"application": {"id": each.app_id, "displayName": each.bot_name}, "user": None}
            else:
                who = {"application": None, "user": self._user(each.key)}
            found.append({"id": number, "mentionText": talk.name_of(each), "mentioned": who})
        return found

    def _reaction(self, kind: str, key: str, at: datetime) -> Json:
        """Of the six old ones Graph gives the name; of others the character itself. No names of people."""
        person = self.store.people[key]
        user = {"id": person.aad, "displayName": None, "userIdentityType": "aadUser"}
        code = kind.partition("_")[0]
        shown = kind if kind in OLD else "".join(chr(int(each, 16)) for each in code.split("-"))
        return {"reactionType": shown, "createdDateTime": moment(at), "user": {"user": user}}


def _attached(number: int, attachment: Json) -> Json:
    """Graph gives a card's content as a string of JSON."""
    content = attachment.get("content")
    return {
        "id": attachment.get("id") or str(number),
        "contentType": attachment["contentType"],
        "contentUrl": attachment.get("contentUrl"),
        "content": None if content is None else json.dumps(content),
        "name": attachment.get("name"),
    }


def _body(post: Post) -> str:
    marks = "".join(f'<attachment id="{number}"></attachment>' for number, _ in enumerate(post.attachments))
    return talk.for_graph(post.html, post.mentions) + marks


def _error(status: HTTPStatus, code: str, message: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status, headers=headers)
