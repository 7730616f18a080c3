"""Looking things up in the register: papers, the item that speaks for a proposal, invitations."""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.domain import Reference
from bot.errors import UserError
from bot.models import Decision, Invitation, Item, Paper, Post, Proposal
from bot.rules import references


async def paper(session: AsyncSession, reference: str) -> Paper:
    """The paper with this reference, in any case. UserError where there is none."""
    query = (
        select(Paper)
        .where(func.lower(Paper.reference) == reference.lower())
        .options(
            joinedload(Paper.meeting),
            selectinload(Paper.items).options(joinedload(Item.proposal), joinedload(Item.paper)),
            selectinload(Paper.attachments),
        )
    )
    found = await session.scalar(query)
    if found is None:
        known = (await session.scalars(select(Paper.reference).order_by(Paper.id.desc()).limit(3))).all()
        hint = f"imported papers are {', '.join(known)}" if known else "import it with `dpbot import`"
        raise UserError(f"There is no paper {reference}: {hint}.")
    return found


def _always(_: Item) -> bool:
    return True


async def item_of(
    session: AsyncSession, reference: Reference, *, unpublished: bool, shown: Callable[[Item], bool] = _always
) -> Item:
    """The item that speaks for a proposal: the latest that was put to a Sub-Committee, of those `shown` if there are.

    A paper that is only imported speaks for nothing yet, except, with `unpublished`, for a proposal that was never put
    to anyone. UserError where there is none: without `unpublished` it does not say whether a paper has it.
    """
    named = (Proposal.number == reference.number, Proposal.suffix == reference.suffix)
    items = (await session.scalars(_items().where(*named, Invitation.id.is_not(None)))).all()
    if not items and unpublished:
        items = (await session.scalars(_items().where(*named))).all()
    found = next(filter(shown, items), items[0] if items else None)
    if found is None:
        name = references.label(reference.number, reference.suffix)
        where = "is in no paper that was imported" if unpublished else "has not been put to a Sub-Committee"
        raise UserError(f"{name} {where}: check the number.")
    return found


async def latest_items(
    session: AsyncSession, *, unpublished: bool, shown: Callable[[Item], bool] = _always
) -> list[Item]:
    """The item that speaks for each proposal, by number; those never put to anyone only with `unpublished`.

    A proposal of which nothing is `shown` is left out.
    """
    put = (await session.scalars(_items().where(Invitation.id.is_not(None)))).all()
    all_of_them = (await session.scalars(_items())).all() if unpublished else []
    found = filter(shown, [*reversed(all_of_them), *reversed(put)])
    latest = {item.proposal_id: item for item in found}
    return sorted(latest.values(), key=lambda item: (item.proposal.number, item.proposal.suffix))


def retracted() -> Select[int | None]:
    """The posts, by id, that carry a notice instead of what they were published with."""
    return select(Decision.post_id).where(Decision.kind == "retracted", Decision.post_id.is_not(None))


async def invitations(session: AsyncSession) -> list[tuple[Invitation, Sequence[Post]]]:
    """Every invitation with its item, paper and meeting, and the posts that carry it: those that are not retracted."""
    query = (
        select(Invitation)
        .options(joinedload(Invitation.item).joinedload(Item.paper).joinedload(Paper.meeting))
        .options(joinedload(Invitation.item).joinedload(Item.proposal))
        .order_by(Invitation.id)
    )
    posts: dict[int | None, list[Post]] = {}
    for post in await session.scalars(select(Post).where(Post.id.not_in(retracted())).order_by(Post.id)):
        posts.setdefault(post.invitation_id, []).append(post)
    return [(found, posts.get(found.id, [])) for found in await session.scalars(query)]


def _items() -> Select[Item]:
    return (
        select(Item)
        .join(Item.proposal)
        .join(Item.paper)
        .outerjoin(Invitation, Invitation.item_id == Item.id)
        .options(joinedload(Item.proposal))
        .options(joinedload(Item.paper).joinedload(Paper.meeting))
        .options(joinedload(Item.paper).selectinload(Paper.attachments))
        .order_by(Paper.dated.desc(), Item.id.desc())
    )


async def item(session: AsyncSession, item_id: int, *, unpublished: bool = True) -> Item:
    """One item by its id, as a button on its post carries it. UserError where there is none, or it was put to nobody.

    With `unpublished` it need not have been put to anyone.
    """
    query = _items().where(Item.id == item_id)
    found = await session.scalar(query if unpublished else query.where(Invitation.id.is_not(None)))
    if found is None:
        raise UserError("That proposal is not in dpbot's register any more: `/dp list` shows what is.")
    return found
