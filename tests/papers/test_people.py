"""Who raised a proposal, in the many ways that papers say it; what is not clear is left to the analyst."""

import pytest

from bot.papers.people import Raised, raised_by

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
