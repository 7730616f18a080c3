"""The workspace's inside: what Web API methods, members and response_urls all work on."""

import asyncio
from dataclasses import dataclass

from handlers.sandbox import events
from handlers.sandbox.basics import Identity, Json, SlackError, Stamps
from handlers.sandbox.deliveries import Deliveries, Delivery
from handlers.sandbox.sockets import Sockets
from handlers.sandbox.store import Room, Store


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
        if self.identity.bot_user_id not in room.members or events.subscription(event) not in self.subscriptions:
            return None
        return self.deliveries.begin(self.event(event))

    def event(self, event: Json) -> Delivery:
        event_id = self.store.new_id("Ev")
        return Delivery(event_id, "event", events.wrapped(self.identity, event, event_id, self.stamps.unix()))

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
