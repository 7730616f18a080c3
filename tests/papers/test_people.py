"""Who raised a proposal, in the many ways that papers say it; what is not clear is left to the analyst."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from bot.papers.people import Raised, raised_by
from tests.papers.conftest import codes

UNCLEAR = Raised(clear=False)


@pytest.mark.parametrize(
    ("words", "raised"),
    [
        ("SSE (Ada Holt)", Raised("Ada Holt", "SSE")),
        ("the DCC (Ada Holt)", Raised("Ada Holt", "DCC")),
        ("Ada Holt (Wharfe Supply)", Raised("Ada Holt", "Wharfe Supply")),
        ("Ada Holt of the Security Sub-Committee (SSC)", Raised("Ada Holt", "Security Sub-Committee (SSC)")),
        ("Calder Gas (Northshire)", Raised(None, "Calder Gas (Northshire)")),
        ("Security Sub-Committee (SSC)", Raised(None, "Security Sub-Committee (SSC)")),
        ("Association of Meter Operators", Raised(None, "Association of Meter Operators")),
        ("Secretary of State for Energy", Raised(None, "Secretary of State for Energy")),
        ("Ada Holt - Calder Energy", Raised("Ada Holt", "Calder Energy")),
        ("Ada Holt, Calder Energy", Raised("Ada Holt", "Calder Energy")),
        ("Ada Holt of Calder Energy on Monday 14 October 2019", Raised("Ada Holt", "Calder Energy")),
        ("Ada Holt of Calder Energy on 14/10/2019", Raised("Ada Holt", "Calder Energy")),
        ("Ada Holt of C.ON (Lead Analyst: Joe Tarn)", Raised("Ada Holt", "C.ON")),
        ("Ada O'Hara-Holt of Calder", Raised("Ada O'Hara-Holt", "Calder")),
        ("Jan van der Berg of Calder", Raised("Jan van der Berg", "Calder")),
        ("Dr A. B. Holt of Calder", Raised("Dr A. B. Holt", "Calder")),
        ("Ada Holt of Electricity and Gas Networks Ltd", Raised("Ada Holt", "Electricity and Gas Networks Ltd")),
        ("Citizens Advice and Citizens Advice Scotland", Raised(None, "Citizens Advice and Citizens Advice Scotland")),
    ],
)
def test_person_and_organisation(words: str, raised: Raised) -> None:
    assert raised_by(words) == raised


@pytest.mark.parametrize(
    "words",
    [
        "Jo (Calder Gas) and Ann (Wharfe)",
        "Simon Tarn of Calder Gas and Ann Lee",
        "Ada of Calder / Robin of Wharfe",
        "Ada Holt of Calder, Ben Crane of Wharfe",
    ],
)
def test_people_of_several_organisations_are_kept_as_printed(words: str) -> None:
    assert raised_by(words) == Raised(words, several=True)


@pytest.mark.parametrize("words", ["Holt, Robin", "Calder Gas's Ada Holt", "Joe for MP102A and Ann for MP102B"])
def test_what_is_not_clear_is_left_to_the_analyst(words: str) -> None:
    assert raised_by(words) == UNCLEAR


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
