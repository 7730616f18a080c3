"""What the parts of the local Teams share: the store, the clock, and the one way to tell the app something."""

from collections.abc import Awaitable
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp

from handlers.sandbox.basics import Clock, Json
from handlers.sandbox.deliveries import Deliveries, Delivery, NotAcknowledged
from handlers.sandbox.teams import activities, talk
from handlers.sandbox.teams.graph import Graph
from handlers.sandbox.teams.store import Identity, Person, Post, Room, Store
from handlers.sandbox.teams.tokens import Tokens


@dataclass
class Core:
    identity: Identity
    store: Store
    stamps: talk.Stamps
    clock: Clock
    tokens: Tokens
    graph: Graph
    deliveries: Deliveries
    tells_edits: bool = True  # whether edits and removals in channels are told, as Microsoft says they are

    def activity(self, kind: str, room: Room, person: Person) -> Json:
        return activities.activity(kind, room, self.tokens.service_url, self.identity, person, self.clock())

    def is_told(self, room: Room, post: Post) -> bool:
        """Microsoft: a bot hears what mentions it; all else of a standard channel with resource-specific consent."""
        if not room.has_bot:
            return False
        mentioned = any(isinstance(each, Identity) for each in post.mentions)
        return room.kind == "personal" or mentioned or (self.graph.consent and room.kind == "standard")

    def tell(self, body: Json) -> Awaitable[None]:
        return self.deliveries.begin(Delivery(body["id"], "event", body))

    def ask(self, body: Json) -> Delivery:
        return Delivery(body["id"], "interactive", body)


class Push:
    """Activities go to the app's address with a token. Microsoft: any 2xx is taken."""

    def __init__(self, session: aiohttp.ClientSession, url: str, tokens: Tokens) -> None:
        self._session = session
        self.url = url
        self._tokens = tokens
        self.token: str | None = None  # instead of the right one, while it is set

    async def carry(self, delivery: Delivery) -> Json | None:
        token = self._tokens.inbound() if self.token is None else self.token
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._session.post(self.url, data=delivery.body.encode(), headers=headers) as response:
                read = await response.read()
                if response.status >= HTTPStatus.MULTIPLE_CHOICES:
                    raise NotAcknowledged(f"http {response.status}")
                answer = await response.json() if read and response.content_type == "application/json" else None
        except aiohttp.ClientError as error:
            raise NotAcknowledged("connection failed") from error
        return answer if isinstance(answer, dict) else None
