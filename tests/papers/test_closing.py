"""When and where comments are asked for: what is printed and plain; what could be something else is a finding."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from bot.papers.days import closing_in

Changed = Callable[..., Reading]
PURPOSE = "This paper lists what is new."
SEND = "send comments to team@secas.example."


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("words", "closing"),
    [
        ("by 12 November 2019 (5pm)", "2019-11-12T17:00"),
        ("by 12 November 2019, 5pm", "2019-11-12T17:00"),
        ("by 12 November 2019 5pm", "2019-11-12T17:00"),
        ("by 12 November 2019, at 17:00", "2019-11-12T17:00"),
        ("by 12 November 2019 noon", "2019-11-12T12:00"),
        ("by 12 November 2019 (noon)", "2019-11-12T12:00"),
        ("by 12 November 2019, close of business", "2019-11-12"),
        ("by 12:30 on 12 November 2019", "2019-11-12T12:30"),
        ("by 5:30pm on 12 November 2019", "2019-11-12T17:30"),
        ("by 12 November 2019 (that is, by 12 November 2019)", "2019-11-12"),
    ],
)
def test_the_hour_may_stand_after_the_day(words: str, closing: str) -> None:
    assert closing_in(f"Please send comments {words}.") == closing


@pytest.mark.parametrize(
    "words",
    [
        # Two days.
        "Consider the proposals raised before 1 October 2019 and send comments by 5pm on 12 November 2019.",
        "SECAS will publish by 20 November 2019, so please send comments by 12 November 2019.",
        "Send comments by 12 November 2019 for the meeting on 5 Dec.",
        "Send comments by 12 November 2019, or 14/11/2019 by post.",
        "Send comments by 12 November 2019 (13 November 2019 at the latest).",
        # A time that was not read.
        "Send comments by 12 November 2019, before 5pm.",
        "By 5pm please send comments, no later than 12 November 2019.",
        "Send comments by 12 November 2019 (1700 hours).",
        "Send comments by 5pm on 12 November 2019 (noon for the DCC).",
        "Send comments by 12 November 2019 at midday.",
        # An hour that could be morning or afternoon.
        "Send comments by 5:00 on 12 November 2019.",
        "Send comments by 12 November 2019 at 5.30.",
        "Send comments by 12 November 2019 (5).",
    ],
)
def test_what_could_be_another_day_or_hour_is_none(changed: Changed, words: str) -> None:
    reading = changed({SEND: f"{SEND} {words}"})

    assert reading.paper.comments_by is None
    assert "closing-date-unclear" in codes(reading)


def test_a_closing_time_in_the_purpose_is_not_silent(changed: Changed) -> None:
    reading = changed({PURPOSE: f"{PURPOSE} Please send comments by 5pm on 12 November 2019."})

    assert reading.paper.comments_by is None
    assert "closing-date-unclear" in codes(reading)


def test_a_closing_time_that_the_recommendation_gives_as_well_is_clear(changed: Changed) -> None:
    closing = "Please send comments by 5pm on 12 November 2019."
    reading = changed({PURPOSE: f"{PURPOSE} {closing}", SEND: f"{SEND} {closing}"})

    assert reading.paper.comments_by == "2019-11-12T17:00"
    assert "closing-date-unclear" not in codes(reading)


def test_a_purpose_with_another_closing_time_is_said(changed: Changed) -> None:
    reading = changed(
        {
            PURPOSE: f"{PURPOSE} Please send comments by 5pm on 13 November 2019.",
            SEND: f"{SEND} Please send comments by 5pm on 12 November 2019.",
        }
    )

    assert "closing-date-unclear" in codes(reading)


def test_comments_that_close_on_a_day_are_not_passed_over(changed: Changed) -> None:
    assert "closing-date-unclear" in codes(changed({SEND: f"{SEND} Comments close on 12 November 2019."}))


@pytest.mark.parametrize(
    "words",
    [
        "discuss the proposals. Please do not reply to this e-mail; noreply@secas.example is not read.",
        "discuss the proposals. If you cannot open the attachments, contact helpdesk@secas.example.",
        "discuss the proposals. Contact helpdesk@secas.example for help.",
        "discuss the proposals. Comments aren't taken at team@secas.example.",
    ],
)
def test_an_address_for_something_else_is_not_that_for_comments(changed: Changed, words: str) -> None:
    reading = changed({"**DISCUSS** the proposals and send comments to team@secas.example.": words})

    assert reading.paper.comments_to is None
    assert "comments-address-unclear" in codes(reading)


def test_the_address_for_comments_is_told_from_another(changed: Changed) -> None:
    words = "discuss the proposals. If you cannot open them, ask help@secas.example. Send views to team@secas.example."
    reading = changed({"**DISCUSS** the proposals and send comments to team@secas.example.": words})

    assert reading.paper.comments_to == "team@secas.example"
    assert "comments-address-unclear" in codes(reading)


def test_no_later_than_takes_no_address_away(changed: Changed) -> None:
    reading = changed({SEND: "send comments to team@secas.example no later than 12 November 2019."})

    assert (reading.paper.comments_to, reading.paper.comments_by) == ("team@secas.example", "2019-11-12")
    assert "comments-address-unclear" not in codes(reading)
