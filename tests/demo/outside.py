"""What stands for everything the demo must not reach, and a watch on every way out."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


class Outside:
    """A server on this machine that stands for everything the demo must not reach. It only counts who comes."""

    def __init__(self) -> None:
        self.callers = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Those who came wait in the backlog: count them, then close."""
        try:
            while True:
                self._socket.accept()[0].close()
                self.callers += 1
        except BlockingIOError:
            self._socket.close()


@contextmanager
def connections() -> Iterator[list[str]]:
    """Every host that this process looks up or connects to meanwhile."""
    found: list[str] = []
    watchers = _watchers()
    watchers.append(found)
    try:
        yield found
    finally:
        watchers.remove(found)


@cache
def _watchers() -> list[list[str]]:
    """Those who are told: by one hook, for Python lets none go."""
    watchers: list[list[str]] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watchers and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
            where = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
            for found in watchers:
                found.append(str(where[0] if isinstance(where, tuple) else where))

    sys.addaudithook(hook)
    return watchers
