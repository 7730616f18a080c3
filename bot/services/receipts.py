"""How it is known that the record of a thread is whole: when it was last read, and what of it is included."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.compilation import Check
from bot.config import Config
from bot.domain import Source
from bot.models import Invitation, Item, LedgerEntry, Post, Ref, Sweep, View
from bot.rules.wording import platform_name
from bot.services import audience
from bot.services.counting import VIEW_CAPACITIES

NEVER = "it has not been read"
MAYBE_TWICE = "The post may stand twice in the channel: replies to the other one are not included."


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


async def included(session: AsyncSession, post: Post, seen: Collection[str]) -> tuple[str, ...]:
    """Which of the messages that a reading saw are comments that stand, by refs without the proposal: "V007"."""
    there = set(seen)
    standing = await session.execute(_comments(post).where(audience.standing()).order_by(Ref.letter, Ref.number))
    return tuple(f"{letter}{number:03}" for message, letter, number in standing if message in there)


async def _check(session: AsyncSession, config: Config, post: Post, sweep: Sweep | None) -> Check:
    body = config.body_name(post.invitation.sub_committee) if post.invitation else ""
    refs = await included(session, post, sweep.seen) if sweep else ()
    unseen = await session.scalars(_comments(post).where(View.missing_at.is_not(None), View.withdrawn_at.is_(None)))
    return Check(
        sub_committee=body,
        platform=platform_name(post.platform),
        checked_at=sweep.started_at if sweep else None,
        comments=len(refs),
        missing=len(unseen.all()),
        problem=sweep.problem if sweep else NEVER,
        refs=refs,
        limits=(MAYBE_TWICE,) if post.maybe_twice else (),
    )


def _comments(post: Post) -> Select[str, str, int]:
    """The messages in a post's thread that are comments, however they stand; each with its ref."""
    in_thread = (LedgerEntry.thread == post.message, LedgerEntry.source == Source.THREAD)
    return (
        select(View.message, Ref.letter, Ref.number)
        .join(View.first)
        .join(View.ref)
        .where(View.platform == post.platform, View.channel == post.channel, *in_thread)
        .where(View.capacity.in_(VIEW_CAPACITIES))
    )
