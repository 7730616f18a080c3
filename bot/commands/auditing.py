"""`/dp audit DP092`: who did what about a proposal, for analysts."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Looks, Reader, on_proposal
from bot.domain import Message, Reference
from bot.rules import references
from bot.services import auditing

_MOST = 40  # lines: what a message takes


@dataclass(frozen=True)
class Audit(Looks):
    reference: Reference

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        lines = await auditing.audit(session, self.reference, asking.actor)
        name = references.label(self.reference.number, self.reference.suffix)
        return Message("audit", {"reference": name, "lines": lines[-_MOST:], "total": len(lines)})


READERS: dict[str, Reader] = {"audit": on_proposal("audit", Audit)}
USAGES = ("audit DP092",)
