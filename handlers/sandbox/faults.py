"""Faults on request, by method and number of times: answers lost, refused, limited, broken. And the pace of posting."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

PACE = 1.0  # seconds between two messages in one channel


@dataclass
class Fault:
    kind: Literal["lose_answer", "rate_limit", "fail", "server_error", "garble_answer"]
    times: int
    error: str = ""
    retry_after: int | str = 0


class Faults:
    """What is to go wrong next. Faults of one method happen in the order they were asked for."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Fault]] = defaultdict(deque)

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

    def take(self, method: str) -> Fault | None:
        """The fault this call is to meet, if any; it is used up by that."""
        planned = self._planned[method]
        while planned and planned[0].times <= 0:
            planned.popleft()
        if not planned:
            return None
        planned[0].times -= 1
        return planned[0]


class Pace:
    """Slack: chat.postMessage allows about one message a second a channel. By the machine's own clock."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def too_fast(self, channel: str) -> bool:
        now = time.monotonic()
        if now - self._last.get(channel, -PACE) < PACE:
            return True
        self._last[channel] = now
        return False
