"""Headings in other forms, and the net under them: a proposal that is not read is never words of the one before it."""

from collections.abc import Callable

import pytest

from bot.papers import Reading, read_paper
from tests.papers.conftest import codes

SECOND = "DP502 'Shorter notices'"
RAISED = "DP502 was raised by Ben Crane of the DCC. The Lead Analyst from SECAS is Morgan Tate."


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("DP502 Who owns the data?", "Who owns the data?"),
        ("DP502 New Method.", "New Method."),
        ("DP502 eSIM support", "eSIM support"),
        ("DP502 Planned Maintenance Impacts", "Planned Maintenance Impacts"),
        ("DP502 Publishing Draft Proposals", "Publishing Draft Proposals"),
        ("DP502 - Draft Proposals withdrawal", "Draft Proposals withdrawal"),
        ("DP502. New Method", "New Method"),
        ("Draft Proposal DP502: New Method", "New Method"),
        ("Proposal DP502 'New Method'", "New Method"),
        ("Late paper: DP502 'New Method'", "New Method"),
        ("(ii) DP502 'New Method'", "New Method"),
        ("• DP502 'New Method'", "New Method"),
        ("New Method (DP502)", "New Method"),
        ("DP502 (formerly known as SECMP0502) 'New Method'", "New Method"),
    ],
)
@pytest.mark.parametrize("name", ["paper.txt", "paper.md"])
def test_a_heading_may_have_other_forms(changed: Callable[..., Reading], heading: str, title: str, name: str) -> None:
    reading = changed({SECOND: heading}, name)

    assert [(item.reference, item.title) for item in reading.items][1:] == [("DP502", title)]
    assert reading.items[1].lead_analyst == "Morgan Tate"
    assert codes(reading) == ["meeting-date-inferred"]


@pytest.mark.parametrize("heading", ["## DP502 Who owns the data?", "### DP502 Planned Maintenance Impacts"])
def test_a_marked_heading_needs_no_other_sign(changed: Callable[..., Reading], heading: str) -> None:
    marked = {"DP501 'Clearer": "## DP501 'Clearer", SECOND: heading, RAISED: "Northshire Energy raised it."}

    assert [item.reference for item in changed(marked, "paper.md").items] == ["DP501", "DP502"]


def test_a_proposal_that_is_now_a_modification_goes_by_its_new_name(changed: Callable[..., Reading]) -> None:
    assert changed({SECOND: "DP502 (now MP502) 'New Method'"}).items[1].reference == "MP502"


def test_a_remark_in_a_heading_is_said(changed: Callable[..., Reading]) -> None:
    reading = changed({SECOND: "DP502 (revised) 'New Method'"})

    assert reading.items[1].title == "New Method"
    assert "item-title-unclear" in codes(reading)


def test_a_heading_that_is_repeated_on_a_new_page_opens_nothing(changed: Callable[..., Reading]) -> None:
    reading = changed({"Tariff names are long.": "Names are\n\nDP501 'Clearer tariff names' (continued)\n\nlong."})

    assert [item.reference for item in reading.items] == ["DP501", "DP502"]
    assert not reading.blocked


@pytest.mark.parametrize(
    "words",
    [
        {SECOND: "The method of notices"},
        {SECOND: "New Method", RAISED: "This proposal was raised by Ben Crane of the DCC."},
        {SECOND: "", RAISED: "The Lead Analyst is Morgan Tate."},
    ],
    ids=str,
)
def test_a_proposal_that_is_not_read_blocks_the_paper(changed: Callable[..., Reading], words: dict[str, str]) -> None:
    reading = changed(words)

    assert reading.blocked
    assert [(item.reference, item.lead_analyst) for item in reading.items] == [("DP501", "Robin Ainsley")]


@pytest.mark.parametrize("title", ["New Method", "Why so long?"])
def test_a_heading_that_nobody_is_said_to_have_raised_is_read(changed: Callable[..., Reading], title: str) -> None:
    reading = changed({f"{SECOND}\n\n{RAISED}": f"DP502 {title}"})

    assert not reading.blocked
    assert [(item.title, item.lead_analyst) for item in reading.items] == [
        ("Clearer tariff names", "Robin Ainsley"),
        (title, None),
    ]


def test_a_problem_statement_of_a_proposal_that_is_not_there_blocks_the_paper(
    changed: Callable[..., Reading],
) -> None:
    reading = changed({"- **Appendix B:**": "- **Appendix C:** DP503 draft problem statement\n- **Appendix B:**"})

    assert "proposal-not-read" in codes(reading)
    assert reading.blocked


@pytest.mark.parametrize(
    "words", ["DP499 is on hold.", "DP499 remains with the Panel.", "See DP499 and DP498 for more."]
)
def test_other_proposals_named_in_passing_block_nothing(changed: Callable[..., Reading], words: str) -> None:
    reading = changed({"Tariff names are long.": f"Tariff names are long.\n\n{words}"})

    assert reading.items[0].summary == ("Tariff names are long.", words)
    assert codes(reading) == ["meeting-date-inferred"]


def test_what_looks_like_a_heading_inside_a_proposal_is_said(changed: Callable[..., Reading]) -> None:
    reading = changed({"3. Recommendations": "Next steps\n\nWe meet again in May.\n\n3. Recommendations"})

    assert "heading-in-item" in codes(reading)


def test_a_proposal_in_the_section_of_the_other_type_is_said(changed: Callable[..., Reading]) -> None:
    assert "type-differs" in codes(changed({"DP502": "MP502"}))


def test_a_section_that_says_none_and_holds_a_proposal_blocks_the_paper(short_paper: str) -> None:
    start, end = short_paper.index("These have"), short_paper.index("3. Recommendations")
    words = "There are no new Draft Proposals like it. DP092 was raised by Ada Holt of Calder."
    reading = read_paper("paper.txt", f"{short_paper[:start]}{words}\n\n{short_paper[end:]}".encode())

    assert reading.blocked


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("Hubs that are\nmanaged by the DCC\nare late.", "Hubs that are managed by the DCC are late."),
        ("There are\n2 of 5\nof them.", "There are 2 of 5 of them."),
        ("It began on\n5 November 2019\nand then ended.", "It began on 5 November 2019 and then ended."),
        ("We see the\nSecurity Impacts\nof it.", "We see the Security Impacts of it."),
    ],
)
def test_a_wrapped_line_that_looks_like_something_else_stays(
    changed: Callable[..., Reading], words: str, summary: str
) -> None:
    assert changed({"Tariff names are long.": words}).items[0].summary == (summary,)


def test_an_introduction_swallows_no_day_and_no_proposal(changed: Callable[..., Reading]) -> None:
    words = (
        "any areas.\n\nThese are in the Development Stage. Please reply by 5pm on 17 April 2020. DP499 is withdrawn."
    )
    quoted = [f.message for f in changed({"any areas.": words}).findings if f.code == "unplaced-text"]

    assert len(quoted) == 2


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("These have not yet entered the Refinement Process.", None),
        ("These will then proceed to the Refinement Process.", None),
        ("These are in the Development Stage. Solutions come once one is in the Report Phase.", "Development Stage"),
    ],
)
def test_a_stage_that_is_still_to_come_is_not_theirs(
    changed: Callable[..., Reading], words: str, stage: str | None
) -> None:
    assert changed({"These have entered the Development Stage.": words}).items[0].stage == stage
