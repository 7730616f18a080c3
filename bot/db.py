"""The database: engine, sessions, migrations, and what to say when it cannot be used."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, DateTime, Dialect, Engine, create_engine, event
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.types import TypeDecorator

from bot.errors import UserError
from bot.tombstones import beside

# SQLite waits this long for another process (a short CLI command) to finish its transaction.
BUSY_SECONDS = 10
# What is deleted is overwritten with zeros.
_OVERWRITE = "secure_delete = ON"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, stored in UTC with microseconds."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Sessions:
    """Makes sessions: `begin()` to write, one at a time, committed at the end; `read()` to look."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.url = engine.url
        self.forgotten = beside(str(engine.url.database))
        self._read = engine
        self._write = engine.execution_options(begin="BEGIN IMMEDIATE")
        # Writers queue here in order of arrival; SQLite's own busy handler sleeps and is not fair.
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        async with self._turn, AsyncSession(self._write, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._read, expire_on_commit=False) as session:
            yield session

    def open(self, *, write: bool) -> AbstractAsyncContextManager[AsyncSession]:
        """`begin()` or `read()`."""
        return self.begin() if write else self.read()

    async def close(self) -> None:
        await self._read.dispose()


def check(database_url: str) -> URL:
    """The address of a database that is there and up to date. UserError: missing, older, newer, or no database."""
    url = _sqlite(database_url)
    if not _is_there(url):
        raise UserError(f"There is no database at {url.database}: make it with `dpbot db upgrade`.")
    current, head = _revisions(url)
    if current != head:
        raise UserError(_revision_sentence(url, current))
    return url


def open_sessions(database_url: str) -> Sessions:
    """Sessions on a database that `check` accepts; UserError as there."""
    url = check(database_url)
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"), hide_parameters=True
    )  # words stay out of errors
    prepare(engine.sync_engine)
    return Sessions(engine)


def prepare(engine: Engine) -> None:
    """SQLite as we need it: write-ahead log, every commit on the disk, our own BEGIN."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection has no common type
        connection.isolation_level = None  # the driver opens no transaction behind our back
        cursor = connection.cursor()
        for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "journal_mode = WAL", "synchronous = FULL", _OVERWRITE):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    @event.listens_for(engine, "invalidate")
    def _roll_back(connection: Any, _record: object, _error: object) -> None:  # noqa: ANN401 - as above
        # Cut short in the middle of a statement: closing alone would keep the lock for as long as Python keeps the
        # statement, and nobody could write.
        with contextlib.suppress(sqlite3.Error, ValueError):  # where it is broken or closed
            connection.rollback()


def compact(url: URL) -> bool:
    """Write the database's file anew, without a trace of what was deleted; False where another program is at it."""
    connection = sqlite3.connect(str(url.database), timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute(f"PRAGMA {_OVERWRITE}")
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return not busy


def upgrade(database_url: str, revision: str = "head") -> None:
    """Bring the database to a revision, making it where there is none. UserError where it is newer than dpbot."""
    url = _sqlite(database_url)
    if _is_there(url):
        current, _ = _revisions(url)
        if not _is_known(url, current):
            raise UserError(_revision_sentence(url, current))
    command.upgrade(alembic_config(url), revision)


def downgrade(database_url: str, revision: str) -> None:
    """Take the database back to an earlier revision ("base": empty)."""
    command.downgrade(alembic_config(_sqlite(database_url)), revision)


def explain(error: DatabaseError, database_url: str) -> UserError:
    """What a failing database means to the person at the keyboard."""
    place = _sqlite(database_url).database
    if "locked" in str(error):
        return UserError(f"The database {place} is in use by another program: try again when that has finished.")
    reason = str(error.orig)
    return UserError(f"The database {place} cannot be used ({reason}): check that dpbot may read and write it.")


def alembic_config(url: URL) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["url"] = url
    return config


def _sqlite(database_url: str) -> URL:
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise UserError("DATABASE_URL is not an address dpbot can use: allowed is sqlite:/// and a file's path.")
    return url.set(drivername="sqlite")


def _is_there(url: URL) -> bool:
    return url.database is not None and Path(url.database).is_file()


def _revisions(url: URL) -> tuple[str | None, str | None]:
    """The revision of the database and the one this program wants."""
    engine = create_engine(url)
    prepare(engine)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:
        raise explain(error, str(url)) from None
    finally:
        engine.dispose()
    return current, ScriptDirectory.from_config(alembic_config(url)).get_current_head()


def _is_known(url: URL, revision: str | None) -> bool:
    """Whether this program has the revision; a database without one is an empty one."""
    try:
        ScriptDirectory.from_config(alembic_config(url)).get_revision(revision or "base")
    except CommandError:
        return False
    return True


def _revision_sentence(url: URL, current: str | None) -> str:
    if not _is_known(url, current):
        return f"The database {url.database} was made by a newer dpbot: install that version, or use another database."
    return f"The database {url.database} is older than this dpbot: bring it up to date with `dpbot db upgrade`."
