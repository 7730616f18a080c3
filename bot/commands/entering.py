"""`/dp enter`: the form in which an analyst enters a comment that was received in another way than on a platform."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Inspects, OpenModal, Reader, on_proposal
from bot.config import Config
from bot.decisions import Action
from bot.domain import Message, Reference
from bot.rules.wording import capital
from bot.services import discussion, register
from bot.services.acting import permit
from bot.services.entering import SOURCES, marks

_MOST = 99  # that a form's list takes, beside "not stated"


@dataclass(frozen=True)
class Enter(Inspects):
    reference: Reference

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        permit(asking.actor, Action.ENTER)
        item = await register.item_of(session, self.reference, unpublished=False)
        put = await discussion.invitations(session, item.proposal_id)
        codes = dict.fromkeys(each.sub_committee for each in put)
        values = {
            "item": item,
            "bodies": [(code, asking.config.body_name(code)) for code in codes],
            "sources": [(source.value, capital(source.value)) for source in SOURCES],
            "categories": _categories(asking.config),
            "marks": [("none", "Not marked"), *((mark.value, mark.value) for mark in marks(asking.config))],
        }
        return OpenModal(Message("modals/enter", values), instead=f"/dp enter {item.called}")


READERS: dict[str, Reader] = {"enter": on_proposal("enter", Enter)}
USAGES = ("enter DP092",)


def _categories(config: Config) -> Sequence[tuple[str, str]]:
    names = (*config.party_categories, *config.other_bodies)[:_MOST]
    return [("none", "Not stated"), *((name, name) for name in names)]
