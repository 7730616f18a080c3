"""Transactions that are cut short in the middle, as when dpbot is stopped: others can write at once."""

import asyncio
import contextlib
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import db
from bot.db import Sessions


async def reads_and_writes(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for number in range(20):
            await session.execute(text("SELECT name FROM sqlite_master"))
            await session.execute(text(f"CREATE TABLE cut_{number} (n)"))
        await asyncio.Event().wait()


async def test_a_transaction_that_is_cut_short_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    url = f"sqlite:///{tmp_path / 'test.db'}"
    db.upgrade(url)
    sessions = db.open_sessions(url)
    for turns in range(150):
        cut = asyncio.create_task(reads_and_writes(sessions))
        for _ in range(turns):
            await asyncio.sleep(0)
        cut.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await cut

        async with sessions.begin() as session:
            tables = await session.scalars(text("SELECT name FROM sqlite_master WHERE name LIKE 'cut%'"))
            assert tables.all() == [], turns
    await sessions.close()
