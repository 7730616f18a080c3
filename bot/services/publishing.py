"""A stored paper becomes posts: one heading a channel, one post a proposal, queued in the order of the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.config import Channel, Config
from bot.decisions import Action, Actor
from bot.domain import Message, ProposalType
from bot.errors import UserError
from bot.models import Invitation, Item, Paper, Post, ProblemStatement
from bot.outbox import Outbox, queue_again
from bot.rules import dates
from bot.rules.asking import asks_for_further_input
from bot.rules.classification import Policies, may_post
from bot.rules.wording import listed
from bot.services import auditing, register
from bot.services.acting import permit
from bot.services.counting import Counts
from bot.services.history import events_of, withdrawn_of


@dataclass(frozen=True)
class Published:
    """Channels that a paper was now queued for, and how many messages; channels that had it before.

    `again`: how many of its posts had been refused and are queued once more.
    """

    paper: Paper
    channels: tuple[str, ...]
    messages: int
    before: tuple[str, ...]
    again: int


async def publish(
    session: AsyncSession, config: Config, outbox: Outbox, reference: str, acting: Actor, now: datetime
) -> Published:
    """Queue a paper's posts for each of its Sub-Committee's channels that has not had them, or had them all retracted.

    Raises UserError where publishing is off, the paper is unknown, its classification forbids it, no channel is
    configured, or one of its proposals is recorded as withdrawn.
    """
    permit(acting, Action.PUBLISH)
    if not config.publishing.enabled:
        raise UserError("Publishing is off: an operator turns it on with [publishing] enabled = true in config.toml.")
    paper = await register.paper(session, reference)
    channels = config.channels_of(paper.sub_committee)
    if not channels:
        raise UserError(
            f"No channel is configured for {paper.sub_committee}: add one under [[channels]] in config.toml."
        )
    for channel in channels:
        _check_clearance(paper, channel, config.policies)
    there = select(Post).where(Post.paper_id == paper.id, Post.id.not_in(register.retracted()))
    posts = (await session.scalars(there)).all()
    before = {post.channel_name for post in posts}
    new = [channel for channel in channels if channel.name not in before]
    await _check_withdrawn(session, paper, now, new=bool(new))
    invitations = await _invite(session, paper, now) if new else []
    for channel in new:
        await _post(session, config, outbox, paper, channel, invitations, now)
    again = await queue_again(session, {post.id for post in posts}, now)
    names = tuple(channel.name for channel in new)
    if new or again:
        about = f"{paper.reference} published to {listed(names) or 'no further channel'}; {again} queued again"
        auditing.note(session, "published", about, acting.who, None, now)
    return Published(paper, names, len(new) * (len(invitations) + 1), tuple(sorted(before)), again)


def _check_clearance(paper: Paper, channel: Channel, policies: Policies) -> None:
    decision = may_post(paper.classification, channel.clearance, policies)
    if not decision.value:
        raise UserError(f"{paper.reference} was not posted to {channel.name}: {decision.because}.")


async def _check_withdrawn(session: AsyncSession, paper: Paper, now: datetime, *, new: bool) -> None:
    """UserError where a post on a withdrawn proposal would now be queued: nobody is to be asked for views on it.

    The paper is refused whole, for a batch that leaves out a proposal is not the paper that its heading post names.
    """
    because = withdrawn_of((item.name, item.proposal) for item in paper.items)
    if because is None:
        return
    withdrawn = [item for item in paper.items if item.proposal.withdrawal]
    query = select(Post.id).join(Post.invitation).where(Invitation.item_id.in_([item.id for item in withdrawn]))
    posts = set(await session.scalars(query))
    if new or await queue_again(session, posts, now):  # the transaction ends with the error: nothing is queued
        one = "it is" if len(withdrawn) == 1 else "one is"
        raise UserError(
            f"{paper.reference} was not posted: {because}; where {one} not withdrawn, `dpbot withdraw "
            f"{withdrawn[0].called} --by ADDRESS --undo` says so, else publish a corrected paper without it."
        )


async def _invite(session: AsyncSession, paper: Paper, now: datetime) -> list[Invitation]:
    """One invitation an item, opened at the first publication."""
    query = select(Invitation).join(Item).where(Item.paper_id == paper.id)
    opened = {invitation.item_id: invitation for invitation in await session.scalars(query)}
    found = []
    for item in paper.items:
        invitation = opened.get(item.id)
        if invitation is None:
            invitation = Invitation(item=item, sub_committee=paper.sub_committee, opened_at=now)
            session.add(invitation)
        found.append(invitation)
    await session.flush()
    return found


async def _post(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    paper: Paper,
    channel: Channel,
    invitations: list[Invitation],
    now: datetime,
) -> None:
    heading = Post(paper=paper, platform=channel.platform, channel_name=channel.name)
    session.add(heading)
    await session.flush()
    await outbox.post(session, heading, heading_message(config, paper), now)
    await outbox.pin(session, heading, now)
    for invitation in invitations:
        post = Post(paper=paper, invitation=invitation, platform=channel.platform, channel_name=channel.name)
        session.add(post)
        await session.flush()
        message = proposal_message(config, paper, invitation.item, Counts(), paper.comments_by)
        await outbox.post(session, post, message, now)


def heading_message(config: Config, paper: Paper) -> Message:
    """The post that heads a paper's batch."""
    drafts = [item for item in paper.items if item.type == ProposalType.DRAFT]
    return Message(
        "heading",
        {
            "body": config.body_name(paper.sub_committee),
            "paper": paper,
            "drafts": drafts,
            "modifications": [item for item in paper.items if item.type == ProposalType.MODIFICATION],
            "stages": stages_of(drafts),
            "further_input": asks_for_further_input(paper.purpose, paper.recommendation),
            "comments_to": paper.comments_to or config.secas.comments_address,
        },
    )


