"""How it is known that the record of a thread is whole: when it was last read, and what of it is included."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.compilation import Check
from bot.config import Config
from bot.domain import Source
from bot.models import Invitation, Item, LedgerEntry, Post, Sweep, View
from bot.services import audience
from bot.services.counting import VIEW_CAPACITIES
from bot.services.printed import PLATFORMS

NEVER = "it has not been read"


async def checks(session: AsyncSession, config: Config, proposal_id: int, until: datetime) -> tuple[Check, ...]:
    """The last reading of each thread of a proposal that had ended at a moment; none where no thread was ever read.

    A reading speaks for everything that was said before it began.
    """
    query = (
        select(Post)
        .join(Post.invitation)
        .join(Invitation.item)
        .where(Item.proposal_id == proposal_id, Post.message.is_not(None))
        .options(joinedload(Post.invitation))
        .order_by(Post.id)
    )
    posts = {post.id: post for post in await session.scalars(query)}
    ended = (Sweep.post_id.in_(posts), Sweep.finished_at <= until)
    last = {sweep.post_id: sweep for sweep in await session.scalars(select(Sweep).where(*ended).order_by(Sweep.id))}
    return tuple([await _check(session, config, post, last.get(post.id)) for post in posts.values() if last])


async def included(session: AsyncSession, post: Post, seen: Collection[str]) -> int:
    """How many of the messages that a reading saw are comments that stand."""
    standing = await session.scalars(_comments(post).where(audience.standing()))
    return len(set(standing) & set(seen))


async def _check(session: AsyncSession, config: Config, post: Post, sweep: Sweep | None) -> Check:
    body = config.body_name(post.invitation.sub_committee) if post.invitation else ""
    unseen = await session.scalars(_comments(post).where(View.missing_at.is_not(None), View.withdrawn_at.is_(None)))
    return Check(
        sub_committee=body,
        platform=PLATFORMS.get(post.platform, post.platform),
        checked_at=sweep.started_at if sweep else None,
        comments=await included(session, post, sweep.seen) if sweep else 0,
        missing=len(unseen.all()),
        problem=sweep.problem if sweep else NEVER,
    )


def _comments(post: Post) -> Select[str]:
    """The messages in a post's thread that are comments, however they stand."""
    in_thread = (LedgerEntry.thread == post.message, LedgerEntry.source == Source.THREAD)
    return (
        select(View.message)
        .join(View.first)
        .where(View.platform == post.platform, View.channel == post.channel, *in_thread)
        .where(View.capacity.in_(VIEW_CAPACITIES))
    )
