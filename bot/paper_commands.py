"""The commands on papers and what they name: import, problem statements, withdrawals."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot import confined, papers, preview, terminal
from bot.app import utc_now
from bot.config import Config
from bot.db import Sessions
from bot.decisions import Actor
from bot.domain import Message
from bot.environment import Secrets
from bot.errors import UserError, WrongUsage
from bot.models import Item, Paper, ProblemStatement
from bot.papers import Reading, resolving
from bot.papers.opening import shown_name
from bot.services import acting, attaching, comparing, importing, planning, publishing, register, withdrawing
from bot.services.comparing import Comparison
from bot.services.planning import Plan
from bot.terminal import CONFIG, ClassifiedAs, ConfigPath, renderer_of, say, settings_of

ProposalName = Annotated[
    str, typer.Argument(metavar="PROPOSAL", help="The proposal, such as DP092.", show_default=False)
]
By = Annotated[str, typer.Option("--by", help="The analyst's e-mail address; without it, this computer's user.")]


@dataclass(frozen=True)
class Known:
    """A paper with what the register says of it, and what would be posted; None where that cannot be read."""

    reading: Reading
    comparison: Comparison | None = None
    plan: Plan | None = None


def import_paper(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The paper: a .docx, .pdf, .md or .txt file.", show_default=False)
    ],
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
    where: Annotated[
        bool, typer.Option("--where", help="Print the paper's lines, each after the field that its words ended in.")
    ] = False,
    classification: ClassifiedAs = "",
    by: By = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Read a paper of new proposals, show what was found, and store it. Importing never posts."""
    if yes and (text or where):
        raise WrongUsage(
            "--text and --where print the paper's lines and store nothing: they do not go with --yes, which stores it."
        )
    content = terminal.content(file)
    found = confined.read(file.name, content)
    if text or where:
        lines = found.lines.lines
        typer.echo(papers.as_places(lines, found.reading.places) if where else papers.as_text(lines))
        return
    stored = _stored_from(content, config)
    known = _known(_resolved(found.reading, stored, classification, by, config), config)
    if as_json:
        typer.echo(json.dumps(papers.as_contract(known.reading), ensure_ascii=False, indent=2))
    else:
        preview.show(known.reading, found.lines, preview.console(), known.comparison, known.plan)
    if dry_run or (as_json and not yes):
        _refuse_blocked(known.reading)
        return
    settings, secrets = settings_of(config)
    if stored:
        _say_imported(settings, known.reading, importing.Imported(stored, stored=False))
        return
    importing.check(settings, known.reading)
    if not yes and not terminal.agreed("Store this paper, with the meeting's date as shown?"):
        raise UserError("Nothing was stored.")
    importer = acting.at_terminal(settings, by, terminal.person(by, config))
    _store(settings, secrets, known.reading, shown_name(file.name), content, importer, confirmed=not yes)


