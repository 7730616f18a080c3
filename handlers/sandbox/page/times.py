"""Slack's timestamps as people in Great Britain read them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
_PATTERN = re.compile(r"\{(\w+)\}")


def moment(ts: str) -> datetime:
    """A message's `ts` ("seconds.micros") on London's clock."""
    return datetime.fromtimestamp(int(ts.partition(".")[0]), UTC).astimezone(_LONDON)


def day(at: datetime) -> str:
    """“Wednesday 30 October 2019”."""
    return f"{at:%A} {at.day} {at:%B %Y}"


def clock(at: datetime) -> str:
    """“10:05”."""
    return f"{at:%H:%M}"


_TOKENS: Mapping[str, Callable[[datetime], str]] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date": lambda at: f"{at.day} {at:%B %Y}",
    "date_pretty": lambda at: f"{at.day} {at:%B %Y}",
    "date_short": lambda at: f"{at.day} {at:%b %Y}",
    "date_short_pretty": lambda at: f"{at.day} {at:%b %Y}",
    "date_long": day,
    "date_long_pretty": day,
    "ago": day,
    "time": clock,
    "time_secs": lambda at: f"{at:%H:%M:%S}",
}


def patterned(seconds: int, pattern: str) -> str:
    """Slack: docs.slack.dev/messaging/formatting-message-text#date-formatting. ValueError for an unknown token."""
    at = datetime.fromtimestamp(seconds, UTC).astimezone(_LONDON)
    if unknown := [token for token in _PATTERN.findall(pattern) if token not in _TOKENS]:
        raise ValueError(unknown[0])
    return _PATTERN.sub(lambda found: _TOKENS[found[1]](at), pattern)
