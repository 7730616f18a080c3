"""What the app was told and whether it acknowledged: first attempts, redelivery, and the record of both."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Literal, Protocol

from handlers.sandbox.basics import Json


@dataclass
class Delivery:
    """One event, command or interaction. `payload` is what the app's listener is given."""

    id: str
    kind: Literal["event", "command", "interactive"]
    payload: Json
    attempts: int = 0
    acknowledged: bool = False
    answer: Json | None = None
    failure: str = ""  # why the last attempt failed, in Slack's words for a retry's reason


class NotAcknowledged(Exception):
    """The app did not take it."""


class Transport(Protocol):
    async def carry(self, delivery: Delivery) -> Json | None:
        """Take it to the app and bring back what it answered. Raises NotAcknowledged."""
        ...


class Deliveries:
    def __init__(self, transport: Callable[[], Transport], patience: float) -> None:
        self.record: list[Delivery] = []
        self._transport = transport
        self.patience = patience  # seconds
        self._under_way: set[asyncio.Task[None]] = set()

    def begin(self, delivery: Delivery) -> asyncio.Task[None]:
        """Record it and start its first attempt, in the background until awaited."""
        self.record.append(delivery)
        return self._track(self._attempt(delivery))

    async def redeliver(self) -> int:
        """Send again every event not acknowledged; how many were acknowledged now.

        Slack: commands and interactions are not sent again.
        """
        missed = [each for each in self.record if each.kind == "event" and not each.acknowledged]
        await asyncio.gather(*(self._track(self._attempt(each)) for each in missed))
        return sum(each.acknowledged for each in missed)

    async def settled(self) -> None:
        """Wait until nothing is under way, nor anything that began while waiting."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _track(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _attempt(self, delivery: Delivery) -> None:
        delivery.attempts += 1
        try:
            async with asyncio.timeout(self.patience):
                delivery.answer = await self._transport().carry(delivery)
        except TimeoutError:
            delivery.failure = "http_timeout"
        except NotAcknowledged as refusal:
            delivery.failure = str(refusal)
        else:
            delivery.acknowledged = True
