"""What was heard: appended once, never changed. The keys make a repeat, by whatever way it comes, no new entry."""

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import Heard, HeardReaction, HeardRemoval, HeardWords, Profile
from bot.models import LedgerEntry, Words

SAID = "said"
REMOVED = "removed"
REACTED = "reacted"
UNREACTED = "unreacted"


async def append(session: AsyncSession, heard: Heard, profile: Profile, now: datetime) -> LedgerEntry | None:
    """Write down what was heard, with the speaker's profile of today. None where it was heard before."""
    place, kind = heard.place, _kind(heard)
    statement = (
        insert(LedgerEntry)
        .values(
            key=_key(heard, kind),
            kind=kind,
            platform=place.platform,
            channel=place.channel,
            thread=place.thread,
            message=place.message,
            speaker=heard.speaker.id,
            emoji=heard.emoji if isinstance(heard, HeardReaction) else None,
            said_at=None if isinstance(heard, HeardReaction) else heard.said_at,
            at=heard.at,
            heard_at=now,
            organisation=profile.organisation,
            party_category=profile.party_category,
            seat=profile.seat,
            capacity=profile.capacity,
        )
        .on_conflict_do_nothing(index_elements=[LedgerEntry.key])
        .returning(LedgerEntry)
    )
    entry = await session.scalar(statement)
    if entry is not None:
        text = heard.text if isinstance(heard, HeardWords) else None
        session.add(Words(entry_id=entry.id, text=text, name=heard.speaker.name, email=heard.speaker.email))
        await session.flush()
    return entry


def _kind(heard: Heard) -> str:
    match heard:
        case HeardWords():
            return SAID
        case HeardRemoval():
            return REMOVED
        case HeardReaction(added=added):
            return REACTED if added else UNREACTED


def _key(heard: Heard, kind: str) -> str:
    """What makes it the same thing heard again: a message is removed once; words and reactions have their moment."""
    place = heard.place
    parts = [place.platform, place.channel, place.message, kind]
    match heard:
        case HeardWords():
            parts.append(heard.at.isoformat())
        case HeardReaction():
            parts += [heard.speaker.id, heard.emoji, heard.at.isoformat()]
    return " ".join(parts)
