"""A paper that was read goes into the register. Importing never posts."""

import hashlib
import string
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config, SubCommittee
from bot.decisions import Action, Actor
from bot.domain import Classification
from bot.errors import UserError
from bot.models import Attachment, Item, Meeting, Paper, Proposal
from bot.papers import Finding, ItemFound, PaperFound, Reading, Severity
from bot.papers.resolving import BY_ANALYST, UNCLEAR
from bot.rules import dates
from bot.services import auditing
from bot.services.acting import permit
from bot.services.describing import set_at_import


@dataclass(frozen=True)
class Imported:
    """`stored` is False where the same file was imported before; `notes` are sentences for the analyst."""

    paper: Paper
    stored: bool
    notes: tuple[str, ...] = ()


async def store(
    session: AsyncSession,
    config: Config,
    reading: Reading,
    file_name: str,
    content: bytes,
    confirmed: bool,
    acting: Actor,
    now: datetime,
) -> Imported:
    """Store a paper with its items. `confirmed`: a person saw the preview and agreed, the meeting's date included.

    Raises UserError where the paper is blocked, its Sub-Committee is unknown, or its reference stands for another file.
    """
    permit(acting, Action.IMPORT)
    before = await stored_from(session, content)
    if before is not None:
        return Imported(before, stored=False)
    body, reference = check(config, reading)
    other = await session.scalar(select(Paper).where(func.lower(Paper.reference) == reference.lower()))
    if other is not None:
        free = await _free_reference(session, reference)
        imported = dates.day(dates.london(other.imported_at))
        raise UserError(
            f"{other.reference} was imported on {imported} from a different file: nothing was changed. A changed paper "
            f"needs a reference of its own{f', such as {free}' if free else ''}."
        )
    digest = hashlib.sha256(content).hexdigest()
    meeting, notes = await _meeting(session, body, reading.paper, confirmed)
    paper = _paper(reading, reference, body, file_name, digest, now)
    paper.meeting = meeting
    session.add(paper)
    for position, found in enumerate(reading.items):
        paper.items.append(await _item(session, found, position))
    await session.flush()
    auditing.note(session, "imported", f"{paper.reference} imported", acting.who, None, now)
    return Imported(paper, stored=True, notes=notes + _unknown_stages(config, reading))


async def stored_from(session: AsyncSession, content: bytes) -> Paper | None:
    """The paper that was stored from these bytes, whatever is read from them now."""
    digest = hashlib.sha256(content).hexdigest()
    found: Paper | None = await session.scalar(select(Paper).where(Paper.sha256 == digest))
    return found


def as_stored(reading: Reading, stored: Paper, chosen: Classification | None) -> Reading:
    """The paper with the classification that an analyst gave when this file was stored, and the note that says so.

    UserError where another one was `chosen` now.
    """
    notes = [_finding(note) for note in stored.findings if note["code"] == BY_ANALYST]
    unclear = [finding for finding in reading.findings if finding.code in UNCLEAR]
    if not notes or not unclear:
        return reading
    if chosen not in (None, stored.classification):
        raise UserError(
            f"{stored.reference} was imported before from this file and is stored as "
            f"{set_at_import(stored.classification, notes)}: nothing was changed."
        )
    others = [finding for finding in reading.findings if finding not in unclear]
    findings = tuple(sorted([*others, *notes], key=lambda finding: finding.line or 0))
    return replace(reading, paper=replace(reading.paper, classification=stored.classification), findings=findings)


def _finding(stored: dict[str, object]) -> Finding:
    """A finding as the database has it."""
    line = stored["line"]
    return Finding(
        Severity(str(stored["severity"])),
        str(stored["code"]),
        line if isinstance(line, int) else None,
        str(stored["message"]),
    )


async def _free_reference(session: AsyncSession, reference: str) -> str | None:
    """The next reference that no paper has, by its letter: after _16 comes _16a; None after _16z."""
    taken = {name.casefold() for name in await session.scalars(select(Paper.reference))}
    base, letter = (reference[:-1], reference[-1]) if reference[-1].isalpha() else (reference, "")
    letters = string.ascii_uppercase if letter.isupper() else string.ascii_lowercase
    left = letters[letters.find(letter) + 1 if letter else 0 :]
    return next((f"{base}{new}" for new in left if f"{base}{new}".casefold() not in taken), None)


