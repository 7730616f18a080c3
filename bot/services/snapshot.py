"""Everything the record has on a proposal, frozen as the value that a Comments document is made of."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.compilation import (
    AgreedInput,
    Compilation,
    Given,
    Invited,
    NoComment,
    RowDigest,
)
from bot.config import Config
from bot.domain import Reference
from bot.models import Invitation, Item, Paper, Post, Words
from bot.reports.summary import checksum
from bot.rules import dates
from bot.rules.asking import asks_for_further_input
from bot.rules.classification import highest
from bot.rules.references import label
from bot.rules.wording import platform_name
from bot.services import audience, counting, further, printed, receipts, record, register
from bot.services.counting import Place
from bot.services.history import events_of
from bot.services.publishing import problem_statement
from bot.services.recorded import Recorded, State

_SEALED = {State.REMOVED, State.WITHDRAWN}


async def compile_comments(session: AsyncSession, config: Config, reference: Reference, now: datetime) -> Compilation:
    """For SECAS, in the order of refs. UserError where the proposal is in no paper."""
    item = await register.item_of(session, reference, unpublished=True)
    views = await record.views(session, audience.SECAS, item.proposal_id)
    posts = await posts_of(session, item.proposal_id)
    standing = [view for view in views if view.stands]
    comments = [view for view in standing if view.is_view]
    replies = {view.id: view for view in sorted(standing, key=_when) if not view.is_view}
    answered = _answered(comments)
    on_views = await counting.reactions_on(session, config, [[_place(v)] for v in comments], config.reactions)
    bodies = list(dict.fromkeys(post.paper.sub_committee for post in posts))
    digests = await _digests(session, standing)
    paper = _highest([item.paper, *(post.paper for post in posts)])
    return Compilation(
        reference=item.called,
        formerly=_formerly(item),
        type=item.type_now,
        title=item.title,
        stage=item.stage_now,
        classification=highest([paper.classification, *(view.mark for view in views)]),
        paper_classification=paper.classification,
        handling=paper.handling,
        proposer=item.proposer,
        organisation=item.organisation,
        on_behalf_of=item.on_behalf_of,
        lead_analyst=item.lead_analyst,
        problem_statement=_statement(item),
        invited=await _invited(session, config, item.proposal_id, posts),
        comments=tuple(
            comment
            for view, reactions in zip(comments, on_views, strict=True)
            for comment in printed.comments(config, view, reactions, replies)
        ),
        replies=tuple(printed.reply(config, each, answered.get(each.id, ())) for each in replies.values()),
        given=tuple([await _given(session, config, body, posts, views) for body in bodies]),
        collected_until=now,
        party_categories=tuple(config.party_categories),
        no_comment=await _no_comment(session, config, item.proposal_id),
        kept=tuple(printed.kept(config, view) for view in views if not view.stands),
        checks=await receipts.checks(session, config, item.proposal_id, now),
        events=events_of(item.proposal),
        digests=digests,
        checksum=checksum(digests),
        platforms=_platforms(posts),
    )


async def posts_of(session: AsyncSession, proposal_id: int) -> Sequence[Post]:
    """The posts that put a proposal to Sub-Committees, with their papers and meetings."""
    query = (
        select(Post)
        .join(Post.invitation)
        .join(Invitation.item)
        .where(Item.proposal_id == proposal_id)
        .options(joinedload(Post.invitation), joinedload(Post.paper).joinedload(Paper.meeting))
        .order_by(Post.id)
    )
    return (await session.scalars(query)).all()


def _highest(papers: Sequence[Paper]) -> Paper:
    """The first of those that are marked highest: all of them are quoted."""
    mark = highest([paper.classification for paper in papers])
    return next(paper for paper in papers if paper.classification is mark)


def _when(view: Recorded) -> datetime:
    return view.said_at


def _answered(comments: Sequence[Recorded]) -> dict[int, list[str]]:
    """The refs of the comments that a reply is linked to, by the reply's id."""
    found: dict[int, list[str]] = {}
    for view in comments:
        for response in view.responses:
            if response.reply_ref and view.ref not in found.setdefault(response.reply_ref, []):
                found[response.reply_ref].append(view.ref)
    return found


