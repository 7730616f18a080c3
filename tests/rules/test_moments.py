"""Days and times as people type them: read where they can mean one thing, asked where not, never guessed."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import WrongUsage
from bot.rules import dates, moments

FIVE = datetime(2019, 11, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "5pm 12 November 2019",
        "5 PM on Tuesday 12th Nov 2019",
        "17:00 on 12 nov 2019",
        "17.00 12.11.2019",
        "5.00pm 12/11/2019",
        "12 November 2019 at 5 p.m.",
        "5pm on Tuesday the 12th of November, 2019",
        "2019-11-12T17:00",
        "2019-11-12 5pm",
    ],
)
def test_the_ways_in_which_people_write_a_moment(typed: str) -> None:
    assert moments.moment(typed) == FIVE


def test_numbers_are_day_and_month_as_in_britain_and_noon_is_a_time() -> None:
    assert moments.moment("noon 3/4/2019") == datetime(2019, 4, 3, 11, tzinfo=UTC)
    assert moments.day("05/11/2019") == moments.day("2019-11-05") == moments.day("Tue 5 Nov 2019") == date(2019, 11, 5)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12 November 2019", "does not say the time of day"),
        ("5pm", "does not say the day"),
        ("5pm 12 November", "does not say the year"),
        ("5pm May 2019", "does not say the day"),
        ("5pm Monday 12 November 2019", "12 November 2019 is a Tuesday, not a Monday"),
        ("1.30am 31 March 2019", "There is no 1.30am on 31 March 2019 in London"),
        ("1.30am 27 October 2019", "clocks show 1.30am on 27 October 2019 twice"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(typed: str, told: str) -> None:
    with pytest.raises(WrongUsage, match=told):
        moments.moment(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow",
        "midnight 12 Nov 2019",
        "",
        "5pm 12/11/19",
        "5pm 11/13/2019",
        "5pm 2019/11/12",
        "5pm UTC 12 Nov 2019",
        "0pm 1 Nov 2019",
        "5pm+01:00 12 Nov 2019",
        "17 12 Nov 2019",
        "1700 12 Nov 2019",
        "5pm 6pm 12 Nov 2019",
        "17:00:30 12 Nov 2019",
        "13pm 1 Nov 2019",
        "25:00 12 Nov 2019",
        "5pm 31 Nov 2019",
        "5pm 12 Nov 0019",
        "17:00 12 Nov 2019 Dec",
        "9 May 2019 9",
        "\u0665pm 12 Nov 2019",
    ],
)
def test_what_may_mean_two_things_or_nothing_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsage, match="12 November 2019"):
        moments.moment(typed)


@pytest.mark.parametrize("typed", ["5pm 5 November 2019", "5 November", "Tuesday", "", "31/02/2020"])
def test_a_day_is_a_whole_day_and_no_more(typed: str) -> None:
    with pytest.raises(WrongUsage):
        moments.day(typed)


DAYS = st.dates(date(2013, 1, 1), date(2098, 12, 31))
CLOCKS = st.times().map(lambda time: time.replace(second=0, microsecond=0))
SHAPES = [
    "{clock} {day}",
    "{clock} on {weekday}",
    "{day} at {time}",
    "{time} {numbers}",
    "{iso}T{time}",
    "{iso} {clock}",
]


@given(DAYS, CLOCKS, st.sampled_from(SHAPES))
def test_whatever_is_written_out_in_full_is_read_back(day: date, clock: time, shape: str) -> None:
    local = datetime.combine(day, clock, dates.LONDON)
    utc = local.astimezone(UTC)
    assume(dates.london(utc).replace(tzinfo=None) == local.replace(tzinfo=None))  # there is such a time
    assume(local.utcoffset() == local.replace(fold=1).utcoffset())  # and only once
    words = {"clock": dates.clock(local), "day": dates.day(day), "weekday": dates.weekday(day), "iso": day.isoformat()}
    words |= {"time": f"{local:%H:%M}", "numbers": f"{day.day}/{day.month}/{day.year}"}

    assert moments.moment(shape.format(**words)) == utc


PIECES = "5pm 17:00 12 11 2019 19 nov november tue monday noon at on / - . : , 2019-11-12 12/11/2019 st 0 99 utc T +1 Z"


@given(st.lists(st.sampled_from(PIECES.split()), max_size=6).map(" ".join) | st.text(max_size=30))
def test_nothing_typed_does_more_than_be_read_or_refused(typed: str) -> None:
    with contextlib.suppress(WrongUsage):
        said = dates.london(moments.moment(typed))
        assert str(said.year) in typed
        assert said.utcoffset() in {timedelta(), timedelta(hours=1)}
