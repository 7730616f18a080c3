"""`python -m bench`: every measurement, one after the other."""

import asyncio

from bench import compiling, events, reading, sandbox, teams, transactions


async def main() -> None:
    reading.measure()
    await transactions.measure(await events.measure())
    await teams.measure()
    await compiling.measure()
    await sandbox.measure()


asyncio.run(main())
