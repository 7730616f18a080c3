"""The shapes that papers come in beside the real one's."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain import Classification, Outlook, ProposalType
from bot.papers import Reading


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


# --- the paper's own facts --------------------------------------------------------------------------------------------


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


# --- classification ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "This document is classified as White or Green.",
        "This document is classified as Secret.",
        "This document is not classified as White.",
        "This document is classified as White.\n\nThis document is classified as Amber.",
        "Classification: Green\n\nThis document is classified as White.",
        "",
    ],
)
def test_in_doubt_a_paper_is_red_and_blocked(changed: Callable[..., Reading], statement: str) -> None:
    reading = changed({"This document is classified as White. It may be published.": statement})

    assert reading.paper.classification is Classification.RED
    assert reading.blocked


@pytest.mark.parametrize("name", ["Clear", "Green", "Amber", "Red"])
def test_every_classification_is_read(changed: Callable[..., Reading], name: str) -> None:
    assert changed({"as White": f"as **{name}**"}).paper.classification is Classification(name)


def test_a_classification_field_is_enough(changed: Callable[..., Reading]) -> None:
    reading = changed({"This document is classified as White. It may be published.": "Classification: White"})

    assert reading.paper.classification is Classification.WHITE
    assert reading.paper.handling is None


def test_a_statement_and_a_page_number_in_the_middle_of_a_sentence_are_furniture(
    changed: Callable[..., Reading],
) -> None:
    page = "Tariff names\n\nPage 2 of 5\n\nThis document is classified as White. It may be published.\n\nare long."
    reading = changed({"Tariff names are long.": page})

    assert reading.items[0].summary == ("Tariff names are long.",)
    assert codes(reading) == ["meeting-date-inferred", "paragraph-rejoined"]


def test_words_that_stick_to_a_repeated_statement_do_not_vanish(changed: Callable[..., Reading]) -> None:
    page = "Tariff names are long.\n\nThis document is classified as White. It may be published.\nAnd more."
    reading = changed({"Tariff names are long.": page})

    assert reading.items[0].summary == ("Tariff names are long.", "And more.")


# --- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("DP501 ‘Clearer tariff names’", "Clearer tariff names"),
        ("DP501 ‘Clearer tariff names'", "Clearer tariff names"),
        ("DP501 “Clearer tariff names”", "Clearer tariff names"),
        ("DP501: Clearer tariff names", "Clearer tariff names"),
        ("DP501 – 'Clearer tariff names'", "Clearer tariff names"),
        ("DP501 Clearer tariff names", "Clearer tariff names"),
        ("2.1 DP501 'Clearer tariff names'", "Clearer tariff names"),
        ("[DP501 'Clearer tariff names'](#)", "Clearer tariff names"),
        ("**DP501 'Clearer tariff names'**", "Clearer tariff names"),
        ("DP501 'Clearer 'tariff' names'", "Clearer 'tariff' names"),
        ("DP501 'Changes to 'Tariff Names''", "Changes to 'Tariff Names'"),
        ("DP501 'Clearer\ntariff names'", "Clearer tariff names"),
        ("DP501, previously DP499, 'Clearer tariff names'", "Clearer tariff names"),
    ],
)
def test_titles_lose_their_outer_quotes_only(changed: Callable[..., Reading], heading: str, title: str) -> None:
    reading = changed({"DP501 'Clearer tariff names'": heading})

    assert (reading.items[0].reference, reading.items[0].title) == ("DP501", title)
    assert codes(reading)[0] == "meeting-date-inferred"


def test_markdown_headings_are_read_by_their_level(changed: Callable[..., Reading]) -> None:
    marked = {
        "\n1. Purpose": "\n## Purpose",
        "\n2. New": "\n## New",
        "\nDP501 'Clearer tariff names'": "\n### DP501 'Clearer tariff names'",
        "\nDP502 '": "\n### DP502 '",
        "\nAnticipated": "\n#### Anticipated",
        "3. Recommendations": "## Recommendations",
        "Attachments:": "## Attachments",
        "\n\nNew Draft Proposals\n": "\n\n# New Draft Proposals\n",
    }
    reading = changed(marked, "paper.md")

    assert codes(reading) == ["meeting-date-inferred"]
    assert [item.title for item in reading.items] == ["Clearer tariff names", "Shorter notices"]
    assert [item.impacts[0].outlook for item in reading.items] == [Outlook.NONE, Outlook.PENDING]


def test_a_section_nobody_knows_is_said_to_be_unplaced_and_never_ends_up_in_a_proposal(
    changed: Callable[..., Reading],
) -> None:
    reading = changed({"3. Recommendations": "3. Next steps\n\nWe meet again.\n\n4. Recommendations"})

    assert reading.items[1].impacts[0].text == ("To be confirmed.",)
    assert codes(reading).count("unplaced-text") == 2


def test_a_heading_inside_a_proposal_is_said_and_its_words_are_kept(changed: Callable[..., Reading]) -> None:
    marked = {
        "\nDP501 'Clearer tariff names'": "\n### DP501 'Clearer tariff names'",
        "Tariff names are long.": "#### Context\n\nTariff names are long.",
    }
    reading = changed(marked)

    assert reading.items[0].summary == ("Tariff names are long.",)
    assert "unplaced-text" in codes(reading)


def test_a_numbered_list_in_a_proposal_is_text_not_a_section(changed: Callable[..., Reading]) -> None:
    reading = changed({"Tariff names are long.": "Two things:\n\n1. Names are long\n\n2. Names are odd"})

    assert reading.items[0].summary == ("Two things:", "1. Names are long", "2. Names are odd")


def test_a_proposal_in_no_section_is_read_without_a_stage(changed: Callable[..., Reading]) -> None:
    reading = changed({"2. New Draft Proposals\n": "", "1. Purpose\n\nThis paper lists what is new.\n": ""})

    assert [item.reference for item in reading.items] == ["DP501", "DP502"]
    assert reading.items[0].stage is None
    assert "stage-missing" in codes(reading)


def test_other_words_before_the_first_proposal_do_not_vanish(changed: Callable[..., Reading]) -> None:
    reading = changed({"any areas.\n": "any areas.\n\nSome more words.\n"})

    assert "unplaced-text" in codes(reading)


def test_modifications_have_their_type_and_their_sections_stage(changed: Callable[..., Reading]) -> None:
    converted = "3. Draft Proposals that have converted to Modification Proposals\n\n"
    left = "These have left the Development Stage and entered the Refinement Process.\n\nMP502 '"
    reading = changed({"DP502 '": converted + left, "3. Recommendations": "4. Recommendations"})

    item = reading.items[1]
    assert (item.reference, item.type, item.stage) == ("MP502", ProposalType.MODIFICATION, "Refinement Process")
    assert codes(reading) == ["meeting-date-inferred"]


def test_split_modifications_are_two_items(changed: Callable[..., Reading]) -> None:
    reading = changed({"DP501": "MP102A", "DP502": "MP102B"})

    assert [(item.number, item.suffix) for item in reading.items] == [(102, "A"), (102, "B")]
    assert "number-repeated" not in codes(reading)


@pytest.mark.parametrize(
    "heading", ["Impacts", "Anticipated Security and Technical Impacts", "Anticipated testing impacts:"]
)
def test_impact_headings_of_other_bodies(changed: Callable[..., Reading], heading: str) -> None:
    impact = changed({"Anticipated Operational Impacts": heading}).items[0].impacts[0]

    assert (impact.heading, impact.outlook, impact.text) == (heading.rstrip(":"), Outlook.NONE, ("None.",))


def test_an_impact_heading_without_words_is_unstated(changed: Callable[..., Reading]) -> None:
    impact = changed({"None.\n": ""}).items[0].impacts[0]

    assert (impact.outlook, impact.text) == (Outlook.UNSTATED, ())


# --- who raised it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Ada Holt of the DCC", ("Ada Holt", "DCC", None)),
        ("Ada Holt from Bank of Wharfe plc", ("Ada Holt", "Bank of Wharfe plc", None)),
        ("Ada Holt (Wharfe Supply)", ("Ada Holt", "Wharfe Supply", None)),
        ("Ada Holt on behalf of Wharfe Supply", ("Ada Holt", "Wharfe Supply", None)),
        ("Ada Holt of Tarn Metering on behalf of the DCC", ("Ada Holt", "Tarn Metering", "DCC")),
        ("Ada Holt and Ben Crane of the DCC", ("Ada Holt and Ben Crane", "DCC", None)),
        ("A. B. Holt of the DCC", ("A. B. Holt", "DCC", None)),
        ("the Security Sub-Committee (SSC)", (None, "Security Sub-Committee (SSC)", None)),
        ("Citizens Advice", (None, "Citizens Advice", None)),
        ("SSE", (None, "SSE", None)),
        ("Ada Holt", ("Ada Holt", None, None)),
        ("Ada Holt of the DCC on 3 October 2019", ("Ada Holt", "DCC", None)),
        ("TBC", (None, None, None)),
        (
            "Ada Holt of Wharfe Supply and Ben Crane of the DCC",
            ("Ada Holt of Wharfe Supply and Ben Crane of the DCC", None, None),
        ),
        ("A of B on behalf of C on behalf of D", (None, None, None)),
        ("Ada Holt of the DCC to allow shorter names", (None, None, None)),
        ("Ada " * 100, (None, None, None)),
    ],
)
def test_who_raised_it(
    changed: Callable[..., Reading], words: str, who: tuple[str | None, str | None, str | None]
) -> None:
    item = changed({"Ada Holt of Northshire Energy": words}).items[0]

    assert (item.proposer, item.organisation, item.on_behalf_of) == who


def test_proposer_and_lead_analyst_may_share_a_sentence(changed: Callable[..., Reading]) -> None:
    one = "Energy, and the Lead Analyst from SECAS is Robin Ainsley."
    item = changed({"Energy. The Lead Analyst from SECAS is Robin Ainsley.": one}).items[0]

    assert (item.proposer, item.organisation) == ("Ada Holt", "Northshire Energy")
    assert (item.lead_analyst, item.summary) == ("Robin Ainsley", ("Tariff names are long.",))


def test_a_sentence_about_the_lead_analysts_opinion_stays_in_the_summary(changed: Callable[..., Reading]) -> None:
    opinion = "The Lead Analyst is of the view that names are long."
    item = changed({"The Lead Analyst from SECAS is Robin Ainsley.": "", "Tariff names are long.": opinion}).items[0]

    assert item.lead_analyst is None
    assert item.summary == (opinion,)


def test_another_proposals_sentence_in_the_summary_is_text(changed: Callable[..., Reading]) -> None:
    other = "DP499 was raised by Cy Dale of SSE."
    reading = changed({"Tariff names are long.": other})

    assert reading.items[0].summary == (other,)
    assert reading.items[0].proposer == "Ada Holt"
    assert not reading.blocked


def test_who_raised_it_may_stand_further_down_where_another_proposal_does_not_answer(
    changed: Callable[..., Reading],
) -> None:
    raised = "DP501 was raised by Ada Holt of Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley.\n\n"
    reading = changed({raised: "", "Tariff names are long.": "Names.\n\nDP499 was raised by Cy Dale of SSE."})

    assert reading.items[0].proposer is None
    assert "proposer-missing" in codes(reading)


# --- paragraphs -------------------------------------------------------------------------------------------------------


def test_wrapped_lines_are_one_paragraph(changed: Callable[..., Reading]) -> None:
    assert changed({"Tariff names are long.": "Tariff\nnames\nare long."}).items[0].summary == (
        "Tariff names are long.",
    )


def test_wrapped_bullets_and_text_straight_after_them(changed: Callable[..., Reading]) -> None:
    bullets = "Names:\n- are long\n  and odd;\n- are short.\nThat is all."
    item = changed({"Tariff names are long.": bullets}).items[0]

    assert item.summary == ("Names:", "- are long and odd;", "- are short.", "That is all.")


def test_a_lettered_list_is_not_taken_for_a_cut_sentence(changed: Callable[..., Reading]) -> None:
    item = changed({"Tariff names are long.": "Names that\n\na) are long\n\n(b) are short"}).items[0]

    assert item.summary == ("Names that", "a) are long", "(b) are short")


def test_sec_appendices_are_no_attachments(changed: Callable[..., Reading]) -> None:
    words = "See Appendix AD 'Interface'. It can be found in Appendix R of the SEC."
    item = changed({"Tariff names are long.": words}).items[0]

    assert (item.summary, item.appendix) == ((words,), "A")


def test_attachments_may_name_several_proposals_and_no_status(changed: Callable[..., Reading]) -> None:
    line = "- **Appendix C:** DP501 and DP502 notes"
    reading = changed({"- **Appendix A:**": f"{line}\n- **Appendix A:**"})

    assert reading.attachments[0].references == ("DP501", "DP502")
    assert [found.status for found in reading.attachments] == [None, "draft", "approved"]


def test_an_attachment_listed_under_a_former_name_agrees(changed: Callable[..., Reading]) -> None:
    reading = changed({"DP502 '": "MP502 '", "DP502 was": "MP502 was"})

    assert "appendix-differs" not in codes(reading)
