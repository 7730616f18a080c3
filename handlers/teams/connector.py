"""Sending by Microsoft's Bot Connector: a card to a channel, to a thread, or to one person; a card replaced."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from urllib.parse import quote

from bot.messenger import NotInChannel, Payload, Unclear, Unreachable
from handlers.teams.calls import Calls
from handlers.teams.failures import Forbidden, Gone
from handlers.teams.granted import CONNECTOR
from handlers.teams.places import Places, Room

_CARD = "application/vnd.microsoft.card.adaptive"
# Microsoft: a person is written to who has added the app, or is in a team that has it, and has not blocked it.
_NOT_REACHED = "they have not added dpbot, have blocked it, or their organisation does not allow it"
OURS = "dpbot-"  # begins the id of a card's first part, by which a post is found again


class Connector:
    """`program`: our id. Teams says of a person who blocks us, and of one it does not know, that they are not there."""

    def __init__(self, calls: Calls, places: Places, program: str) -> None:
        self._calls, self._places, self._program = calls, places, program

    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        """A card that carries `key` unseen; its id."""
        conversation = f"{channel};messageid={thread}" if thread else channel
        return await self._sent(await self._places.ours(channel), conversation, _marked(payload, key))

    async def update(self, channel: str, message: str, payload: Payload) -> None:
        room = await self._places.ours(channel)
        address = f"{_conversation(room, channel)}/activities/{quote(message, safe='')}"
        await self._calls.put(CONNECTOR, address, self._body(channel, payload) | {"id": message})

    async def direct(self, person: str, payload: Payload) -> None:
        """In the conversation that there was before, if it is still there; else in one that is begun now."""
        room = await self._places.met(person)
        try:
            if room.conversation and await self._still(room, payload):
                return
            begun = await self._begun(person, room)
            await self._sent(begun, begun.conversation, payload)
        except (Forbidden, Gone, NotInChannel) as error:
            raise Unreachable(f"{_NOT_REACHED} ({error})") from None

    async def _still(self, room: Room, payload: Payload) -> bool:
        try:
            await self._sent(room, room.conversation, payload)
        except (Gone, NotInChannel):
            return False
        return True

    async def _begun(self, person: str, room: Room) -> Room:
        """Microsoft: asked for twice it is the same conversation."""
        body: Payload = {
            "bot": {"id": self._own_id},
            "members": [{"id": person.partition(":")[2]}],
            "isGroup": False,
            "tenantId": room.tenant,
            "channelData": {"tenant": {"id": room.tenant}},
        }
        told = await self._calls.post(CONNECTOR, f"{room.service}/v3/conversations", body)
        if not told.get("id"):
            raise Unclear("Microsoft names no conversation")
        begun = replace(room, conversation=str(told["id"]))
        await self._places.begun(person, begun, datetime.now(UTC))
        return begun

    async def _sent(self, room: Room, conversation: str, payload: Payload) -> str:
        address = f"{_conversation(room, conversation)}/activities"
        told = await self._calls.post(CONNECTOR, address, self._body(conversation, payload))
        if not told.get("id"):
            raise Unclear("Microsoft names no message")  # it was taken, and comes later or in several parts
        return str(told["id"])

    @property
    def _own_id(self) -> str:
        return f"28:{self._program}"

    def _body(self, conversation: str, payload: Payload) -> Payload:
        return {
            "type": "message",
            "from": {"id": self._own_id},
            "conversation": {"id": conversation},
            "summary": payload.get("summary"),
            "attachments": [{"contentType": _CARD, "content": payload.get("card")}],
        }


def mark_of(key: str) -> str:
    return OURS + hashlib.sha256(key.encode()).hexdigest()[:32]


def _marked(payload: Payload, key: str) -> Payload:
    """The key stands in the id of the card's first part, where nobody sees it. Teams has no room for it elsewhere."""
    card = cast("dict[str, object]", payload.get("card") or {})
    first, *others = cast("list[dict[str, object]]", card.get("body") or [{}])
    return payload | {"card": card | {"body": [first | {"id": mark_of(key)}, *others]}}


def _conversation(room: Room, conversation: str) -> str:
    return f"{room.service}/v3/conversations/{quote(conversation, safe='')}"
