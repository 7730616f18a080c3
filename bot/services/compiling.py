"""Drafting and issuing a Comments document: a snapshot of the record, frozen."""

from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.compilation import CommentsDocument, Compilation
from bot.config import Config
from bot.decisions import Action, Actor
from bot.domain import Reference, Version
from bot.errors import UserError
from bot.models import CompileRequest, Document, Item, Proposal
from bot.rules import references
from bot.rules.classification import may_post
from bot.services import register, snapshot
from bot.services.acting import permit

_SNAPSHOT = TypeAdapter(Compilation)


async def draft(session: AsyncSession, config: Config, reference: Reference, acting: Actor, now: datetime) -> Document:
    """Freeze what stands in the record now as the next draft (v0.1, v0.2, … or v1.1 after v1.0 was issued)."""
    permit(acting, Action.COMPILE)
    await _check(session, config, await register.item_of(session, reference, unpublished=True))
    compilation = await snapshot.compile_comments(session, config, reference, now)
    latest = await _latest(session, reference)
    version = Version(latest.major, latest.minor + 1) if latest else Version(0, 1)
    return await _keep(session, reference, compilation, version, now, issued_by=None)


async def issue(session: AsyncSession, config: Config, reference: Reference, acting: Actor, now: datetime) -> Document:
    """Issue the latest draft's snapshot unchanged as v1.0 (v2.0, … when issued again).

    Where nothing was drafted since the last issue, that issue: its files may have been lost.
    Raises NotPermitted where it is no analyst; UserError where there is no draft, or the record changed since.
    """
    permit(acting, Action.ISSUE)
    latest = await _latest(session, reference)
    name = references.label(reference.number, reference.suffix)
    if latest is None:
        raise UserError(f"There is no draft of {name} Comments to issue: compile one and read it first.")
    if latest.issued_by is not None:
        return latest
    drafted = document(latest).compilation
    current = await snapshot.compile_comments(session, config, reference, drafted.collected_until)
    if current != drafted:
        raise UserError(
            f"The record of {name} changed since draft v{latest.major}.{latest.minor}: "
            "compile a new draft and read it first."
        )
    return await _keep(session, reference, drafted, Version(latest.major + 1, 0), now, issued_by=acting.who)


def document(stored: Document) -> CommentsDocument:
    """A stored version as the value that `reports` writes."""
    compilation = _SNAPSHOT.validate_python(stored.snapshot)
    version = Version(stored.major, stored.minor)
    return CommentsDocument(compilation, version, stored.made_at, stored.issued_by, stored.redacted_at)


async def request(
    session: AsyncSession, config: Config, reference: Reference, platform: str, acting: Actor, now: datetime
) -> Item:
    """Ask for a draft to be compiled and delivered to SECAS; asked twice it is compiled once. The proposal's item."""
    permit(acting, Action.COMPILE)
    item = await register.item_of(session, reference, unpublished=True)
    await _check(session, config, item)
    waiting = select(CompileRequest).where(
        CompileRequest.proposal_id == item.proposal_id, CompileRequest.done_at.is_(None)
    )
    if await session.scalar(waiting) is None:
        asked = CompileRequest(
            proposal_id=item.proposal_id, platform=platform, requested_by=acting.who, requested_at=now
        )
        session.add(asked)
    return item


async def next_request(session: AsyncSession) -> CompileRequest | None:
    """The oldest request that is not done."""
    query = select(CompileRequest).where(CompileRequest.done_at.is_(None)).order_by(CompileRequest.id)
    return await session.scalar(query.limit(1))


async def reference_of(session: AsyncSession, request: CompileRequest) -> Reference:
    proposal = await session.get_one(Proposal, request.proposal_id)
    return Reference(proposal.number, proposal.suffix)


async def _check(session: AsyncSession, config: Config, item: Item) -> None:
    if not await snapshot.posts_of(session, item.proposal_id):
        raise UserError(f"{item.reference} has not been put to a Sub-Committee yet: publish its paper first.")
    decision = may_post(item.paper.classification, item.paper.classification, config.policies)
    if not decision.value:
        raise UserError(f"{item.reference} Comments cannot be compiled: {decision.because}.")


async def _latest(session: AsyncSession, reference: Reference) -> Document | None:
    query = (
        select(Document)
        .join(Proposal)
        .where(Proposal.number == reference.number, Proposal.suffix == reference.suffix)
        .order_by(Document.major.desc(), Document.minor.desc())
    )
    return await session.scalar(query.limit(1))


async def _keep(
    session: AsyncSession,
    reference: Reference,
    compilation: Compilation,
    version: Version,
    now: datetime,
    issued_by: str | None,
) -> Document:
    item = await register.item_of(session, reference, unpublished=True)
    stored = Document(
        proposal_id=item.proposal_id,
        major=version.major,
        minor=version.minor,
        made_at=now,
        issued_by=issued_by,
        snapshot=cast("dict[str, object]", _SNAPSHOT.dump_python(compilation, mode="json")),
    )
    session.add(stored)
    await session.flush()
    return stored
