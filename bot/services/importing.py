"""A paper that was read goes into the register. Importing never posts."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config, SubCommittee
from bot.errors import UserError
from bot.models import Attachment, Item, Meeting, Paper, Proposal
from bot.papers import ItemFound, PaperFound, Reading
from bot.papers.resolving import UNCLEAR
from bot.rules import dates


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
    now: datetime,
) -> Imported:
    """Store a paper with its items. `confirmed`: a person saw the preview and agreed, the meeting's date included.

    Raises UserError where the paper is blocked, its Sub-Committee is unknown, or its reference stands for another file.
    """
    body, reference = check(config, reading)
    digest = hashlib.sha256(content).hexdigest()
    before = await session.scalar(select(Paper).where(Paper.reference == reference))
    if before is not None and before.sha256 != digest:
        raise UserError(
            f"{reference} was imported on {dates.day(dates.london(before.imported_at))} from a different file: "
            f"nothing was changed. A changed paper needs a reference of its own, such as {reference}a."
        )
    if before is not None:
        return Imported(before, stored=False)
    meeting, notes = await _meeting(session, body, reading.paper, confirmed)
    paper = _paper(reading, reference, body, file_name, digest, now)
    paper.meeting = meeting
    session.add(paper)
    for position, found in enumerate(reading.items):
        paper.items.append(await _item(session, found, position))
    await session.flush()
    return Imported(paper, stored=True, notes=notes + _unknown_stages(config, reading))


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
