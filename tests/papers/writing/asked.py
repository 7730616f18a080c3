"""Strategies for what a paper asks of its readers: the views invited, the recommendation, when comments close."""

from datetime import date, time, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.papers.writing import words
from tests.papers.writing.switches import Switch

# As printed, and the time that it is.
TIMES = {
    "5pm on": time(17),
    "12:00 on": time(12),
    "9.30am on": time(9, 30),
    "noon on": time(12),
    "17:00 on": time(17),
    "close of business on": None,
    "": None,
}


@st.composite
def asked(draw: st.DrawFn, on: frozenset[Switch], group: str, dated: date, *, invites: bool) -> dict[str, Any]:
    """The fields of a `Paper` of these names."""
    invited = draw(st.lists(st.sampled_from(words.INVITED), min_size=1, max_size=4, unique=True)) if invites else []
    to = draw(st.sampled_from(words.ADDRESSES))
    by, printed = draw(_closing(on, dated))
    request = draw(st.lists(st.sampled_from(words.REQUESTS), min_size=1, max_size=2, unique=True))
    address = f"send comments to {to}{printed}"
    lead, more = f"The {group} is requested to", None
    if Switch.CLOSING_SENTENCE in on:
        more = f"Please {address}."
        parts = request
    else:
        parts = [*request, address]
    if Switch.REQUEST_LIST in on:
        listed = [f"{part};" for part in parts[:-2]] + [f"{part}; and" for part in parts[-2:-1]] + [f"{parts[-1]}."]
        recommendation = (f"{lead}:", *listed)
    else:
        recommendation = (f"{lead} {' and '.join(parts)}.",)
    return {
        "invitations": tuple(invited),
        "recommendation": recommendation,
        "more": more,
        "comments_to": to,
        "comments_by": by,
    }


@st.composite
def _closing(draw: st.DrawFn, on: frozenset[Switch], dated: date) -> tuple[str | None, str]:
    """When comments close, as ISO, and as printed."""
    if not on & {Switch.CLOSING, Switch.CLOSING_NO_YEAR}:
        return None, ""
    day = dated + timedelta(days=draw(st.integers(3, 40)))
    printed = draw(st.sampled_from(list(TIMES)))
    at = TIMES[printed]
    weekday = draw(st.sampled_from(["", f"{day:%A} "]))
    words = " ".join(f"by {printed} {weekday}{day.day} {day:%B}".split())
    if Switch.CLOSING_NO_YEAR in on:
        return None, f" {words}"
    return f"{day.isoformat()}T{at:%H:%M}" if at else day.isoformat(), f" {words} {day.year}"
