"""What befalls events on request: lost for good, delayed, told twice, held back and let go in another order."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from handlers.sandbox.deliveries import Delivery


@dataclass
class Disturbance:
    kind: Literal["lose", "delay", "repeat", "hold"]
    times: int = 1
    seconds: float = 0


class Disturbances:
    """Of the events from now on, in the order asked for. Commands and clicks are never disturbed."""

    def __init__(self, send: Callable[[Delivery], Awaitable[None]]) -> None:
        self._send = send
        self._planned: deque[Disturbance] = deque()
        self._held: list[Delivery] | None = None
        self._losing = False

    def lose(self, times: int = 1) -> None:
        """Slack never tells of them, and never tries again."""
        self._planned.append(Disturbance("lose", times))

    def delay(self, seconds: float, times: int = 1) -> None:
        """They are first sent so much later by the workspace's clock: see `Workspace.redeliver_due`."""
        self._planned.append(Disturbance("delay", times, seconds))

    def repeat(self, times: int = 1) -> None:
        """They are sent twice, though acknowledged at once. Slack: delivery is at least once, not exactly once."""
        self._planned.append(Disturbance("repeat", times))

    @contextmanager
    def losing(self) -> Iterator[None]:
        """While it lasts, Slack tells of nothing, and never will of what happened then."""
        before, self._losing = self._losing, True
        try:
            yield
        finally:
            self._losing = before

    def hold(self) -> None:
        """Every event is kept back until `release`."""
        self._held = self._held or []

    async def release(self, order: Sequence[int] | None = None) -> int:
        """Send what was held, one after the other; `order`: which first, counted from 0. How many there were."""
        held = self._held or []
        wanted = range(len(held)) if order is None else order
        if sorted(wanted) != list(range(len(held))):
            raise ValueError(f"{len(held)} events are held: the order must name each of 0 to {len(held) - 1} once.")
        self._held = None
        for number in wanted:
            await self._send(held[number])
        return len(held)

    def take(self, delivery: Delivery) -> Disturbance | None:
        """What is to befall this delivery's first attempt; it is used up by that."""
        if delivery.kind != "event":
            return None
        if self._losing:
            return Disturbance("lose")
        while self._planned and self._planned[0].times <= 0:
            self._planned.popleft()
        if self._planned:
            self._planned[0].times -= 1
            return self._planned[0]
        if self._held is not None:
            self._held.append(delivery)
            return Disturbance("hold")
        return None
