"""The commands on comments that SECAS enters for their authors: `dpbot enter` and `dpbot withdraw-comment`."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot import letters, terminal
from bot.app import utc_now
from bot.config import Config
from bot.db import Sessions
from bot.decisions import Actor
from bot.domain import Reference, Source
from bot.environment import Secrets
from bot.errors import UserError, WrongUsage
from bot.letters import Letter
from bot.outbox import Outbox
from bot.rules import dates
from bot.rules.refs import EXAMPLE, RefName, parse_ref
from bot.services import acting, amending, entering, sorting
from bot.services.amending import Amended
from bot.services.attributing import Said
from bot.services.entering import EnteredComment, Prepared
from bot.services.recorded import Recorded
from bot.services.typed import day_of, mark_of, source_of, time_of
from bot.terminal import CONFIG, ConfigPath, renderer_of, say, settings_of

T = TypeVar("T")
By = Annotated[str, typer.Option("--by", help="The analyst's e-mail address.", show_default=False)]
_MOST_BYTES = 4 * entering.LONGEST  # of a text in UTF-8
_VOUCHED = "The sender is as the mail says, which anybody can write: check that it is who it says."


@dataclass(frozen=True)
class Typed:
    """What the options of `dpbot enter` say of a comment, as they were typed; "" where they were not."""

    who: str
    source: str
    on: str
    at: str
    sub_committee: str
    context: str
    organisation: str
    category: str
    mark: str
    confidential: bool


@dataclass(frozen=True)
class Office:
    """Where the commands work, and for whom."""

    config: Config
    secrets: Secrets
    by: Actor

    @property
    def outbox(self) -> Outbox:
        return Outbox(renderer_of(self.config))

    def looks(self, work: Callable[[AsyncSession], Coroutine[None, None, T]]) -> T:
        async def whole(sessions: Sessions) -> T:
            async with sessions.read() as session:
                return await work(session)

        return terminal.with_database(self.secrets, whole)

    def writes(self, work: Callable[[AsyncSession], Coroutine[None, None, T]]) -> T:
        async def whole(sessions: Sessions) -> T:
            async with sessions.begin() as session:
                return await work(session)

        return terminal.with_database(self.secrets, whole)

    def says(self, name: str, **values: object) -> None:
        say(renderer_of(self.config), name, **values)

    def says_outcome(self, event: str, view: Recorded, *, told: bool) -> None:
        self.says("entered", event=event, view=view, told=told, address=self.config.secas.comments_address)


def enter(
    proposal: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="The proposal, such as DP092.", show_default=False)
    ],
    by: By,
    who: Annotated[str, typer.Option("--from", help="Who gave it: an e-mail address, or a name.")] = "",
    source: Annotated[str, typer.Option("--source", help="e-mail, meeting, telephone or letter.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day it was given, such as 2019-11-05.")] = "",
    at: Annotated[str, typer.Option("--at", help="The time in London, such as 14:30, where it is known.")] = "",
    words: Annotated[str, typer.Option("--words", help="The comment, word for word.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="A text file in UTF-8 that holds it.")] = None,
    eml: Annotated[Path | None, typer.Option("--eml", help="A mail that holds it, as a .eml file.")] = None,
    sub_committee: Annotated[str, typer.Option("--sub-committee", help="To whom it was given, such as OPSG.")] = "",
    context: Annotated[str, typer.Option("--context", help='Where it stands, such as "meeting 26, item 16".')] = "",
    organisation: Annotated[
        str, typer.Option("--organisation", help="Of somebody who is not on the roster: their organisation.")
    ] = "",
    category: Annotated[str, typer.Option("--category", help="Of somebody who is not on the roster.")] = "",
    mark: Annotated[str, typer.Option("--mark", help="How its author marked it, such as Amber.")] = "",
    confidential: Annotated[bool, typer.Option("--confidential", help="Its author asked for that.")] = False,
    replaces: Annotated[
        str, typer.Option("--replaces", help="An entered comment that these words correct, such as DP092-V004.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Record without asking.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Enter a comment received by e-mail, at a meeting, by telephone or by letter, as its author gave it."""
    settings, secrets = settings_of(config)
    reference = terminal.reference(proposal)
    office = Office(settings, secrets, acting.analyst(settings, by))
    typed = Typed(who, source, on, at, sub_committee, context, organisation, category, mark, confidential)
    mail = letters.read(_bytes(eml, letters.MOST_BYTES, "a .eml file"), reference) if eml else None
    given = _words(words, file, mail)
    if replaces:
        _reword(office, reference, replaces, typed, given, yes=yes)
    else:
        _enter(office, _comment(reference, typed, given, mail), _findings(typed, mail), yes=yes)


def withdraw_comment(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The comment, such as DP092-V004.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="How its author asked for it.", show_default=False)],
    by: By,
    config: ConfigPath = CONFIG,
) -> None:
    """Withdraw an entered or recorded comment at its author's request: its words are shown to nobody from then on."""
    settings, secrets = settings_of(config)
    office, named = Office(settings, secrets, acting.analyst(settings, by)), _ref(ref, None)

    async def work(session: AsyncSession) -> Amended:
        return await amending.withdraw_for_author(session, settings, office.outbox, named, reason, office.by, utc_now())

    done = office.writes(work)
    office.says_outcome("withdrawn", done.view, told=done.told)


