"""The paper's own facts in the shapes they come in: reference, dates, sign-off, invitations, closing day."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.papers import Reading
from tests.papers.conftest import codes


def test_a_december_paper_for_a_january_meeting_is_for_next_year(changed: Callable[..., Reading]) -> None:
    reading = changed({"29 October 2019": "30 December 2019", "OPSG_26_0511_16": "OPSG_28_0701_03"})

    assert reading.paper.meeting_date == date(2020, 1, 7)


def test_a_paper_written_after_its_meeting_keeps_the_year(changed: Callable[..., Reading]) -> None:
    assert changed({"29 October 2019": "6 November 2019"}).paper.meeting_date == date(2019, 11, 5)


def test_without_a_date_the_meeting_has_none_and_a_finding_says_why(changed: Callable[..., Reading]) -> None:
    reading = changed({"29 October 2019": ""})

    assert reading.paper.meeting == 26
    assert reading.paper.meeting_date is None
    assert "meeting-date-unknown" in codes(reading)


def test_a_day_that_the_calendar_lacks_is_no_date(changed: Callable[..., Reading]) -> None:
    assert changed({"29 October 2019": "31 February 2019"}).paper.dated is None


def test_a_late_paper_and_one_without_a_body(changed: Callable[..., Reading]) -> None:
    late, bare = changed({"0511_16": "0511_16a"}).paper, changed({"OPSG_26": "26"}).paper

    assert (late.reference, late.number, late.meeting) == ("OPSG_26_0511_16a", 16, 26)
    assert (bare.reference, bare.body, bare.number) == ("26_0511_16", None, 16)


def test_a_body_of_two_words_and_a_capital_after_the_number(changed: Callable[..., Reading]) -> None:
    paper = changed({"OPSG_26_0511_16": "SMKI_PMA_45_0511_05A"}).paper

    assert (paper.body, paper.meeting, paper.number) == ("SMKI_PMA", 45, 5)


def test_a_meeting_far_from_the_papers_date_is_said(changed: Callable[..., Reading]) -> None:
    assert "meeting-date-far" in codes(changed({"OPSG_26_0511_16": "OPSG_26_1105_16"}))


def test_a_reference_that_stands_free_at_the_head_is_found(changed: Callable[..., Reading]) -> None:
    reading = changed({"Paper Reference: ": ""})

    assert reading.paper.reference == "OPSG_26_0511_16"
    assert reading.paper.title == "New Draft Proposals"


def test_date_author_and_team_may_stand_at_the_head(changed: Callable[..., Reading]) -> None:
    fields = "Action: For Discussion\nAuthor: Alex Penrose\nTeam: SECAS Team\nDate: 29 October 2019"
    reading = changed({"Alex Penrose\n\nSECAS Team\n\n29 October 2019": "", "Action: For Discussion": fields})

    assert (reading.paper.author, reading.paper.team) == ("Alex Penrose", "SECAS Team")
    assert reading.paper.dated == date(2019, 10, 29)


def test_a_fact_given_twice_and_differently_is_said_to_be_unplaced(changed: Callable[..., Reading]) -> None:
    reading = changed({"Action: For Discussion": "Action: For Discussion\nAction: For Decision"})

    assert reading.paper.action == "For Discussion"
    assert codes(reading) == ["meeting-date-inferred", "unplaced-text"]


def test_the_sign_off_may_stand_without_blank_lines(changed: Callable[..., Reading]) -> None:
    reading = changed({"\n\nAlex Penrose\n\nSECAS Team\n\n29": "\nAlex Penrose\nSECAS Team\n29"})

    assert reading.paper.author == "Alex Penrose"
    assert reading.paper.recommendation is not None
    assert reading.paper.recommendation.endswith("team@secas.example.")


def test_a_second_signature_does_not_vanish(changed: Callable[..., Reading]) -> None:
    reading = changed({"Alex Penrose\n\nSECAS Team": "Sam Doe\n\nChange Team\n\nAlex Penrose\n\nSECAS Team"})

    assert reading.paper.author == "Alex Penrose"
    assert codes(reading).count("unplaced-text") == 2


def test_views_may_be_invited_in_a_list(changed: Callable[..., Reading]) -> None:
    invite = "We welcome comments on:\n\n- the issue;\n- its impacts; and\n- whether more is needed.\n\nThank you."
    reading = changed({"We invite any views from the Group on the issue, the impacts, and any areas.": invite})

    assert reading.paper.invitations == ("the issue", "its impacts", "whether more is needed")
    assert codes(reading).count("unplaced-text") == 1


def test_a_recommendation_may_be_a_list(changed: Callable[..., Reading]) -> None:
    request = "requested to:\n\n- **NOTE** this; and\n- **DISCUSS** the proposals and write to team@secas.example."
    reading = changed({"requested to **DISCUSS** the proposals and send comments to team@secas.example.": request})

    assert reading.paper.recommendation == (
        "The Group is requested to: NOTE this; and DISCUSS the proposals and write to team@secas.example."
    )


@pytest.mark.parametrize(
    ("words", "closing"),
    [
        ("by 5pm on 17 April 2020", "2020-04-17T17:00"),
        ("by 12:00 on Friday 17 April 2020", "2020-04-17T12:00"),
        ("by noon on 17 April 2020", "2020-04-17T12:00"),
        ("by 12am on 17 April 2020", "2020-04-17T00:00"),
        ("no later than 17th April, 2020", "2020-04-17"),
        ("by close of business on 17 April 2020", "2020-04-17"),
        ("by 12 noon on 17 April 2020", "2020-04-17T12:00"),
        ("by COB on 17 April 2020", "2020-04-17"),
        ("by the 17th of April 2020", "2020-04-17"),
        ("until 17 April 2020", "2020-04-17"),
        ("by 17 April 2020 at 5pm", "2020-04-17T17:00"),
        ("by 5 p.m. on 17 April 2020", "2020-04-17T17:00"),
        ("by 5 on 17 April 2020", None),
        ("by 17/04/2020", None),
        ("by 17 Apr 2020", None),
        ("by 25:00 on 17 April 2020", None),
        ("by 17 April", None),
        ("after 17 April 2020", None),
    ],
)
def test_a_closing_time_is_what_is_printed_with_its_year(
    changed: Callable[..., Reading], words: str, closing: str | None
) -> None:
    assert changed({"team@secas.example.": f"team@secas.example {words}."}).paper.comments_by == closing


@pytest.mark.parametrize(
    "words",
    [
        "Any comments will be reported to the Panel before 20 November 2019.",
        "Comments were received by 3 October 2019.",
    ],
)
def test_a_day_on_which_comments_are_reported_is_no_closing_day(changed: Callable[..., Reading], words: str) -> None:
    assert changed({"team@secas.example.": f"team@secas.example. {words}"}).paper.comments_by is None


def test_two_closing_days_are_none(changed: Callable[..., Reading]) -> None:
    words = "team@secas.example by 17 April 2020. Please reply with comments by 20 April 2020."
    reading = changed({"team@secas.example.": words})

    assert reading.paper.comments_by is None
    assert "closing-date-unclear" in codes(reading)


def test_other_words_in_the_recommendation_do_not_vanish(changed: Callable[..., Reading]) -> None:
    reading = changed({"team@secas.example.": "team@secas.example.\n\nMore words."})

    assert "unplaced-text" in codes(reading)
