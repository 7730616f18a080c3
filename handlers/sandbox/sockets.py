"""Socket Mode: envelopes to one of the open sockets, acknowledged by their id; hello and disconnect frames.

Slack: docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import contextlib
import json
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from handlers.sandbox.basics import Identity, Json
from handlers.sandbox.deliveries import Delivery, NotAcknowledged

ENVELOPES = {"event": "events_api", "command": "slash_commands", "interactive": "interactive"}
MOST = 10  # Slack: sockets of one app that are open at a time


@dataclass(eq=False)
class Link:
    """One open socket and the acknowledgements it still owes. `leaving`: it was asked to be replaced by a new one."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    leaving: bool = False
    owed: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)


class Sockets:
    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._tickets: set[str] = set()
        self._links: list[Link] = []
        self._turn = 0
        self._open = asyncio.Event()

    def __len__(self) -> int:
        return len(self._links)

    def ticket(self) -> str:
        """What lets one socket in, once. Slack: the address from apps.connections.open is good for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(ticket)
        link = Link(web.WebSocketResponse(timeout=1.0), request.transport)
        await link.socket.prepare(request)
        if len(self._links) >= MOST:
            await link.socket.send_json(_disconnect("too_many_websockets"))
            await link.socket.close()
        else:
            await self._listen(link)
        return link.socket

    async def connected(self) -> None:
        await self._open.wait()

    async def carry(self, delivery: Delivery) -> Json | None:
        """Slack: each attempt goes to any one of the open sockets, in a new envelope."""
        if not self._links:
            raise NotAcknowledged("connection_failed")
        links = [link for link in self._links if not link.leaving] or self._links
        self._turn += 1
        link, envelope_id = links[self._turn % len(links)], str(uuid.uuid4())
        owed: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        link.owed[envelope_id] = owed
        try:
            await link.socket.send_str(_envelope(delivery, envelope_id))
            return await owed
        except ConnectionError as error:
            raise NotAcknowledged("connection_failed") from error
        finally:
            link.owed.pop(envelope_id, None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every open socket to be replaced. Slack: "warning" some seconds before, "refresh_requested" at once.

        A socket asked so gets nothing more once there is another one.
        """
        for link in list(self._links):
            link.leaving = True
            with contextlib.suppress(ConnectionError):
                await link.socket.send_json(_disconnect(reason))

    def cut(self) -> None:
        """Every connection breaks, without a word."""
        for link in list(self._links):
            if link.transport:
                link.transport.abort()

    async def close(self) -> None:
        for link in list(self._links):
            await link.socket.close()

    async def _listen(self, link: Link) -> None:
        self._links.append(link)
        self._open.set()
        try:
            await link.socket.send_json(self._hello())
            async for frame in link.socket:
                if frame.type is WSMsgType.TEXT:
                    _acknowledge(link, frame.data)
        finally:
            self._leave(link)

    def _leave(self, link: Link) -> None:
        self._links.remove(link)
        if not self._links:
            self._open.clear()
        for owed in link.owed.values():
            if not owed.done():
                owed.set_exception(NotAcknowledged("connection_failed"))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "connection_info": {"app_id": self._identity.app_id},
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        }


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}


def _envelope(delivery: Delivery, envelope_id: str) -> str:
    """The frame as text; the payload is written already."""
    around: Json = {
        "envelope_id": envelope_id,
        "type": ENVELOPES[delivery.kind],
        "accepts_response_payload": delivery.kind != "event",
    }
    if delivery.kind == "event":
        around |= {"retry_attempt": delivery.attempts - 1, "retry_reason": delivery.failure}
    return f'{json.dumps(around)[:-1]}, "payload": {delivery.body}}}'


def _acknowledge(link: Link, frame: str) -> None:
    """Slack: an acknowledgement is `{"envelope_id": …, "payload": …}`; anything else is passed over."""
    with contextlib.suppress(ValueError, AttributeError):
        said = json.loads(frame)
        owed = link.owed.get(said.get("envelope_id"))
        if owed and not owed.done():
            payload = said.get("payload")
            owed.set_result(payload if isinstance(payload, dict) else None)
