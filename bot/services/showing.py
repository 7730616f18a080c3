"""What the posts on proposals show now: their counts grow, and things are decided of the proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import Message, Place
from bot.models import Invitation, Post
from bot.outbox import Outbox
from bot.services import counting, publishing, record, register
from bot.services.counting import Counts
from bot.surfaces import SURFACES

_COUNT_SECONDS = 60
_NO_COUNTS = "0 0 0"


@dataclass(frozen=True)
class _Standing:
    """What is counted of an invitation. `reacted`: people, by the printed meaning of their reaction."""

    counts: Counts
    reacted: Mapping[str, int]
    closing: str | None

    def line(self, platform: str) -> str:
        """What a post there shows of it, to be compared."""
        counts = self.counts
        parts = [str(number) for number in (counts.comments, counts.organisations, counts.not_stated)]
        parts += [f"{number} {source}" for source, number in counts.entered]
        if SURFACES[platform].counts_reactions:
            parts += [f"{people} {meaning}" for meaning, people in self.reacted.items()]
        return " ".join(parts)


async def refresh_counts(session: AsyncSession, config: Config, outbox: Outbox, now: datetime) -> int:
    """Queue an update of every post that is out of date, at most one a minute a post. How many."""
    if not config.publishing.enabled:
        return 0
    invitations = await register.invitations(session)
    queued = 0
    for (invitation, posts), standing in zip(invitations, await _standing(session, config, invitations), strict=True):
        for post in posts:
            shown_lately = post.counts_at is not None and (now - post.counts_at).total_seconds() < _COUNT_SECONDS
            line = standing.line(post.platform)
            if post.message is None or line == (post.counts or _NO_COUNTS) or shown_lately:
                continue
            await outbox.update(session, post, await _message(session, config, invitation, standing), now)
            post.counts, post.counts_at = line, now
            queued += 1
    return queued


async def shown(session: AsyncSession, config: Config, place: Place) -> Message | None:
    """The post on a proposal at this place as it stands now; None where there is none."""
    at = (place.platform, place.channel, place.message)
    for invitation, posts in await register.invitations(session):
        if any((post.platform, post.channel, post.message) == at for post in posts):
            (standing,) = await _standing(session, config, [(invitation, posts)])
            return await _message(session, config, invitation, standing)
    return None


async def _standing(
    session: AsyncSession, config: Config, invitations: Sequence[tuple[Invitation, Sequence[Post]]]
) -> list[_Standing]:
    counts = await counting.counts_by_invitation(session)
    decided = await record.closing_times(session, [invitation.id for invitation, _ in invitations])
    places = [[(post.platform, post.channel or "", post.message or "") for post in posts] for _, posts in invitations]
    reacted = await counting.reactions_on(session, config, places, config.reactions)
    return [
        _Standing(
            counts.get(invitation.id, Counts()),
            {each.meaning: each.people for each in given},
            publishing.closing_of(invitation, decided),
        )
        for (invitation, _), given in zip(invitations, reacted, strict=True)
    ]


async def _message(session: AsyncSession, config: Config, invitation: Invitation, standing: _Standing) -> Message:
    item = invitation.item
    paper = await register.paper(session, item.paper.reference)
    return publishing.proposal_message(config, paper, item, standing.counts, standing.closing, standing.reacted)
