"""The commands on the roster: `dpbot roster import` and `export`."""

from pathlib import Path
from typing import Annotated

import typer

from bot import terminal
from bot.app import utc_now
from bot.config import Config
from bot.db import Sessions
from bot.environment import load_secrets
from bot.errors import UserError, WrongUsage
from bot.services import acting, roster, roster_files, roster_rows
from bot.services.people import RosterRow
from bot.services.roster import Changes
from bot.terminal import CONFIG, ConfigPath, renderer_of, say, settings_of

commands = typer.Typer(no_args_is_help=True, help="Say who sits on which Sub-Committee, and for whom.")
RosterPath = Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx file.", show_default=False)]


@commands.command("import")
def import_roster(
    file: RosterPath,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking.")] = False,
    by: Annotated[
        str, typer.Option("--by", help="The analyst's e-mail address; needed where config.toml names analysts.")
    ] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Show what a roster's file would change, and make it the roster. A file is the whole roster."""
    settings, secrets = settings_of(config)
    if not by and settings.secas.analysts:
        raise WrongUsage("Say with --by which analyst you are: an address in [secas] analysts of config.toml.")
    actor = acting.at_terminal(settings, by, terminal.person(by, config))
    rows = _read(file, settings)

    async def compare(sessions: Sessions) -> Changes:
        async with sessions.read() as session:
            return await roster.compare(session, rows)

    changes = terminal.with_database(secrets, compare)
    say(renderer_of(settings), "roster", step="changes", changes=changes)
    if not changes:
        return
    if not yes and not terminal.agreed("Make this the roster?"):
        raise UserError("Nothing was stored.")

    async def store(sessions: Sessions) -> Changes:
        async with sessions.begin() as session:
            return await roster.store(session, rows, actor, utc_now(), changes)

    terminal.with_database(secrets, store)
    say(renderer_of(settings), "roster", step="stored", rows=len(rows))


@commands.command("export")
def export_roster(file: RosterPath, config: ConfigPath = CONFIG) -> None:
    """Write the whole roster to a file, which `dpbot roster import` takes."""
    settings, secrets = settings_of(config)
    roster_files.check_kind(file.name)
    rows = terminal.with_database(secrets, _current)
    terminal.keep(file, roster_files.write(file.name, roster_rows.lines_of(rows)))
    say(renderer_of(settings), "roster", step="exported", rows=len(rows), file=file)


def rows_of(file: Path | None, config: Config) -> tuple[RosterRow, ...]:
    """The rows of this roster, else of roster.csv beside config.toml, else of the database; none where none is there.

    UserError where the file is no roster.
    """
    beside = config.folder / "roster.csv"
    if file is not None or beside.is_file():
        return _read(file or beside, config)
    try:
        return terminal.with_database(load_secrets(config.folder), _current)
    except UserError:
        return ()


async def _current(sessions: Sessions) -> tuple[RosterRow, ...]:
    async with sessions.read() as session:
        return await roster.current(session)


def _read(file: Path, config: Config) -> tuple[RosterRow, ...]:
    roster_files.check_kind(file.name)
    most, name = roster_files.MOST_BYTES, str(file)
    content = terminal.bytes_of(file, "a .csv or .xlsx file", most, lambda size: roster_files.refuse_large(name, size))
    return roster_rows.read(name, content, config)
