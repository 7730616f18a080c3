"""Who did what, when, in which role and why: everything that was done about a proposal or at all. It quotes nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot import ledger
from bot.decisions import KINDS, Action, Actor, Asked, Closes, Corrected, Responded, Stated
from bot.domain import Reference
from bot.models import (
    Act,
    Claim,
    CompileRequest,
    Decision,
    Document,
    Invitation,
    Item,
    LedgerEntry,
    Post,
    ProblemStatement,
    Ref,
    Withdrawal,
    Words,
)
from bot.rules import dates
from bot.services import deciding, register
from bot.services.acting import permit

_HEARD = {
    ledger.REMOVED: "removed it",
    ledger.REACTED: "put a reaction on it",
    ledger.UNREACTED: "took a reaction off it",
    ledger.ANSWERED: "answered “No comment”",
    ledger.UNANSWERED: "took back “No comment”",
    ledger.NOT_SEEN: "it was not seen when the thread was read",
    ledger.SEEN_AGAIN: "it was seen again when the thread was read",
}
_READING = (ledger.NOT_SEEN, ledger.SEEN_AGAIN)
_BOT = "dpbot"
DRAFTED = "drafted"  # the act that tells who had a document drafted, at the same moment
# Of a decision: what somebody typed, the ids of rows, and whether it holds, which is said otherwise.
_SILENT = {"words", "wording", "by_ref", "item_id", "holds"}


@dataclass(frozen=True)
class AuditLine:
    """One thing that was done. `at` is UTC; `ref`: of a comment, a proposal or a document. Names are for SECAS."""

    at: datetime
    who: str
    role: str
    what: str
    ref: str | None = None
    reason: str | None = None


def note(session: AsyncSession, action: str, about: str, by: str, proposal_id: int | None, now: datetime) -> None:
    """Write down something that was done and has no table of its own. `about` names no member and quotes nobody."""
    session.add(Act(action=action, proposal_id=proposal_id, about=about, by=by, at=now))


async def audit(session: AsyncSession, reference: Reference | None, acting: Actor) -> tuple[AuditLine, ...]:
    """What was done about a proposal, or at all, in order of time. NotPermitted; UserError: no such proposal."""
    permit(acting, Action.AUDIT)
    items = await register.latest_items(session, unpublished=True)
    names = {item.proposal_id: item.reference for item in items}
    only = None
    if reference is not None:
        only = (await register.item_of(session, reference, unpublished=True)).proposal_id
    refs = await _refs(session, names)
    found = [
        *await _acts(session, names, only),
        *await _posts(session, only),
        *await _heard(session, names, refs, only),
        *await _decisions(session, names, refs, only),
        *await _documents(session, names, only),
        *await _register(session, names, only),
        *(await _claims(session) if only is None else ()),
    ]
    return tuple(sorted(found, key=lambda line: line.at))


async def _refs(session: AsyncSession, names: dict[int, str]) -> dict[int, tuple[Ref, str]]:
    refs = await session.scalars(select(Ref))
    return {ref.id: (ref, f"{names[ref.proposal_id]}-{ref.letter}{ref.number:03}") for ref in refs}


async def _acts(session: AsyncSession, names: dict[int, str], only: int | None) -> list[AuditLine]:
    acts = await session.scalars(select(Act).order_by(Act.id))
    return [
        AuditLine(act.at, act.by, _BOT if act.by == _BOT else "", act.about, names.get(act.proposal_id or 0))
        for act in acts
        if only in {None, act.proposal_id} and act.action != DRAFTED
    ]


async def _posts(session: AsyncSession, only: int | None) -> list[AuditLine]:
    query = select(Post).where(Post.posted_at.is_not(None)).order_by(Post.id)
    query = query.options(joinedload(Post.paper), joinedload(Post.invitation).joinedload(Invitation.item))
    found = []
    for post in await session.scalars(query):
        item = post.invitation.item if post.invitation else None
        if post.posted_at and (only is None or (item and item.proposal_id == only)):
            on = item.reference if item else post.paper.reference
            found.append(AuditLine(post.posted_at, _BOT, _BOT, f"posted to {post.channel_name}", on))
    return found


async def _heard(
    session: AsyncSession, names: dict[int, str], refs: dict[int, tuple[Ref, str]], only: int | None
) -> list[AuditLine]:
    """Replies, edits, removals, reactions and answers, with whoever SECAS knows them by."""
    query = (
        select(LedgerEntry, Item.proposal_id)
        .join(Post, LedgerEntry.post_id == Post.id)
        .join(Post.invitation)
        .join(Invitation.item)
        .options(joinedload(LedgerEntry.words))
        .order_by(LedgerEntry.heard_at, LedgerEntry.id)
    )
    by_place = {(ref.platform, ref.channel, ref.message): name for ref, name in refs.values()}
    said: set[str] = set()
    found = []
    for entry, proposal_id in await session.execute(query if only is None else query.where(Item.proposal_id == only)):
        ref = by_place.get((entry.platform, entry.channel, entry.message), names.get(proposal_id))
        what = _HEARD.get(entry.kind) or ("edited it" if str(ref) in said else f"commented, by {entry.source.value}")
        said |= {str(ref)} if entry.kind == ledger.SAID else set()
        found.append(_line_of(entry, what, ref))
    return found


def _line_of(entry: LedgerEntry, what: str, ref: str | None) -> AuditLine:
    author = (entry.words.name if entry.words else None) or entry.speaker
    if entry.kind in _READING:
        return AuditLine(entry.heard_at, _BOT, _BOT, what, ref)
    if entry.entered_by:
        return AuditLine(entry.heard_at, entry.entered_by, "analyst", f"recorded for {author}: {what}", ref)
    found = f"{what} (found when the thread was read)" if entry.swept else what
    return AuditLine(entry.heard_at, author, entry.capacity.value, found, ref)


async def _decisions(
    session: AsyncSession, names: dict[int, str], refs: dict[int, tuple[Ref, str]], only: int | None
) -> list[AuditLine]:
    called = await _called(session)
    of_invitation = dict((await session.execute(select(Invitation.id, Item.proposal_id).join(Item))).all())
    found = []
    for decision in await session.scalars(select(Decision).order_by(Decision.id)):
        ref, name = refs.get(decision.ref_id or 0, (None, None))
        about = decision.proposal_id or (ref and ref.proposal_id) or of_invitation.get(decision.invitation_id or 0)
        if only in {None, about}:
            on = f"{name}{decision.part}" if name else names.get(about or 0)
            found.append(
                AuditLine(
                    decision.at,
                    called.get(decision.by, decision.by),
                    decision.role,
                    _what(decision),
                    on,
                    decision.reason,
                )
            )
    return found


async def _called(session: AsyncSession) -> dict[str, str]:
    """What people are called who decided of their own words, by the platform's id."""
    query = select(LedgerEntry.speaker, Words.name).join(Words, Words.entry_id == LedgerEntry.id)
    rows = await session.execute(query.where(Words.name.is_not(None)).order_by(LedgerEntry.id))
    return {speaker: name for speaker, name in rows if name}


