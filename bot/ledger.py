"""What was heard: appended once, never changed. The keys make a repeat, by whatever way it comes, no new entry."""

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import (
    Heard,
    HeardAbsence,
    HeardAnswer,
    HeardReaction,
    HeardRemoval,
    HeardWords,
    Origin,
    Profile,
)
from bot.models import LedgerEntry, Words

ERASED = "erased-"  # begins what stands for a person who was forgotten
SAID = "said"
REMOVED = "removed"
REACTED = "reacted"
UNREACTED = "unreacted"
ANSWERED = "answered"  # “No comment”
UNANSWERED = "unanswered"  # it was taken back
NOT_SEEN = "not seen"  # a reading of its thread did not find it
SEEN_AGAIN = "seen again"


def is_erased(speaker: str) -> bool:
    """Whether this stands for somebody who was forgotten."""
    return speaker.startswith(ERASED)


def erased_person(speaker: str) -> str | None:
    """Who was forgotten, by what stands for one of their ids: those of one person begin alike; else None."""
    return speaker.removeprefix(ERASED).partition("-")[0] if is_erased(speaker) else None


async def append(
    session: AsyncSession, heard: Heard, profile: Profile, post_id: int, origin: Origin, now: datetime
) -> LedgerEntry | None:
    """Write down what was heard on a post's invitation, with the speaker's profile at that time.

    None where it was heard before.
    """
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
            post_id=post_id,
            source=origin.source,
            context=origin.context,
            entered_by=origin.entered_by,
            mark=origin.mark,
            swept=origin.swept,
            speaker=heard.speaker.id,
            emoji=heard.emoji if isinstance(heard, HeardReaction) else None,
            said_at=None if isinstance(heard, HeardReaction | HeardAnswer) else heard.said_at,
            at=heard.at,
            heard_at=now,
            organisation=profile.organisation,
            party_category=profile.party_category,
            seat=profile.seat,
            capacity=profile.capacity,
            alternate_for=profile.alternate_for,
            basis=profile.basis,
        )
        .on_conflict_do_nothing(index_elements=[LedgerEntry.key])
        .returning(LedgerEntry)
    )
    entry = await session.scalar(statement)
    if entry is not None:
        text, raw = (heard.text, heard.raw or None) if isinstance(heard, HeardWords) else (None, None)
        name, email = heard.speaker.name, heard.speaker.email
        session.add(Words(entry_id=entry.id, text=text, raw=raw, name=name, email=email))
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
        case HeardAnswer(given=given):
            return ANSWERED if given else UNANSWERED
        case HeardAbsence(seen=seen):
            return SEEN_AGAIN if seen else NOT_SEEN


def _key(heard: Heard, kind: str) -> str:
    """What makes it the same thing heard again: a message is removed once; all else has its moment."""
    place = heard.place
    parts = [place.platform, place.channel, place.message, kind]
    match heard:
        case HeardWords() | HeardAbsence():
            parts.append(heard.at.isoformat())
        case HeardReaction():
            parts += [heard.speaker.id, heard.emoji, heard.at.isoformat()]
        case HeardAnswer():
            parts += [heard.speaker.id, heard.at.isoformat()]
    return " ".join(parts)
