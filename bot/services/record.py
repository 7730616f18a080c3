"""Reads the views and replies on a proposal as they stand: the one way to them, for every output."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot import ledger
from bot.decisions import (
    KINDS,
    Asked,
    Closes,
    Corrected,
    Erased,
    Looked,
    Objected,
    Replaced,
    Responded,
    Restored,
    SetAside,
    Sorted,
    Stated,
    Value,
    Withdrawn,
    Withheld,
)
from bot.domain import Basis, Classification, Profile
from bot.models import Decision, Invitation, Item, LedgerEntry, Post, View, Wording
from bot.rules import dates, facets
from bot.services import audience, deciding
from bot.services.audience import Viewer
from bot.services.recorded import Author, Recorded, RecordedPart, Said, State

V = TypeVar("V", bound=Value)
Taken = Sequence[tuple[Value, Decision]]  # decisions on one view with their values, in their order
_ON_VIEWS: tuple[type[Value], ...] = (
    Asked,
    Corrected,
    Erased,
    Looked,
    Objected,
    Replaced,
    Responded,
    Restored,
    SetAside,
    Sorted,
    Stated,
    Withdrawn,
    Withheld,
)


async def views(session: AsyncSession, viewer: Viewer, proposal_id: int) -> tuple[Recorded, ...]:
    """What somebody may see of the views and replies on a proposal, in the order of refs."""
    query = _query().where(View.ref.has(proposal_id=proposal_id), audience.visible(viewer)).order_by(View.id)
    return await _recorded(session, viewer, (await session.scalars(query)).all())


async def view(session: AsyncSession, viewer: Viewer, ref_id: int) -> Recorded | None:
    """One of them; None where it is not there, or not for this viewer."""
    query = _query().where(View.id == ref_id, audience.visible(viewer))
    found = await _recorded(session, viewer, (await session.scalars(query)).all())
    return found[0] if found else None


def ref_name(view: View) -> str:
    """The ref, such as "DP092-V007": the proposal as its paper calls it, and the number given when first heard."""
    item = view.post.invitation.item if view.post.invitation else None
    return f"{item.reference if item else ''}-{view.ref.letter}{view.ref.number:03}"


def _query() -> Select[View]:
    return (
        select(View)
        .options(joinedload(View.ref), joinedload(View.first).joinedload(LedgerEntry.words))
        .options(joinedload(View.post).joinedload(Post.invitation).joinedload(Invitation.item).joinedload(Item.paper))
        .options(selectinload(View.wordings).joinedload(Wording.words))
    )


async def _recorded(session: AsyncSession, viewer: Viewer, found: Sequence[View]) -> tuple[Recorded, ...]:
    by_view: dict[int | None, list[Decision]] = {}
    for decision in await deciding.decisions(session, _ON_VIEWS, ref_id={view.id for view in found}):
        by_view.setdefault(decision.ref_id, []).append(decision)
    closings = await closing_times(session, {view.post.invitation_id for view in found if view.post.invitation_id})
    names = {view.id: ref_name(view) for view in found}
    return tuple(_one(view, viewer, by_view.get(view.id, []), closings, names) for view in found)


async def closing_times(session: AsyncSession, invitations: Iterable[int]) -> Mapping[int, datetime | None]:
    """The closing time (UTC) in force of each invitation of which one was decided; None: none after all."""
    taken = await deciding.decisions(session, [Closes], invitation_id=set(invitations))
    return {d.invitation_id: deciding.value_of(d, Closes).at for d in taken if d.invitation_id is not None}


def _one(
    view: View,
    viewer: Viewer,
    taken: Sequence[Decision],
    closings: Mapping[int, datetime | None],
    names: Mapping[int, str],
) -> Recorded:
    values = [(deciding.value_of(each, KINDS[each.kind]), each) for each in taken]
    stated = _last(values, Stated) or Stated()
    state, by = _state(view, values)
    sealed = state in {State.REMOVED, State.WITHDRAWN}
    gap = _gap(view, values)
    said = () if sealed else _said(view, gap)
    text, wording = (said[-1][1], said[-1][0]) if said else ("", None)
    invitation = view.post.invitation
    if invitation is None:
        raise LookupError(f"view {view.id} is on no invitation")
    closing = closings.get(invitation.id)
    return Recorded(
        id=view.id,
        ref=names[view.id],
        proposal_id=view.ref.proposal_id,
        invitation_id=invitation.id,
        sub_committee=invitation.sub_committee,
        platform=view.platform,
        channel=view.channel,
        message=view.message,
        author=_author(view) if viewer.secas else None,
        profile=_profile(view),
        said_at=view.said_at,
        heard_at=view.first.heard_at,
        source=view.first.source,
        context=view.first.context,
        entered_by=view.first.entered_by if viewer.secas else None,
        mark=view.first.mark or Classification.WHITE,
        text=text,
        wordings=tuple(Said(words, at) for _, words, at in said),
        wording_id=wording,
        parts=_parts(text, wording, stated, values),
        stated=stated,
        state=state,
        state_at=by.at if by else (view.withdrawn_at or view.missing_at),
        state_by=by.by if by else None,
        reason=by.reason if by else None,
        objections=tuple(value.words for value, _ in values if isinstance(value, Objected)),
        replaced_by=names.get(view.replaced_by) if view.replaced_by else None,
        after_closing=closing if closing and view.said_at > closing else None,
        asked=_last(values, Asked),
        responses=tuple(value for value, _ in values if isinstance(value, Responded)),
        link=view.post.link,
    )


def _said(view: View, gap: str | None) -> tuple[tuple[int, str, datetime], ...]:
    """Its wordings by their entries. The same words twice running are one: an event and a reading may tell of both."""
    found = [(w.entry_id, gap or w.words.text or "", w.at) for w in view.wordings if w.words]
    return tuple(w for n, w in enumerate(found) if gap or not n or w[1] != found[n - 1][1])


def _state(view: View, values: Taken) -> tuple[State, Decision | None]:
    """How it stands, and the decision that brought it there, where one did."""
    if view.withdrawn_at is not None:
        by = _decision(values, Withdrawn)
        return (State.WITHDRAWN, by) if by else (State.REMOVED, _taken_for_removed(view, values))
    if view.withheld_at is not None:
        return State.WITHHELD, _decision(values, Withheld)
    if view.set_aside_at is not None:
        return State.SET_ASIDE, _decision(values, SetAside)
    if view.replaced_by is not None:
        return State.REPLACED, _decision(values, Replaced)
    if view.missing_at is not None:
        return State.NOT_SEEN, None
    by = _decision(values, Erased)
    return (State.ERASED if by else State.STANDS), by


def _taken_for_removed(view: View, values: Taken) -> Decision | None:
    """The decision that its absence is a withdrawal; None where it was removed on the platform."""
    found = (decision for value, decision in values if value == Looked(stands=False))
    return next((decision for decision in found if decision.at == view.withdrawn_at), None)


def _gap(view: View, values: Taken) -> str | None:
    """What stands in place of the words of somebody who was forgotten; None for all others."""
    by = _decision(values, Erased)
    return erased_on(by.at) if by and ledger.is_erased(view.first.speaker) else None


def erased_on(at: datetime) -> str:
    """What is printed in place of words that were erased."""
    return f"[erased on {dates.day(dates.london(at))}]"


def _decision(values: Taken, *kinds: type[Value]) -> Decision | None:
    """The last decision of one of these kinds."""
    return next((decision for value, decision in reversed(values) if isinstance(value, kinds)), None)


def _last(values: Taken, kind: type[V]) -> V | None:
    return next((value for value, _ in reversed(values) if isinstance(value, kind)), None)


def _parts(text: str, wording: int | None, stated: Stated, values: Taken) -> tuple[RecordedPart, ...]:
    """The pieces of the latest words. The form's facet is of the whole comment; a prefix is nearer to its words."""
    decided = {
        decision.part: (value.facet, decision.by)
        for value, decision in values
        if isinstance(value, Sorted) and value.wording == wording
    }
    found = []
    for part in facets.parts(text):
        facet, by = decided.get(part.letter, (None, None))
        own = part.facet or stated.facet
        found.append(RecordedPart(part.letter, part.text, own, facets.suggest(part.text), facet, by))
    return tuple(found)


def _author(view: View) -> Author:
    words = view.first.words
    return Author(view.platform, view.first.speaker, words.name if words else None, words.email if words else None)


def _profile(view: View) -> Profile:
    return Profile(
        view.organisation,
        view.party_category,
        view.seat,
        view.capacity,
        alternate_for=view.alternate_for,
        basis=Basis(view.basis),
    )
