"""What the author of a comment that SECAS entered is told: in a direct message, or by SECAS in its own e-mail."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import Message, Speaker
from bot.outbox import Outbox
from bot.services.recorded import Recorded


def note(config: Config, view: Recorded, event: str) -> Message:
    """How it appears and whom to write to. `event`: "entered", "worded" or "withdrawn". It does not quote the words."""
    return Message("entered_note", {"view": view, "event": event, "address": config.secas.comments_address})


async def tell(
    session: AsyncSession, config: Config, outbox: Outbox, view: Recorded, person: Speaker, event: str, now: datetime
) -> None:
    """Queue it for somebody whom a platform knows, once for each wording."""
    key = f"{event}:{view.id}:{view.wording_id}"
    await outbox.direct(session, person.platform, person.id, note(config, view, event), key, now)
