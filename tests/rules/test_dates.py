"""Dates and times as members read them, always on the clocks of London."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.rules import dates


def test_a_day_has_no_leading_zero_and_its_month_in_words() -> None:
    assert dates.day(date(2019, 11, 5)) == "5 November 2019"
    assert dates.weekday(date(2019, 11, 5)) == "Tuesday 5 November 2019"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "12am"), (0, 5, "12.05am"), (9, 0, "9am"), (12, 0, "12pm"), (12, 30, "12.30pm"), (17, 2, "5.02pm")],
)
def test_a_time_of_day_is_on_the_twelve_hour_clock(hour: int, minute: int, words: str) -> None:
    assert dates.clock(datetime(2019, 11, 12, hour, minute, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2019, 11, 12, 17, 2, tzinfo=UTC), "5.02pm on 12 November 2019"),
        (datetime(2019, 7, 1, 23, 30, tzinfo=UTC), "12.30am on 2 July 2019"),
        (datetime(2019, 7, 1, 9, 0, tzinfo=UTC), "10am on 1 July 2019"),
        (datetime(2019, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=-5))), "3pm on 1 July 2019"),
        # The clocks: from 2am back to 1am on 27 October 2019, from 1am to 2am on 29 March 2020.
        (datetime(2019, 10, 27, 0, 59, tzinfo=UTC), "1.59am on 27 October 2019"),
        (datetime(2019, 10, 27, 1, 0, tzinfo=UTC), "1am on 27 October 2019"),
        (datetime(2020, 3, 29, 0, 59, tzinfo=UTC), "12.59am on 29 March 2020"),
        (datetime(2020, 3, 29, 1, 0, tzinfo=UTC), "2am on 29 March 2020"),
    ],
)
def test_a_moment_is_told_in_london(moment: datetime, words: str) -> None:
    assert dates.moment(moment) == words


def test_a_moment_without_a_zone_is_utc_as_the_database_gives_it() -> None:
    assert dates.moment(datetime(2019, 7, 1, 9, 0)) == "10am on 1 July 2019"  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("closing", "words"),
    [
        ("2020-04-17", "17 April 2020"),
        ("2020-04-17T17:00", "5pm on 17 April 2020"),
        ("2020-01-17T17:30:00", "5.30pm on 17 January 2020"),
    ],
)
def test_a_closing_time_is_london_time_as_the_paper_has_it(closing: str, words: str) -> None:
    assert dates.closing(closing) == words
