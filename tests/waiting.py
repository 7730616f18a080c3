"""Waiting for something that happens elsewhere: a condition, never a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

PATIENCE = 60.0
Found = TypeVar("Found")


async def eventually(condition: Callable[[], bool], why: str = "") -> None:
    """Return once `condition()` holds; fail when it does not for a minute."""

    async def holds() -> bool:
        return condition()

    await comes(holds, why or str(condition))


async def comes(look: Callable[[], Awaitable[Found]], why: str) -> Found:
    """What `look()` finds once it finds something; fail when it does not for a minute."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not (found := await look()):  # noqa: ASYNC110 - other processes set no event
                await asyncio.sleep(0.02)
            return found
    except TimeoutError:
        raise AssertionError(f"it never came true: {why}") from None
