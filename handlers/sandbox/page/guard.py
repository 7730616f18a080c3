"""Who may talk to the workspace's server: programs and pages of this machine that name it by its own address."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

from handlers.sandbox.core import Core

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 (a header's name)
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
    """A web page from elsewhere comes under another name (Host) or as itself (Origin): both are refused.

    What the page sends carries a token besides, which only a reader of the page knows.
    """

    core: Core
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A middleware of aiohttp, for the page and the Web API alike."""
        if reason := self._refusal(request):
            return web.Response(status=403, text=reason)
        response = await handler(request)
        if _is_page(request.path) and not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: web.Request) -> str:
        port = urlsplit(self.core.address).port
        hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        origin = request.headers.get("Origin")
        if request.headers.get("Host", "") not in hosts:
            return "The sandbox answers only at its own address, 127.0.0.1 or localhost."
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return "The sandbox answers only its own page."
        given = request.headers.get(TOKEN_HEADER, "")
        is_action = request.path.startswith("/page/") and request.method not in {"GET", "HEAD"}
        if is_action and not secrets.compare_digest(given.encode(), self.token.encode()):
            return "The page is from before the sandbox was started again: load it anew."
        return ""


def _is_page(path: str) -> bool:
    return path == "/" or path.startswith(_PAGES)
