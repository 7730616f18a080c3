"""The Bot Connector: what an app may ask of Teams, in the shapes that Microsoft publishes.

Microsoft: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web

from handlers.sandbox.basics import Json
from handlers.sandbox.faults import Fault, Faults
from handlers.sandbox.teams import cards, talk
from handlers.sandbox.teams.store import Identity, Person, Post, Room, Store, TeamsError

Answer = tuple[HTTPStatus, Json | list[Json] | None]
Served = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Call:
    """One call of the Connector, its token left out."""

    name: str
    path: str
    body: Json
    status: int


@dataclass
class Connector:
    store: Store
    identity: Identity
    faults: Faults
    stamps: talk.Stamps
    allowed: Callable[[str], bool]
    service_url: Callable[[], str]
    calls: list[Call] = field(default_factory=list)

    def routes(self, application: web.Application) -> None:
        here, route = "/connector/v3/conversations", application.router.add_route
        one = f"{here}/{{conversation}}"
        route("POST", here, self._served("create", self._create))
        route("POST", f"{one}/activities", self._served("send", self._send))
        route("POST", f"{one}/activities/{{message}}", self._served("reply", self._send))
        route("PUT", f"{one}/activities/{{message}}", self._served("update", self._update))
        route("DELETE", f"{one}/activities/{{message}}", self._served("delete", self._delete))
        route("GET", f"{one}/members", self._served("members", self._members))
        route("GET", f"{one}/pagedMembers", self._served("paged", self._paged))
        route("GET", f"{one}/pagedmembers", self._served("paged", self._paged))
        route("GET", f"{one}/members/{{member}}", self._served("member", self._member))
        route("GET", "/connector/v3/teams/{team}", self._served("team", self._team))
        route("GET", "/connector/v3/teams/{team}/conversations", self._served("channels", self._channels))

    def _served(self, name: str, work: Callable[[web.Request, Json], Answer]) -> Served:
        async def answer(request: web.Request) -> web.Response:
            fault = self.faults.take(name)
            if fault:
                await fault.delay()
            body: Json = {}
            try:
                self._check_token(request)
                body = await _read(request)
                _planned(fault)
                status, found = work(request, body)
            except TeamsError as refusal:
                status, found = refusal.status, {"error": {"code": refusal.code, "message": str(refusal)}}
            self.calls.append(Call(name, request.path, body, status))
            return _answered(request, fault, status, found)

        return answer

    def _check_token(self, request: web.Request) -> None:
        if not self.allowed(request.headers.get("Authorization", "")):
            raise TeamsError(HTTPStatus.UNAUTHORIZED, "Unauthorized", "Authorization has been denied.")

    def _create(self, _request: web.Request, body: Json) -> Answer:
        """A direct chat. Microsoft: the person must have the app, alone or in a team."""
        members = body.get("members") or []
        if len(members) != 1 or (body.get("tenantId") or _tenant(body)) != self.identity.tenant:
            raise TeamsError(HTTPStatus.BAD_REQUEST, "BadArgument", "One member and the tenant are wanted.")
        person = self.store.person(str(members[0].get("id")))
        reachable = any(room.has_bot and person.key in room.members for room in self.store.rooms.values())
        if person.blocks_bot or not reachable:
            raise TeamsError(HTTPStatus.FORBIDDEN, "MessageWritesBlocked", "The bot is blocked or not installed.")
        room = self.store.direct(person)
        return HTTPStatus.CREATED, {"id": room.id, "serviceUrl": self.service_url()}

    def _send(self, request: web.Request, body: Json) -> Answer:
        room, root = self._conversation(request)
        if "message" in request.match_info and room.team:
            root = root or room.post(request.match_info["message"]).id
        self._may_write(room)
        if body.get("type") == "typing":
            return HTTPStatus.CREATED, None
        said, attachments = self._read_message(body)
        post = talk.say(self.stamps, room, self.identity.bot_id, said, root, attachments)
        post.summary = body.get("summary")
        return HTTPStatus.CREATED, {"id": post.id}

    def _update(self, request: web.Request, body: Json) -> Answer:
        room, _ = self._conversation(request)
        post = self._own(request, room)
        said, attachments = self._read_message(body)
        talk.edit(self.stamps, post, said)
        post.attachments, post.summary = attachments, body.get("summary")
        for shown in [each for each in self.store.shown if each[1] == post.id]:
            del self.store.shown[shown]
        return HTTPStatus.OK, {"id": post.id}

    def _delete(self, request: web.Request, _body: Json) -> Answer:
        room, _ = self._conversation(request)
        talk.delete(self.stamps, self._own(request, room))
        return HTTPStatus.OK, None

    def _members(self, request: web.Request, _body: Json) -> Answer:
        room, _ = self._conversation(request)
        return HTTPStatus.OK, [_account(each) for each in self.store.members_of(room)]

    def _paged(self, request: web.Request, _body: Json) -> Answer:
        room, _ = self._conversation(request)
        size = min(int(request.query.get("pageSize", "200")), 500)
        start = int(request.query.get("continuationToken", "0"))
        everybody = [_account(each) for each in self.store.members_of(room)]
        found: Json = {"members": everybody[start : start + size]}
        if len(everybody) > start + size:
            found["continuationToken"] = str(start + size)
        return HTTPStatus.OK, found

    def _member(self, request: web.Request, _body: Json) -> Answer:
        room, _ = self._conversation(request)
        person = self.store.person(request.match_info["member"])
        if person.key not in room.members:
            raise TeamsError(HTTPStatus.NOT_FOUND, "MemberNotFoundInConversation", "Member not found in conversation.")
        return HTTPStatus.OK, _account(person)

    def _team(self, request: web.Request, _body: Json) -> Answer:
        team = next((each for each in self.store.teams if each.id == request.match_info["team"]), None)
        rooms = [room for room in self.store.rooms.values() if room.team is team]
        if team is None or not any(room.has_bot for room in rooms):
            raise TeamsError(HTTPStatus.NOT_FOUND, "BotNotInConversationRoster", "The bot is not in this team.")
        found = {"id": team.id, "name": team.name, "aadGroupId": team.group, "type": "standard"}
        people = set().union(*(room.members for room in rooms))
        more = {"channelCount": len(rooms), "memberCount": len(people), "tenantId": team.tenant}
        return HTTPStatus.OK, found | more

    def _channels(self, request: web.Request, _body: Json) -> Answer:
        """The General channel has no name."""
        rooms = [room for room in self.store.rooms.values() if room.team and room.team.id == request.match_info["team"]]
        named = [{"id": room.id, "name": room.name, "type": room.kind} for room in rooms]
        return HTTPStatus.OK, {"conversations": [{"id": request.match_info["team"]}, *named]}

    def _conversation(self, request: web.Request) -> tuple[Room, str | None]:
        """Teams: "CHANNEL;messageid=ROOT" is a thread."""
        id_, _, root = request.match_info["conversation"].partition(";messageid=")
        room = self.store.room(id_)
        if not room.has_bot:
            raise TeamsError(HTTPStatus.FORBIDDEN, "BotNotInConversationRoster", "The bot is not in this conversation.")
        return room, room.post(root).id if root else None

    def _may_write(self, room: Room) -> None:
        if any(self.store.people[key].blocks_bot for key in room.members if room.kind == "personal"):
            raise TeamsError(HTTPStatus.FORBIDDEN, "MessageWritesBlocked", "Message writes are blocked.")

    def _own(self, request: web.Request, room: Room) -> Post:
        post = room.post(request.match_info["message"])
        if post.author != self.identity.bot_id:
            raise TeamsError(HTTPStatus.FORBIDDEN, "Forbidden", "The message is somebody else's.")
        if post.deleted_at:
            raise TeamsError(HTTPStatus.NOT_FOUND, "ActivityNotFoundInConversation", "The message is gone.")
        return post

    def _read_message(self, body: Json) -> tuple[talk.Written, list[Json]]:
        if body.get("type") != "message":
            raise TeamsError(HTTPStatus.BAD_REQUEST, "BadSyntax", "The type of the activity is message.")
        cards.check_message(body)
        return talk.Written("", ""), list(body["attachments"])


def _account(person: Person) -> Json:
    """Microsoft: TeamsChannelAccount. A guest's user principal name is the host's."""
    given, _, surname = person.name.partition(" ")
    found = {
        "id": person.id,
        "name": person.name,
        "aadObjectId": person.aad,
        "objectId": person.aad,
        "givenName": given,
        "surname": surname,
        "tenantId": person.tenant,
        "userRole": "guest" if person.is_guest else "user",
    }
    if person.email:
        name = f"{person.email.replace('@', '_')}#EXT#@secas.example" if person.is_guest else person.email
        found |= {"email": person.email, "userPrincipalName": name}
    return found


def _tenant(body: Json) -> object:
    return ((body.get("channelData") or {}).get("tenant") or {}).get("id")


async def _read(request: web.Request) -> Json:
    if request.method in ("GET", "DELETE"):
        return {}
    try:
        read = await request.json()
    except ValueError:
        raise TeamsError(HTTPStatus.BAD_REQUEST, "BadSyntax", "No JSON.") from None
    return read if isinstance(read, dict) else {}


def _planned(fault: Fault | None) -> None:
    """Refusals that a test asked for; `fail` by the code, with 403 or, of what is not found, 404."""
    if fault is None:
        return
    if fault.kind == "rate_limit":
        raise TeamsError(HTTPStatus.TOO_MANY_REQUESTS, "TooManyRequests", "Too many requests.")
    if fault.kind == "server_error":
        raise TeamsError(HTTPStatus.BAD_GATEWAY, "ServiceError", "Try again.")
    if fault.kind == "fail":
        status = HTTPStatus.NOT_FOUND if "NotFound" in fault.error else HTTPStatus.FORBIDDEN
        raise TeamsError(status, fault.error)


def _answered(request: web.Request, fault: Fault | None, status: HTTPStatus, found: object) -> web.Response:
    if fault and fault.kind == "lose_answer" and request.transport:
        request.transport.close()
    if fault and fault.kind == "garble_answer":
        return web.Response(text="<html>Bad gateway</html>", status=HTTPStatus.BAD_GATEWAY)
    headers = {"Retry-After": str(fault.retry_after)} if fault and fault.kind == "rate_limit" else None
    if found is None:
        return web.Response(status=status, headers=headers)
    return web.json_response(found, status=status, headers=headers)