def _what(decision: Decision) -> str:
    """The kind of decision with its value in words, as far as that is nobody's own."""
    value = deciding.value_of(decision, KINDS[decision.kind])
    match value:
        case Stated(facet=facet, stance=stance, speaks_for=whose, confidential=secret):
            said = [each.value for each in (facet, stance, whose) if each] + ["confidential"] * secret
            return f"stated: {', '.join(said) or 'nothing more'}"
        case Corrected(organisation=organisation, party_category=category, seat=seat, capacity=capacity):
            told = [each for each in (organisation, category, seat, capacity.value) if each]
            return f"corrected for whom it was given: {', '.join(told)}"
        case Asked(owner=owner, due=due):
            return f"question for {owner or 'the Lead Analyst'}{f', due {dates.day(due)}' if due else ''}"
        case Responded(disposition=disposition):
            return f"responded: {disposition.value}"
        case Closes(at=at):
            return f"closes: {dates.moment(at)}" if at else "closes: no closing time after all"
        case _:
            return _plain(decision)


def _plain(decision: Decision) -> str:
    """The other kinds: the kind, and what was decided but for words that somebody typed."""
    told = {key: each for key, each in decision.value.items() if key not in _SILENT and each is not None}
    values = ", ".join(_said(key, each) for key, each in told.items())
    kind = decision.kind if decision.value.get("holds", True) else f"taken back: {decision.kind}"
    return f"{kind}{f': {values}' if values else ''}"


def _said(key: str, value: object) -> str:
    """Such as "stage Refinement Process", "on 15 November 2019", "not wanted"."""
    if key == "day":
        return f"on {dates.day(date.fromisoformat(str(value)))}"
    name = key.replace("_", " ")
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"


async def _documents(session: AsyncSession, names: dict[int, str], only: int | None) -> list[AuditLine]:
    """Documents that were asked for, drafted, issued and redacted."""
    acts = await session.scalars(select(Act).where(Act.action == DRAFTED))
    drafted = {(act.proposal_id, act.at): act.by for act in acts}
    found = []
    for request in await session.scalars(select(CompileRequest).order_by(CompileRequest.id)):
        if only in {None, request.proposal_id}:
            what, on = "asked for a Comments document", names.get(request.proposal_id)
            found.append(AuditLine(request.requested_at, request.requested_by, "", what, on))
    for each in await session.scalars(select(Document).order_by(Document.id)):
        if only in {None, each.proposal_id}:
            name = f"{names[each.proposal_id]} Comments v{each.major}.{each.minor}"
            by = each.issued_by or drafted.get((each.proposal_id, each.made_at), _BOT)
            what, role = ("issued", "analyst") if each.issued_by else ("drafted", _BOT if by == _BOT else "")
            found.append(AuditLine(each.made_at, by, role, what, name))
            if each.redacted_at:
                found.append(AuditLine(each.redacted_at, _BOT, _BOT, "redacted", name))
    return found


async def _register(session: AsyncSession, names: dict[int, str], only: int | None) -> Sequence[AuditLine]:
    found = []
    for each in await session.scalars(select(ProblemStatement)):
        what = f"attached the problem statement {each.version}, {each.status}"
        found.append((each.proposal_id, AuditLine(each.at, each.by, "", what, names.get(each.proposal_id))))
    for fact in await session.scalars(select(Withdrawal)):
        what = f"recorded as {'withdrawn' if fact.withdrawn else 'not withdrawn'}, {dates.day(fact.day)}"
        found.append((fact.proposal_id, AuditLine(fact.at, fact.by, "", what, names.get(fact.proposal_id))))
    return [line for proposal_id, line in found if only in {None, proposal_id}]


async def _claims(session: AsyncSession) -> Iterable[AuditLine]:
    found = []
    for claim in await session.scalars(select(Claim).order_by(Claim.id)):
        found.append(AuditLine(claim.stated_at, claim.person, "member", f"stated to speak for {claim.organisation}"))
        if claim.decided_at and claim.decided_by:
            what = f"{'confirmed' if claim.confirmed else 'did not confirm'} that {claim.person} speaks for it"
            found.append(AuditLine(claim.decided_at, claim.decided_by, "analyst", what))
    return found
