"""The command `dpbot`: what an analyst or operator types in a terminal."""

import asyncio
import json
import logging
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import app as application
from bot import db, demo, papers, preview, reports, terminal
from bot.config import Config, load_config
from bot.db import Sessions
from bot.domain import CommentsDocument, Message
from bot.environment import Secrets, load_secrets
from bot.errors import UserError, WrongUsage
from bot.outbox import Outbox
from bot.papers import Reading
from bot.render import Renderer
from bot.rules.references import parse_reference
from bot.services import compiling, digesting, importing, publishing, register, replaying
from bot.services.counting import Counts
from bot.services.people import RosterFile

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
        with terminal.explained(secrets):
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
    content = terminal.content(file)
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
    if not yes and not terminal.agreed("Store this paper, with the meeting's date as shown?"):
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
        typer.echo(rule.join(renderer.text(message) for message in terminal.with_database(secrets, show)), nl=False)
    else:
        _say(renderer, "published", published=terminal.with_database(secrets, queue))


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

    folder = terminal.folder(out)
    document = terminal.with_database(secrets, work)
    for form in reports.Format:
        path = folder / reports.file_name(document, form)
        terminal.keep(path, reports.write(document, form, settings.template_directories))
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
    now = terminal.moment(at)
    chosen = [c for c in settings.channels if channel in {"", c.name}]
    if not settings.channels:
        raise UserError("No channel is configured: add one under [[channels]] in config.toml.")
    if not chosen:
        raise WrongUsage(f"{channel!r} is no channel: allowed is {' or '.join(c.name for c in settings.channels)}.")

    async def work(sessions: Sessions) -> list[tuple[str, Message | None]]:
        async with sessions.read() as session:
            return [(c.name, await digesting.digest(session, settings, c, now, now)) for c in chosen]

    for name, message in terminal.with_database(secrets, work):
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

    _say(_renderer(settings), "replayed", replayed=terminal.with_database(secrets, work))


@cli.command("demo")
def run_demo(
    once: Annotated[bool, typer.Option("--once", help="Do not pause between the steps.")] = False,
    out: Annotated[Path, typer.Option("--out", help="The folder for documents, posts and digest.")] = Path("demo-out"),
    paper: Annotated[Path | None, typer.Option("--paper", help="Your own paper, instead of the sample.")] = None,
) -> None:
    """Run the whole job once, with invented members, in a workspace on this machine: no Slack, no tokens."""
    content = (paper.name, terminal.content(paper)) if paper else demo.sample_paper()
    asyncio.run(
        demo.perform(terminal.folder(out), content, unhurried=not once, say=lambda text: typer.echo(text, nl=False))
    )


@db_commands.command("upgrade")
def db_upgrade(config: ConfigPath = CONFIG) -> None:
    """Make the database, or bring it up to date after a new version of dpbot."""
    secrets = load_secrets(config.parent)
    with terminal.explained(secrets):
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


def _refuse_blocked(reading: Reading) -> None:
    if reading.blocked:
        raise UserError("An error among the findings blocks this paper: it cannot be stored as it is.")


def _store(config: Config, secrets: Secrets, reading: Reading, name: str, content: bytes, *, confirmed: bool) -> None:
    async def work(sessions: Sessions) -> importing.Imported:
        async with sessions.begin() as session:
            return await importing.store(session, config, reading, name, content, confirmed, application.utc_now())

    imported = terminal.with_database(secrets, work)
    text = _renderer(config).text(Message("imported", {"imported": imported, "items": len(reading.items)}))
    typer.echo(text, nl=False, err=True)
