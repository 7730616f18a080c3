"""What random papers (`test_round_trip`) once found to be read wrongly, each shrunk to the one change that shows it."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from tests.papers.conftest import codes

Changed = Callable[..., Reading]

HEADING = "DP501 'Clearer tariff names'"
IMPACT = "Anticipated Operational Impacts\n\nNone."
APPENDIX = "The draft problem statement can be found in Appendix A."
SUMMARY = "Tariff names are long."
PURPOSE = "This paper lists what is new."
ITEMS = ("These have entered", "3. Recommendations")


# --- who raised it ----------------------------------------------------------------------------------------------------


def test_a_company_that_ends_in_ltd_ends_its_sentence(changed: Changed) -> None:
    item = changed({"Northshire Energy. The": "Wharfe & Aire Supply Ltd. The"}).items[0]

    assert (item.proposer, item.organisation) == ("Ada Holt", "Wharfe & Aire Supply Ltd")
    assert item.lead_analyst == "Robin Ainsley"


@pytest.mark.parametrize("page", ["Page 2 of 5", "Managed by Northshire Code Services"])
def test_a_page_may_end_before_plc(changed: Changed, page: str) -> None:
    item = changed({"Northshire Energy. The": f"Tarn Metering\n\n{page}\n\nplc. The"}).items[0]

    assert (item.organisation, item.lead_analyst) == ("Tarn Metering plc", "Robin Ainsley")
    assert item.summary == (SUMMARY,)


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("the DCC", "DCC"),
        ("SSE", "SSE"),
        ("the Board (B)", "Board (B)"),
        ("Calder", "Calder"),
        ("the Operations Group", "Operations Group"),
    ],
)
@pytest.mark.parametrize(("one", "two"), [("1", "2"), ("¹", "²")])
def test_footnote_marks_are_no_part_of_names(
    changed: Changed, organisation: str, name: str, one: str, two: str
) -> None:
    item = changed(
        {"Northshire Energy. The": f"{organisation}{one}. The", "Robin Ainsley": f"Robin Ainsley{two}"}
    ).items[0]

    assert (item.organisation, item.lead_analyst) == (name, "Robin Ainsley")


def test_footnote_marks_stand_on_the_lines_below_the_verb_too(changed: Changed) -> None:
    item = changed(
        {"Ada Holt of Northshire Energy. ": "\nAda Holt of the DCC1.\n", "Robin Ainsley": "Robin\nAinsley2"}
    ).items[0]

    assert (item.organisation, item.lead_analyst) == ("DCC", "Robin Ainsley")


def test_footnote_marks_go_whatever_the_verb_is(changed: Changed) -> None:
    words = "was submitted by the Security Sub-Committee (SSC)1. The SECAS Lead Analyst is Robin Ainsley2."
    raised = "was raised by Ada Holt of Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley."
    item = changed({raised: words}).items[0]

    assert (item.organisation, item.lead_analyst) == ("Security Sub-Committee (SSC)", "Robin Ainsley")


# --- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("DP501 'Clearer tariff names '.", "Clearer tariff names"),
        ("DP501 “Clearer tariff names ”1", "Clearer tariff names"),
        ("DP501 'Clearer tariff names'¹", "Clearer tariff names"),
        ("DP501 'Schedule 11 in v2.10'1", "Schedule 11 in v2.10"),
        ("DP501 ‘Shorter notices for\nUsers'.", "Shorter notices for Users"),
        ("DP501 'Renaming ‘Small’\nand ‘Large’'", "Renaming ‘Small’ and ‘Large’"),
        ("2.1 DP501 'Retiring\nDP044 and DP045'", "Retiring DP044 and DP045"),
        (
            "DP501, previously DP501,\n'A fair workflow for café\nmeters' (SEC Section D)",
            "A fair workflow for café meters",
        ),
    ],
)
def test_headings_that_were_read_wrongly(changed: Changed, heading: str, title: str) -> None:
    reading = changed({HEADING: heading})

    assert [(item.reference, item.title) for item in reading.items] == [
        ("DP501", title),
        ("DP502", "Shorter notices"),
    ]
    assert "unplaced-text" not in codes(reading)


def test_an_impact_heading_may_run_over_the_end_of_a_line(changed: Changed) -> None:
    item = changed({IMPACT: "Anticipated Operational\nImpacts\n\nNone."}).items[0]

    assert item.summary == (SUMMARY,)
    assert [(impact.heading, impact.text) for impact in item.impacts] == [
        ("Anticipated Operational Impacts", ("None.",))
    ]


@pytest.mark.parametrize(
    "section",
    ["3. New Modification\nProposals", "3. Draft Proposals that\nhave converted to\nModification Proposals"],
)
def test_a_sections_heading_may_run_over_the_ends_of_lines(changed: Changed, section: str) -> None:
    opening = f"{section}\n\nThese have entered the Refinement Process.\n\nMP502 '"
    reading = changed({"DP502 '": opening, "3. Recommendations": "4. Recommendations"})

    assert [item.stage for item in reading.items] == ["Development Stage", "Refinement Process"]
    assert reading.items[0].impacts[0].text == ("None.",)
    assert "unplaced-text" not in codes(reading)


def test_a_sentence_may_begin_with_a_proposal_and_its_title_on_a_line_of_their_own(changed: Changed) -> None:
    reading = changed({SUMMARY: "MP042 'Quicker Switching'\nhas left this open."})

    assert [item.reference for item in reading.items] == ["DP501", "DP502"]
    assert reading.items[0].summary == ("MP042 'Quicker Switching' has left this open.",)


@pytest.mark.parametrize("title", ["the rights of Users'", "'Users' as a word", "the word 'Users'"])
def test_the_line_of_a_joint_heading_may_end_with_and(changed: Changed, title: str) -> None:
    heading = f"MP102A 'Clarifying\n{title}' and\nMP102B 'Clearer tariff\nnames'"
    reading = changed({HEADING: heading, "DP501 was raised": "MP102A and MP102B were raised"})

    assert [(item.reference, item.title, item.proposer) for item in reading.items[:2]] == [
        ("MP102A", f"Clarifying {title}", "Ada Holt"),
        ("MP102B", "Clearer tariff names", "Ada Holt"),
    ]


def test_a_sentence_may_begin_with_a_proposal_whose_title_runs_over_the_line(changed: Changed) -> None:
    reading = changed({SUMMARY: "MP042 'Quicker\nSwitching' has left\nthis open."})

    assert [item.reference for item in reading.items] == ["DP501", "DP502"]
    assert reading.items[0].summary == ("MP042 'Quicker Switching' has left this open.",)


# --- footnotes --------------------------------------------------------------------------------------------------------


def test_a_sections_heading_is_no_footnote(changed: Changed) -> None:
    words = "Tariff names1 are long. Notices are sent by post.2 The trial3 has ended."
    reading = changed({SUMMARY: words})

    assert reading.items[0].summary == ("Tariff names are long. Notices are sent by post. The trial has ended.",)
    assert reading.paper.recommendation is not None


def test_a_sections_heading_in_two_lines_is_no_footnote(changed: Changed) -> None:
    words = "Tariff names1 are long. Notices are sent by post.2 The trial3 has ended."
    reading = changed({SUMMARY: words, "DP502 '": "3. New Modification\nProposals\n\nMP502 '", "3. Rec": "4. Rec"})

    assert [item.reference for item in reading.items] == ["DP501", "MP502"]
    assert not reading.blocked


def test_the_date_of_the_paper_is_no_footnote(changed: Changed) -> None:
    reading = changed({SUMMARY: "Tariff names1 are long.", "29 October 2019": "1 November 2019"})

    assert reading.paper.dated is not None
    assert reading.paper.dated.isoformat() == "2019-11-01"


def test_a_devices_generation_is_no_footnote(changed: Changed) -> None:
    words = "SMETS1 Devices cannot do so, and SMETS2 Devices do so badly."

    assert changed({SUMMARY: words}).items[0].summary == (words,)


@pytest.mark.parametrize(
    "words",
    ["GBCS v3.2 contains IRP511.", "Both were raised by the public. GBCS v3.2 is new.", "SR3.2 and SMETS3 Devices."],
)
def test_a_version_after_two_footnotes_is_not_the_third(changed: Changed, words: str) -> None:
    text = f"Tariff names1 are long. Notices are sent by post.2 {words}"

    assert changed({SUMMARY: text}).items[0].summary == (f"Tariff names are long. Notices are sent by post. {words}",)


@pytest.mark.parametrize("note", ["1 See the register", "1 See the register of names,"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_page_may_end_inside_a_footnote(changed: Changed, note: str, gap: str) -> None:
    words = f"Tariff names1 are long.\n\n{note}{gap}Page 2 of 5{gap}that the office keeps."
    reading = changed({SUMMARY: words})

    assert reading.items[0].summary == (
        "Tariff names are long.",
        f"Footnote 1: {note.removeprefix('1 ')} that the office keeps.",
    )


def test_the_text_after_a_page_that_ends_with_a_whole_footnote_is_none_of_it(changed: Changed) -> None:
    words = "Tariff names1 are\n\n1 See the register.\n\nPage 2 of 5\n\nlong."

    assert changed({SUMMARY: words}).items[0].summary == ("Tariff names are long.", "Footnote 1: See the register.")


def test_footnotes_may_stand_in_lines_that_touch(changed: Changed) -> None:
    words = "Tariff names1 are long2.\n\n1 See the register.\n2 The longest has\nninety letters."
    reading = changed({SUMMARY: words})

    assert reading.items[0].summary == (
        "Tariff names are long.",
        "Footnote 1: See the register.",
        "Footnote 2: The longest has ninety letters.",
    )


# --- appendices and tables --------------------------------------------------------------------------------------------


def test_a_reader_may_be_sent_to_the_appendix(changed: Changed) -> None:
    item = changed({APPENDIX: "Please see Appendix A for the draft problem statement."}).items[0]

    assert item.appendix == "A"
    assert item.impacts[0].text == ("None.",)


def test_every_column_of_impacts_is_read(read: Callable[[str], Reading], short_paper: str) -> None:
    start, end = (short_paper.index(words) for words in ITEMS)
    names = "| Reference | Title | Raised by | Anticipated Operational Impacts | Anticipated Consumer Impacts |"
    row = "| DP501 | Clearer tariff names | Ada Holt of the DCC | None. | To be confirmed. |"
    rule = "|---|---|---|---|---|"
    item = read(f"{short_paper[:start]}{names}\n{rule}\n{row}\n\n{short_paper[end:]}").items[0]

    assert [(impact.heading, impact.text) for impact in item.impacts] == [
        ("Anticipated Operational Impacts", ("None.",)),
        ("Anticipated Consumer Impacts", ("To be confirmed.",)),
    ]


def test_the_title_in_a_cell_may_begin_with_a_quoted_word(read: Callable[[str], Reading], short_paper: str) -> None:
    start, end = (short_paper.index(words) for words in ITEMS)
    table = "| Reference | Title | Raised by |\n|---|---|---|\n| DP501 | 'Deferred' as a status | Ada Holt of the DCC |"

    assert read(f"{short_paper[:start]}{table}\n\n{short_paper[end:]}").items[0].title == "'Deferred' as a status"


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_half_a_sentence_that_begins_like_a_sections_name_is_none(changed: Changed, gap: str) -> None:
    cut = f"All Draft Proposals in this paper were raised{gap}Page 2 of 5{gap}before the end of the month."
    reading = changed({PURPOSE: cut})

    assert reading.paper.purpose == ("All Draft Proposals in this paper were raised before the end of the month.",)
    assert "unplaced-text" not in codes(reading)


def test_a_page_may_end_where_a_section_says_that_there_are_none(
    read: Callable[[str], Reading], short_paper: str
) -> None:
    start, end = (short_paper.index(words) for words in ITEMS)
    none = "No Draft Proposals have converted this\n\nPage 4\n\nmonth. There are no new Draft Proposals."

    assert not read(f"{short_paper[:start]}{none}\n\n{short_paper[end:]}").blocked


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_half_an_impact_statement_of_a_split_modification_is_no_heading(changed: Changed, gap: str) -> None:
    impacts = f"MP102A: None.\n\nMP102B: To{gap}Page 2 of 5{gap}be confirmed."
    reading = changed(
        {
            HEADING: "MP102A 'Clearer tariff names' and MP102B 'Odd tariff names'",
            "DP501 was raised": "MP102A and MP102B were raised",
            IMPACT: f"Anticipated Operational Impacts\n\n{impacts}",
        }
    )

    assert [item.reference for item in reading.items] == ["MP102A", "MP102B", "DP502"]
    assert reading.items[1].impacts[0].text == ("MP102B: To be confirmed.",)


# --- narrow columns ---------------------------------------------------------------------------------------------------


def test_an_attachments_name_may_stand_on_the_line_below_its_letter(changed: Changed) -> None:
    reading = changed({"**Appendix A:** DP501 draft": "**Appendix A:**\n  DP501 draft"})

    assert reading.attachments[0].name == "DP501 draft problem statement"
