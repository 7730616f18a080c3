"""The command `dpbot`: what an analyst or operator types in a terminal."""

import asyncio
import logging
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import app as application
from bot import (
    db,
    demo,
    entering_commands,
    event_commands,
    paper_commands,
    record_commands,
    reports,
    roster_commands,
    sorting_commands,
    sweep_commands,
    teams_commands,
    terminal,
)
from bot.compilation import CommentsDocument
from bot.config import load_config
from bot.db import Sessions
from bot.demo import month
from bot.domain import Message
from bot.environment import load_secrets
from bot.errors import UserError, WrongUsage
from bot.outbox import Outbox
from bot.rules.wording import listed
from bot.services import acting, compiling, digesting, outstanding, publishing, register, replaying
from bot.services import roster as rosters
from bot.services.counting import Counts
from bot.terminal import CONFIG, ClassifiedAs, ConfigPath, renderer_of, say, settings_of

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Takes Draft Proposals of the Smart Energy Code to Sub-Committees in Slack and Microsoft Teams and brings "
    "their comments back.",
)
PagePort = Annotated[
    int | None, typer.Option("--port", min=1, max=65535, help="The page's port; without it, a free one.")
]
db_commands = typer.Typer(no_args_is_help=True, help="Look after the database.")
config_commands = typer.Typer(no_args_is_help=True, help="Look after config.toml.")
digest_commands = typer.Typer(no_args_is_help=True, help="Look at the weekly digest.")
cli.add_typer(db_commands, name="db")
cli.add_typer(config_commands, name="config")
cli.add_typer(digest_commands, name="digest")
cli.add_typer(roster_commands.commands, name="roster")
cli.add_typer(teams_commands.commands, name="teams")


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
    """Run the bot: listen, send what is queued, keep the clock. Stop it with Ctrl+C."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for ours in ("bot", "handlers"):
        logging.getLogger(ours).setLevel(logging.INFO)  # the libraries tell of every tick
    settings, secrets = settings_of(config)

    async def work() -> None:
        desk = application.open_desk(settings, secrets)
        async with application.running(desk, secrets) as bot:
            async with desk.sessions.read() as session:
                people = len(await rosters.current(session))
            say(renderer_of(settings), "running", config=settings, people=people, messengers=bot.desk.messengers)
            await bot.forever()
        say(renderer_of(settings), "stopped")

    try:
        with terminal.explained(secrets):
            asyncio.run(work())
    except KeyboardInterrupt:
        typer.echo("Stopped.")


for _module in (paper_commands, entering_commands, sorting_commands, sweep_commands, event_commands, record_commands):
    for _name, _command in _module.COMMANDS.items():
        cli.command(_name)(_command)


@cli.command()
def publish(
    paper: Annotated[
        str,
        typer.Argument(metavar="PAPER", help="The paper's reference, such as OPSG_26_0511_16.", show_default=False),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the posts; queue nothing.")] = False,
    by: Annotated[str, typer.Option("--by", help="The analyst's e-mail address; without it, your name here.")] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Queue a stored paper's posts for its Sub-Committee's channels. A running dpbot sends them."""
    settings, secrets = settings_of(config)
    renderer = renderer_of(settings)
    publisher = acting.at_terminal(settings, by, terminal.person(by, config))

    async def show(sessions: Sessions) -> list[Message]:
        async with sessions.read() as session:
            stored = await register.paper(session, paper)
            heading = publishing.heading_message(settings, stored)
            return [
                heading,
                *(publishing.proposal_message(settings, stored, i, Counts(), stored.comments_by) for i in stored.items),
            ]

    async def queue(sessions: Sessions) -> publishing.Published:
        outbox = Outbox(renderer)
        async with sessions.begin() as session:
            return await publishing.publish(session, settings, outbox, paper, publisher, application.utc_now())

    if dry_run:
        rule = "\n" + "-" * 110 + "\n\n"
        typer.echo(rule.join(renderer.text(message) for message in terminal.with_database(secrets, show)), nl=False)
    else:
        say(renderer, "published", published=terminal.with_database(secrets, queue))


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
    release: Annotated[
        str, typer.Option("--release", help="With --final: why what is marked higher than White goes out as White.")
    ] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Write a proposal's Comments document as DOCX, Markdown and JSON: a new draft or, with --final, the issued one."""
    settings, secrets = settings_of(config)
    reference = terminal.reference(proposal)
    if final != bool(by):
        raise WrongUsage("--final and --by go together: --by says which analyst issues the document.")
    if release and not final:
        raise WrongUsage("--release goes with --final: what is released is the document as it is issued.")

    async def work(sessions: Sessions) -> CommentsDocument:
        if not final:
            await sweep_commands.before_compiling(settings, secrets, sessions, reference)
        async with sessions.begin() as session:
            now = application.utc_now()
            if final:
                issuer = acting.analyst(settings, by)
                issued = await compiling.issue(session, settings, reference, issuer, now, release=release)
                return compiling.document(issued)
            drafter = acting.at_terminal(settings, "", terminal.person("", config))
            return compiling.document(await compiling.draft(session, settings, reference, drafter, now))

    folder = terminal.folder(out)
    document = terminal.with_database(secrets, work)
    for name, content in reports.files(document, settings.template_directories):
        terminal.keep(folder / name, content)
        typer.echo(folder / name)


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
    settings, secrets = settings_of(config)
    now = terminal.moment(at)
    chosen = [c for c in settings.channels if channel in {"", c.name}]
    own = settings.secas.channel if channel == settings.secas.channel or (settings.secas.digest and not channel) else ""
    if not settings.channels and not own:
        raise UserError("No channel is configured: add one under [[channels]] in config.toml.")
    if not chosen and not own:
        names = [*(c.name for c in settings.channels), settings.secas.channel]
        raise WrongUsage(f"{channel!r} is no channel: allowed is {listed(names, 'or')}.")

    async def work(sessions: Sessions) -> list[tuple[str, Message | None]]:
        async with sessions.read() as session:
            found = [(c.name, await digesting.digest(session, settings, c, now, now)) for c in chosen]
            return [*found, (own, await outstanding.digest(session, settings, now))] if own else found

    for name, message in terminal.with_database(secrets, work):
        typer.echo(f"#{name}")
        if message is None:
            say(renderer_of(settings), "no_digest", secas=name == own)
        else:
            typer.echo(renderer_of(settings).text(message))


