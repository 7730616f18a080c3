"""Filters that turn values into English: counts in words, lists, the article of "the DCC"."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.rules.dates import closing, day, london, moment
from bot.rules.wording import capital, in_words, listed, with_article


def london_day(at: datetime) -> str:
    """The day of a moment in Europe/London."""
    return day(london(at))


def closing_time(value: str) -> str:
    """A closing time as set: read out where it is an ISO date or time, else as it stands."""
    with suppress(ValueError):
        return closing(value)
    return value


def the(name: str) -> str:
    """A body's or a stage's name with its article: "the Panel"."""
    return name if name.casefold().startswith("the ") else f"the {name}"


def without_stop(sentence: str) -> str:
    """A sentence that ours goes on after."""
    return sentence.rstrip().removesuffix(".")


FILTERS: dict[str, Callable[..., Any]] = {
    "capital": capital,
    "closing_time": closing_time,
    "day": day,
    "in_words": in_words,
    "listed": listed,
    "london_day": london_day,
    "moment": moment,
    "the": the,
    "with_article": with_article,
    "without_stop": without_stop,
}
