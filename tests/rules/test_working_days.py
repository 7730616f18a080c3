"""Working Days against the bank holidays that gov.uk published for England and Wales."""

from datetime import date, timedelta

import pytest

from bot.rules.working_days import is_working_day, working_days_until

# A year's bank holidays as day/month: New Year, Good Friday, Easter Monday, May, Spring, Summer, Christmas, Boxing Day;
# a holiday at a weekend is taken on the next weekday (the substitute day).
BANK_HOLIDAYS = {
    2019: "1/1 19/4 22/4 6/5 27/5 26/8 25/12 26/12",
    2020: "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12",  # May's moved to VE day; Boxing Day was a Saturday
    2021: "1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12",
    2022: "3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12",  # Platinum Jubilee; the Queen's funeral
    2023: "2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12",  # the King's coronation
    2024: "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12",
    2025: "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12",
    2026: "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12",
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_working_days_are_the_weekdays_that_are_no_bank_holiday(year: int) -> None:
    free = {date(year, *map(int, reversed(day.split("/")))) for day in BANK_HOLIDAYS[year].split()}
    weekdays = {day for day in days_of(year) if day.strftime("%a") not in {"Sat", "Sun"}}

    assert {day for day in days_of(year) if is_working_day(day)} == weekdays - free


def test_holidays_of_scotland_alone_are_working_days() -> None:
    assert is_working_day(date(2020, 1, 2))
    assert is_working_day(date(2020, 11, 30))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2019, 11, 4), date(2019, 11, 5), 1),
        (date(2019, 11, 4), date(2019, 11, 4), 0),
        (date(2019, 11, 5), date(2019, 11, 4), 0),
        (date(2019, 11, 1), date(2019, 11, 4), 1),  # Friday to Monday
        (date(2019, 11, 2), date(2019, 11, 3), 0),  # within a weekend
        (date(2019, 10, 29), date(2019, 11, 5), 5),
        (date(2019, 12, 24), date(2020, 1, 2), 4),  # Christmas, Boxing Day and New Year between
        (date(2020, 4, 9), date(2020, 4, 14), 1),  # Good Friday and Easter Monday between
    ],
)
def test_days_are_counted_after_the_first_up_to_and_with_the_last(start: date, end: date, days: int) -> None:
    assert working_days_until(start, end) == days
