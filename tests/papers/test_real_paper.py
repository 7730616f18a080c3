"""Every field of the one real paper, compared with the file itself: none of its sentences are repeated here."""

import re
import textwrap
from collections.abc import Callable
from datetime import date

import pytest

from bot.domain import Classification, Outlook, ProposalType
from bot.papers import ItemFound, Reading, Severity, read_paper

ITEMS = {
    # reference: title, proposer, organisation, Lead Analyst, outlook, appendix
    "DP088": ("Power to raise modifications", "Simon Trivella", "British Gas", "Jordan Crase", Outlook.NONE, "A"),
    "DP089": (
        "Changes to Appendix R 'Common Testing Scenarios Document'",
        "Mari Toda",
        "DCC",
        "Jordan Crase",
        Outlook.NONE_SO_FAR,
        "B",
    ),
    "DP090": (
        "Incorporation of Non GBCS Non-Mandated Alerts into the SEC",
        "Emslie Law",
        "SSE",
        "Alison Beard",
        Outlook.NONE,
        "C",
    ),
    "DP091": (
        "Updating Security Assurance Status",
        "Gordon Hextall",
        "Security Sub-Committee (SSC)",
        "Adam Lattimore",
        Outlook.NONE,
        "D",
    ),
    "DP092": (
        "New Planned Maintenance Methodology",
        "Chris Thompson",
        "DCC",
        "Adam Lattimore",
        Outlook.PENDING,
        "E",
    ),
    "DP093": (
        "Implementing IRP511 and CRP535 to support GBCS v3.2 devices",
        "Chun Chen",
        "DCC",
        "Adam Lattimore",
        Outlook.NONE_SO_FAR,
        "F",
    ),
}


@pytest.fixture(scope="session")
def between(real_text: str) -> Callable[[str, str], str]:
    """The paper's own words from one short anchor up to another, the second not included."""

    def find(first: str, last: str) -> str:
        assert real_text.count(first) >= 1, first
        start = real_text.index(first)
        return real_text[start : real_text.index(last, start + len(first))].strip()

    return find


def item(reading: Reading, reference: str) -> ItemFound:
    return next(found for found in reading.items if found.reference == reference)


def test_the_facts_of_the_paper(real: Reading) -> None:
    paper = real.paper

    assert (paper.reference, paper.body, paper.meeting, paper.number) == ("OPSG_26_0511_16", "OPSG", 26, 16)
    assert paper.title == "New Draft Proposals and Modification Proposals"
    assert paper.action == "For Discussion"
    assert (paper.dated, paper.author, paper.team) == (date(2019, 10, 29), "Bradley Baker", "SECAS Team")


def test_the_meeting_has_its_year_from_the_date_of_the_paper_and_a_finding_says_so(real: Reading) -> None:
    assert real.paper.meeting_date == date(2019, 11, 5)
    assert "meeting-date-inferred" in [finding.code for finding in real.findings]


def test_it_is_white_with_its_handling_sentence(real: Reading, between: Callable[[str, str], str]) -> None:
    assert real.paper.classification is Classification.WHITE
    assert real.paper.handling == between("Information can be", "Paper Reference")


def test_its_purpose_is_two_paragraphs(real: Reading, between: Callable[[str, str], str]) -> None:
    assert list(real.paper.purpose) == [between("This paper provides", "We seek"), between("We seek", "2. New Draft")]


def test_three_invitations_as_printed_without_lead_in_and_joining_words(
    real: Reading, between: Callable[[str, str], str]
) -> None:
    listed = between("the issue identified under", ". [DP088")

    assert len(real.paper.invitations) == 3
    assert [words.split()[0] for words in real.paper.invitations] == ["the", "the", "any"]
    first, second, third = real.paper.invitations
    assert listed == f"{first}, {second}, and {third}"


def test_the_recommendation_is_one_sentence_without_emphasis_and_gives_an_address(
    real: Reading, between: Callable[[str, str], str]
) -> None:
    assert real.paper.recommendation == between("The Operations Group is requested", "Bradley Baker").replace("**", "")
    assert real.paper.comments_to == "sec.change@gemserv.com"


def test_no_closing_date_is_invented(real: Reading) -> None:
    assert real.paper.comments_by is None


def test_six_draft_proposals_in_order_in_the_development_stage(real: Reading) -> None:
    assert [found.reference for found in real.items] == list(ITEMS)
    assert {(found.type, found.stage, found.suffix) for found in real.items} == {
        (ProposalType.DRAFT, "Development Stage", None)
    }
    assert [found.number for found in real.items] == [88, 89, 90, 91, 92, 93]


