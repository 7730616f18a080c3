"""Dates as papers print them, and the day of a meeting whose year the paper leaves out."""

import re
from datetime import date

from bot.papers.shapes import MONTHS

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS.split("|"), start=1)}
# "29 October 2019", "29th October, 2019".
DAY = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTHS}),? (?P<year>\d{{4}})", re.IGNORECASE)
# "by 5pm on 17 April 2020", "by 12:00 on Friday 17 April 2020", "no later than 17 April 2020".
CLOSING = re.compile(
    r"\b(?:by|before|no later than) "
    r"(?:(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm)?|(?P<noon>noon)|close of business)"
    r",? (?:on )?)?"
    rf"(?:\w+day,? )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})(?:,? \d{{4}})?)",
    re.IGNORECASE,
)
HALF_A_YEAR = 183  # a paper and its meeting are days apart: half a year off is the wrong year
NOON = 12


def date_in(text: str) -> date | None:
    """The first date in the text that the calendar has."""
    found = DAY.search(text)
    return _date(int(found["year"]), MONTH_NUMBERS[found["month"].lower()], int(found["day"])) if found else None


def meeting_day(day: int, month: int, dated: date) -> date | None:
    """The day in the year that brings it nearest to the paper's date: a December paper may be for a January meeting."""
    years = (dated.year, dated.year + 1, dated.year - 1)
    candidates = (_date(year, month, day) for year in years)
    return next((found for found in candidates if found and abs((found - dated).days) <= HALF_A_YEAR), None)


def closing_in(text: str) -> str | None:
    """When comments close, as printed and in Europe/London: "2020-04-17T17:00", or the day alone. Needs the year."""
    found = CLOSING.search(text)
    day = date_in(found["date"]) if found else None
    if found is None or day is None:
        return None
    hour = NOON if found["noon"] else _hour(found)
    if hour is None:
        return day.isoformat()
    return f"{day.isoformat()}T{hour:02d}:{int(found['minute'] or 0):02d}" if _is_time(hour, found["minute"]) else None


def _hour(found: re.Match[str]) -> int | None:
    if found["hour"] is None:
        return None
    half = (found["half"] or "").lower()
    hour = int(found["hour"])
    return hour % NOON + (NOON if half == "pm" else 0) if half else hour


def _is_time(hour: int, minute: str | None) -> bool:
    return 0 <= hour <= 23 and 0 <= int(minute or 0) <= 59  # noqa: PLR2004  # hours and minutes


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
