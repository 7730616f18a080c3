"""Dates as papers print them, and the day of a meeting whose year the paper leaves out."""

import re
from datetime import date

from bot.papers.shapes import MONTHS

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS.split("|"), start=1)}
MONTH = rf"(?:{MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"  # in full or short
# "29 October 2019", "29th October, 2019".
DAY = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTHS}),? (?P<year>\d{{4}})", re.IGNORECASE)
# A time of day: "5pm", "5 p.m.", "12:00", "17.00", "12 noon"; a bare number is none.
TIME = (
    r"(?:(?P<hour{n}>\d{{1,2}})(?:[:.](?P<minute{n}>\d{{2}}))? ?(?P<half{n}>[ap]\.?m\.?)?|(?P<noon{n}>(?:12 )?noon)"
    r"|(?:close of business|COB|end of (?:the )?day))"
)
# "by 5pm on 17 April 2020", "by 12:00 on Friday 17 April 2020", "until 17 April 2020 at 5pm", "by 17 April 2020 (5pm)".
CLOSING = re.compile(
    rf"\b(?:by|before|until|no later than|on or before) (?:{TIME.format(n=1)},? (?:on )?)?"
    rf"(?:\w+day,? )?(?:the )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})(?:,? \d{{4}})?)"
    rf"(?:,?(?: at)? {TIME.format(n=2)}(?!\w)| \({TIME.format(n=3)}\))?",
    re.IGNORECASE,
)
# Words of a closing time in whatever form: where none could be read from them, that is said.
CLOSES = re.compile(
    r"\b(?i:by|before|until|no later than|on or before|deadline|clos(?:e|es|ing))\b(?:[^.]|\.\d){0,40}?"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]{2,8}\b|\bnoon\b|\bCOB\b"
    rf"|\b{MONTH} \d{{1,2}}\b"
    r"|close of business|end of (?:the )?(?:day|week|month)|\d{1,2} ?[ap]\.?m|\b\d{4} ?(?:hours|hrs)|\b\w+day\b)"
)
# Any day, and any time of day, however they are printed: one beside those that were read could be meant as well.
ANY_DAY = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}", re.IGNORECASE
)
ANY_TIME = re.compile(
    r"\d{1,2} ?[ap]\.?m\b|\d{1,2}[:.]\d{2}\b|\b(?:noon|midday|midnight|COB|close of business|end of (?:the )?day)\b"
    r"|\b\d{4} ?(?:hours|hrs)\b",
    re.IGNORECASE,
)
HALF_A_YEAR = 183  # a paper and its meeting are days apart: half a year off is the wrong year
NOON = 12


def date_in(text: str) -> date | None:
    """The first date that the text prints in full; None where the calendar has no such day."""
    found = DAY.search(text)
    return _date(int(found["year"]), MONTH_NUMBERS[found["month"].lower()], int(found["day"])) if found else None


def meeting_day(day: int, month: int, dated: date) -> date | None:
    """The day in the year that brings it nearest to the paper's date: a December paper may be for a January meeting."""
    years = (dated.year, dated.year + 1, dated.year - 1)
    candidates = (_date(year, month, day) for year in years)
    return next((found for found in candidates if found and abs((found - dated).days) <= HALF_A_YEAR), None)


def closing_in(text: str) -> str | None:
    """When comments close, as printed and in Europe/London: "2020-04-17T17:00", or the day alone. Needs the year.

    None where it could be another: with a second day, a time that was not read, or an hour of the morning or afternoon.
    """
    found = CLOSING.search(text)
    day = date_in(re.sub(r" of (?=[A-Z])", " ", found["date"])) if found else None
    if found is None or day is None or len({said.lower() for said in ANY_DAY.findall(text)}) > 1:
        return None
    times = [n for n in "123" if found[f"hour{n}"] or found[f"noon{n}"]]
    if len(times) > 1 or ANY_TIME.search(text, 0, found.start()) or ANY_TIME.search(text, found.end()):
        return None
    which = times[0] if times else "1"
    if found[f"noon{which}"]:
        return f"{day.isoformat()}T{NOON:02d}:00"
    if found[f"hour{which}"] is None:
        return day.isoformat()
    hour, minute, half = _hour(found, which), found[f"minute{which}"], found[f"half{which}"]
    clear = (half or (minute and hour >= NOON)) and _is_time(hour, minute)
    return f"{day.isoformat()}T{hour:02d}:{int(minute or 0):02d}" if clear else None


def _hour(found: re.Match[str], which: str) -> int:
    half = (found[f"half{which}"] or "").lower().replace(".", "")
    hour = int(found[f"hour{which}"])
    return hour % NOON + (NOON if half == "pm" else 0) if half else hour


def _is_time(hour: int, minute: str | None) -> bool:
    return 0 <= hour <= 23 and 0 <= int(minute or 0) <= 59  # noqa: PLR2004  # hours and minutes


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
