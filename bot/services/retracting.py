"""A post that should not have been published carries a notice instead. Its thread and what was said there are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.config import Config, one_line
from bot.decisions import Action, Actor, Retracted
from bot.domain import Classification, Message
from bot.errors import UserError, WrongUsage
from bot.models import Invitation, Item, OutboxEntry, Paper, Post
from bot.outbox import Outbox, State
from bot.rules.references import parse_reference
from bot.rules.wording import listed
from bot.services import deciding, register
from bot.services.acting import permit
from bot.services.deciding import About
from bot.services.sorting import needed

_LONGEST = 100  # characters of what was typed, in a sentence


@dataclass(frozen=True)
class Withdrawn:
    """A post, by what it is on (a proposal's or a paper's reference). `sent`: it is in its channel."""

    post_id: int
    on: str
    channel: str
    sent: bool


async def preview(
    session: AsyncSession, config: Config, typed: str, channel: str, acting: Actor
) -> tuple[Withdrawn, ...]:
    """The posts that `retract` would withdraw. NotPermitted; UserError where there is none."""
    permit(acting, Action.RETRACT)
    return tuple(_told(post) for post in await _posts(session, config, typed, channel))


async def retract(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    typed: str,
    channel: str,
    reason: str,
    acting: Actor,
    now: datetime,
) -> tuple[Withdrawn, ...]:
    """Withdraw the latest posts on a proposal, or all of a paper, in one channel or in each.

    What waits of them is not sent; what is out is replaced by the notice, which may stand where the post may not.
    """
    permit(acting, Action.RETRACT)
    why = needed(reason, "retract a post")
    posts = await _posts(session, config, typed, channel)
    for post in posts:
        unsent = (OutboxEntry.post_id == post.id, OutboxEntry.state.in_([State.QUEUED, State.REFUSED]))
        await session.execute(delete(OutboxEntry).where(*unsent))
        if post.message is not None or await _on_its_way(session, post):
            address = post.paper.comments_to or config.secas.comments_address
            message = Message("retracted", {"on": _on(post), "at": now, "comments_to": address})
            await outbox.update(session, post, message, now, mark=Classification.WHITE)
            if post.invitation is None:  # the post that heads a paper is pinned
                await outbox.unpin(session, post, now)
        about = About(post_id=post.id, proposal_id=post.invitation.item.proposal_id if post.invitation else None)
        await deciding.decide(session, about, Retracted(), acting, now, reason=why, key=f"retracted:{post.id}")
    return tuple(_told(post) for post in posts)


async def _posts(session: AsyncSession, config: Config, typed: str, channel: str) -> Sequence[Post]:
    """Of a paper all, of a proposal those of the latest paper that was put to anyone; none is withdrawn yet."""
    names = [each.name for each in config.channels]
    if channel and channel not in names:
        raise WrongUsage(f"{one_line(channel)!r} is no channel: allowed is {listed(names, 'or')}.")
    query = (
        select(Post)
        .where(Post.id.not_in(register.retracted()))
        .options(joinedload(Post.paper))
        .options(joinedload(Post.invitation).joinedload(Invitation.item).joinedload(Item.proposal))
        .order_by(Post.id)
    )
    reference = parse_reference(typed)
    paper = select(Paper.id).where(func.lower(Paper.reference) == typed.strip().lower())
    if (paper_id := await session.scalar(paper)) is not None:
        query = query.where(Post.paper_id == paper_id)
    elif reference is not None:
        item = await register.item_of(session, reference, unpublished=False)
        of_item = select(Invitation.id).join(Item).where(Item.id == item.id)
        query = query.where(Post.invitation_id.in_(of_item))
    else:
        shown = one_line(typed[:_LONGEST])
        raise WrongUsage(f"{shown!r} is no post: allowed is a proposal such as DP092 or a paper's reference.")
    found = (await session.scalars(query.where(Post.channel_name == channel) if channel else query)).all()
    if not found:
        where = f" in {channel}" if channel else ""
        raise UserError(f"There is no post on {typed.strip()}{where} that is not withdrawn: nothing was changed.")
    return found


async def _on_its_way(session: AsyncSession, post: Post) -> bool:
    under_way = OutboxEntry.state.in_([State.SENDING, State.UNCLEAR])
    return await session.scalar(select(OutboxEntry.id).where(OutboxEntry.post_id == post.id, under_way)) is not None


def _on(post: Post) -> str:
    return post.invitation.item.name if post.invitation else post.paper.reference


def _told(post: Post) -> Withdrawn:
    return Withdrawn(post.id, _on(post), post.channel_name, post.message is not None)
