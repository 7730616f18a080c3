"""The comments on a proposal as one person may see them, under headings, and what is said beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.config import Config
from bot.decisions import Disposition
from bot.domain import Basis, Facet
from bot.models import Document, Invitation, Item, Paper
from bot.rules.wording import listed
from bot.services import counting, record
from bot.services.audience import Viewer
from bot.services.counting import Answers, Counts
from bot.services.recorded import Recorded, RecordedPart


class By(StrEnum):
    """What comments are put under."""

    FACET = "facet"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Line:
    """A comment, or a lettered part of it. What is said of the whole comment stands with its last part (`last`).

    `replies`: refs of the replies that answer it, by their ids, as far as this reader may see them.
    """

    view: Recorded
    part: RecordedPart
    body: str
    last: bool = True
    replies: Mapping[int, str] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        return self.view.ref + self.part.letter

    @property
    def answered(self) -> bool:
        return any(response.disposition is Disposition.ANSWERED for response in self.view.responses)


@dataclass(frozen=True)
class Group:
    """Lines under one heading, in the order of refs: a facet, or an organisation (None: not stated)."""

    facet: Facet | None
    organisation: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Put:
    """The proposal put to one Sub-Committee, and how many comments it gave; `confidential` ones are not shown."""

    body: str
    meeting: int | None
    counts: Counts
    confidential: int


@dataclass(frozen=True)
class Discussion:
    """What one person may see. `aside`: comments that do not stand, for SECAS alone, and `replies`: not counted.

    `silent`: the Party Categories that no comment came from, as a list in words; None where it is not for this reader.
    """

    put: tuple[Put, ...]
    groups: tuple[Group, ...]
    aside: tuple[Line, ...]
    replies: tuple[Line, ...]
    no_comment: Answers
    silent: str | None

    @property
    def confidential(self) -> int:
        return sum(put.confidential for put in self.put)


async def invitations(session: AsyncSession, proposal_id: int) -> Sequence[Invitation]:
    """Where a proposal was put, with paper and meeting."""
    query = (
        select(Invitation)
        .join(Invitation.item)
        .where(Item.proposal_id == proposal_id)
        .options(joinedload(Invitation.item).joinedload(Item.paper).joinedload(Paper.meeting))
        .order_by(Invitation.id)
    )
    return (await session.scalars(query)).all()


async def discussion(session: AsyncSession, config: Config, viewer: Viewer, proposal_id: int, by: By) -> Discussion:
    """What this person may see of a proposal; nothing of Sub-Committees that he does not sit on."""
    seen = await record.views(session, viewer, proposal_id)
    put = [each for each in await invitations(session, proposal_id) if viewer.sees(each.sub_committee)]
    lines = [line for view in seen if view.is_view and view.stands for line in _lines(config, view, seen)]
    return Discussion(
        put=await _put(session, config, put, seen),
        groups=_by_facet(lines) if by is By.FACET else _by_organisation(lines),
        aside=tuple(line for v in seen if not v.stands for line in _lines(config, v, seen)),
        replies=tuple(line for v in seen if v.stands and not v.is_view for line in _whole(config, v)),
        no_comment=await counting.answers(session, config, viewer, proposal_id),
        silent=await _silent(session, config, viewer, put, seen),
    )


async def _put(
    session: AsyncSession, config: Config, invited: Iterable[Invitation], seen: Sequence[Recorded]
) -> tuple[Put, ...]:
    counts = await counting.counts_by_invitation(session)
    found = []
    for each in invited:
        own, meeting = counts.get(each.id, Counts()), each.item.paper.meeting
        shown = sum(view.is_view and view.stands and view.invitation_id == each.id for view in seen)
        body = config.body_name(each.sub_committee)
        found.append(Put(body, meeting.number if meeting else None, own, own.comments - shown))
    return tuple(found)


def _lines(config: Config, view: Recorded, seen: Iterable[Recorded]) -> Iterable[Line]:
    """One for each part of a comment."""
    linked = {response.reply_ref for response in view.responses}
    replies = {other.id: other.ref for other in seen if other.id in linked and other.stands}
    body = config.body_name(view.sub_committee)
    for part in view.parts:
        yield Line(view, part, body, part is view.parts[-1], replies)


def _whole(config: Config, view: Recorded) -> Iterable[Line]:
    """A reply is never parted."""
    part = RecordedPart("", view.text, None, view.parts[0].suggestion, None, None)
    yield Line(view, part, config.body_name(view.sub_committee))


def _by_facet(lines: Sequence[Line]) -> tuple[Group, ...]:
    groups = (Group(facet, None, tuple(line for line in lines if line.part.facet is facet)) for facet in Facet)
    return tuple(group for group in groups if group.lines)


def _by_organisation(lines: Sequence[Line]) -> tuple[Group, ...]:
    """By name; those whose organisation is not stated last."""
    names = {line.view.profile.organisation for line in lines}
    ordered = sorted(names, key=lambda name: (name is None, (name or "").casefold()))
    return tuple(
        Group(None, name, tuple(line for line in lines if line.view.profile.organisation == name)) for name in ordered
    )


async def _silent(
    session: AsyncSession, config: Config, viewer: Viewer, put: Sequence[Invitation], seen: Iterable[Recorded]
) -> str | None:
    """SECAS and a Sub-Committee's chair may know before the document is issued, everybody from then on."""
    bodies = {each.sub_committee for each in put}
    if not viewer.secas and put and not await _issued(session, put[0].item.proposal_id):
        bodies &= viewer.chairs
    comments = [view for view in seen if view.is_view and view.stands and view.sub_committee in bodies]
    heard = {view.profile.party_category for view in comments if view.profile.basis is not Basis.STATED}
    return listed([name for name in config.party_categories if name not in heard], "or") if comments else None


async def _issued(session: AsyncSession, proposal_id: int) -> bool:
    query = select(Document.id).where(Document.proposal_id == proposal_id, Document.issued_by.is_not(None))
    return await session.scalar(query.limit(1)) is not None


def latest(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """As many lines as there is room for, the latest under each heading first of all."""
    ranked = sorted(
        (rank, -line.view.id, number)
        for number, group in enumerate(groups)
        for rank, line in enumerate(reversed(group.lines))
    )
    room = [sum(number == kept for _, _, kept in ranked[:most]) for number in range(len(groups))]
    cut = (Group(g.facet, g.organisation, g.lines[len(g.lines) - n :]) for g, n in zip(groups, room, strict=True))
    return tuple(group for group in cut if group.lines)
