"""`/dp mine`: the asker's own comments, with the way to change or withdraw them."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Looks, Reader, plain
from bot.domain import Message
from bot.services import commenting, stating

# A private answer holds this many comments.
SHOWN = 15


@dataclass(frozen=True)
class Mine(Looks):
    """In whatever state they are. Nobody else's are shown, and to nobody else."""

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        views, total = await stating.mine(session, asking.config, asking.speaker, SHOWN)
        answers = await commenting.own_answers(session, asking.config, asking.speaker)
        return Message("mine", {"views": views, "total": total, "answers": answers[-SHOWN:]})


READERS: dict[str, Reader] = {"mine": plain("mine", Mine)}
USAGES = ("mine",)
