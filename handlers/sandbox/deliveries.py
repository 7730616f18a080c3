"""What the app was told, and whether it acknowledged: first attempts, redelivery by the clock, the record of both."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Coroutine
from typing import Literal, Protocol

from handlers.sandbox.basics import Clock, Json
from handlers.sandbox.disturbances import Disturbances

# Slack: docs.slack.dev/apis/events-api/#retries. Again nearly at once, a minute and five minutes later, then never.
# Seconds after the attempt before (assumed: Slack does not say after what).
RETRIES = (0.0, 60.0, 300.0)
LOOK = 1.0  # seconds of the machine's clock at the most until the workspace's clock, which may jump, is looked at again


class Delivery:
    """One event, command or interaction, and what became of it.

    `payload` is what the app's listener is given. It is kept written out: a dictionary is three times the size.
    """

    __slots__ = ("_body", "_payload", "acknowledged", "answer", "attempts", "failure", "fate", "id", "kind", "sent")

    def __init__(self, id: str, kind: Literal["event", "command", "interactive"], payload: Json) -> None:  # noqa: A002
        self.id = id
        self.kind = kind
        self._payload: Json | None = payload
        self._body = ""
        self.attempts = 0
        self.sent: tuple[float, ...] = ()  # Unix times of the attempts, by the workspace's clock
        self.acknowledged = False
        self.answer: Json | None = None
        self.failure = ""  # why the last attempt failed, in Slack's words for a retry's reason
        self.fate: Literal["", "lost", "held", "delayed", "given up"] = ""  # where no attempt is under way or due

    @property
    def payload(self) -> Json:
        read: Json = json.loads(self._body) if self._payload is None else self._payload
        return read

    @property
    def body(self) -> str:
        """The payload as JSON, once it is written out."""
        return self._body

    def write(self) -> None:
        """From now on the payload cannot be changed."""
        self._body = json.dumps(self._payload)  # in ASCII: another letter would double or quadruple its size
        self._payload = None


class NotAcknowledged(Exception):
    """The app did not take it. `again`: it may be sent once more."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.again = again


class Transport(Protocol):
    async def carry(self, delivery: Delivery) -> Json | None:
        """Take it to the app and bring back what it answered. Raises NotAcknowledged."""
        ...


class Deliveries:
    def __init__(self, transport: Callable[[], Transport], patience: float, clock: Clock) -> None:
        self.record: list[Delivery] = []
        self.disturb = Disturbances(self._attempt)
        self.patience = patience  # seconds
        self._transport = transport
        self._clock = clock
        self._due: dict[str, tuple[float, Delivery]] = {}  # Unix time of the next attempt, by the delivery's id
        self._changed = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def begin(self, delivery: Delivery) -> asyncio.Task[None]:
        """Record it and start its first attempt, in the background until awaited."""
        delivery.write()
        self.record.append(delivery)
        return self._track(self._first(delivery))

    async def redeliver(self) -> int:
        """Send again every event not acknowledged; how many were acknowledged now.

        Slack: commands and interactions are not sent again.
        """
        missed = [each for each in self.record if each.kind == "event" and each.attempts and not each.acknowledged]
        await asyncio.gather(*(self._track(self._attempt(each)) for each in missed))
        return sum(each.acknowledged for each in missed)

    async def redeliver_due(self) -> int:
        """Send what is due by the workspace's clock, until nothing more is; how many attempts that were."""
        made = 0
        while due := [each for at, each in self._due.values() if at <= self._clock().timestamp()]:
            for each in due:
                del self._due[each.id]
            await asyncio.gather(*(self._track(self._attempt(each)) for each in due))
            made += len(due)
        return made

    def keep_time(self) -> None:
        """From now on, send again by the workspace's clock without being asked."""
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
            self._keeper = None

    async def settled(self) -> None:
        """Wait until nothing is under way, nor anything that began while waiting."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _track(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _keep(self) -> None:
        while True:
            self._changed.clear()
            now = self._clock().timestamp()
            wait = min((max(at - now, 0) for at, _ in self._due.values()), default=None)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if wait is None else min(wait, LOOK)):
                    await self._changed.wait()
            await self.redeliver_due()

    async def _first(self, delivery: Delivery) -> None:
        disturbance = self.disturb.take(delivery)
        if disturbance is None or disturbance.kind == "repeat":
            await self._attempt(delivery)
        if disturbance is None:
            return
        if disturbance.kind == "repeat":
            await self._attempt(delivery)
        elif disturbance.kind == "delay":
            delivery.fate = "delayed"
            self._put_off(delivery, disturbance.seconds)
        else:
            delivery.fate = "lost" if disturbance.kind == "lose" else "held"

    async def _attempt(self, delivery: Delivery) -> None:
        self._due.pop(delivery.id, None)
        delivery.attempts += 1
        delivery.sent += (self._clock().timestamp(),)
        delivery.fate = ""
        try:
            async with asyncio.timeout(self.patience):
                delivery.answer = await self._transport().carry(delivery)
        except TimeoutError:
            self._failed(delivery, NotAcknowledged("http_timeout"))
        except NotAcknowledged as refusal:
            self._failed(delivery, refusal)
        else:
            delivery.acknowledged = True
            self._due.pop(delivery.id, None)

    def _failed(self, delivery: Delivery, refusal: NotAcknowledged) -> None:
        delivery.failure = str(refusal)
        if delivery.kind != "event" or delivery.acknowledged:
            return
        if refusal.again and delivery.attempts <= len(RETRIES):
            self._put_off(delivery, RETRIES[delivery.attempts - 1])
        else:
            delivery.fate = "given up"

    def _put_off(self, delivery: Delivery, seconds: float) -> None:
        self._due[delivery.id] = self._clock().timestamp() + seconds, delivery
        self._changed.set()
