"""`/dp compile`: a draft of the Comments document for SECAS."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Changes, Reader, on_proposal
from bot.domain import Message, Reference
from bot.services import compiling


@dataclass(frozen=True)
class Compile(Changes):
    reference: Reference

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        platform, acting = asking.speaker.platform, asking.actor
        item = await compiling.request(session, asking.config, self.reference, platform, acting, asking.now)
        return Message("compile_queued", {"item": item, "channel": asking.config.secas.channel})


READERS: dict[str, Reader] = {"compile": on_proposal("compile", Compile)}
USAGES = ("compile DP092",)
