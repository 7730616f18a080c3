"""A reaction given by a button: for meanings that a platform has no reaction of its own for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import HeardReaction, Place, Speaker
from bot.errors import UserError
from bot.models import Reaction
from bot.outbox import Outbox
from bot.rules.reactions import base_emoji, meaning_of
from bot.services import acknowledging, collecting


@dataclass(frozen=True)
class Given:
    """What the button means, and whether the person has given it now, or taken it back."""

    meaning: str
    given: bool


async def toggle(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    speaker: Speaker,
    place: Place,
    emoji: str,
    at: datetime,
    now: datetime,
) -> Given:
    """Give it on a post of ours, or take it back where it is given. `at` (UTC): when the button was pressed.

    The same press, told again, changes nothing. UserError where it has no meaning, or the message is no post of ours.
    """
    name, meaning = base_emoji(emoji), meaning_of(emoji, config.reactions)
    thread = await collecting.our_thread(session, place.platform, place.channel, place.message)
    if meaning is None or thread is None or thread.proposal_id is None:
        raise UserError("That button is not one that dpbot knows: use one under a proposal's post.")
    key = (place.platform, place.channel, place.message, speaker.id, name)
    before = await session.get(Reaction, key)
    if before is not None and before.at >= at:
        return Given(meaning, before.present)
    given = before is None or not before.present
    heard = HeardReaction(Place(*key[:3], place.message), speaker, name, given, at)
    await acknowledging.hear(session, config, outbox, heard, now)
    return Given(meaning, given)
