"""To which Sub-Committee's invitation something that SECAS records belongs."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config, SubCommittee, one_line
from bot.domain import Reference
from bot.errors import UserError, WrongUsage
from bot.models import Invitation, Item
from bot.rules.wording import listed, with_article
from bot.services import discussion, register


async def invitation_of(
    session: AsyncSession, config: Config, reference: Reference, word: str
) -> tuple[Item, Invitation]:
    """The item that speaks for a proposal, and its latest invitation of a Sub-Committee: of the one that `word` names,
    or the only one. UserError where there is none, or nobody said which.
    """
    item = await register.item_of(session, reference, unpublished=True)
    found = {each.sub_committee: each for each in await discussion.invitations(session, item.proposal_id)}
    if not found:
        raise UserError(f"{item.name} has not been put to a Sub-Committee yet: publish its paper first.")
    bodies = listed([with_article(config.body_name(code)) for code in found])
    if word:
        named = sub_committee(config, word)
        if named.code not in found:
            raise UserError(
                f"{item.name} was not put to {with_article(named.name)}, but to {bodies}: name one of them."
            )
        return item, found[named.code]
    if len(found) > 1:
        raise WrongUsage(f"{item.name} was put to {bodies}: say for which, by {listed(list(found), 'or')}.")
    return item, next(iter(found.values()))


def sub_committee(config: Config, word: str) -> SubCommittee:
    """The Sub-Committee that a person names; WrongUsage says which there are."""
    found = config.sub_committee(word.strip().removeprefix("the "))
    if found is None:
        codes = listed([each.code for each in config.sub_committees], "or")
        raise WrongUsage(f'"{one_line(word.strip()[:40])}" is no Sub-Committee: allowed is {codes}.')
    return found