def check(config: Config, reading: Reading) -> tuple[SubCommittee, str]:
    """The Sub-Committee and the reference of a paper that may be stored; UserError where it may not."""
    errors = [f for f in reading.findings if f.severity == "error"]
    if errors:
        hint = (
            " An analyst who knows its classification gives it with --classification."
            if errors[0].code in UNCLEAR
            else ""
        )
        raise UserError(f"The paper was not stored: {errors[0].message}{hint}")
    reference, body = reading.paper.reference, reading.paper.body
    if reference is None or body is None:
        raise UserError("The paper was not stored: it has no Paper Reference such as OPSG_26_0511_16.")
    sub_committee = config.sub_committee(body)
    if sub_committee is None:
        known = ", ".join(s.code for s in config.sub_committees)
        raise UserError(f"The paper was not stored: {body} is no Sub-Committee in config.toml, which has {known}.")
    return sub_committee, reference


async def _meeting(
    session: AsyncSession, body: SubCommittee, found: PaperFound, confirmed: bool
) -> tuple[Meeting | None, tuple[str, ...]]:
    """The meeting the paper is for. A date that is recorded already stays: a person changes it, not a paper."""
    if found.meeting is None:
        return None, ()
    meeting = await session.scalar(
        select(Meeting).where(Meeting.sub_committee == body.code, Meeting.number == found.meeting)
    )
    if meeting is None:
        meeting = Meeting(sub_committee=body.code, number=found.meeting, confirmed=False)
        session.add(meeting)
    if found.meeting_date is None:
        return meeting, ()
    if meeting.date is None:
        meeting.date = found.meeting_date
    if meeting.date != found.meeting_date:
        recorded, read = dates.day(meeting.date), dates.day(found.meeting_date)
        return meeting, (
            f"Meeting {meeting.number} stays on {recorded}, as recorded; this paper's reference says {read}.",
        )
    meeting.confirmed = meeting.confirmed or confirmed
    return meeting, ()


def _unknown_stages(config: Config, reading: Reading) -> tuple[str, ...]:
    """A stage is kept as the paper has it; one that config.toml does not know is worth a look."""
    known = {config.stages.draft, *config.stages.others}
    found = sorted({item.stage for item in reading.items if item.stage} - known)
    return tuple(f"The stage “{stage}” is none of [stages] in config.toml; it is kept as printed." for stage in found)


def _paper(reading: Reading, reference: str, body: SubCommittee, file_name: str, digest: str, now: datetime) -> Paper:
    found = reading.paper
    return Paper(
        reference=reference,
        sub_committee=body.code,
        number=found.number,
        title=found.title,
        action=found.action,
        classification=found.classification,
        handling=found.handling,
        purpose=list(found.purpose),
        invitations=list(found.invitations),
        recommendation=found.recommendation,
        comments_to=found.comments_to,
        comments_by=found.comments_by,
        dated=found.dated,
        author=found.author,
        team=found.team,
        findings=[asdict(finding) for finding in reading.findings],
        file_name=file_name,
        sha256=digest,
        imported_at=now,
        attachments=[
            Attachment(label=a.label, name=a.name, status=a.status, references=list(a.references))
            for a in reading.attachments
        ],
    )


async def _item(session: AsyncSession, found: ItemFound, position: int) -> Item:
    suffix = found.suffix or ""
    proposal = await session.scalar(select(Proposal).where(Proposal.number == found.number, Proposal.suffix == suffix))
    return Item(
        proposal=proposal or Proposal(number=found.number, suffix=suffix),
        position=position,
        reference=found.reference,
        type=found.type,
        stage=found.stage,
        title=found.title,
        proposer=found.proposer,
        organisation=found.organisation,
        on_behalf_of=found.on_behalf_of,
        lead_analyst=found.lead_analyst,
        summary=list(found.summary),
        impacts=[cast("dict[str, object]", asdict(impact)) for impact in found.impacts],
        appendix=found.appendix,
    )
