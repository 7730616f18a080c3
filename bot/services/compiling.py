"""Drafting and issuing a Comments document: a snapshot of the record, frozen."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.config import Config
from bot.domain import (
    Comment,
    CommentsDocument,
    Compilation,
    Invited,
    ReactionCount,
    Reference,
    Reply,
    Speaker,
    Version,
)
from bot.errors import NotPermitted, UserError
from bot.models import CompileRequest, Document, Invitation, Item, Paper, Post, Proposal, View, Wording
from bot.rules import dates, references
from bot.rules.classification import may_post
from bot.rules.facets import facet_of
from bot.services import counting, register
from bot.services.counting import Place
from bot.services.publishing import problem_statement

_SNAPSHOT = TypeAdapter(Compilation)
SOURCES = {"slack": "Slack"}


async def draft(session: AsyncSession, config: Config, reference: Reference, now: datetime) -> Document:
    """Freeze what stands in the record now as the next draft (v0.1, v0.2, … or v1.1 after v1.0 was issued)."""
    compilation = await compile_comments(session, config, reference, now)
    latest = await _latest(session, reference)
    version = Version(latest.major, latest.minor + 1) if latest else Version(0, 1)
    return await _keep(session, reference, compilation, version, now, issued_by=None)


async def issue(session: AsyncSession, config: Config, reference: Reference, by: str, now: datetime) -> Document:
    """Issue the latest draft's snapshot unchanged as v1.0 (v2.0, … when issued again).

    Where nothing was drafted since the last issue, that issue: its files may have been lost.
    Raises NotPermitted where `by` is no analyst; UserError where there is no draft, or the record changed since.
    """
    if not config.secas.is_analyst(by):
        raise NotPermitted(f"{by} may not issue a Comments document: only the analysts in [secas] analysts may.")
    latest = await _latest(session, reference)
    name = references.label(reference.number, reference.suffix)
    if latest is None:
        raise UserError(f"There is no draft of {name} Comments to issue: compile one and read it first.")
    if latest.issued_by is not None:
        return latest
    drafted = document(latest).compilation
    current = await compile_comments(session, config, reference, drafted.collected_until)
    if current != drafted:
        raise UserError(
            f"The record of {name} changed since draft v{latest.major}.{latest.minor}: "
            "compile a new draft and read it first."
        )
    return await _keep(session, reference, drafted, Version(latest.major + 1, 0), now, issued_by=by)


def document(stored: Document) -> CommentsDocument:
    """A stored version as the value that `reports` writes."""
    compilation = _SNAPSHOT.validate_python(stored.snapshot)
    return CommentsDocument(compilation, Version(stored.major, stored.minor), stored.made_at, stored.issued_by)


async def request(session: AsyncSession, config: Config, reference: Reference, by: Speaker, now: datetime) -> Item:
    """Ask for a draft to be compiled and delivered to SECAS; asked twice it is compiled once. The proposal's item."""
    if not config.secas.is_analyst(by.email):
        raise NotPermitted("Only the SECAS analysts named in dpbot's configuration may compile a Comments document.")
    item = await register.item_of(session, reference, unpublished=True)
    _check(item, await _posts(session, item.proposal_id))
    waiting = select(CompileRequest).where(
        CompileRequest.proposal_id == item.proposal_id, CompileRequest.done_at.is_(None)
    )
    if await session.scalar(waiting) is None:
        asked = CompileRequest(
            proposal_id=item.proposal_id, platform=by.platform, requested_by=by.email or "", requested_at=now
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


async def compile_comments(session: AsyncSession, config: Config, reference: Reference, now: datetime) -> Compilation:
    """Everything the record has on a proposal, in the order of refs. UserError where it was never put to anyone."""
    item = await register.item_of(session, reference, unpublished=True)
    views = await _views(session, item.proposal_id)
    posts = await _posts(session, item.proposal_id)
    _check(item, posts)
    standing = [view for view in views if view.withdrawn_at is None]
    places = [[(p.platform, p.channel or "", p.message or "") for p in posts], *([_place(v)] for v in standing)]
    on_posts, *on_views = await counting.reactions_on(session, places, config.reactions)
    comments = zip(standing, on_views, strict=True)
    return Compilation(
        reference=item.reference,
        type=item.type,
        title=item.title,
        stage=item.stage,
        classification=item.paper.classification,
        handling=item.paper.handling,
        proposer=item.proposer,
        organisation=item.organisation,
        on_behalf_of=item.on_behalf_of,
        lead_analyst=item.lead_analyst,
        problem_statement=_statement(item),
        invited=tuple(_invited(config, post.paper) for post in {p.invitation_id: p for p in posts}.values()),
        comments=tuple(_comment(config, view, reactions) for view, reactions in comments if view.ref.letter == "V"),
        replies=tuple(_reply(config, v) for v in sorted(standing, key=lambda v: v.said_at) if v.ref.letter == "R"),
        reactions=on_posts,
        collected_until=now,
        party_categories=tuple(config.party_categories),
        withdrawn=sum(view.withdrawn_at is not None and view.ref.letter == "V" for view in views),
    )


def _check(item: Item, posts: Sequence[Post]) -> None:
    if not posts:
        raise UserError(f"{item.reference} has not been put to a Sub-Committee yet: publish its paper first.")
    decision = may_post(item.paper.classification, item.paper.classification)
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


async def _views(session: AsyncSession, proposal_id: int) -> Sequence[View]:
    query = (
        select(View)
        .join(View.ref)
        .where(View.ref.has(proposal_id=proposal_id))
        .options(joinedload(View.ref), joinedload(View.first))
        .options(joinedload(View.post).joinedload(Post.paper))
        .options(joinedload(View.post).joinedload(Post.invitation).joinedload(Invitation.item))
        .options(selectinload(View.wordings).joinedload(Wording.words))
        .order_by(View.id)
    )
    return (await session.scalars(query)).all()


async def _posts(session: AsyncSession, proposal_id: int) -> Sequence[Post]:
    query = (
        select(Post)
        .join(Post.invitation)
        .join(Invitation.item)
        .where(Item.proposal_id == proposal_id)
        .options(joinedload(Post.invitation), joinedload(Post.paper).joinedload(Paper.meeting))
        .order_by(Post.id)
    )
    return (await session.scalars(query)).all()


def _invited(config: Config, paper: Paper) -> Invited:
    meeting = paper.meeting
    return Invited(
        sub_committee=config.body_name(paper.sub_committee),
        paper=paper.reference,
        paper_dated=paper.dated,
        meeting=meeting.number if meeting else None,
        meeting_date=meeting.date if meeting else None,
        meeting_confirmed=meeting is not None and meeting.confirmed,
        comments_by=paper.comments_by,
        views_invited_on=tuple(paper.invitations),
    )


def _place(view: View) -> Place:
    return (view.platform, view.channel, view.message)


def _comment(config: Config, view: View, reactions: tuple[ReactionCount, ...]) -> Comment:
    text, edited = words_of(view)
    return Comment(
        ref=ref_name(view),
        organisation=view.first.organisation,
        party_category=view.first.party_category,
        capacity=view.first.capacity,
        sub_committee=config.body_name(view.post.paper.sub_committee),
        source=SOURCES[view.platform],
        said_at=view.said_at,
        text=text,
        edited=edited,
        facet=facet_of(text).value,
        reactions=reactions,
    )


def _reply(config: Config, view: View) -> Reply:
    text, edited = words_of(view)
    return Reply(
        ref=ref_name(view),
        organisation=view.first.organisation,
        capacity=view.first.capacity,
        sub_committee=config.body_name(view.post.paper.sub_committee),
        said_at=view.said_at,
        text=text,
        edited=edited,
    )


def ref_name(view: View) -> str:
    """The ref, such as "DP092-V007": the proposal as its paper calls it, and the number given when first heard."""
    item = view.post.invitation.item if view.post.invitation else None
    return f"{item.reference if item else ''}-{view.ref.letter}{view.ref.number:03}"


def words_of(view: View) -> tuple[str, bool]:
    """The latest words, and whether they were ever different. Needs the view's wordings with their words."""
    texts = [wording.words.text or "" for wording in view.wordings if wording.words]
    return (texts[-1] if texts else "", len(set(texts)) > 1)


def _statement(item: Item) -> str | None:
    """Where it is: "Draft, Appendix E to OPSG_26_0511_16 (29 October 2019)"; one that is held with its version first.

    "v0.1, draft: https://…; circulated with the paper: Appendix E to …".
    """
    found = problem_statement(item.paper, item)
    dated = f" ({dates.day(item.paper.dated)})" if item.paper.dated else ""
    appendix = found.appendix and f"Appendix {found.appendix} to {item.paper.reference}{dated}"
    if found.held is not None:
        held = f"{found.held.version}, {found.held.status}: {found.held.link or 'held by SECAS'}"
        return f"{held}; circulated with the paper: {appendix}" if appendix else held
    return f"{f'{found.status.capitalize()}, ' if found.status else ''}{appendix}" if appendix else None
