"""POST /api/messages: what is let in, what is only noted, and what Teams is told.

200 once all is committed; 401 for what is not Microsoft's; 503 and 500 for what should come again.
"""

import json
import logging
from typing import Any

from aiohttp import web

from bot.errors import UserError
from bot.services import dead_letters
from bot.services.dead_letters import NotUnderstood
from bot.services.desk import Desk
from handlers.teams import errors, sdk, shapes, text
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.tokens import Inbound, NoKeys, NotTrusted

log = logging.getLogger(__name__)
PATH = "/api/messages"
_LARGEST = 256 * 1024  # bytes; a message of Teams has at most 100 KB
_BAD, _NOT_TRUSTED, _TOO_LARGE, _FAILED, _LATER = 400, 401, 413, 500, 503


class Door:
    """Where Teams brings its activities. They are taken from the tenants that config.toml names, and our own."""

    def __init__(self, desk: Desk, messenger: TeamsMessenger, inbound: Inbound, app: sdk.App) -> None:
        self._desk, self._messenger, self._inbound, self._app = desk, messenger, inbound, app
        places = [place for _, place in desk.config.rooms(text.PLATFORM) if place]
        self._tenants = {messenger.home, *(place.tenant for place in places)}
        self._tenants |= {team for each in desk.config.organisations for team in each.teams}

    async def answer(self, request: web.Request) -> web.Response:
        """In this order: its size, its shape, its token; only then is it looked at."""
        if (request.content_length or 0) > _LARGEST:
            return web.Response(status=_TOO_LARGE)
        body = _object(raw := await request.read())
        if len(raw) > _LARGEST or body is None:
            return web.Response(status=_TOO_LARGE if len(raw) > _LARGEST else _BAD)
        try:
            token = await self._inbound.check(request.headers.get("Authorization", ""), body.get("serviceUrl"))
        except NotTrusted as error:
            log.warning("Something that is not from Microsoft Teams was refused (%s).", error)
            return web.Response(status=_NOT_TRUSTED)
        except NoKeys:
            return web.Response(status=_LATER)
        try:
            return await self._taken(body, token)
        except Exception as error:  # noqa: BLE001 - the handler of everything that handlers raise
            errors.write_down(error)
            return web.Response(status=_FAILED)  # whatever fails is Teams' to send again

    async def _taken(self, body: dict[str, Any], token: str) -> web.Response:
        activity = shapes.projected(body)
        if wrong := shapes.lacking(activity) or sdk.wrong_with(activity):
            return await self._kept(body, wrong)
        if activity.get("channelId") != "msteams" or text.where(activity).tenant not in self._tenants:
            log.warning("Something from a tenant that config.toml does not name was left unread.")
            return web.Response()
        told = await self._told(activity, token)
        status = int(told.get("status") or web.HTTPOk.status_code)
        return web.json_response(told["body"], status=status) if told.get("body") else web.Response(status=status)

    async def _told(self, activity: text.Activity, token: str) -> dict[str, Any]:
        """A sentence goes to the person who asked."""
        try:
            return await sdk.heard(self._app, activity, token)
        except UserError as error:
            await errors.say(error, activity, self._desk, self._messenger)
            return {}

    async def _kept(self, body: dict[str, Any], reason: str) -> web.Response:
        """Nothing would change if it came again: its kind is written down, and Teams is told that it was taken."""
        async with self._desk.sessions.begin() as session:
            letter = NotUnderstood(text.PLATFORM, **shapes.described(body), reason=reason)
            new = await dead_letters.keep(session, letter, self._desk.clock())
        if new:
            log.warning("Teams sent something that dpbot does not understand: %s (%s).", letter.type, reason)
        return web.Response()


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
