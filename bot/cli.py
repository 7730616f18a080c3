"""The command `dpbot`: what an analyst or operator types in a terminal."""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from sqlalchemy.exc import DatabaseError

from bot import app as application
from bot import db, demo, papers, preview, reports
from bot.config import Config, Secrets, load_config, load_secrets
from bot.db import Sessions
from bot.domain import CommentsDocument, Message
from bot.errors import UserError, WrongUsage
from bot.outbox import Outbox
from bot.papers import Reading
from bot.render import Renderer
from bot.rules import dates
from bot.rules.references import parse_reference
from bot.services import compiling, digesting, importing, publishing, register, replaying
from bot.services.counting import Counts
from bot.services.people import RosterFile

T = TypeVar("T")

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Takes Draft Proposals of the Smart Energy Code to Sub-Committees in Slack and brings their comments back.",
)
db_commands = typer.Typer(no_args_is_help=True, help="Look after the database.")
config_commands = typer.Typer(no_args_is_help=True, help="Look after config.toml.")
digest_commands = typer.Typer(no_args_is_help=True, help="Look at the weekly digest.")
cli.add_typer(db_commands, name="db")
cli.add_typer(config_commands, name="config")
cli.add_typer(digest_commands, name="digest")

ConfigPath = Annotated[Path, typer.Option("--config", help="The configuration file.", envvar="DPBOT_CONFIG")]
CONFIG = Path("config.toml")
_CENTURY = timedelta(days=36525)


def main() -> None:
    """Run a command; what a user can mend is one sentence on standard error. Exit 1, or 2 for wrong usage."""
    try:
        code = cli(prog_name="dpbot", standalone_mode=False)
    except UserError as error:
        _stop(str(error), 2 if isinstance(error, WrongUsage) else 1)
    except typer.TyperException as error:
        _stop(_usage(error), error.exit_code)
    else:
        sys.exit(code)


def _stop(sentence: str, code: int) -> NoReturn:
    if sentence:
        typer.echo(sentence, err=True)
    sys.exit(code)


def _usage(error: typer.TyperException) -> str:
    """What typer found wrong with the arguments, and where to read what is allowed; nothing where it showed that."""
    found = error.format_message()
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "dpbot"
    return found and f"{found if found[-1] in '.?' else f'{found}.'} `{command} --help` shows what is allowed."


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dpbot {installed_version('dpbot')}")
        raise typer.Exit


@cli.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@cli.command()
def run(config: ConfigPath = CONFIG) -> None:
    """Run the bot: listen in Slack, send what is queued, keep the clock. Stop it with Ctrl+C."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for ours in ("bot", "handlers"):
        logging.getLogger(ours).setLevel(logging.INFO)  # the libraries tell of every tick
    settings, secrets = _settings(config)

    async def work() -> None:
        desk = application.open_desk(settings, secrets)
        async with application.running(desk, secrets) as bot:
            typer.echo(_renderer(settings).text(Message("running", {"config": settings})), nl=False)
            await bot.forever()
        _say(_renderer(settings), "stopped")

    try:
        with _explained(secrets):
            asyncio.run(work())
    except KeyboardInterrupt:
        typer.echo("Stopped.")


@cli.command("import")
def import_paper(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The paper: a .txt or .md file.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what was read; store nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Store without asking; the date of the meeting stays unconfirmed.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was read as JSON; store only with --yes.")
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="Print the paper's lines, numbered as findings count them.")
    ] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Read a paper of new proposals, show what was found, and store it. Importing never posts."""
    content = _content(file)
    lines = papers.lines_of(file.name, content)
    if text:
        typer.echo(papers.as_text(lines))
        return
    reading = papers.parse(lines)
    if as_json:
        typer.echo(json.dumps(papers.as_contract(reading), ensure_ascii=False, indent=2))
    else:
        preview.show(reading, preview.console())
    if dry_run or (as_json and not yes):
        _refuse_blocked(reading)
        return
    settings, secrets = _settings(config)
    importing.check(settings, reading)
    if not yes and not _agreed("Store this paper, with the meeting's date as shown?"):
        raise UserError("Nothing was stored.")
    _store(settings, secrets, reading, file.name, content, confirmed=not yes)


