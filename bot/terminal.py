"""What every command needs: files, folders, moments, a yes, the database; what fails is one sentence."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import typer
from sqlalchemy.exc import DatabaseError

from bot import db
from bot.app import utc_now
from bot.db import Sessions
from bot.environment import Secrets
from bot.errors import UserError, WrongUsage
from bot.rules import dates

T = TypeVar("T")
_CENTURY = timedelta(days=36525)


def with_database(secrets: Secrets, work: Callable[[Sessions], Coroutine[None, None, T]]) -> T:
    async def whole() -> T:
        sessions = db.open_sessions(secrets.database_url)
        try:
            return await work(sessions)
        finally:
            await sessions.close()

    with explained(secrets):
        return asyncio.run(whole())


@contextmanager
def explained(secrets: Secrets) -> Iterator[None]:
    """A database that fails is said in one sentence."""
    try:
        yield
    except DatabaseError as error:
        raise db.explain(error, secrets.database_url) from None


def agreed(question: str) -> bool:
    """A person's yes; the end of input is a no."""
    try:
        return typer.confirm(question, default=False, err=True)
    except typer.Abort:
        return False


def content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{file}: it cannot be read ({error.strerror}); allowed is a paper's file.") from None


def folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(
            f"{path}: it cannot be made ({error.strerror}); allowed is a folder dpbot may write to."
        ) from None
    return path


def keep(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"{path}: it cannot be written ({error.strerror}); allowed is a folder dpbot may write to."
        ) from None


def moment(at: str) -> datetime:
    """The moment that was typed, in Europe/London where it has no zone of its own; now where nothing was."""
    if not at:
        return utc_now()
    try:
        typed = datetime.fromisoformat(at)
        moment = typed if typed.tzinfo else typed.replace(tzinfo=dates.LONDON)
        for span in (-_CENTURY, _CENTURY):
            dates.london(moment + span)  # a digest looks back and ahead from it
    except (ValueError, OverflowError):
        raise WrongUsage(f"{at!r} is no moment: allowed is a date and a time such as 2019-11-04T09:00.") from None
    return moment
