"""How many comments and reactions there are: the only place that counts."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.compilation import NoComment, ReactionCount
from bot.config import Config
from bot.domain import SECAS_ENTERS, Basis, Capacity, Source
from bot.models import Answer, Invitation, Item, LedgerEntry, Post, Reaction, View
from bot.rules.reactions import meaning_of
from bot.services import audience, people
from bot.services.audience import Viewer

Place = tuple[str, str, str]  # a message: platform, channel, message
VIEW_CAPACITIES = [capacity for capacity in Capacity if capacity.gives_views]
_KNOWN = case((View.basis != Basis.STATED, View.organisation))  # NULL where the author alone says it


@dataclass(frozen=True)
class Counts:
    """Comments that stand (confidential ones too, replies not), and how many organisations gave them.

    `not_stated`: how many of the comments are by people whose organisation is not stated, or stated by them alone.
    `entered`: how many of them SECAS entered, by how they were received.
    """

    comments: int = 0
    organisations: int = 0
    not_stated: int = 0
    entered: tuple[tuple[Source, int], ...] = ()


async def counts_by_invitation(
    session: AsyncSession, since: datetime | None = None, until: datetime | None = None
) -> Mapping[int, Counts]:
    """Counts for each invitation with a comment, heard after `since` and up to `until` (UTC) where these are given."""
    query = (
        select(
            Post.invitation_id,
            func.count(View.id),
            func.count(distinct(_KNOWN)),
            func.count(View.id) - func.count(_KNOWN),
            *(func.count(case((LedgerEntry.source == source, 1))) for source in SECAS_ENTERS),
        )
        .join(View, View.post_id == Post.id)
        .join(LedgerEntry, View.first_entry_id == LedgerEntry.id)
        .where(audience.standing(), View.capacity.in_(VIEW_CAPACITIES))
        .group_by(Post.invitation_id)
    )
    if since is not None:
        query = query.where(LedgerEntry.heard_at > since)
    if until is not None:
        query = query.where(LedgerEntry.heard_at <= until)
    rows = await session.execute(query)
    return {invitation: _counts(*counts) for invitation, *counts in rows if invitation}


def _counts(comments: int, organisations: int, not_stated: int, *entered: int) -> Counts:
    found = tuple((source, number) for source, number in zip(SECAS_ENTERS, entered, strict=True) if number)
    return Counts(comments, organisations, not_stated, found)


@dataclass(frozen=True)
class Answers:
    """Those who answered “No comment” on a proposal, in the order of time. Sub-Committees are by their codes."""

    no_comment: tuple[NoComment, ...] = ()

    @property
    def people(self) -> int:
        return len(self.no_comment)

    @property
    def organisations(self) -> tuple[str, ...]:
        """Sorted, each once."""
        return tuple(sorted({each.organisation for each in self.no_comment if each.organisation}))


async def answers(session: AsyncSession, config: Config, viewer: Viewer, proposal_id: int) -> Answers:
    """Answers “No comment” that somebody may see: those given where their words would be a view.

    Of a person with accounts on two platforms the latest counts. Who commented as well has both, each with its date:
    neither takes the place of the other.
    """
    query = (
        select(Answer, Invitation.sub_committee)
        .join(Invitation, Answer.invitation_id == Invitation.id)
        .join(Item, Invitation.item_id == Item.id)
        .join(LedgerEntry, Answer.entry_id == LedgerEntry.id)
        .where(Item.proposal_id == proposal_id, LedgerEntry.capacity.in_(VIEW_CAPACITIES))
        .options(joinedload(Answer.entry).joinedload(LedgerEntry.words))
        .order_by(Answer.at, Answer.entry_id)
    )
    persons = await people.persons(session, config)
    latest: dict[Hashable, tuple[Answer, str]] = {}
    for answer, body in await session.execute(query):
        whose = (answer.invitation_id, persons.of(answer.platform, answer.speaker))
        latest.pop(whose, None)  # the order stays that of time
        latest[whose] = answer, body
    found = [(answer, body) for answer, body in latest.values() if answer.given and viewer.sees(body)]
    return Answers(tuple(_no_comment(answer, body, viewer) for answer, body in found))


def _no_comment(answer: Answer, sub_committee: str, viewer: Viewer) -> NoComment:
    entry = answer.entry
    name = entry.words.name if viewer.secas and entry.words else None
    category = entry.party_category if _organisation(entry) else None
    return NoComment(_organisation(entry), category, sub_committee, answer.at, name)


def _organisation(entry: LedgerEntry) -> str | None:
    """What a person alone states of himself is counted nowhere."""
    return None if entry.basis == Basis.STATED else entry.organisation


async def reactions_on(
    session: AsyncSession, config: Config, messages: Iterable[Iterable[Place]], meanings: Mapping[str, str]
) -> list[tuple[ReactionCount, ...]]:
    """Reactions by printed meaning on each group of messages (the posts of one proposal are one group), in their order.

    Only people whose words would be views are counted, each once a group and meaning, whatever the platform and the
    tone of skin.
    """
    groups = [set(group) for group in messages]
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    query = (
        select(Reaction, LedgerEntry)
        .join(LedgerEntry, Reaction.entry_id == LedgerEntry.id)
        .where(Reaction.present, LedgerEntry.capacity.in_(VIEW_CAPACITIES))
    )
    persons = await people.persons(session, config)
    found: list[dict[str, dict[Hashable, str | None]]] = [{} for _ in groups]
    for reaction, entry in await session.execute(query):
        number = group_of.get((reaction.platform, reaction.channel, reaction.message))
        meaning = meaning_of(reaction.emoji, meanings)
        if number is not None and meaning is not None:
            given, person = found[number].setdefault(meaning, {}), persons.of(reaction.platform, reaction.speaker)
            given[person] = _organisation(entry) or given.get(person)
    order = list(dict.fromkeys(meanings.values()))
    return [tuple(_count(meaning, people[meaning]) for meaning in order if meaning in people) for people in found]


def _count(meaning: str, people: Mapping[Hashable, str | None]) -> ReactionCount:
    organisations = sorted({organisation for organisation in people.values() if organisation})
    return ReactionCount(meaning, len(people), tuple(organisations))
