"""Drafting and issuing a Comments document: a snapshot of the record, frozen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.compilation import CommentsDocument, Compilation
from bot.config import Config
from bot.decisions import Action, Actor, Released
from bot.domain import Reference, Version
from bot.errors import UserError
from bot.models import CompileRequest, Document, Item, Proposal
from bot.reports.editions import public, released_as
from bot.rules import references
from bot.rules.classification import POSTABLE, may_post
from bot.services import auditing, deciding, register, snapshot, sorting
from bot.services.acting import permit
from bot.services.deciding import About

_SNAPSHOT = TypeAdapter(Compilation)


async def draft(session: AsyncSession, config: Config, reference: Reference, acting: Actor, now: datetime) -> Document:
    """Freeze what stands in the record now as the next draft (v0.1, v0.2, … or v1.1 after v1.0 was issued)."""
    permit(acting, Action.COMPILE)
    await _check(session, config, await register.item_of(session, reference, unpublished=True))
    compilation = await snapshot.compile_comments(session, config, reference, now)
    latest = await _latest(session, reference)
    version = Version(latest.major, latest.minor + 1) if latest else Version(0, 1)
    drafted = await _keep(session, reference, compilation, version, now, issued_by=None)
    auditing.note(session, auditing.DRAFTED, f"{version} drafted", acting.who, drafted.proposal_id, now)
    await session.flush()
    return drafted


async def issue(
    session: AsyncSession, config: Config, reference: Reference, acting: Actor, now: datetime, *, release: str = ""
) -> Document:
    """Issue the latest draft's snapshot unchanged as v1.0 (v2.0, … when issued again).

    Where nothing was drafted since the last issue, that issue: its files may have been lost. `release`: why what is
    marked higher than White in it goes out as White.
    Raises NotPermitted where it is no analyst; UserError where there is no draft, the record changed since, or there
    is nothing to release.
    """
    permit(acting, Action.ISSUE)
    why = sorting.needed(release, "release a document") if release else ""
    latest = await _latest(session, reference)
    name = references.label(reference.number, reference.suffix)
    if latest is None:
        raise UserError(f"There is no draft of {name} Comments to issue: compile one and read it first.")
    if latest.issued_by is not None:
        _check_released(latest, name, why)
        return latest
    drafted = document(latest).compilation
    current = await snapshot.compile_comments(session, config, reference, drafted.collected_until)
    if current != drafted:
        raise UserError(
            f"The record of {name} changed since draft v{latest.major}.{latest.minor}: "
            "compile a new draft and read it first."
        )
    version = Version(latest.major + 1, 0)
    if why:
        drafted = await _release(session, latest.proposal_id, drafted, version, acting, why, now)
    return await _keep(session, reference, drafted, version, now, issued_by=acting.who)


async def _release(
    session: AsyncSession,
    proposal_id: int,
    drafted: Compilation,
    version: Version,
    acting: Actor,
    why: str,
    now: datetime,
) -> Compilation:
    """What was drafted, released by a named person; who, when and why are kept as a decision."""
    mark = public(drafted).classification
    if mark in POSTABLE:
        raise UserError(
            f"Nothing in {drafted.reference} Comments is marked higher than White: issue it without --release."
        )
    value = Released(str(version), released_as(drafted))
    await deciding.decide(session, About(proposal_id=proposal_id), value, acting, now, reason=why)
    return replace(drafted, released_by=acting.who, released_at=now)


def _check_released(issued: Document, name: str, why: str) -> None:
    """An issue is never changed: one that went out as it was marked is released with the next."""
    if why and document(issued).compilation.released_by is None:
        raise UserError(
            f"{name} Comments v{issued.major}.{issued.minor} was issued without a release: "
            "compile a new draft, and release that when it is issued."
        )


def document(stored: Document) -> CommentsDocument:
    """A stored version as the value that `reports` writes."""
    version = Version(stored.major, stored.minor)
    return CommentsDocument(compilation(stored.snapshot), version, stored.made_at, stored.issued_by, stored.redacted_at)


def compilation(snapshot: Mapping[str, object]) -> Compilation:
    """What a version's snapshot holds."""
    return _SNAPSHOT.validate_python(snapshot)


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
        raise UserError(f"{item.name} has not been put to a Sub-Committee yet: publish its paper first.")
    decision = may_post(item.paper.classification, item.paper.classification, config.policies)
    if not decision.value:
        raise UserError(f"{item.name} Comments cannot be compiled: {decision.because}.")


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
