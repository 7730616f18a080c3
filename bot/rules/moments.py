"""Days and times as people type them, in London: read only where they can mean one thing, else asked."""

import re
from datetime import UTC, date, datetime

from dateutil import parser, tz

from bot.config import one_line
from bot.errors import WrongUsage
from bot.rules import dates
from bot.rules.wording import listed

DAY_AND_TIME = '"5pm 12 November 2019"'
_DAY = '"12 November 2019"'
_LONGEST = 60  # characters of what was typed, in a sentence
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_JOINING = {"on", "at", "of", "am", "pm", "st", "nd", "rd", "th"}
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/.-])")  # day, month, year: British
_ISO = re.compile(r"(?<![\d/.-])(\d{4})-(\d{2})-(\d{2})(?:T(?=\d))?(?![/.-])", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{2})(?![\d.:])")  # 5.30pm
_HALF_DAY = re.compile(r"(?<=[\d\s])([ap])\.?m\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_TIME = re.compile(
    r"(?<![\d:])(?:0?[1-9]|1[0-2])(?::\d{2})?\s*(?:am|pm)\b|(?<![\d:])\d{1,2}:\d{2}(?![\d:])(?!\s*[ap]m\b)"
)
_ALLOWED = re.compile(r"[a-z0-9 :,]*")
_WORD = re.compile(r"[a-z]+")
# dateutil takes what was not said from a default: with two that differ in everything, what was not said differs.
_DEFAULTS = (datetime(2000, 1, 1, 1), datetime(2004, 3, 3, 2))  # noqa: DTZ001 - as typed, in London


def moment(typed: str) -> datetime:
    """A day and a time, in UTC. WrongUsage where a part is missing, or London's clocks do not show it just once."""
    day, clock = _read(typed, f"such as {DAY_AND_TIME}")
    missing = [name for name, part in (("the day", day), ("the time of day", clock)) if part is None]
    if day is None or clock is None:
        raise WrongUsage(
            f"{_quoted(typed)} does not say {listed(missing)}: allowed are a day and a time such as {DAY_AND_TIME}."
        )
    local = datetime.combine(day, clock.time(), dates.LONDON)
    said = f"{dates.clock(local)} on {dates.day(day)}"
    if not tz.datetime_exists(local):
        raise WrongUsage(f"There is no {said} in London, for the clocks go forward: choose another time.")
    if tz.datetime_ambiguous(local):
        raise WrongUsage(f"London's clocks show {said} twice, for they go back: choose another time.")
    return local.astimezone(UTC)


def day(typed: str) -> date:
    """A day alone. WrongUsage where it is not one."""
    found, clock = _read(typed, f"such as {_DAY}")
    if found is None or clock is not None:
        raise WrongUsage(f"{_quoted(typed)} is no day: allowed is a day such as {_DAY}.")
    return found


def _read(typed: str, example: str) -> tuple[date | None, datetime | None]:
    """The day and the time that were typed; None for one that was not. A half of one is refused."""
    text = _plain(typed)
    wrong = WrongUsage(f"{_quoted(typed)} is no day and time: allowed is one {example}, in London.")
    if text is None or not text.strip():
        raise wrong
    times = _TIME.findall(text)
    try:
        first, second = (parser.parse(text, dayfirst=True, default=default) for default in _DEFAULTS)
    except (ValueError, OverflowError):  # dateutil's own error is a ValueError
        raise wrong from None
    # Seconds belong to no closing time; a number that dateutil took for an hour without saying so is none either.
    if len(times) > 1 or first.second or first.microsecond or (first.hour == second.hour) != bool(times):
        raise wrong
    said = [getattr(first, part) == getattr(second, part) for part in ("year", "month", "day")]
    if any(said) and not all(said):
        missing = [name for name, is_said in zip(("year", "month", "day"), said, strict=True) if not is_said]
        raise WrongUsage(f"{_quoted(typed)} does not say the {listed(missing)}: allowed is one {example}.")
    if all(said):
        _check_weekday(text, first.date())
    return (first.date() if all(said) else None), (first if times else None)


def _plain(typed: str) -> str | None:
    """In the words that dateutil reads in one way: months by name, noon as a time. None where it has others."""
    text = _HALF_DAY.sub(lambda found: f"{found[1]}m", typed.strip())
    text = _NUMERIC.sub(lambda found: _named(found[1], found[3], found[4]), text)
    text = _ISO.sub(lambda found: _named(found[3], found[2], found[1]), text)
    text = _CLOCK.sub(r"\1:\2", text).casefold()
    text = re.sub(r"\b(?:12\s*)?noon\b", " 12:00 ", re.sub(r"\bthe\b", " ", text))
    known = all(_is_known(word) for word in _WORD.findall(text))
    numbers = re.sub(_TIME, " ", text)
    two_digits = len(re.findall(r"\d+", numbers)) - len(_YEAR.findall(numbers))  # the day's; a year has four
    return text if known and _ALLOWED.fullmatch(text) and two_digits <= 1 else None


def _named(day: str, month: str, year: str) -> str:
    """Such as "12 November 2019"; what is no month becomes a word that is refused."""
    number = int(month)
    return f" {day} {_MONTHS[number - 1] if 0 < number <= len(_MONTHS) else 'nomonth'} {year} "


def _is_known(word: str) -> bool:
    return word in _JOINING or _of(word, _MONTHS) is not None or _of(word, _WEEKDAYS) is not None


def _of(word: str, names: tuple[str, ...]) -> str | None:
    """The name that a word is, whole or cut to three or four letters."""
    found = [name for name in names if word in {name.casefold(), name.casefold()[:3], name.casefold()[:4]}]
    return found[0] if found else None


def _check_weekday(text: str, day: date) -> None:
    for word in _WORD.findall(text):
        weekday = _of(word, _WEEKDAYS)
        if weekday and weekday != f"{day:%A}":
            raise WrongUsage(f"{dates.day(day)} is a {day:%A}, not a {weekday}: check the day.")


def _quoted(typed: str) -> str:
    typed = one_line(typed)
    return f'"{typed if len(typed) <= _LONGEST else typed[:_LONGEST] + "…"}"'
