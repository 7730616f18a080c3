"""What every command needs: configuration, files, moments, a yes, the database; what fails is one sentence."""

import asyncio
import getpass
import os
import stat
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlalchemy.exc import DatabaseError

from bot import confined, db
from bot.app import utc_now
from bot.config import Config, load_config, one_line
from bot.db import Sessions
from bot.domain import Message, Reference
from bot.environment import Secrets, load_secrets
from bot.errors import NotPermitted, UserError, WrongUsage
from bot.render import Renderer
from bot.rules import dates
from bot.rules.references import parse_reference
from bot.services import forgetting

ClassifiedAs = Annotated[
    str, typer.Option("--classification", help="White, Clear, …: only where the paper does not say it clearly.")
]
ConfigPath = Annotated[Path, typer.Option("--config", help="The configuration file.", envvar="DPBOT_CONFIG")]
CONFIG = Path("config.toml")

T = TypeVar("T")
_CENTURY = timedelta(days=36525)
_LONGEST_PATH = 200  # characters in a sentence


def settings_of(config: Path) -> tuple[Config, Secrets]:
    return load_config(config), load_secrets(config.parent)


def renderer_of(config: Config) -> Renderer:
    return Renderer(config.template_directories)


def say(renderer: Renderer, name: str, **values: object) -> None:
    typer.echo(renderer.text(Message(name, values)), nl=False)


def with_database(secrets: Secrets, work: Callable[[Sessions], Coroutine[None, None, T]]) -> T:
    async def whole() -> T:
        sessions = db.open_sessions(secrets.database_url)
        try:
            if found := await forgetting.again(sessions, utc_now()):
                typer.echo(forgetting.brought_back(found), err=True)
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
    """A paper's bytes. What is no file on disk, or too large to be a paper, is refused before it is read."""
    most = confined.most_bytes(file.name)
    return bytes_of(file, "a paper's file", most, lambda size: confined.refuse_large(file.name, size))


def bytes_of(file: Path, allowed: str, most: int, refuse_large: Callable[[int], None]) -> bytes:
    """A file's bytes, which `refuse_large` may refuse by their number, before they are read and after."""
    try:
        with open(file, "rb", opener=_at_once) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise WrongUsage(f"{_shown(file)}: it is not a file on disk; allowed is {allowed}.")
            refuse_large(status.st_size)
            found = opened.read(most + 1)  # it may have grown
    except OSError as error:
        raise WrongUsage(f"{_shown(file)}: it cannot be read ({error.strerror}); allowed is {allowed}.") from None
    refuse_large(len(found))
    return found


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for somebody to write, as a named pipe does."""
    return os.open(path, flags | os.O_NONBLOCK)


def _shown(file: Path) -> str:
    """What was typed, as it may stand in a sentence."""
    path = one_line(str(file))
    return path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…"


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


def day(typed: str) -> date:
    """The day that was typed; today in London where nothing was."""
    try:
        return date.fromisoformat(typed) if typed else dates.london(utc_now()).date()
    except ValueError:
        raise WrongUsage(f"{typed!r} is no day: allowed is a date such as 2019-11-20.") from None


def reference(proposal: str) -> Reference:
    found = parse_reference(proposal)
    if found is None:
        raise WrongUsage(f"{proposal!r} is no proposal: allowed is a number or reference such as DP092.")
    return found


def person(by: str, config: Path) -> str:
    """Who does this: the analyst that was named, who must be one in config.toml, else the user of this computer."""
    if by:
        if not load_config(config).secas.is_analyst(by):
            raise NotPermitted(f"{one_line(by)} is no analyst: --by takes an address in [secas] analysts.")
        return by
    try:
        return one_line(getpass.getuser())
    except (KeyError, OSError, ImportError):  # a user without a name, as in some containers
        raise UserError("This computer does not know your name: say who you are with --by.") from None
