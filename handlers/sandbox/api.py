"""The Web API's door: arguments, faults, tokens, scopes, pace; the record of calls; files and response_urls."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from handlers.sandbox import answers, arguments, faults
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.faults import Fault, Faults
from handlers.sandbox.methods import METHODS
from handlers.sandbox.methods.method import Method
from handlers.sandbox.pace import Pace

LARGEST_UPLOAD = 100 * 1024 * 1024


@dataclass(frozen=True)
class Call:
    """One call of the Web API, its token left out."""

    method: str
    arguments: Json
    ok: bool
    error: str | None
    at: datetime


@dataclass
class WebApi:
    core: Core
    faults: Faults
    pace: Pace | None
    calls: list[Call] = field(default_factory=list)

    def application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_UPLOAD)
        application.router.add_route("*", "/api/{method}", self.answer)
        application.router.add_get("/link/", self.core.sockets.serve)
        application.router.add_post("/upload/v1/{ticket}", self.upload)
        application.router.add_post("/response/{hook}", self.respond)
        return application

    async def answer(self, request: web.Request) -> web.Response:
        """Slack: docs.slack.dev/apis/web-api. HTTP 200 with `ok`, but for limits (429) and failures (500)."""
        method = request.match_info["method"]
        given, error = Arguments({}), None
        fault = self.faults.take(method)
        if fault:
            await fault.delay()
        try:
            given, token = await arguments.read(request)
            if fault and fault.error:
                raise SlackError(fault.error)  # noqa: TRY301 (a planned refusal goes the way of every other)
            body: Json = {"ok": True} | self._run(method, given, token)
        except SlackError as refusal:
            error = refusal.error
            body = {"ok": False, "error": error} | refusal.details
        self.calls.append(Call(method, given.values, error is None, error, self.core.stamps.now()))
        return _spoilt(request, fault) or self._response(body, fault.retry_after if fault else 0)

    async def upload(self, request: web.Request) -> web.Response:
        """Slack: the address from files.getUploadURLExternal takes raw bytes or a multipart form.

        Once the upload is completed, or where the bytes are not as many as announced, it takes nothing (assumed).
        """
        fault, store = self.faults.take(faults.UPLOAD), self.core.store
        if fault:
            await fault.delay()
        file = store.files.get(store.uploads.get(request.match_info["ticket"], ""))
        if file is None or file.is_complete or (fault and fault.kind == "fail"):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        if fault and fault.kind == "server_error":
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        if request.content_type == "multipart/form-data":
            parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            content = parts[0].file.read() if parts else b""
        else:
            content = await request.read()
        if len(content) != file.length:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        file.content = content
        return _spoilt(request, fault) or web.Response(text=f"OK - {len(content)}")

    async def respond(self, request: web.Request) -> web.Response:
        """Slack: docs.slack.dev/interactivity/handling-user-interaction#message_responses. Five times in 30 minutes."""
        fault = self.faults.take(faults.RESPONSE_URL)
        if fault:
            await fault.delay()
        if fault and fault.kind == "server_error":
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            if fault and fault.error:
                raise SlackError(fault.error)  # noqa: TRY301 (as above)
            answers.respond(self.core, request.match_info["hook"], await _payload(request))
        except SlackError as refusal:
            status = HTTPStatus.NOT_FOUND if refusal.error == "used_url" else HTTPStatus.BAD_REQUEST
            return web.json_response({"ok": False, "error": refusal.error} | refusal.details, status=status)
        return _spoilt(request, fault) or web.Response(text="ok")

    def _run(self, name: str, given: Arguments, token: str) -> Json:
        if (method := METHODS.get(name)) is None:
            raise SlackError("unknown_method", req_method=name)
        self._admit(method, token)
        if self.pace and (wait := self.pace.wait(name, given.text("channel"))):
            raise SlackError("ratelimited", retry_after=wait)
        return method.run(self.core, given)

    def _admit(self, method: Method, token: str) -> None:
        """Slack: docs.slack.dev/authentication/tokens. Each method takes one kind of token and needs a scope."""
        identity = self.core.identity
        if not token:
            raise SlackError("not_authed")
        if token not in {identity.bot_token, identity.app_token}:
            raise SlackError("invalid_auth")
        if self.faults.token_error:
            raise SlackError(self.faults.token_error)
        if (token == identity.app_token) != method.app_level:
            raise SlackError("not_allowed_token_type")
        if method.scopes and self.core.scopes.isdisjoint(method.scopes):
            raise self.core.missing(method.scopes[0])

    def _response(self, body: Json, retry_after: int | str) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self.core.scopes))}
        if body.get("error") != "ratelimited":
            return web.json_response(body, headers=headers)
        wait = retry_after or body.pop("retry_after", 1)
        return web.json_response(body, status=429, headers=headers | {"Retry-After": str(wait)})


async def _payload(request: web.Request) -> object:
    try:
        payload: object = arguments.parsed(await request.text())
    except (ValueError, LookupError) as error:
        raise SlackError("invalid_payload") from error
    return payload


def _spoilt(request: web.Request, fault: Fault | None) -> web.Response | None:
    """What comes instead of the answer once the work was done or refused, where a fault was asked for."""
    if fault is None:
        return None
    if fault.kind == "server_error":
        return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
    if fault.kind == "lose_answer" and request.transport:
        request.transport.abort()
    if fault.kind == "garble_answer":
        return web.Response(status=HTTPStatus.BAD_GATEWAY, text="<h1>Bad Gateway</h1>", content_type="application/json")
    return None
