"""Filters that turn values into English: counts in words, lists, the article of "the DCC"."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.rules.dates import closing, day, london, moment
from bot.rules.wording import capital, in_words, with_article

_THREE = 3  # from here on a list may take a comma before its last word


def listed(items: Sequence[str], word: str = "and", comma: str = "") -> str:
    """Items as "a, b and c"; `comma` goes before the last word of three or more."""
    if len(items) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(items)
    return f"{', '.join(items[:-1])}{comma if len(items) >= _THREE else ''} {word} {items[-1]}"


def london_day(at: datetime) -> str:
    """The day of a moment in Europe/London."""
    return day(london(at))


def closing_time(value: str) -> str:
    """A closing time as set: read out where it is an ISO date or time, else as it stands."""
    with suppress(ValueError):
        return closing(value)
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "capital": capital,
    "closing_time": closing_time,
    "day": day,
    "in_words": in_words,
    "listed": listed,
    "london_day": london_day,
    "moment": moment,
    "with_article": with_article,
}
