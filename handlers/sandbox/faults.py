"""Faults on request, by method and number of times: answers lost, refused, limited, broken, slow; a token revoked."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

ANY = "*"  # whatever method is called
UPLOAD = "upload"  # the address a file's bytes go to
RESPONSE_URL = "response_url"  # the address a command's later answers go to


@dataclass
class Fault:
    kind: Literal["lose_answer", "rate_limit", "fail", "server_error", "garble_answer", "slow", "hold"]
    times: int
    error: str = ""
    retry_after: int | str = 0
    seconds: float = 0
    released: asyncio.Event | None = None

    async def delay(self) -> None:
        """What a slow answer waits for, before the work is done."""
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.released:
            await self.released.wait()


class Faults:
    """What is to go wrong next. Faults of one method happen in the order they were asked for; those of `"*"` after."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.token_error = ""  # what every call is answered while the token is no good

    def lose_answer(self, method: str, times: int = 1) -> None:
        """The method does its work, then the connection is cut without an answer."""
        self._planned[method].append(Fault("lose_answer", times))

    def garble_answer(self, method: str, times: int = 1) -> None:
        """The method does its work, then a proxy answers instead: 502, said to be JSON, which its page is not."""
        self._planned[method].append(Fault("garble_answer", times))

    def rate_limit(self, method: str, retry_after: int | str = 1, times: int = 1) -> None:
        """Slack: HTTP 429, header Retry-After (seconds; a proxy's may be a date), `ratelimited`."""
        self._planned[method].append(Fault("rate_limit", times, "ratelimited", retry_after))

    def fail(self, method: str, error: str, times: int = 1) -> None:
        self._planned[method].append(Fault("fail", times, error))

    def server_error(self, method: str, times: int = 1) -> None:
        self._planned[method].append(Fault("server_error", times, "internal_error"))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The method takes so long, by the machine's own clock, before it does its work."""
        self._planned[method].append(Fault("slow", times, seconds=seconds))

    def hold(self, method: str, times: int = 1) -> asyncio.Event:
        """The method waits, before it does its work, until the event is set."""
        released = asyncio.Event()
        self._planned[method].append(Fault("hold", times, released=released))
        return released

    def revoke_token(self, error: str = "token_revoked") -> None:
        """Slack: `token_revoked` where the app was removed; `account_inactive`, `token_expired` are its neighbours."""
        self.token_error = error

    def restore_token(self) -> None:
        self.token_error = ""

    def take(self, method: str) -> Fault | None:
        """The fault this call is to meet, if any; it is used up by that."""
        return self._next(method) or self._next(ANY)

    def _next(self, method: str) -> Fault | None:
        planned = self._planned[method]
        while planned and planned[0].times <= 0:
            planned.popleft()
        if not planned:
            return None
        planned[0].times -= 1
        return planned[0]
