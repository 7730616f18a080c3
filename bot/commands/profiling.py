"""`/dp profile`: what is recorded of the asker, and for whom they say to speak."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Looks, Reader, plain
from bot.domain import Message
from bot.services import claiming


@dataclass(frozen=True)
class Profile(Looks):
    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        standing = await claiming.standing(session, asking.config, asking.speaker, asking.now)
        return Message("profile", {"standing": standing})


READERS: dict[str, Reader] = {"profile": plain("profile", Profile)}
USAGES = ("profile",)
