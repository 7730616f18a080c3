"""Working Days: not Saturday, Sunday or a bank holiday of England and Wales."""

from datetime import date, timedelta

import holidays

_FRIDAY = 4
_BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")  # fills in each year when it is first asked for


def is_working_day(day: date) -> bool:
    """Whether `day` is a Working Day. Bank holidays come from the `holidays` library (England and Wales share them)."""
    return day.weekday() <= _FRIDAY and day not in _BANK_HOLIDAYS


def working_days_until(start: date, end: date) -> int:
    """How many Working Days lie after `start` up to and including `end`; 0 where `end` is not after `start`."""
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, span + 1))