def stages_of(items: Sequence[Item]) -> list[str]:
    """The stages that these proposals are in; none where the paper does not say it of each of them."""
    named = [item.stage for item in items if item.stage]
    return sorted(set(named)) if len(named) == len(items) else []


def proposal_message(
    config: Config,
    paper: Paper,
    item: Item,
    counts: Counts,
    comments_by: str | None,
    reacted: Mapping[str, int] | None = None,
) -> Message:
    """The post for one proposal, as it stands with these counts.

    `comments_by`: as `closing_of` has it. `reacted`: how many gave a reaction, by its printed meaning.
    """
    return Message(
        "proposal",
        {
            "body": config.body_name(paper.sub_committee),
            "paper": paper,
            "item": item,
            "statement": problem_statement(paper, item),
            "meanings": config.reactions,
            "counts": counts,
            "reacted": reacted or {},
            "comments_by": comments_by,
            "events": events_of(item.proposal),
        },
    )


def closing_of(invitation: Invitation, decided: Mapping[int, datetime | None]) -> str | None:
    """The closing time in force (ISO, London), of `record.closing_times`: SECAS's goes before the paper's."""
    if invitation.id not in decided:
        return invitation.item.paper.comments_by
    at = decided[invitation.id]
    return dates.local(at) if at else None


@dataclass(frozen=True)
class Statement:
    """The problem statement of an item: what its paper says of it, and the version that is held, if one is.

    `status` is "draft", "approved" or None, as the paper's list of attachments says. `superseded`: versions before the
    one held are held too, so that the paper's appendix need not be the one held.
    """

    appendix: str | None
    status: str | None
    held: ProblemStatement | None
    superseded: bool


def problem_statement(paper: Paper, item: Item) -> Statement:
    """What an item's "can be found in Appendix E" speaks of, and what is held of it."""
    named = (a for a in paper.attachments if item.appendix and a.label == f"Appendix {item.appendix}")
    attachment = next(named, None)
    held = item.proposal.statement
    status = attachment.status if attachment else None
    return Statement(item.appendix, status, held, len(item.proposal.statements) > 1)


async def show_again(session: AsyncSession, proposal_id: int) -> None:
    """Have every post on a proposal shown anew, when its counts are next looked at."""
    invitations = select(Invitation.id).join(Item).where(Item.proposal_id == proposal_id)
    await session.execute(update(Post).where(Post.invitation_id.in_(invitations)).values(counts=_OUT_OF_DATE))


async def show_meeting(session: AsyncSession, config: Config, outbox: Outbox, meeting_id: int, now: datetime) -> None:
    """Have every post that names a meeting say it as it is entered now."""
    of_meeting = select(Paper.id).where(Paper.meeting_id == meeting_id)
    await session.execute(update(Post).where(Post.paper_id.in_(of_meeting)).values(counts=_OUT_OF_DATE))
    if not config.publishing.enabled:
        return
    headings = (
        select(Post)
        .where(Post.paper_id.in_(of_meeting), Post.invitation_id.is_(None), Post.message.is_not(None))
        .where(Post.id.not_in(register.retracted()))
    )
    for post in await session.scalars(headings.options(joinedload(Post.paper))):
        paper = await register.paper(session, post.paper.reference)
        await outbox.update(session, post, heading_message(config, paper), now)


_OUT_OF_DATE = "out of date"  # in place of a post's counts: never equal to any
