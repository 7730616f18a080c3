"""What publishing a paper would post where, and why not: told before the paper is stored."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Channel, Config
from bot.models import Paper, Post
from bot.papers import Reading
from bot.rules.classification import may_post


@dataclass(frozen=True)
class Planned:
    """A channel, how many posts it would get, and why it would get none (`because`; else None)."""

    channel: Channel
    posts: int
    because: str | None


@dataclass(frozen=True)
class Plan:
    """The channels of the paper's Sub-Committee; where there are none, `because` says why."""

    channels: tuple[Planned, ...]
    because: str | None


def plan(config: Config, reading: Reading, posted: Collection[str]) -> Plan:
    """What `dpbot publish` would do with a paper. `posted`: the channels that had this paper before."""
    if reading.blocked:
        return Plan((), "nothing is posted: a paper with errors cannot be stored")
    body = config.sub_committee(reading.paper.body or "")
    if body is None:
        return Plan((), "nothing is posted: the paper is for no Sub-Committee in config.toml")
    channels = config.channels_of(body.code)
    if not channels:
        return Plan((), f"nothing is posted: no channel is configured for {body.code}")
    posts = len(reading.items) + 1  # the heading post
    return Plan(tuple(Planned(c, posts, _why_not(config, reading, c, posted)) for c in channels), None)


async def posted_to(session: AsyncSession, reference: str | None) -> frozenset[str]:
    """The channels that a paper of this reference was published to."""
    query = select(Post.channel_name).join(Post.paper).where(func.lower(Paper.reference) == (reference or "").lower())
    return frozenset(await session.scalars(query))


def _why_not(config: Config, reading: Reading, channel: Channel, posted: Collection[str]) -> str | None:
    if channel.name in posted:
        return "it was published there before"
    for each in (channel, *config.channels_of(channel.sub_committee)):  # all of them or none: see `publishing`
        decision = may_post(reading.paper.classification, each.clearance)
        if not decision.value:
            return decision.because
    return None if config.publishing.enabled else "publishing is off in config.toml"
