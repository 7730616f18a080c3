"""How dates and times read: "5 November 2019", "5pm", always Europe/London."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_NOON = 12


def day(value: date) -> str:
    """A date as "5 November 2019"."""
    return f"{value.day} {value:%B %Y}"


def weekday(value: date) -> str:
    """A date as "Tuesday 5 November 2019"."""
    return f"{value:%A} {day(value)}"


def london(value: datetime) -> datetime:
    """A moment on the clocks of Europe/London. A moment without a zone is UTC, as the database gives it back."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(LONDON)


def clock(value: datetime) -> str:
    """A moment's time of day as "5pm" or "5.02pm", in Europe/London."""
    local = london(value)
    minutes = f".{local:%M}" if local.minute else ""
    return f"{local.hour % _NOON or _NOON}{minutes}{'pm' if local.hour >= _NOON else 'am'}"


def moment(value: datetime) -> str:
    """A moment as "5.02pm on 12 November 2019", in Europe/London."""
    return f"{clock(value)} on {day(london(value))}"


def closing(value: str) -> str:
    """A closing time as a paper has it (ISO, Europe/London, with or without a time) as "5pm on 17 April 2020"."""
    if "T" not in value:
        return day(date.fromisoformat(value))
    return moment(datetime.fromisoformat(value).replace(tzinfo=LONDON))


def closing_in_full(value: str) -> str:
    """The same with its weekday: "5pm on Tuesday 12 November 2019"."""
    found = datetime.fromisoformat(value)
    said = weekday(found.date())
    return f"{clock(found.replace(tzinfo=LONDON))} on {said}" if "T" in value else said


def local(value: datetime) -> str:
    """A moment as the clocks of Europe/London show it, to the minute: "2019-11-12T17:00"."""
    return london(value).replace(tzinfo=None).isoformat(timespec="minutes")
