"""The page's addresses: the page itself, what a visitor does, files, and links to messages."""

import json
from collections.abc import Mapping
from importlib import resources
from urllib.parse import quote, urlencode

from aiohttp import web
from jinja2 import ChainableUndefined, Environment, PackageLoader

from handlers.sandbox import emoji
from handlers.sandbox.core import Core
from handlers.sandbox.manifest import SHORTCUTS
from handlers.sandbox.page import actions
from handlers.sandbox.page.blocks import Blocks
from handlers.sandbox.page.document import readable_html
from handlers.sandbox.page.guard import Guard
from handlers.sandbox.page.state import MOST, SHOWN, Ask, Scene, View
from handlers.sandbox.store import File

_ASSETS = {
    "page.css": "text/css",
    "drawing.js": "text/javascript",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_THEMES = {"light", "dark"}


class Page:
    """The page of one workspace. It knows the app only as every member does."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._view = View(core)
        self._guard = Guard(core)
        # Blocks may lack anything: what is not there says nothing.
        self._templates = Environment(
            loader=PackageLoader(__name__.rpartition(".")[0]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=ChainableUndefined,
        )

    def mount(self, application: web.Application) -> None:
        """Add the page to the workspace's server. Everything on that server is guarded from then on."""
        application.middlewares.append(self._guard.check)
        application.router.add_get("/", self.show)
        application.router.add_post("/page/do/{action}", self.do)
        application.router.add_post("/page/files", self.upload)
        application.router.add_get("/page/files/{file}", self.download)
        application.router.add_get("/page/files/{file}/read", self.read)
        application.router.add_get("/page/{asset}", self.asset)
        application.router.add_get("/archives/{room}/{message}", self.permalink)

    async def show(self, request: web.Request) -> web.Response:
        """The whole page; 304 where the script has what it would get."""
        scene = self._view.scene(_ask(request.query))
        if scene is None:
            return self._html("nobody.html")
        tag = f'"{scene.version}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        response = self._html("page.html", **self._context(scene), theme=_theme(request))
        response.headers["ETag"] = tag
        return response

    async def do(self, request: web.Request) -> web.Response:
        """What a visitor does: JSON in, JSON out. It is answered when the app has acknowledged it."""
        try:
            given = json.loads(await request.text())
        except ValueError:
            given = None
        if not isinstance(given, dict):
            return web.Response(status=400, text="The page sent something that is not JSON.")
        return web.json_response(await actions.run(self._core, self._view.reading, request.match_info["action"], given))

    async def upload(self, request: web.Request) -> web.Response:
        """A file that a visitor shares: its bytes as they are, the rest in the query."""
        content = await request.read()
        return web.json_response(
            await actions.run(self._core, self._view.reading, "upload", dict(request.query), content)
        )

    async def download(self, request: web.Request) -> web.Response:
        """A file's bytes, to be kept and never shown by the browser itself."""
        file = self._file(request)
        named = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        headers = {"Content-Disposition": named, "Content-Security-Policy": "sandbox; default-src 'none'"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)

    async def read(self, request: web.Request) -> web.Response:
        """A Markdown or text file, set to be read."""
        file = self._file(request)
        viewer = self._view.faces.of(request.query["as"])
        words = readable_html(file)
        return self._html(
            "document.html", name=file.name, file=file.id, viewer=viewer, words=words, theme=_theme(request)
        )

    async def asset(self, request: web.Request) -> web.Response:
        name = request.match_info["asset"]
        if name not in _ASSETS:
            raise web.HTTPNotFound
        body = resources.files(__package__).joinpath("static", name).read_bytes()
        return web.Response(body=body, content_type=_ASSETS[name], charset="utf-8")

    async def permalink(self, request: web.Request) -> web.Response:
        """Slack: /archives/C…/p1572430800000100, with ?thread_ts=… for a reply. The thread opens beside the channel."""
        digits = request.match_info["message"].removeprefix("p")
        thread = request.query.get("thread_ts") or f"{digits[:-6]}.{digits[-6:]}"
        query = {"as": request.query.get("as", ""), "room": request.match_info["room"], "thread": thread}
        raise web.HTTPFound(f"/?{urlencode(query)}")

    def _file(self, request: web.Request) -> File:
        """A file shared where this member can see it."""
        store, me = self._core.store, self._core.store.people.get(request.query.get("as", ""))
        for room in store.rooms.values():
            for post in room.posts.values() if me and store.sees(me, room) else ():
                for file in post.files:
                    if file.id == request.match_info["file"]:
                        return file
        raise web.HTTPNotFound

    def _context(self, scene: Scene) -> dict[str, object]:
        kit = Blocks(self._view.names(scene.me.id))

        def at(**changes: str) -> str:
            here = {"as": scene.me.id, "room": scene.here.id if scene.here else "", "thread": scene.ask.thread}
            return "/?" + urlencode({name: value for name, value in (here | changes).items() if value})

        named = {"drawn": emoji.drawn, "most": MOST, "shortcuts": SHORTCUTS, "token": self._guard.token}
        return {"scene": scene, "kit": kit, "at": at, **named}

    def _html(self, template: str, **values: object) -> web.Response:
        text = self._templates.get_template(template).render(**values)
        return web.Response(text=text, content_type="text/html")


def _ask(query: Mapping[str, str]) -> Ask:
    return Ask(
        member=query.get("as", ""),
        room=query.get("room", ""),
        thread=query.get("thread", ""),
        editing=query.get("editing", ""),
        count=_count(query.get("count", "")),
        replies=_count(query.get("replies", "")),
        home=query.get("home") == "1",
    )


def _count(asked: str) -> int:
    return min(max(int(asked), SHOWN), MOST) if asked.isdecimal() and asked.isascii() else SHOWN


def _theme(request: web.Request) -> str:
    """What the visitor chose; "" for as the system has it."""
    theme = request.cookies.get("sandbox-theme", "")
    return theme if theme in _THEMES else ""