def _place(view: Recorded) -> Place:
    return (view.platform, view.channel, view.message)


async def _invited(
    session: AsyncSession, config: Config, proposal_id: int, posts: Sequence[Post]
) -> tuple[Invited, ...]:
    by_invitation = {post.invitation_id: post.paper for post in posts if post.invitation_id is not None}
    closings = await record.closing_times(session, by_invitation)
    agreed = await _agreed(session, proposal_id)
    found = []
    for invitation, paper in by_invitation.items():
        meeting = paper.meeting
        found.append(
            Invited(
                sub_committee=config.body_name(paper.sub_committee),
                paper=paper.reference,
                paper_dated=paper.dated,
                meeting=meeting.number if meeting else None,
                meeting_date=meeting.date if meeting else None,
                meeting_confirmed=meeting is not None and meeting.confirmed,
                comments_by=paper.comments_by,
                views_invited_on=tuple(paper.invitations),
                closes=closings.get(invitation),
                further_input=agreed.get(paper.sub_committee),
                closing_decided=invitation in closings,
                asks_for_further_input=asks_for_further_input(paper.purpose, paper.recommendation),
            )
        )
    return tuple(found)


async def _agreed(session: AsyncSession, proposal_id: int) -> Mapping[str, AgreedInput]:
    """What each Sub-Committee agreed on further input, by its code: on whichever paper, the latest decision counts."""
    found = await further.agreed(session, [proposal_id])
    return {body: AgreedInput(v.wanted, v.meeting, v.day, v.minute) for (_, body), v in found.items()}


async def _given(
    session: AsyncSession, config: Config, code: str, posts: Sequence[Post], views: Sequence[Recorded]
) -> Given:
    """What one Sub-Committee gave beside the words that are printed."""
    own = [post for post in posts if post.paper.sub_committee == code]
    places = [(post.platform, post.channel or "", post.message or "") for post in own]
    (reactions,) = await counting.reactions_on(session, config, [places], config.reactions)
    comments = [view for view in views if view.is_view and view.sub_committee == code]
    return Given(
        sub_committee=config.body_name(code),
        reactions=reactions,
        withdrawn=sum(view.state in _SEALED for view in comments),
        confidential=sum(view.stands and view.confidential for view in comments),
        not_seen=sum(view.state is State.NOT_SEEN for view in comments),
        platforms=_platforms(own),
    )


def _platforms(posts: Sequence[Post]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(platform_name(post.platform) for post in posts))


async def _no_comment(session: AsyncSession, config: Config, proposal_id: int) -> tuple[NoComment, ...]:
    found = await counting.answers(session, config, audience.SECAS, proposal_id)
    return tuple(
        NoComment(each.organisation, each.party_category, config.body_name(each.sub_committee), each.at, each.name)
        for each in found.no_comment
    )


def _formerly(item: Item) -> str | None:
    """The name of the Draft Proposal that was converted."""
    return label(item.proposal.number, item.proposal.suffix) if item.proposal.converted_on else None


async def _digests(session: AsyncSession, standing: Sequence[Recorded]) -> tuple[RowDigest, ...]:
    """Of the latest words of each, with the salt that is erased together with them."""
    ids = {view.wording_id: view.ref for view in standing if view.wording_id is not None}
    rows = await session.execute(select(Words.entry_id, Words.salt, Words.text).where(Words.entry_id.in_(ids)))
    found = {ids[entry]: hashlib.sha256(f"{salt}{text}".encode()).hexdigest() for entry, salt, text in rows if salt}
    return tuple(RowDigest(ref, digest) for ref, digest in sorted(found.items()))


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
