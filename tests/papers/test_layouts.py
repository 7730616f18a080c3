"""Layouts that the sections of the short paper do not have: several proposals in a heading, lines of facts, tables."""

from collections.abc import Callable

import pytest

from bot.domain import Outlook, ProposalType
from bot.papers import Reading, read_paper
from tests.papers.conftest import codes

HEADING = "DP501 'Clearer tariff names'"
RAISED = "DP501 was raised by Ada Holt of Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley."
APPENDIX = "The draft problem statement can be found in Appendix A."


# --- a modification that was split ------------------------------------------------------------------------------------

SPLIT = {
    "2. New Draft Proposals": "2. New Draft and Modification Proposals",
    HEADING: "MP102A 'Clearer names' and MP102B 'Fewer names'",
    RAISED: "MP102A and MP102B were raised by Ada Holt of Northshire Energy. The Lead Analyst is Robin Ainsley.",
    "None.\n": "For MP102A, none are expected. For MP102B, the impacts are to be confirmed.\n",
    APPENDIX: "The problem statement for MP102A can be found in Appendix A and that for MP102B in Appendix C.",
    "- **Appendix A:** DP501": "- **Appendix C:** MP102B problem statement\n- **Appendix A:** MP102A",
}


def test_two_halves_of_a_split_modification_are_two_items_with_their_own_words(
    changed: Callable[..., Reading],
) -> None:
    reading = changed(SPLIT)
    first, second = reading.items[:2]

    assert [(item.reference, item.title) for item in (first, second)] == [
        ("MP102A", "Clearer names"),
        ("MP102B", "Fewer names"),
    ]
    assert {(item.proposer, item.organisation, item.lead_analyst) for item in (first, second)} == {
        ("Ada Holt", "Northshire Energy", "Robin Ainsley")
    }
    assert first.summary == second.summary == ("Tariff names are long.",)
    assert [item.impacts[0].text for item in (first, second)] == [
        ("For MP102A, none are expected.",),
        ("For MP102B, the impacts are to be confirmed.",),
    ]
    assert [item.appendix for item in (first, second)] == ["A", "C"]
    assert codes(reading) == ["meeting-date-inferred"]


def test_each_half_may_have_its_own_proposer_and_paragraphs(changed: Callable[..., Reading]) -> None:
    raised = "MP102A was raised by Ada Holt of the DCC. MP102B was raised by Ben Crane of Wharfe Supply."
    reading = changed(
        SPLIT
        | {
            RAISED: f"{raised} The Lead Analyst is Robin Ainsley.",
            "Tariff names are long.": "Names are long.\n\nMP102A: shorten them.\n\nMP102B: drop some.",
            "None.\n": "MP102A: None.\n\nMP102B: Users will need to act.\n\nNothing more is known.\n",
        }
    )
    first, second = reading.items[:2]

    assert (first.proposer, first.organisation) == ("Ada Holt", "DCC")
    assert (second.proposer, second.organisation) == ("Ben Crane", "Wharfe Supply")
    assert first.summary == ("Names are long.", "MP102A: shorten them.")
    assert second.summary == ("Names are long.", "MP102B: drop some.")
    assert first.impacts[0].text == ("MP102A: None.", "Nothing more is known.")
    assert second.impacts[0].text == ("MP102B: Users will need to act.", "Nothing more is known.")


def test_two_halves_with_one_title_share_it_and_a_finding_says_so(changed: Callable[..., Reading]) -> None:
    reading = changed(SPLIT | {HEADING: "MP102A and B 'Clearer names'"})

    assert [(item.reference, item.title) for item in reading.items[:2]] == [
        ("MP102A", "Clearer names"),
        ("MP102B", "Clearer names"),
    ]
    assert "title-shared" in codes(reading)
    assert not reading.blocked


def test_one_appendix_may_serve_both_halves(changed: Callable[..., Reading]) -> None:
    reading = changed(SPLIT | {APPENDIX: "The problem statements for MP102A and MP102B can be found in Appendix A."})

    assert [item.appendix for item in reading.items[:2]] == ["A", "A"]


