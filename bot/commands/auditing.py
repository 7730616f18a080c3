"""`/dp audit DP092`: who did what about a proposal, for analysts."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Inspects, Reader, on_proposal
from bot.domain import Message, Reference
from bot.services import auditing, register

_MOST = 40  # lines: what a message takes


@dataclass(frozen=True)
class Audit(Inspects):
    reference: Reference

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        lines = await auditing.audit(session, self.reference, asking.actor)
        item = await register.item_of(session, self.reference, unpublished=True)
        return Message("audit", {"item": item, "lines": lines[-_MOST:], "total": len(lines)})


READERS: dict[str, Reader] = {"audit": on_proposal("audit", Audit)}
USAGES = ("audit DP092",)
