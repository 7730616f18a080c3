"""Looking things up in the register: papers, the item that speaks for a proposal, invitations."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.domain import Reference
from bot.errors import UserError
from bot.models import Invitation, Item, Paper, Post, Proposal
from bot.rules import references


async def paper(session: AsyncSession, reference: str) -> Paper:
    """The paper with this reference, in any case. UserError where there is none."""
    query = (
        select(Paper)
        .where(func.lower(Paper.reference) == reference.lower())
        .options(
            joinedload(Paper.meeting),
            selectinload(Paper.items).joinedload(Item.proposal),
            selectinload(Paper.attachments),
        )
    )
    found = await session.scalar(query)
    if found is None:
        known = (await session.scalars(select(Paper.reference).order_by(Paper.id.desc()).limit(3))).all()
        hint = f"imported papers are {', '.join(known)}" if known else "import it with `dpbot import`"
        raise UserError(f"There is no paper {reference}: {hint}.")
    return found


async def items(session: AsyncSession, reference: Reference) -> Sequence[Item]:
    """A proposal's items, the latest paper first. UserError where no paper has the proposal."""
    query = _items().where(Proposal.number == reference.number, Proposal.suffix == reference.suffix)
    found = (await session.scalars(query)).all()
    if not found:
        raise UserError(
            f"No paper with {references.label(reference.number, reference.suffix)} has been imported: check the number."
        )
    return found


async def latest_items(session: AsyncSession) -> list[Item]:
    """The latest item of every proposal, by number."""
    latest = {item.proposal_id: item for item in reversed((await session.scalars(_items())).all())}
    return sorted(latest.values(), key=lambda item: (item.proposal.number, item.proposal.suffix))


async def invitations(session: AsyncSession) -> list[tuple[Invitation, Sequence[Post]]]:
    """Every invitation with its item, paper and meeting, and the posts that carry it."""
    query = (
        select(Invitation)
        .options(joinedload(Invitation.item).joinedload(Item.paper).joinedload(Paper.meeting))
        .options(joinedload(Invitation.item).joinedload(Item.proposal))
        .order_by(Invitation.id)
    )
    posts: dict[int | None, list[Post]] = {}
    for post in await session.scalars(select(Post).order_by(Post.id)):
        posts.setdefault(post.invitation_id, []).append(post)
    return [(found, posts.get(found.id, [])) for found in await session.scalars(query)]


def _items() -> Select[Item]:
    return (
        select(Item)
        .join(Proposal)
        .join(Paper)
        .options(joinedload(Item.proposal))
        .options(joinedload(Item.paper).joinedload(Paper.meeting))
        .options(joinedload(Item.paper).selectinload(Paper.attachments))
        .order_by(Paper.dated.desc(), Item.id.desc())
    )


async def item(session: AsyncSession, item_id: int) -> Item:
    """One item by its id, as a button on its post carries it. UserError where there is none."""
    found = await session.scalar(_items().where(Item.id == item_id))
    if found is None:
        raise UserError("That proposal is not in dpbot's register any more: `/dp list` shows what is.")
    return found
