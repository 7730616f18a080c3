"""What people open on dpbot's own server: a document that they have a link to, and a page that says what dpbot is."""

import asyncio
import logging
from urllib.parse import quote

from aiohttp import web

from bot import reports
from bot.domain import Message
from bot.errors import Broken, UserError
from bot.reports import Format
from bot.services import linking
from bot.services.desk import Desk
from bot.services.linking import Expired, NoDocument

log = logging.getLogger(__name__)
_FAILED = 500
_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.MARKDOWN: "text/markdown",
    Format.JSON: "application/json",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def add_pages(site: web.Application, desk: Desk) -> None:
    """GET /documents/… and GET /about, where config.toml says how this server is reached."""

    async def document(request: web.Request) -> web.Response:
        try:
            return await _document(desk, request)
        except Exception as error:  # whoever opened the link is told, whatever it was
            log.exception("A document could not be given to who opened its link.")
            sentence = error if isinstance(error, UserError) else Broken()
            return web.Response(text=f"{sentence}\n", status=_FAILED, headers=_HEADERS)

    async def about(_request: web.Request) -> web.Response:
        words = desk.outbox.renderer.text(Message("about", {"config": desk.config}))
        return web.Response(text=words, headers=_HEADERS)

    if desk.config.http.address:
        site.router.add_get("/documents/{id}/{name}", document, allow_head=False)
        site.router.add_get("/about", about, allow_head=False)


async def _document(desk: Desk, request: web.Request) -> web.Response:
    """One file, written from the record's snapshot while whoever asked waits; it is kept nowhere."""
    asked = (request.match_info["id"], request.match_info["name"])
    signed = (request.query.get("until", ""), request.query.get("mac", ""))
    try:
        async with desk.sessions.read() as session:
            document, form = await linking.opened(session, *asked, *signed, desk.clock())
    except NoDocument as error:
        return web.Response(text=f"{error}\n", status=404, headers=_HEADERS)
    except Expired as error:
        return web.Response(text=f"{error}\n", status=410, headers=_HEADERS)
    content = await asyncio.to_thread(reports.write, document, form, desk.config.template_directories)
    name = f"attachment; filename*=UTF-8''{quote(reports.file_name(document, form))}"
    headers = {**_HEADERS, "Content-Type": _TYPES[form], "Content-Disposition": name}
    return web.Response(body=content, headers=headers)