@cli.command()
def replay(config: ConfigPath = CONFIG) -> None:
    """Work out all comments and reactions anew from what was recorded. Nothing is posted; nothing recorded changes."""
    settings, secrets = settings_of(config)

    async def work(sessions: Sessions) -> replaying.Replayed:
        async with sessions.begin() as session:
            return await replaying.replay(session)

    say(renderer_of(settings), "replayed", replayed=terminal.with_database(secrets, work))


@cli.command("demo")
def run_demo(
    once: Annotated[bool, typer.Option("--once", help="End by itself, and do not pause between the steps.")] = False,
    out: Annotated[Path, typer.Option("--out", help="The folder for documents, posts and digest.")] = Path("demo-out"),
    paper: Annotated[Path | None, typer.Option("--paper", help="Your own paper, instead of the sample.")] = None,
    classification: ClassifiedAs = "",
    port: PagePort = None,
) -> None:
    """Run the whole job with invented members in a workspace on this machine, then keep its page up until Ctrl+C."""
    content = (paper.name, terminal.content(paper)) if paper else demo.sample_paper()
    folder = terminal.folder(out)
    asyncio.run(demo.play(folder, content, once=once, typed=classification, say=_say_text, port=port))


@cli.command("rehearse")
def rehearse_month(
    out: Annotated[Path, typer.Option("--out", help="The folder for the documents.")] = Path("rehearse-out"),
) -> None:
    """Play a month with two Sub-Committees on this machine, and print what each role sees of it. It ends by itself."""
    asyncio.run(month.rehearse(terminal.folder(out), _say_text))


@cli.command()
def preview(
    paper: Annotated[Path, typer.Option("--paper", help="The paper to show.", show_default=False)],
    roster: Annotated[
        Path | None,
        typer.Option("--roster", help="The roster; without it roster.csv beside config.toml, else the database's."),
    ] = None,
    classification: ClassifiedAs = "",
    port: PagePort = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Show your configuration and a paper in a workspace on this machine until Ctrl+C. Nothing real is touched."""
    settings = load_config(config)
    rows = roster_commands.rows_of(roster, settings)
    content = paper.name, terminal.content(paper)
    asyncio.run(demo.preview(settings, rows, content, typed=classification, say=_say_text, port=port))


def _say_text(text: str) -> None:
    typer.echo(text, nl=False)


@db_commands.command("upgrade")
def db_upgrade(config: ConfigPath = CONFIG) -> None:
    """Make the database, or bring it up to date after a new version of dpbot."""
    secrets = load_secrets(config.parent)
    with terminal.explained(secrets):
        db.upgrade(secrets.database_url)
    typer.echo("The database is up to date.")


@db_commands.command("compact")
def db_compact(config: ConfigPath = CONFIG) -> None:
    """Write the database's file anew, without a trace of what was deleted. dpbot is to be stopped for it."""
    secrets = load_secrets(config.parent)
    with terminal.explained(secrets):
        if not db.compact(db.check(secrets.database_url)):
            raise UserError("The database is in use by another program: stop dpbot and try again.")
    typer.echo("The database's file holds nothing that was deleted.")


@config_commands.command("check")
def config_check(config: ConfigPath = CONFIG) -> None:
    """Say whether config.toml is right, and what is wrong with it."""
    renderer_of(load_config(config)).check()
    typer.echo(f"{config} is right.")
