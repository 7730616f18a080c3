"""What is stored under a channel's name follows it when config.toml calls the channel otherwise."""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Occurrence, OutboxEntry, Post
from bot.services.digesting import job_of


async def follow(session: AsyncSession, platform: str, names: Mapping[str, str]) -> None:
    """Posts, digests that were sent and what waits in the outbox go to the new name.

    `names`: by the platform's id and by its own name, which is all that is known of a channel before its first post.
    """
    channel_of = func.coalesce(Post.channel, Post.channel_name)
    moved = select(channel_of, Post.channel_name).where(Post.platform == platform, channel_of.in_(names)).distinct()
    for channel, old in (await session.execute(moved)).all():
        if names[channel] != old:
            await _rename(session, platform, old, names[channel])


async def _rename(session: AsyncSession, platform: str, old: str, new: str) -> None:
    posts = update(Post).where(Post.platform == platform, Post.channel_name == old)
    await session.execute(posts.values(channel_name=new))
    waiting = update(OutboxEntry).where(OutboxEntry.platform == platform, OutboxEntry.channel == old)
    await session.execute(waiting.values(channel=new))
    # One that is kept under both names stays so.
    digests = update(Occurrence).prefix_with("OR IGNORE").where(Occurrence.job == job_of(platform, old))
    await session.execute(digests.values(job=job_of(platform, new)))