@pytest.mark.parametrize("reference", ITEMS)
def test_the_facts_of_each_item(real: Reading, reference: str) -> None:
    title, proposer, organisation, lead_analyst, outlook, appendix = ITEMS[reference]
    found = item(real, reference)

    assert found.title == title
    assert (found.proposer, found.organisation, found.on_behalf_of) == (proposer, organisation, None)
    assert (found.lead_analyst, found.appendix) == (lead_analyst, appendix)
    assert [impact.heading for impact in found.impacts] == ["Anticipated Operational Impacts"]
    assert found.impacts[0].outlook is outlook
    assert found.impacts[0].because


@pytest.mark.parametrize(
    ("reference", "summary", "impact"),
    [
        ("DP089", "Additional User Roles have", "No operational impacts have"),
        ("DP090", "Many DCC Users only", "We do not foresee"),
        ("DP092", "In April 2019", "The DCC plan"),
        ("DP093", "In July 2019", "We do not anticipate any operational impacts at this"),
    ],
)
def test_summary_and_impact_statement_are_the_papers_words_and_nothing_else(
    real: Reading, between: Callable[[str, str], str], reference: str, summary: str, impact: str
) -> None:
    found = item(real, reference)

    assert " ".join(found.summary) == between(summary, "Anticipated Operational Impacts")
    assert " ".join(found.impacts[0].text) == between(impact, "The draft problem statement")


def test_sentences_that_a_page_break_cut_in_two_are_whole_again(real: Reading) -> None:
    assert len(item(real, "DP090").summary) == 1
    assert "practice, especially" in item(real, "DP090").summary[0]
    assert len(item(real, "DP092").summary) == 2
    assert "impact, based upon" in item(real, "DP092").summary[0]


def test_all_five_bullets_of_dp088_are_paragraphs_of_their_own(
    real: Reading, between: Callable[[str, str], str]
) -> None:
    summary = item(real, "DP088").summary

    assert [words.startswith("- ") for words in summary] == [False] + [True] * 5 + [False] * 2
    assert " ".join(summary) == between("SEC Section D1.3", "Anticipated Operational Impacts")


def test_the_pairs_of_dp091_keep_their_direction(real: Reading, between: Callable[[str, str], str]) -> None:
    summary = item(real, "DP091").summary

    assert [words for words in summary if words.startswith("- ")] == [
        '- "Provisionally Approved" to "Deferred"; and',
        '- "Deferred" to "Rejected"',
    ]
    assert " ".join(summary) == between("Once a Party completes", "Anticipated Operational Impacts")


def test_six_attachments_all_draft(real: Reading) -> None:
    assert [found.label for found in real.attachments] == [f"Appendix {letter}" for letter in "ABCDEF"]
    assert [found.references for found in real.attachments] == [(reference,) for reference in ITEMS]
    assert {found.status for found in real.attachments} == {"draft"}
    assert real.attachments[4].name == "DP092 draft problem statement"


def test_notes_and_nothing_worse(real: Reading) -> None:
    assert [(finding.code, finding.line) for finding in real.findings] == [
        ("no-modification-proposals", None),
        ("meeting-date-inferred", 5),
        ("paragraph-rejoined", 65),
        ("paragraph-rejoined", 98),
    ]
    assert {finding.severity for finding in real.findings} == {Severity.NOTE}
    assert not real.blocked


def test_it_reads_the_same_from_markdown_and_from_windows(real: Reading, real_bytes: bytes) -> None:
    windows = b"\xef\xbb\xbf" + real_bytes.replace(b"\n", b"\r\n")

    assert read_paper("paper.md", real_bytes) == real
    assert read_paper("paper.txt", windows) == real


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_it_reads_the_same_with_its_lines_wrapped(real: Reading, real_bytes: bytes, width: int) -> None:
    wrapped = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in real_bytes.decode().split("\n"))
    reading = read_paper("paper.txt", wrapped.encode())

    assert (reading.paper, reading.items, reading.attachments) == (real.paper, real.items, real.attachments)


def test_it_reads_the_same_with_curly_quotes(real: Reading, real_bytes: bytes) -> None:
    """Quotes as Word sets them: opening after a space or another opening one, closing elsewhere."""
    text = re.sub(r"(?<![\w.])'(?=\w)", "‘", real_bytes.decode()).replace("'", "’")
    reading = read_paper("paper.txt", text.encode())

    assert [item.title for item in reading.items][1] == "Changes to Appendix R ‘Common Testing Scenarios Document’"
    assert [(item.reference, item.proposer, item.appendix) for item in reading.items] == [
        (item.reference, item.proposer, item.appendix) for item in real.items
    ]
    assert [finding.code for finding in reading.findings] == [finding.code for finding in real.findings]
