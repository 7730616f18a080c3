"""What publishing a paper would post where, and why not: told before the paper is stored."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Channel, Config
from bot.models import Invitation, Item, Paper, Post, Proposal
from bot.papers import Reading
from bot.rules.classification import may_post
from bot.rules.wording import listed
from bot.services import register
from bot.services.history import withdrawn_of


@dataclass(frozen=True)
class Planned:
    """A channel, how many posts it would get, and why it would get none (`because`; else None).

    `before` says which of the proposals other papers put there already; None where none was.
    """

    channel: Channel
    posts: int
    because: str | None
    before: str | None = None


@dataclass(frozen=True)
class Plan:
    """The channels of the paper's Sub-Committee; where there are none, `because` says why."""

    channels: tuple[Planned, ...]
    because: str | None


@dataclass(frozen=True)
class Standing:
    """What the register knows of a paper's publication.

    `posted`: the channels that had this paper. `before`: the names of its proposals that other papers put to a
    channel, by the channel and then by that paper's reference. `withdrawn`: which of its proposals are, in words.
    """

    posted: Collection[str] = frozenset()
    before: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    withdrawn: str | None = None


UNKNOWN = Standing()  # no register can be read


def plan(config: Config, reading: Reading, standing: Standing = UNKNOWN) -> Plan:
    """What `dpbot publish` would do with a paper."""
    if reading.blocked:
        return Plan((), "nothing is posted: a paper with errors cannot be stored")
    body = config.sub_committee(reading.paper.body or "")
    if body is None:
        return Plan((), "nothing is posted: the paper is for no Sub-Committee in config.toml")
    channels = config.channels_of(body.code)
    if not channels:
        return Plan((), f"nothing is posted: no channel is configured for {body.code}")
    posts = len(reading.items) + 1  # the heading post
    return Plan(
        tuple(
            Planned(c, posts, _why_not(config, reading, c, standing), _before(standing.before.get(c.name, {})))
            for c in channels
        ),
        None,
    )


async def standing(session: AsyncSession, reading: Reading) -> Standing:
    """What the register, which is only looked at, says of publishing a paper."""
    this = (reading.paper.reference or "").lower()
    there = (func.lower(Paper.reference) == this, Post.id.not_in(register.retracted()))
    posted = select(Post.channel_name).join(Post.paper).where(*there)
    proposals = await session.scalars(
        select(Proposal).where(Proposal.number.in_(item.number for item in reading.items))
    )
    known = {(proposal.number, proposal.suffix): proposal for proposal in proposals}
    here = [
        (item.reference, known[key]) for item in reading.items if (key := (item.number, item.suffix or "")) in known
    ]
    return Standing(
        frozenset(await session.scalars(posted)), await _put_before(session, here, this), withdrawn_of(here)
    )


async def _put_before(
    session: AsyncSession, proposals: Sequence[tuple[str, Proposal]], this: str
) -> dict[str, dict[str, list[str]]]:
    """As `Standing.before`, in the order of the posts; `this` is the paper's own reference in small letters."""
    names = {proposal.id: name for name, proposal in proposals}
    query = (
        select(Post.channel_name, Paper.reference, Item.proposal_id)
        .join(Post.paper)
        .join(Post.invitation)
        .join(Invitation.item)
        .where(Item.proposal_id.in_(names), func.lower(Paper.reference) != this)
        .order_by(Post.id)
    )
    found: dict[str, dict[str, list[str]]] = {}
    for channel, paper, proposal_id in await session.execute(query):
        found.setdefault(channel, {}).setdefault(paper, []).append(names[proposal_id])
    return found


def _why_not(config: Config, reading: Reading, channel: Channel, standing: Standing) -> str | None:
    if channel.name in standing.posted:
        return "it was published there before"
    for each in (channel, *config.channels_of(channel.sub_committee)):  # all of them or none: see `publishing`
        decision = may_post(reading.paper.classification, each.clearance, config.policies)
        if not decision.value:
            return decision.because
    return standing.withdrawn if config.publishing.enabled else "publishing is off in config.toml"


def _before(papers: Mapping[str, Sequence[str]]) -> str | None:
    said = [
        f"{listed(names)} {'was' if len(names) == 1 else 'were'} published there before by {paper}"
        for paper, names in papers.items()
    ]
    return "; ".join(said) or None
