"""`/dp help`, `list` and `show`: what was put to the Sub-Committees, and how it stands with each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Looks, Reader, on_proposal, plain
from bot.domain import Message, Reference
from bot.errors import UserError
from bot.models import Item, Meeting, Post
from bot.rules.classification import POSTABLE
from bot.services import counting, events, further, publishing, record, register
from bot.services.counting import Counts
from bot.services.further import Further
from bot.services.history import events_of


@dataclass(frozen=True)
class Help(Looks):
    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:  # noqa: ARG002 - as every command
        return Message("help", {"analyst": asking.viewer.secas})


@dataclass(frozen=True)
class List(Looks):
    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        standings = await _standings(session, asking)
        shown = partial(_is_shown, asking)
        items = await register.latest_items(session, unpublished=asking.viewer.secas, shown=shown)
        lines = [(item, standings.get(item.proposal_id, [])) for item in items]
        return Message("list", {"lines": lines})


@dataclass(frozen=True)
class Show(Looks):
    reference: Reference

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        item = await shown_item(session, asking, self.reference)
        standings = (await _standings(session, asking)).get(item.proposal_id, [])
        statement = publishing.problem_statement(item.paper, item)
        values = {"item": item, "paper": item.paper, "statement": statement, "standings": standings}
        values |= {"events": events_of(item.proposal), "whole": await events.whole_of(session, item.proposal)}
        return Message("show", values)


READERS: dict[str, Reader] = {
    "help": plain("help", Help),
    "list": plain("list", List),
    "show": on_proposal("show", Show),
}
USAGES = ("help", "list", "show DP092")


async def full_text(session: AsyncSession, asking: Asking, item_id: int) -> Message:
    """The whole issue and impacts of an item whose post had to cut them."""
    item = await register.item(session, item_id, unpublished=asking.viewer.secas)
    _check_shown(asking, item)
    return Message("modals/full_text", {"item": item})


async def shown_item(session: AsyncSession, asking: Asking, reference: Reference) -> Item:
    """The latest item on a proposal that may be shown; UserError where there is none."""
    shown = partial(_is_shown, asking)
    item = await register.item_of(session, reference, unpublished=asking.viewer.secas, shown=shown)
    _check_shown(asking, item)
    return item


@dataclass(frozen=True)
class Standing:
    """How a proposal stands with one Sub-Committee. Counts and posts only for those the asker may see into.

    `posts`: those on the asker's platform first.
    """

    body: str
    meeting: Meeting | None
    counts: Counts | None
    posts: Sequence[Post]
    item_id: int
    comments_by: str | None = None
    further: Further | None = None


async def _standings(session: AsyncSession, asking: Asking) -> dict[int, list[Standing]]:
    """By proposal, of items that may be shown. Counts and links are for members of the Sub-Committee and analysts."""
    counts = await counting.counts_by_invitation(session)
    put = await register.invitations(session)
    closings = await record.closing_times(session, [invitation.id for invitation, _ in put])
    agreed = await further.standing(session, asking.config, put)
    found: dict[int, list[Standing]] = {}
    for invitation, posts in put:
        if not _is_shown(asking, invitation.item):
            continue
        standing = Standing(
            asking.config.body_name(invitation.sub_committee),
            invitation.item.paper.meeting,
            counts.get(invitation.id, Counts()),
            sorted(posts, key=lambda post: post.platform != asking.speaker.platform),
            invitation.item_id,
            publishing.closing_of(invitation, closings),
            agreed[invitation.id],
        )
        if not asking.viewer.sees(invitation.sub_committee):
            standing = replace(standing, counts=None, posts=(), further=None)
        found.setdefault(invitation.item.proposal_id, []).append(standing)
    return found


def _is_shown(asking: Asking, item: Item) -> bool:
    """White is for everybody; what an operator's policy allows above it, for the Sub-Committee it was put to."""
    mark = item.paper.classification
    return mark in POSTABLE or (mark in asking.config.policies and asking.viewer.sees(item.paper.sub_committee))


def _check_shown(asking: Asking, item: Item) -> None:
    if not _is_shown(asking, item):
        raise UserError(f"{item.name} is not shown here: its paper is classified {item.paper.classification.value}.")
