"""How many comments and reactions there are: the only place that counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import Capacity, ReactionCount
from bot.models import LedgerEntry, Post, Reaction, View
from bot.rules.reactions import meaning_of

Place = tuple[str, str, str]  # a message: platform, channel, message
VIEW_CAPACITIES = [capacity for capacity in Capacity if capacity.gives_views]


@dataclass(frozen=True)
class Counts:
    """Comments that stand (not withdrawn, not replies), and how many organisations gave them where that is stated.

    `not_stated`: how many of the comments are by people whose organisation is not stated.
    """

    comments: int = 0
    organisations: int = 0
    not_stated: int = 0


async def counts_by_invitation(
    session: AsyncSession, since: datetime | None = None, until: datetime | None = None
) -> Mapping[int, Counts]:
    """Counts for each invitation with a comment, heard after `since` and up to `until` (UTC) where these are given."""
    query = (
        select(
            Post.invitation_id,
            func.count(View.id),
            func.count(distinct(LedgerEntry.organisation)),
            func.count(View.id) - func.count(LedgerEntry.organisation),
        )
        .join(View, View.post_id == Post.id)
        .join(LedgerEntry, View.first_entry_id == LedgerEntry.id)
        .where(View.withdrawn_at.is_(None), LedgerEntry.capacity.in_(VIEW_CAPACITIES))
        .group_by(Post.invitation_id)
    )
    if since is not None:
        query = query.where(LedgerEntry.heard_at > since)
    if until is not None:
        query = query.where(LedgerEntry.heard_at <= until)
    rows = await session.execute(query)
    return {invitation: Counts(*counts) for invitation, *counts in rows if invitation}


async def reactions_on(
    session: AsyncSession, messages: Iterable[Iterable[Place]], meanings: Mapping[str, str]
) -> list[tuple[ReactionCount, ...]]:
    """Reactions by printed meaning on each group of messages (the posts of one proposal are one group), in their order.

    Only people whose words would be views are counted, each once a group and meaning, whatever the tone of skin.
    """
    groups = [set(group) for group in messages]
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    query = (
        select(Reaction, LedgerEntry)
        .join(LedgerEntry, Reaction.entry_id == LedgerEntry.id)
        .where(Reaction.present, LedgerEntry.capacity.in_(VIEW_CAPACITIES))
    )
    found: list[dict[str, dict[str, str | None]]] = [{} for _ in groups]
    for reaction, entry in await session.execute(query):
        number = group_of.get((reaction.platform, reaction.channel, reaction.message))
        meaning = meaning_of(reaction.emoji, meanings)
        if number is not None and meaning is not None:
            found[number].setdefault(meaning, {})[reaction.speaker] = entry.organisation
    order = list(dict.fromkeys(meanings.values()))
    return [tuple(_count(meaning, people[meaning]) for meaning in order if meaning in people) for people in found]


def _count(meaning: str, people: Mapping[str, str | None]) -> ReactionCount:
    organisations = sorted({organisation for organisation in people.values() if organisation})
    return ReactionCount(meaning, len(people), tuple(organisations))
