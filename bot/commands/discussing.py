"""`/dp views`: the comments on a proposal that the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Looks, Reader, short
from bot.commands.looking import shown_item
from bot.domain import Message, Reference
from bot.errors import UserError, WrongUsage
from bot.models import Invitation, Item
from bot.rules.references import parse_reference
from bot.rules.wording import with_article
from bot.services import discussion
from bot.services.discussion import By, Discussion, Group, Line

# A private answer holds this much; a Comments document holds all.
_LINES = 15
_BLOCKS = 44  # of the fifty in a message, less its head and its end
_REPLIES = 4
_CHARACTERS = 6000  # of the words of all comments
_LONGEST = 700  # characters of one comment


@dataclass(frozen=True)
class Views(Looks):
    """Comments of the asker's own Sub-Committees; analysts see all. Only analysts see members' names."""

    reference: Reference
    by: By = By.FACET

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        item = await shown_item(session, asking, self.reference)
        invited = await discussion.invitations(session, item.proposal_id)
        if not invited:
            raise UserError(f"{item.name} has not been put to a Sub-Committee yet: publish its paper first.")
        if not any(asking.viewer.sees(each.sub_committee) for each in invited):
            raise UserError(_elsewhere(asking, item, invited))
        found = await discussion.discussion(session, asking.config, asking.viewer, item.proposal_id, self.by)
        return message_of(item, found, self.by, names=asking.viewer.secas)


def _elsewhere(asking: Asking, item: Item, invited: Sequence[Invitation]) -> str:
    codes = sorted({each.sub_committee for each in invited})
    bodies = " and ".join(with_article(asking.config.body_name(code)) for code in codes)
    return (
        f"Comments on {item.name} are shown to members of {bodies}: "
        "you are not on SECAS's roster for it. Ask the SECAS Change Team if you should be."
    )


def message_of(item: Item, found: Discussion, by: By, *, names: bool) -> Message:
    """What fits into one message, the latest under each heading; how much there is, and whose names may be shown."""
    replies, aside = found.replies[-_REPLIES:], found.aside[-_REPLIES:]
    room = _BLOCKS - 2 * len(replies) - sum(map(_blocks, aside))
    total = sum(len(group.lines) for group in found.groups)
    shown = min(total, _LINES)
    while sum(map(_blocks_of, groups := discussion.latest(found.groups, shown))) > room:
        shown -= 1
    values = {
        "item": item,
        "found": found,
        "groups": groups,
        "replies": replies,
        "aside": aside,
        "shown": shown,
        "total": total,
        "by": by,
        "names": names,
        "several": len(found.put) > 1,
        "most": min(_LONGEST, _CHARACTERS // max(1, shown + len(replies) + len(aside))),
    }
    return Message("views", values)


def _blocks_of(group: Group) -> int:
    """Its heading, and its lines."""
    return 1 + sum(map(_blocks, group.lines))


def _blocks(line: Line) -> int:
    """Who said it and the words; what is said of it, where something may be, comes after."""
    view = line.view
    return 3 if view.author or view.asked or view.responses else 2


def _read(rest: str) -> Views:
    reference, found, by = rest, By.FACET, rest.casefold().partition(" by ")
    if by[1]:
        if by[2].strip() not in list(By):
            raise WrongUsage(
                f'views are shown by facet or by organisation: found "by {short(by[2].strip())}"; '
                "allowed is `/dp views DP092 by organisation`."
            )
        reference, found = rest[: len(by[0])], By(by[2].strip())
    proposal = parse_reference(reference)
    if proposal is None:
        said = f'found "{short(reference)}"' if reference else "found nothing"
        raise WrongUsage(f"views needs a proposal: {said}; allowed is a number or reference such as DP092.")
    return Views(proposal, found)


READERS: dict[str, Reader] = {"views": _read}
USAGES = ("views DP092",)
