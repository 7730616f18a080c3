"""Names beside which a paper says more than names: read where it is plain, left to the analyst where it is not."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from bot.papers.found import ItemFound
from bot.papers.people import Raised, raised_by

Changed = Callable[..., Reading]
RAISED = "DP501 was raised by Ada Holt of Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley.\n"

UNCLEAR = [
    # A role, or words between two names.
    "Ada Holt, Head of Regulation at Northshire Energy",
    "Ada Holt (Head of Regulation)",
    "Ada Holt (Head of Regulation at Northshire Energy)",
    "Head of Regulation at Calder",
    "the Proposer, Ada Holt of Northshire",
    "the Chair of the DCC",
    "the DCC, Ada Holt",
    "Ada Holt of Northshire, Ben Crane",
    "Ada Holt, Ben Crane of Northshire",
    "Ada Holt of the DCC and Ben",
    "Ada Holt of the DCC & Ben",
    "Citizens Advice and Ada Holt",
    "Ada Holt of the DCC and Niamh Power",
    "Ada Holt of Calder / Ben Crane",
    "Ada Holt of Calder; Ben Crane",
    "Ada Holt of Calder Energy - Ben Crane",
    "Ada Holt of Calder (Ben Crane)",
    "Calder Energy of Northshire",
    "Ada Holt of the DCC for the SSC",
    "Ada Holt of the DCC from Calder",
    "Ada Holt on behalf of the DCC and Ben",
    "Ada Holt on behalf of Ben Crane of Calder",
    # A day that is more than the end of the sentence.
    "Ada Holt of the DCC on 4 Oct 2019 and again on Monday",
    "Ada Holt of the DCC October 2019 meeting",
    "Ada Holt of the DCC (Monday)",
    "Ada Holt of the DCC 2019",
    "Ada Holt 4 of the DCC",
    # Names that could be a person's.
    "Ada Holt Northshire Energy",
    "Ada Holt and Northshire Energy",
    "Ada Holt Northshire Energy (NE)",
    "Niamh Power",
    "Ada Council",
    "Calder (Niamh Power)",
    "Calder Energy (Niamh Power)",
    "Ada Holt, Niamh Power",
    # One word is no person's whole name, "of" may stand within a body's.
    "Friends of the Earth",
    "Ada of Calder",
]


@pytest.mark.parametrize("words", UNCLEAR)
def test_words_that_are_more_than_names_are_left_to_the_analyst(words: str) -> None:
    assert raised_by(words) == Raised(clear=False)


@pytest.mark.parametrize(
    "day",
    [
        "on 4 Oct 2019",
        "on 4th October, 2019",
        "on the 4th of October 2019",
        "on Friday 4 October 2019",
        "on Friday, 4 Sept. 2019",
        "4 October 2019",
        ", 4 October 2019",
        "(4 October 2019)",
        "(October 2019)",
        "in October 2019",
        "(on 4/10/2019)",
        "on Monday",
    ],
)
def test_a_day_at_the_end_is_no_part_of_the_organisation(day: str) -> None:
    assert raised_by(f"Ada Holt of the DCC {day}".replace(" ,", ",")) == Raised("Ada Holt", "DCC")


@pytest.mark.parametrize(
    ("words", "raised"),
    [
        ("University of Leeds", Raised(None, "University of Leeds")),
        ("Ada Holt of the University of Leeds", Raised("Ada Holt", "University of Leeds")),
        ("Niamh Power of Calder", Raised("Niamh Power", "Calder")),
        ("Niamh Power of Calder Power", Raised("Niamh Power", "Calder Power")),
        ("the Department for Energy", Raised(None, "Department for Energy")),
        ("Ada Holt of the Department for Energy", Raised("Ada Holt", "Department for Energy")),
        ("Ada Holt of the DCC and the SSC", Raised("Ada Holt", "DCC and the SSC")),
        ("Tarn Metering Services Ltd", Raised(None, "Tarn Metering Services Ltd")),
        (
            "Ada Holt of the Technical Architecture and Business Architecture Sub-Committee (TABASC)",
            Raised("Ada Holt", "Technical Architecture and Business Architecture Sub-Committee (TABASC)"),
        ),
        ("the Policy Management Authority (SMKI PMA)", Raised(None, "Policy Management Authority (SMKI PMA)")),
        ("Association of Meter Operators (AMO)", Raised(None, "Association of Meter Operators (AMO)")),
        ("April Holt of Calder", Raised("April Holt", "Calder")),
        ("Ada May", Raised("Ada May")),
    ],
)
def test_names_like_these_are_still_read(words: str, raised: Raised) -> None:
    assert raised_by(words) == raised


def test_what_is_not_clear_has_its_finding(changed: Changed) -> None:
    words = "DP501 was raised by Ada Holt, Head of Regulation at Northshire Energy.\n"
    reading = changed({RAISED: words})

    assert (reading.items[0].proposer, reading.items[0].organisation) == (None, None)
    assert "proposer-unclear" in codes(reading)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def row(read: Callable[[str], Reading], short_paper: str, proposer: str, organisation: str) -> Reading:
    """The paper with a table in place of its sections."""
    start, end = short_paper.index("DP501 '"), short_paper.index("3. Recommendations")
    table = (
        "| Reference | Title | Proposer | Organisation |\n| --- | --- | --- | --- |\n"
        f"| DP501 | Clearer names | {proposer} | {organisation} |\n\n"
    )
    return read(short_paper[:start] + table + short_paper[end:])


def names(item: ItemFound) -> tuple[str | None, str | None, str | None]:
    return item.proposer, item.organisation, item.on_behalf_of


@pytest.mark.parametrize(
    ("proposer", "organisation", "found", "code"),
    [
        ("Ada Holt", "TBC", ("Ada Holt", None, None), "organisation-missing"),
        ("Ada Holt", "-", ("Ada Holt", None, None), "organisation-missing"),
        ("Ada Holt", "None", ("Ada Holt", None, None), "organisation-missing"),
        ("Ada Holt", "n/a", ("Ada Holt", None, None), "organisation-missing"),
        ("-", "-", (None, None, None), "proposer-missing"),
        ("TBC", "TBC", (None, None, None), "proposer-to-be-confirmed"),
        ("Ada Holt of Calder", "-", ("Ada Holt", "Calder", None), ""),
        ("Citizens Advice", "Citizens Advice", (None, "Citizens Advice", None), ""),
        ("Ada", "Calder", ("Ada", "Calder", None), ""),
        ("DCC", "Calder", (None, None, None), "proposer-unclear"),
        ("the Calder", "Wharfe", (None, None, None), "proposer-unclear"),
        ("Northshire Energy", "Calder", (None, None, None), "proposer-unclear"),
        ("the DCC on behalf of the SSC", "DCC", (None, "DCC", "SSC"), ""),
        ("Ada Holt", "DCC on behalf of the SSC", ("Ada Holt", "DCC", "SSC"), ""),
        ("Ada Holt", "Calder (Ben Crane)", (None, None, None), "proposer-unclear"),
        ("Ada Holt", "Calder, Wharfe", (None, None, None), "proposer-unclear"),
    ],
)
def test_a_column_for_the_organisation(  # the fixtures and the case
    read: Callable[[str], Reading],
    short_paper: str,
    proposer: str,
    organisation: str,
    found: tuple[str | None, str | None, str | None],
    code: str,
) -> None:
    reading = row(read, short_paper, proposer, organisation)
    told = {"proposer-missing", "proposer-unclear", "organisation-missing", "proposer-to-be-confirmed"}

    assert names(reading.items[0]) == found
    assert told & set(codes(reading)) == ({code} if code else set())


def test_people_of_several_organisations_stay_so_beside_a_column(
    read: Callable[[str], Reading], short_paper: str
) -> None:
    who = "Ada Holt of Calder and Ben Crane of Wharfe Supply"
    reading = row(read, short_paper, who, "Calder")

    assert names(reading.items[0]) == (who, None, None)
    assert "several-organisations" in codes(reading)


def test_a_column_with_more_than_the_people_have_is_said(read: Callable[[str], Reading], short_paper: str) -> None:
    reading = row(read, short_paper, "Ada Holt of Calder and Ben Crane of Wharfe Supply", "Tarn Metering")
    said = next(finding.message for finding in reading.findings if finding.code == "proposer-unclear")

    assert names(reading.items[0]) == (None, None, None)
    assert "Wharfe Supply" in said
    assert "Tarn Metering" in said


@pytest.mark.parametrize("nothing", ["TBC", "-", "n/a"])
def test_a_line_for_the_organisation_may_say_nothing(changed: Changed, nothing: str) -> None:
    reading = changed({RAISED: f"Proposer: Ada Holt\n\nOrganisation: {nothing}\n"})

    assert names(reading.items[0]) == ("Ada Holt", None, None)
    assert "organisation-missing" in codes(reading)