@pytest.mark.parametrize(
    "heading", ["DP501 'Follow-up to DP499 and DP498'", "DP501 Follow-up to DP499 and DP498", "DP501: DP499 and DP498"]
)
def test_proposals_named_in_a_title_are_not_items(changed: Callable[..., Reading], heading: str) -> None:
    reading = changed({HEADING: heading})

    assert [item.reference for item in reading.items] == ["DP501", "DP502"]
    assert reading.items[0].title.endswith("DP499 and DP498")


# --- facts on lines of their own --------------------------------------------------------------------------------------


def test_the_facts_of_a_proposal_may_stand_on_lines_of_their_own(changed: Callable[..., Reading]) -> None:
    facts = "Proposer: Ada Holt\nOrganisation: Calder Networks\nLead Analyst: Robin Ainsley\nStage: Refinement Process"
    reading = changed({RAISED: facts, APPENDIX: "Problem statement: Appendix A"})
    item = reading.items[0]

    assert (item.proposer, item.organisation) == ("Ada Holt", "Calder Networks")
    assert (item.lead_analyst, item.stage, item.appendix) == ("Robin Ainsley", "Refinement Process", "A")
    assert item.summary == ("Tariff names are long.",)
    assert codes(reading) == ["meeting-date-inferred"]


@pytest.mark.parametrize("who", ["Ada Holt, Wharfe Supply", "Ada Holt (Wharfe Supply)", "Ada Holt of Wharfe Supply"])
def test_a_line_may_name_person_and_organisation(changed: Callable[..., Reading], who: str) -> None:
    item = changed({"DP501 was raised by Ada Holt of Northshire Energy.": f"Raised by: {who}\n"}).items[0]

    assert (item.proposer, item.organisation) == ("Ada Holt", "Wharfe Supply")


def test_a_label_before_a_sentence_is_text(changed: Callable[..., Reading]) -> None:
    words = "Problem statement: Tariff names are long."

    assert changed({"Tariff names are long.": words}).items[0].summary == (words,)


# --- titles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("DP501 'Users' rights'", "Users' rights"),
        ("DP501 ‘The DCC’s plan for Users’ rights’", "The DCC’s plan for Users’ rights"),
        ("DP501 'Clearer tariff names '", "Clearer tariff names"),
        ("DP501 'Clearer tariff names'.", "Clearer tariff names"),
        ("DP501 “Changes to ‘Tariff Names’”", "Changes to ‘Tariff Names’"),
    ],
)
def test_possessives_spaces_and_stops_at_a_title(changed: Callable[..., Reading], heading: str, title: str) -> None:
    reading = changed({HEADING: heading})

    assert reading.items[0].title == title
    assert codes(reading) == ["meeting-date-inferred"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("DP501 'Clearer tariff names' (Section D)", "Clearer tariff names"),
        ("DP501 'Changes to 'Tariff Names'", "Changes to 'Tariff Names'"),
        ("DP501 'Users' rights", "Users' rights"),
    ],
)
def test_words_after_a_title_and_quotes_that_do_not_pair_are_said(
    changed: Callable[..., Reading], heading: str, title: str
) -> None:
    reading = changed({HEADING: heading})

    assert reading.items[0].title == title
    assert "item-title-unclear" in codes(reading)


# --- tables -----------------------------------------------------------------------------------------------------------

TABLE = """\
| Reference | Title | Raised by | Lead Analyst | Summary | Anticipated Operational Impacts | Appendix |
|---|---|---|---|---|---|---|
| DP501 | 'Clearer tariff names' | Ada Holt of the DCC | Robin Ainsley | Names are long. | None. | Appendix A |
| MP502 | Shorter notices | TBC | TBC | Notices are long. | To be confirmed. | B |
"""


@pytest.fixture
def tabled(short_paper: str) -> Callable[..., Reading]:
    """The short paper with a table in place of its two sections."""

    def read(table: str = TABLE, name: str = "paper.md") -> Reading:
        start, end = short_paper.index(HEADING), short_paper.index("3. Recommendations")
        return read_paper(name, f"{short_paper[:start]}{table}\n{short_paper[end:]}".encode())

    return read


