"""Who may talk to the workspace's server: programs and pages of this machine that name it by its own address."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

from handlers.sandbox.core import Core

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 (a header's name)
_HTTP = 80  # the port that clients leave out of a Host header
_PAGES = ("/page/", "/archives/")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Guard:
    """A web page from elsewhere comes under another name (Host) or as itself (Origin, Sec-Fetch-Site): refused.

    What the page sends carries a token besides, which only a reader of the page knows.
    """

    core: Core
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A middleware of aiohttp, for the page and the Web API alike."""
        try:
            reason = self._refusal(request)
            response = web.Response(status=403, text=reason) if reason else await handler(request)
        except web.HTTPException as answer:
            _forbid(request, answer)
            raise
        _forbid(request, response)
        return response

    def _refusal(self, request: web.Request) -> str:
        port = urlsplit(self.core.address).port
        names = {"127.0.0.1", "localhost"}
        hosts = {f"{name}:{port}" for name in names} | (names if port == _HTTP else set())
        origin = request.headers.get("Origin")
        if request.headers.get("Host", "") not in hosts:
            return "The sandbox answers only at its own address, 127.0.0.1 or localhost."
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return "The sandbox answers only its own page."
        if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            return "The sandbox opens from no other site's link: type its address into the address bar."
        given = request.headers.get(TOKEN_HEADER, "").encode(errors="surrogateescape")  # bytes that are no UTF-8 too
        is_action = request.path.startswith("/page/") and request.method not in {"GET", "HEAD"}
        if is_action and not secrets.compare_digest(given, self.token.encode()):
            return "The page is from before the sandbox was started again: load it anew."
        return ""


def _forbid(request: web.Request, response: web.StreamResponse) -> None:
    """What a browser must not do with an answer of the page."""
    if _is_page(request.path) and not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)


def _is_page(path: str) -> bool:
    return path == "/" or path.startswith(_PAGES)
