"""Waiting for something that happens elsewhere: a condition, never a time."""

import asyncio
from collections.abc import Callable

PATIENCE = 60.0


async def eventually(condition: Callable[[], bool], why: str = "") -> None:
    """Return once `condition()` holds; fail when it does not for a minute."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110 - other processes set no event
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"it never came true: {why or condition}") from None
