"""The workspace's inside: what Web API methods, members and response_urls all work on."""

import asyncio
from dataclasses import dataclass

from handlers.sandbox import events
from handlers.sandbox.basics import Identity, Json, SlackError, Stamps
from handlers.sandbox.deliveries import Deliveries, Delivery
from handlers.sandbox.sockets import Sockets
from handlers.sandbox.store import Room, Store

SCOPE_OF = {"channel": "channels", "group": "groups", "im": "im"}


@dataclass
class Core:
    identity: Identity
    store: Store
    stamps: Stamps
    sockets: Sockets
    deliveries: Deliveries
    subscriptions: frozenset[str]
    scopes: set[str]
    address: str = ""  # "http://127.0.0.1:PORT", once the server is up

    def tell(self, room: Room, event: Json) -> asyncio.Task[None] | None:
        """Start telling the app of an event, if it is in the channel and subscribed. Await the task, or let it run."""
        if self.identity.bot_user_id not in room.members:
            return None
        if mention := events.mention(self.identity, room, event):
            self.tell_app(mention, room)
        return self.tell_app(event, room)

    def tell_app(self, event: Json, room: Room | None = None) -> asyncio.Task[None] | None:
        if events.subscription(event) not in self.subscriptions:
            return None
        return self.deliveries.begin(self.event(event, room))

    def event(self, event: Json, room: Room | None = None) -> Delivery:
        event_id = self.store.new_id("Ev")
        shared = bool(room and room.teams)
        wrapped = events.wrapped(self.identity, event, event_id, self.stamps.unix(), shared=shared)
        return Delivery(event_id, "event", wrapped)

    def visible(self, room_id: str) -> Room:
        """A channel the app may know of. Slack: a private one it is not in is channel_not_found."""
        room = self.store.room(room_id)
        if room.kind != "channel" and self.identity.bot_user_id not in room.members:
            raise SlackError("channel_not_found")
        return room

    def joined(self, room_id: str) -> Room:
        """A channel the app is in. Slack: a public one it is not in is not_in_channel."""
        room = self.visible(room_id)
        if self.identity.bot_user_id not in room.members:
            raise SlackError("not_in_channel")
        return room

    def open(self, room_id: str, refusal: str = "is_archived") -> Room:
        """A channel the app is in, and may change something in."""
        room = self.joined(room_id)
        if room.is_archived:
            raise SlackError(refusal)
        return room

    def permit(self, kind: str, what: str) -> None:
        """Slack: history and lists have a scope for each kind of channel: channels:history, groups:read, …"""
        needed = f"{SCOPE_OF[kind]}:{what}"
        if needed not in self.scopes:
            raise self.missing(needed)

    def missing(self, needed: str) -> SlackError:
        return SlackError("missing_scope", needed=needed, provided=",".join(sorted(self.scopes)))
