"""`python -m bench`: every measurement, one after the other."""

import asyncio

from bench import compiling, events, reading, transactions


async def main() -> None:
    reading.measure()
    await transactions.measure(await events.measure())
    await compiling.measure()


asyncio.run(main())
