"""Tables of proposals: no row and no cell of one goes without a word."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from tests.papers.conftest import codes

SUMMARY = "Tariff names are long."
STAGE = "These have entered the Development Stage."
LIST = "| Reference | Title | Raised by |\n|---|---|---|\n| {} | Longer notices | Ben Crane of Calder |"
HEADINGS = "| Ref | Title | Proposer | Organisation | Lead Analyst | Appendix |\n|---|---|---|---|---|---|"
ROW = ["DP501", "Clearer tariff names", "Ada Holt", "Northshire Energy", "Robin Ainsley", "A"]
SECOND = """DP502 'Shorter notices'

DP502 was raised by Ben Crane of the DCC. The Lead Analyst from SECAS is Morgan Tate.

Notices are long.

Anticipated Operational Impacts

To be confirmed.

The draft problem statement can be found in Appendix B."""


def overview(changed: Callable[..., Reading], row: list[str], headings: str = HEADINGS) -> Reading:
    return changed({STAGE: f"{STAGE}\n\n{headings}\n| {' | '.join(row)} |\n\n"})


@pytest.mark.parametrize("before", ["", "Other new proposals\n\n"])
@pytest.mark.parametrize("place", [SUMMARY, "3. Recommendations"])
def test_a_table_in_an_item_that_lists_an_unknown_proposal_blocks_the_paper(
    changed: Callable[..., Reading], before: str, place: str
) -> None:
    reading = changed({place: f"{before}{LIST.format('DP095')}\n\n{place}"})
    found = [finding.message for finding in reading.findings if finding.code == "proposal-not-read"]

    assert reading.blocked
    assert len(found) == 1
    assert "DP095" in found[0]


def test_a_table_in_an_item_of_proposals_that_were_read_blocks_nothing(changed: Callable[..., Reading]) -> None:
    reading = changed({SUMMARY: f"{SUMMARY}\n\n{LIST.format('DP502')}"})

    assert not reading.blocked


@pytest.mark.parametrize(
    ("place", "cell", "says"),
    [
        (2, "Ben Crane", "Proposer"),
        (3, "Calder", "organisation"),
        (4, "Morgan Tate", "Lead Analyst"),
        (5, "F", "appendix"),
    ],
)
def test_an_overview_that_differs_from_the_section_is_said(
    changed: Callable[..., Reading], place: int, cell: str, says: str
) -> None:
    reading = overview(changed, [*ROW[:place], cell, *ROW[place + 1 :]])
    (message,) = [finding.message for finding in reading.findings if finding.code == "table-differs"]

    assert says in message
    assert cell in message
    assert reading.items[0] == changed({}).items[0]


@pytest.mark.parametrize("cells", [ROW, [*ROW[:4], "TBC", "-"], [*ROW[:2], "", "", "", ""]], ids=str)
def test_an_overview_that_says_the_same_or_nothing_is_not_said(
    changed: Callable[..., Reading], cells: list[str]
) -> None:
    assert codes(overview(changed, cells)) == ["meeting-date-inferred"]


def test_an_overview_with_person_and_organisation_in_one_cell_is_compared(changed: Callable[..., Reading]) -> None:
    headings = "| Ref | Proposer | Stage |\n|---|---|---|"
    same, other = (["DP501", f"Ada Holt of {name}", "Development Stage"] for name in ("Northshire Energy", "Calder"))

    assert codes(overview(changed, same, headings)) == ["meeting-date-inferred"]
    assert "table-differs" in codes(overview(changed, other, headings))


def test_an_overview_that_does_not_say_clearly_who_raised_it_is_said(changed: Callable[..., Reading]) -> None:
    assert "proposer-unclear" in codes(overview(changed, [*ROW[:2], "Ada Holt so that names", *ROW[3:]]))


def test_a_row_of_a_proposal_that_only_anothers_title_names_blocks_the_paper(changed: Callable[..., Reading]) -> None:
    table = f"{HEADINGS}\n| {' | '.join(['DP070', *ROW[1:5], 'C'])} |"
    reading = changed({STAGE: f"{STAGE}\n\n{table}\n\n", "'Clearer tariff names'": "'Follow-up to DP070'"})

    assert reading.blocked or "DP070" in [item.reference for item in reading.items]


@pytest.mark.parametrize("column", ["Summary", "Votes"])
def test_words_that_only_an_overview_has_are_left_over_and_said(changed: Callable[..., Reading], column: str) -> None:
    reading = overview(changed, ["DP501", "Seven for it", ""], f"| Ref | {column} | Stage |\n|---|---|---|")

    assert "unplaced-text" in codes(reading)


@pytest.mark.parametrize("cell", ["-", "–", "see text", "unassigned", "Unassigned", "see below"])
def test_a_cell_that_names_nobody_is_no_lead_analyst(changed: Callable[..., Reading], cell: str) -> None:
    table = f"| Ref | Title | Proposer | Lead Analyst |\n|---|---|---|---|\n| DP502 | Shorter | Ben Crane | {cell} |"
    reading = changed({SECOND: "", STAGE: f"{STAGE}\n\n{table}\n\n"})
    item = next(item for item in reading.items if item.reference == "DP502")

    assert item.lead_analyst is None
    assert {"lead-analyst-missing", "lead-analyst-to-be-confirmed"} & set(codes(reading))


@pytest.mark.parametrize("cell", ["-", "see text", "unassigned"])
def test_a_cell_that_names_nobody_is_no_proposer(changed: Callable[..., Reading], cell: str) -> None:
    table = f"| Ref | Title | Proposer | Organisation |\n|---|---|---|---|\n| DP502 | Shorter | {cell} | - |"
    reading = changed({SECOND: "", STAGE: f"{STAGE}\n\n{table}\n\n"})
    item = next(item for item in reading.items if item.reference == "DP502")

    assert (item.proposer, item.organisation) == (None, None)
    assert {"proposer-missing", "proposer-unclear", "proposer-to-be-confirmed"} & set(codes(reading))
