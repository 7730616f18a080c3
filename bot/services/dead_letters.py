"""What a platform sent that dpbot does not understand: its kind and its ids are kept, so that somebody can look."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import DeadLetter


@dataclass(frozen=True)
class NotUnderstood:
    """Without a word of what was said. `reason`: what was wrong with it, without any value."""

    platform: str
    type: str
    name: str | None
    event: str | None
    activity: str | None
    channel: str | None
    said_at: str | None
    reason: str


async def keep(session: AsyncSession, letter: NotUnderstood, now: datetime) -> bool:
    """Write it down; False where it came before."""
    parts = (letter.type, letter.name, letter.event, letter.activity, letter.channel, letter.said_at)
    key = " ".join(part or "-" for part in parts)
    statement = (
        insert(DeadLetter)
        .values(**asdict(letter), key=key, heard_at=now)
        .on_conflict_do_nothing(index_elements=[DeadLetter.platform, DeadLetter.key])
        .returning(DeadLetter.id)
    )
    return await session.scalar(statement) is not None