@cli.command()
def publish(
    paper: Annotated[
        str,
        typer.Argument(metavar="PAPER", help="The paper's reference, such as OPSG_26_0511_16.", show_default=False),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the posts; queue nothing.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Queue a stored paper's posts for its Sub-Committee's channels. A running dpbot sends them."""
    settings, secrets = _settings(config)
    renderer = _renderer(settings)

    async def show(sessions: Sessions) -> list[Message]:
        async with sessions.read() as session:
            stored = await register.paper(session, paper)
            heading = publishing.heading_message(settings, stored)
            return [heading, *(publishing.proposal_message(settings, stored, i, Counts()) for i in stored.items)]

    async def queue(sessions: Sessions) -> publishing.Published:
        outbox = Outbox(renderer)
        async with sessions.begin() as session:
            return await publishing.publish(session, settings, outbox, paper, application.utc_now())

    if dry_run:
        rule = "\n" + "-" * 110 + "\n\n"
        typer.echo(rule.join(renderer.text(message) for message in _with_database(secrets, show)), nl=False)
    else:
        _say(renderer, "published", published=_with_database(secrets, queue))


@cli.command("compile")
def compile_document(
    proposal: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="The proposal, such as DP092.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder for the documents.")] = Path(),
    final: Annotated[
        bool, typer.Option("--final", help="Issue the latest draft, unchanged, as v1.0 (v2.0 when issued again).")
    ] = False,
    by: Annotated[str, typer.Option("--by", help="With --final: the analyst's e-mail address.")] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Write a proposal's Comments document as DOCX, Markdown and JSON: a new draft or, with --final, the issued one."""
    settings, secrets = _settings(config)
    reference = parse_reference(proposal)
    if reference is None:
        raise WrongUsage(f"{proposal!r} is no proposal: allowed is a number or reference such as DP092.")
    if final != bool(by):
        raise WrongUsage("--final and --by go together: --by says which analyst issues the document.")

    async def work(sessions: Sessions) -> CommentsDocument:
        async with sessions.begin() as session:
            now = application.utc_now()
            if final:
                return compiling.document(await compiling.issue(session, settings, reference, by, now))
            return compiling.document(await compiling.draft(session, settings, reference, now))

    folder = _folder(out)
    document = _with_database(secrets, work)
    for form in reports.Format:
        path = folder / reports.file_name(document, form)
        _keep(path, reports.write(document, form, settings.template_directories))
        typer.echo(path)


@digest_commands.command("preview")
def digest_preview(
    channel: Annotated[
        str, typer.Option("--channel", help="A channel in config.toml, by its name; without it, every channel.")
    ] = "",
    at: Annotated[
        str, typer.Option("--at", help='A moment, such as "2019-11-04T09:00" (London); without it, now.')
    ] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Print the digest as it would be sent now or at another moment. Nothing is sent."""
    settings, secrets = _settings(config)
    now = _moment(at)
    chosen = [c for c in settings.channels if channel in {"", c.name}]
    if not settings.channels:
        raise UserError("No channel is configured: add one under [[channels]] in config.toml.")
    if not chosen:
        raise WrongUsage(f"{channel!r} is no channel: allowed is {' or '.join(c.name for c in settings.channels)}.")

    async def work(sessions: Sessions) -> list[tuple[str, Message | None]]:
        async with sessions.read() as session:
            return [(c.name, await digesting.digest(session, settings, c, now, now)) for c in chosen]

    for name, message in _with_database(secrets, work):
        typer.echo(f"#{name}")
        if message is None:
            _say(_renderer(settings), "no_digest")
        else:
            typer.echo(_renderer(settings).text(message))


@cli.command()
def replay(config: ConfigPath = CONFIG) -> None:
    """Work out all comments and reactions anew from what was recorded. Nothing is posted; nothing recorded changes."""
    settings, secrets = _settings(config)

    async def work(sessions: Sessions) -> replaying.Replayed:
        async with sessions.begin() as session:
            return await replaying.replay(session)

    _say(_renderer(settings), "replayed", replayed=_with_database(secrets, work))


@cli.command("demo")
def run_demo(
    once: Annotated[bool, typer.Option("--once", help="Do not pause between the steps.")] = False,
    out: Annotated[Path, typer.Option("--out", help="The folder for documents, posts and digest.")] = Path("demo-out"),
    paper: Annotated[Path | None, typer.Option("--paper", help="Your own paper, instead of the sample.")] = None,
) -> None:
    """Run the whole job once, with invented members, in a workspace on this machine: no Slack, no tokens."""
    content = (paper.name, _content(paper)) if paper else demo.sample_paper()
    asyncio.run(demo.perform(_folder(out), content, unhurried=not once, say=lambda text: typer.echo(text, nl=False)))


@db_commands.command("upgrade")
def db_upgrade(config: ConfigPath = CONFIG) -> None:
    """Make the database, or bring it up to date after a new version of dpbot."""
    secrets = load_secrets(config.parent)
    with _explained(secrets):
        db.upgrade(secrets.database_url)
    typer.echo("The database is up to date.")


@config_commands.command("check")
def config_check(config: ConfigPath = CONFIG) -> None:
    """Say whether config.toml and the roster are right, and what is wrong with them."""
    settings = load_config(config)
    roster = RosterFile(settings).current()
    _renderer(settings).check()
    typer.echo(f"{config} is right; the roster has {len(roster.rows)} rows.")


def _settings(config: Path) -> tuple[Config, Secrets]:
    return load_config(config), load_secrets(config.parent)


def _renderer(config: Config) -> Renderer:
    return Renderer(config.template_directories)


def _say(renderer: Renderer, name: str, **values: object) -> None:
    typer.echo(renderer.text(Message(name, values)), nl=False)


def _with_database(secrets: Secrets, work: Callable[[Sessions], Coroutine[None, None, T]]) -> T:
    async def whole() -> T:
        sessions = db.open_sessions(secrets.database_url)
        try:
            return await work(sessions)
        finally:
            await sessions.close()

    with _explained(secrets):
        return asyncio.run(whole())


@contextmanager
def _explained(secrets: Secrets) -> Iterator[None]:
    """A database that fails is said in one sentence."""
    try:
        yield
    except DatabaseError as error:
        raise db.explain(error, secrets.database_url) from None


def _agreed(question: str) -> bool:
    """A person's yes; the end of input is a no."""
    try:
        return typer.confirm(question, default=False, err=True)
    except typer.Abort:
        return False


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{file}: it cannot be read ({error.strerror}); allowed is a paper's file.") from None


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(
            f"{path}: it cannot be made ({error.strerror}); allowed is a folder dpbot may write to."
        ) from None
    return path


def _keep(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"{path}: it cannot be written ({error.strerror}); allowed is a folder dpbot may write to."
        ) from None


def _refuse_blocked(reading: Reading) -> None:
    if reading.blocked:
        raise UserError("An error among the findings blocks this paper: it cannot be stored as it is.")


def _store(config: Config, secrets: Secrets, reading: Reading, name: str, content: bytes, *, confirmed: bool) -> None:
    async def work(sessions: Sessions) -> importing.Imported:
        async with sessions.begin() as session:
            return await importing.store(session, config, reading, name, content, confirmed, application.utc_now())

    imported = _with_database(secrets, work)
    text = _renderer(config).text(Message("imported", {"imported": imported, "items": len(reading.items)}))
    typer.echo(text, nl=False, err=True)


def _moment(at: str) -> datetime:
    """The moment that was typed, in Europe/London where it has no zone of its own; now where nothing was."""
    if not at:
        return application.utc_now()
    try:
        typed = datetime.fromisoformat(at)
        moment = typed if typed.tzinfo else typed.replace(tzinfo=dates.LONDON)
        for span in (-_CENTURY, _CENTURY):
            dates.london(moment + span)  # a digest looks back and ahead from it
    except (ValueError, OverflowError):
        raise WrongUsage(f"{at!r} is no moment: allowed is a date and a time such as 2019-11-04T09:00.") from None
    return moment