@pytest.mark.parametrize("name", ["paper.md", "paper.txt"])
def test_a_table_may_stand_in_place_of_sections(tabled: Callable[..., Reading], name: str) -> None:
    first, second = tabled(name=name).items

    assert (first.reference, first.title, first.proposer, first.organisation) == (
        "DP501",
        "Clearer tariff names",
        "Ada Holt",
        "DCC",
    )
    assert (first.lead_analyst, first.summary, first.appendix) == ("Robin Ainsley", ("Names are long.",), "A")
    assert (first.impacts[0].heading, first.impacts[0].outlook) == ("Anticipated Operational Impacts", Outlook.NONE)
    assert (second.type, second.proposer, second.lead_analyst) == (ProposalType.MODIFICATION, None, None)
    assert second.stage == "Development Stage"


def test_a_table_with_a_clean_row_has_no_findings(tabled: Callable[..., Reading]) -> None:
    assert codes(tabled(TABLE.replace("| TBC | TBC |", "| The Panel | Ellis Farrow |").replace("MP502", "DP502"))) == [
        "meeting-date-inferred"
    ]


def test_person_and_organisation_may_have_columns_of_their_own(tabled: Callable[..., Reading]) -> None:
    table = "| DP | Title | Proposer | Organisation | Stage |\n|---|---|---|---|---|\n"
    item = tabled(f"{table}| DP501 | Names | Ada Holt | The DCC | Refinement Process |\n").items[0]

    assert (item.proposer, item.organisation, item.stage) == ("Ada Holt", "DCC", "Refinement Process")


def test_a_column_that_no_field_is_for_is_said_and_so_is_a_row_without_a_number(
    tabled: Callable[..., Reading],
) -> None:
    table = "| DP | Title | Cost |\n|---|---|---|\n| DP501 | Names | 5 pounds |\n| Total | | 5 |\n"
    quoted = [f.message for f in tabled(table).findings if f.code == "unplaced-text"]

    assert any("5 pounds" in message for message in quoted)
    assert any("Total" in message for message in quoted)


def test_a_table_beside_sections_is_an_overview_and_says_where_it_differs(changed: Callable[..., Reading]) -> None:
    table = "| Ref | Title |\n|---|---|\n| DP501 | Clearer names |\n| DP502 | Shorter notices |\n\n"
    reading = changed({f"{HEADING}\n": f"{table}{HEADING}\n"}, "paper.md")

    assert [item.title for item in reading.items] == ["Clearer tariff names", "Shorter notices"]
    assert codes(reading) == ["meeting-date-inferred", "table-differs"]


def test_the_facts_at_the_head_and_the_attachments_may_be_tables(changed: Callable[..., Reading]) -> None:
    head = "| Paper Reference: | OPSG_26_0511_16 |\n|---|---|\n| Action: | For Discussion |\n"
    listed = "| Appendix | Document |\n|---|---|\n| Appendix A | DP501 draft problem statement |"
    reading = changed(
        {
            "Paper Reference: OPSG_26_0511_16\nAction: For Discussion\n": head,
            "- **Appendix A:** DP501 draft problem statement\n": f"\n{listed}\n\n",
        },
        "paper.md",
    )

    assert (reading.paper.reference, reading.paper.action) == ("OPSG_26_0511_16", "For Discussion")
    assert {a.label: a.name for a in reading.attachments}["Appendix A"] == "DP501 draft problem statement"


def test_a_table_among_the_words_of_a_proposal_is_kept_row_by_row(changed: Callable[..., Reading]) -> None:
    reading = changed({"Tariff names are long.": "Names:\n\n| Name | Length |\n|---|---|\n| Nord | 4 |"}, "paper.md")

    assert reading.items[0].summary == ("Names:", "Name | Length", "Nord | 4")
    assert "table-as-text" in codes(reading)