COMMANDS: dict[str, Callable[..., None]] = {"enter": enter, "withdraw-comment": withdraw_comment}


def _enter(office: Office, comment: EnteredComment, findings: tuple[str, ...], *, yes: bool) -> None:
    async def look(session: AsyncSession) -> Prepared:
        return await entering.preview(session, office.config, comment, office.by, utc_now())

    async def work(session: AsyncSession) -> entering.Entered:
        return await entering.enter(session, office.config, office.outbox, comment, office.by, utc_now())

    prepared = office.looks(look)
    body = office.config.body_name(prepared.sub_committee)
    notes = (*findings, *prepared.warnings)
    office.says("entering", prepared=prepared, comment=comment, body=body, notes=notes)
    _ask("Record this comment?", yes=yes)
    done = office.writes(work)
    office.says_outcome("entered", done.view, told=done.told)


def _reword(office: Office, reference: Reference, replaces: str, typed: Typed, words: str, *, yes: bool) -> None:
    if typed != Typed("", "", "", "", "", "", "", "", "", confidential=False):
        raise WrongUsage("--replaces takes the words alone: what else is wrong is put right with `dpbot correct`.")
    named = _ref(replaces, reference)

    async def look(session: AsyncSession) -> Recorded:
        return await sorting.find(session, named)

    async def work(session: AsyncSession) -> Amended:
        return await amending.reword(session, office.config, office.outbox, named, words, office.by, utc_now())

    office.says("rewording", view=office.looks(look), words=words)
    _ask("Record this wording?", yes=yes)
    done = office.writes(work)
    office.says_outcome("worded", done.view, told=done.told)


def _comment(reference: Reference, typed: Typed, words: str, mail: Letter | None) -> EnteredComment:
    day, hour = _when(typed, mail)
    return EnteredComment(
        reference=reference,
        source=Source.EMAIL if mail and not typed.source else source_of(typed.source),
        said=Said(typed.who or _sender(mail), typed.organisation, typed.category),
        on=day,
        words=words,
        at=hour,
        sub_committee=typed.sub_committee,
        context=typed.context or (mail.subject if mail and mail.subject else "")[:200],
        confidential=typed.confidential,
        mark=mark_of(typed.mark),
    )


def _when(typed: Typed, mail: Letter | None) -> tuple[date, time | None]:
    """As typed; what was not, as the mail says."""
    sent = dates.london(mail.sent) if mail and mail.sent else None
    day = sent.date() if sent and not typed.on else day_of(typed.on)
    hour = time_of(typed.at)
    if hour is None and sent and sent.date() == day:
        hour = sent.time().replace(second=0, microsecond=0, tzinfo=None)
    return day, hour


def _sender(mail: Letter | None) -> str:
    if not mail or not mail.address:
        return ""
    name = (mail.name or "").replace('"', "").replace("\\", "")
    return f'"{name}" <{mail.address}>' if name else mail.address


def _findings(typed: Typed, mail: Letter | None) -> tuple[str, ...]:
    if mail is None:
        return ()
    return mail.findings if typed.who or not mail.address else (_VOUCHED, *mail.findings)


def _words(words: str, file: Path | None, mail: Letter | None) -> str:
    """What was typed or is in the file; with a mail a passage of it, without either the whole mail."""
    if words and file:
        raise WrongUsage("--words and --file both give the comment: leave one of them out.")
    if file:
        try:
            words = _bytes(file, _MOST_BYTES, "a text file in UTF-8").decode("utf-8-sig")
        except UnicodeDecodeError:
            raise WrongUsage(f"{file} is not text in UTF-8: save it as that.") from None
    if mail and words and " ".join(words.split()) not in " ".join(mail.words.split()):
        raise WrongUsage("Those words are not in the mail: give a passage of it as it stands, or leave them out.")
    if not words and not mail:
        raise WrongUsage("Give the comment with --words, --file or --eml.")
    return words or (mail.words if mail else "")


def _bytes(file: Path, most: int, allowed: str) -> bytes:
    def refuse_large(size: int) -> None:
        if size > most:
            raise UserError(f"{file.name} is too large: at most {most:,} bytes are read.")

    return terminal.bytes_of(file, allowed, most, refuse_large)


def _ref(typed: str, proposal: Reference | None) -> RefName:
    named = parse_ref(typed, proposal)
    if named is None or (proposal and named.proposal != proposal):
        of_it = f" on {proposal.number:03}{proposal.suffix}" if proposal else ""
        raise WrongUsage(f"{typed!r} is no comment{of_it}: allowed is a ref such as {EXAMPLE}.")
    return named


def _ask(question: str, *, yes: bool) -> None:
    if not yes and not terminal.agreed(question):
        raise UserError("Nothing was recorded.")
