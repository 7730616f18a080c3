"""What an analyst types or picks of a comment, as the values it means. WrongField for what it cannot mean."""

from datetime import date, time

from bot.domain import Classification, Source
from bot.errors import WrongField
from bot.rules.wording import listed
from bot.services.entering import SOURCES

_CLOCK = (len("14:30"), len("14:30:00"))


def source_of(text: str) -> Source:
    try:
        source = Source(text.strip().casefold())
    except ValueError:
        source = None
    if source not in SOURCES:
        raise WrongField("source", f"How it was received is {listed([s.value for s in SOURCES], 'or')}.")
    return source


def mark_of(text: str) -> Classification | None:
    """None where nothing was typed."""
    try:
        return Classification(text.strip().capitalize()) if text.strip() else None
    except ValueError:
        allowed = listed([each.value for each in Classification], "or")
        raise WrongField("mark", f"How its author marked it is {allowed}.") from None


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongField("on", "Give the day on which it was said, such as 2019-11-05.") from None


def time_of(text: str) -> time | None:
    """None where nothing was typed."""
    try:
        found = time.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or found.tzinfo or len(text) not in _CLOCK):
        raise WrongField("at", "Give the time at which it was said in London, such as 14:30.")
    return found