def attach(
    proposal: ProposalName,
    document: Annotated[
        str,
        typer.Argument(
            metavar="FILE_OR_LINK",
            help="The problem statement: a .docx, .pdf, .md or .txt file, or its address.",
            show_default=False,
        ),
    ],
    version: Annotated[str, typer.Option("--version", help="Its version, such as 0.1.", show_default=False)],
    status: Annotated[str, typer.Option("--status", help="draft or approved.", show_default=False)],
    by: By = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Hold a proposal's problem statement, which posts and documents then name. A newer version supersedes it."""
    settings, secrets = settings_of(config)
    reference = terminal.reference(proposal)
    chosen = attaching.version_of(version), attaching.status_of(status)
    who = terminal.person(by, config)
    held = _document(document)

    async def work(sessions: Sessions) -> attaching.Attached:
        async with sessions.begin() as session:
            return await attaching.attach(session, reference, *chosen, held, who, utc_now())

    say(renderer_of(settings), "attached", attached=terminal.with_database(secrets, work))


def statements(
    proposal: ProposalName,
    out: Annotated[Path | None, typer.Option("--out", help="A folder to write the files that are held to.")] = None,
    config: ConfigPath = CONFIG,
) -> None:
    """List the versions of a proposal's problem statement that are held, the newest first."""
    settings, secrets = settings_of(config)
    reference = terminal.reference(proposal)

    async def work(sessions: Sessions) -> tuple[Item, list[ProblemStatement]]:
        async with sessions.read() as session:
            item = await register.item_of(session, reference, unpublished=True)
            return item, await attaching.held(session, item.proposal_id)

    item, found = terminal.with_database(secrets, work)
    named = publishing.problem_statement(item.paper, item)
    say(renderer_of(settings), "statements", item=item, statements=found, named=named)
    for statement in found if out else ():
        if out and statement.content is not None:
            path = terminal.folder(out) / f"{item.reference} {statement.version} {statement.file_name}"
            terminal.keep(path, statement.content)
            typer.echo(path)


def withdraw(
    proposal: ProposalName,
    by: Annotated[str, typer.Option("--by", help="The analyst's e-mail address.", show_default=False)],
    on: Annotated[str, typer.Option("--on", help="The day it was withdrawn, such as 2019-11-20; else today.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="It is not withdrawn after all.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Record that a proposal was withdrawn: a paper that names it again has a finding, and /dp show says so."""
    settings, secrets = settings_of(config)
    reference = terminal.reference(proposal)
    if undo and on:
        raise WrongUsage("--on says when a proposal was withdrawn: it does not go with --undo.")
    day = terminal.day(on)

    async def work(sessions: Sessions) -> withdrawing.Recorded:
        async with sessions.begin() as session:
            if undo:
                return await withdrawing.undo(session, settings, reference, by, utc_now())
            return await withdrawing.withdraw(session, settings, reference, by, day, utc_now())

    say(renderer_of(settings), "withdrawn", recorded=terminal.with_database(secrets, work))


COMMANDS: dict[str, Callable[..., None]] = {
    "import": import_paper,
    "attach": attach,
    "statements": statements,
    "withdraw": withdraw,
}


def _resolved(reading: Reading, stored: Paper | None, typed: str, by: str, config: Path) -> Reading:
    """With the analyst's classification: the one kept with the paper stored from this file, else the one typed."""
    chosen = resolving.typed(typed) if typed else None
    if by and not chosen:
        raise WrongUsage("--by goes with --classification: it says who set it.")
    who = _who(by, config) if chosen else ""
    kept = importing.as_stored(reading, stored, chosen) if stored else reading
    return kept if chosen is None or kept is not reading else resolving.resolve(reading, chosen, who)


def _who(by: str, config: Path) -> str:
    """Who sets a classification; a computer's user need be no analyst, and that is said."""
    person = terminal.person(by, config)
    return person if by else f"the user {person} of this computer (no analyst was named)"


def _stored_from(content: bytes, config: Path) -> Paper | None:
    """The paper that was stored from these bytes; None where there is none, or no register to look in."""

    async def look(sessions: Sessions) -> Paper | None:
        async with sessions.read() as session:
            return await importing.stored_from(session, content)

    try:
        return terminal.with_database(settings_of(config)[1], look)
    except UserError:
        return None


def _known(reading: Reading, config: Path) -> Known:
    """What config.toml and the register say of a paper. A dry run needs neither: what cannot be read is left out."""
    try:
        settings, secrets = settings_of(config)
    except UserError:
        return Known(reading)

    async def look(sessions: Sessions) -> tuple[Comparison, planning.Standing]:
        async with sessions.read() as session:
            standing = await planning.standing(session, reading)
            return await comparing.compare(session, settings, reading), standing

    try:
        comparison, standing = terminal.with_database(secrets, look)
    except UserError:
        return Known(reading, None, planning.plan(settings, reading))
    return Known(comparing.with_findings(reading, comparison), comparison, planning.plan(settings, reading, standing))


def _refuse_blocked(reading: Reading) -> None:
    if reading.blocked:
        unclear = any(finding.code in resolving.UNCLEAR for finding in reading.findings)
        hint = " An analyst who knows its classification gives it with --classification." if unclear else ""
        raise UserError(f"An error among the findings blocks this paper: it cannot be stored as it is.{hint}")


def _store(
    config: Config,
    secrets: Secrets,
    reading: Reading,
    name: str,
    content: bytes,
    importer: Actor,
    *,
    confirmed: bool,
) -> None:
    async def work(sessions: Sessions) -> importing.Imported:
        async with sessions.begin() as session:
            return await importing.store(session, config, reading, name, content, confirmed, importer, utc_now())

    _say_imported(config, reading, terminal.with_database(secrets, work))


def _say_imported(config: Config, reading: Reading, imported: importing.Imported) -> None:
    text = renderer_of(config).text(Message("imported", {"imported": imported, "items": len(reading.items)}))
    typer.echo(text, nl=False, err=True)


def _document(typed: str) -> attaching.File | attaching.Link:
    """What was typed: an address as it stands, anything else is a file's path."""
    if attaching.is_link(typed):
        return attaching.Link(typed)
    file = Path(typed)
    allowed = "a file, or an address that begins with http:// or https://"
    content = terminal.bytes_of(
        file, allowed, attaching.MOST_BYTES, lambda size: attaching.refuse_large(file.name, size)
    )
    return attaching.File(file.name, content)
