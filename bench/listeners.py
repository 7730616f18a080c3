"""Two bots to compare with, run as `python -m bench.listeners noop|orm PORT [DATABASE]`.

noop: Bolt's own listener and server, which does nothing. orm: acknowledges, then commits each event through the ORM.
"""

import asyncio
import logging
import os
import sys
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.db import prepare


class Base(DeclarativeBase):
    pass


class Event(Base):
    """What the simplest bot would keep of a message."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    ts: Mapped[str]
    author: Mapped[str]
    text: Mapped[str]


def bolt(*, acknowledges_first: bool) -> AsyncApp:
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    secret = os.environ["SLACK_SIGNING_SECRET"]
    return AsyncApp(client=client, signing_secret=secret, process_before_response=not acknowledges_first)


async def noop() -> AsyncApp:
    app = bolt(acknowledges_first=False)

    @app.event("message")
    async def nothing() -> None:
        pass

    return app


async def orm(database: str) -> AsyncApp:
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    prepare(engine.sync_engine)  # every commit on the disk, as dpbot's
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    app = bolt(acknowledges_first=True)

    @app.event("message")
    async def keep(event: dict[str, Any]) -> None:
        async with AsyncSession(engine) as session, session.begin():
            session.add(Event(channel=event["channel"], ts=event["ts"], author=event["user"], text=event["text"]))

    return app


async def serve(app: AsyncApp, port: int) -> None:
    """Until it is killed. The line says that it listens."""
    runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("listening", flush=True)
    await asyncio.Event().wait()


async def main(kind: str, port: str, *database: str) -> None:
    await serve(await (orm(*database) if kind == "orm" else noop()), int(port))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(*sys.argv[1:]))
