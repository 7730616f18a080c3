"""Decisions of people: written down with who and when, folded into the views they are about, read back as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.decisions import (
    KINDS,
    Actor,
    Corrected,
    Looked,
    Replaced,
    Restored,
    Role,
    SetAside,
    Stated,
    Value,
    Withdrawn,
    Withheld,
)
from bot.domain import Basis
from bot.models import Decision, Ref, View
from bot.services import recalling

V = TypeVar("V", bound=Value)
_NAMES: dict[type[object], str] = {kind: name for name, kind in KINDS.items()}
_ADAPTERS: dict[str, TypeAdapter[Value]] = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


@dataclass(frozen=True)
class About:
    """What a decision is on, by the ids of its rows: a view or a part of it, an invitation, a proposal or a post."""

    ref_id: int | None = None
    part: str = ""
    invitation_id: int | None = None
    proposal_id: int | None = None
    post_id: int | None = None


async def decide(
    session: AsyncSession,
    about: About,
    value: Value,
    acting: Actor,
    now: datetime,
    *,
    reason: str | None = None,
    key: str | None = None,
) -> Decision | None:
    """Write a decision down and fold it; None where the same `key` was decided before. Who may was checked before."""
    name = _NAMES[type(value)]
    role = next((role for role in Role if role in acting.roles), Role.MEMBER)
    statement = (
        insert(Decision)
        .values(
            key=key,
            kind=name,
            proposal_id=about.proposal_id,
            invitation_id=about.invitation_id,
            post_id=about.post_id,
            ref_id=about.ref_id,
            part=about.part,
            value=cast("dict[str, object]", _ADAPTERS[name].dump_python(value, mode="json")),
            reason=reason,
            by=acting.who,
            role=role.value,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=[Decision.key])
        .returning(Decision)
    )
    decision = await session.scalar(statement)
    if decision is not None:
        await fold(session, decision)
        if about.ref_id is not None and _seals(value):
            await recalling.recall(session, about.ref_id, now)
    return decision


def value_of(decision: Decision, kind: type[V]) -> V:
    """What was decided, as the value it was."""
    return cast("V", _ADAPTERS[_NAMES[kind]].validate_python(decision.value))


async def decisions(session: AsyncSession, kinds: Iterable[type[Value]], **on: int | set[int]) -> list[Decision]:
    """Decisions of these kinds in the order in which they were taken; `on`: columns of `About` with their values."""
    query = select(Decision).where(Decision.kind.in_([_NAMES[kind] for kind in kinds]))
    for column, value in on.items():
        found = getattr(Decision, column)
        query = query.where(found.in_(value) if isinstance(value, set) else found == value)
    return list(await session.scalars(query.order_by(Decision.id)))


async def latest(session: AsyncSession, kind: type[Value], **on: int) -> Decision | None:
    """The decision of a kind that counts; None where nobody decided."""
    found = await decisions(session, [kind], **on)
    return found[-1] if found else None


async def fold(session: AsyncSession, decision: Decision) -> None:
    """Apply a decision to how its view stands. `dpbot replay` does it again, after the ledger, in the same order."""
    if decision.ref_id is None:
        return
    view = await session.get(View, decision.ref_id)
    if view is None:
        return
    value = value_of(decision, KINDS[decision.kind])
    if value == Looked(stands=True):
        await _unlook(session, view, decision)
    _apply(view, value, decision)
    await session.flush()
    if isinstance(value, Replaced | Withdrawn | Looked):
        await relink(session, view.id)


async def relink(session: AsyncSession, ref_id: int) -> None:
    """What its author replaced on the proposal of a view is so only while something stands in its place.

    Of the decisions and the views as they are, in whatever order they came: a replay comes to the same.
    """
    proposal = select(Ref.proposal_id).where(Ref.id == ref_id).scalar_subquery()
    refs = set(await session.scalars(select(Ref.id).where(Ref.proposal_id == proposal)))
    taken = await decisions(session, [Replaced], ref_id=refs)
    successors = {each.ref_id: value_of(each, Replaced).by_ref for each in taken}
    if not successors:
        return
    withdrawn = View.id.in_(refs) & View.withdrawn_at.is_not(None)
    gone = set(await session.scalars(select(View.id).where(withdrawn)))
    for view in await session.scalars(select(View).where(View.id.in_(successors))):
        successor = successors.get(view.id)
        while successor in gone:  # what took the place of a comment that is gone stands for both
            successor = successors.get(successor)
        view.replaced_by = successor
    await session.flush()


async def _unlook(session: AsyncSession, view: View, decision: Decision) -> None:
    """That it stands undoes an earlier decision that it was withdrawn; a removal by its author stays."""
    before = [each for each in await decisions(session, [Looked], ref_id=view.id) if each.id < decision.id]
    if view.withdrawn_at in {each.at for each in before if not value_of(each, Looked).stands}:
        view.withdrawn_at = None


def _seals(value: Value) -> bool:
    """Whether a comment's words are from now on for nobody, or for SECAS alone: what waits with them is taken back."""
    match value:
        case Withdrawn() | Withheld() | SetAside() | Looked(stands=False) | Stated(confidential=True):
            return True
        case _:
            return False


def _apply(view: View, value: Value, decision: Decision) -> None:
    match value:
        case Withdrawn():
            view.withdrawn_at = view.withdrawn_at or decision.at
        case SetAside():
            view.set_aside_at = decision.at
        case Withheld():
            view.withheld_at = decision.at
        case Restored():
            view.set_aside_at = view.withheld_at = None
        case Looked(stands):
            _look(view, stands, decision.at)
        case Stated(confidential=confidential):
            view.confidential = confidential
        case Corrected():
            for name, corrected in vars(value).items():
                setattr(view, name, corrected)
            view.basis = Basis.CORRECTED


def _look(view: View, stands: bool, at: datetime) -> None:
    """It is decided of the readings before; a replay knows of later ones already."""
    if view.missing_at and view.missing_at <= at:
        view.missing_at = None
    view.withdrawn_at = view.withdrawn_at or (None if stands else at)
