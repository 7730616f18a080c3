"""Whether two names are of one organisation or person: near enough to recognise, never so near as to confuse."""

import pytest

from bot.rules.organisations import same_organisation, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DCC", "DCC"),
        ("DCC", "dcc"),
        ("DCC", "the DCC"),
        ("DCC", "Data Communications Company (DCC)"),
        ("the Data Communications Company", "Data Communications Company (DCC)"),
        ("Security Sub-Committee (SSC)", "SSC"),
        ("Northshire Energy Ltd", "Northshire Energy"),
        ("Northshire Energy, Limited", "NORTHSHIRE ENERGY plc."),
        (" Calder Networks ", "Calder Networks"),
    ],
)
def test_case_article_company_form_and_abbreviation_make_no_difference(one: str, other: str) -> None:
    assert same_organisation(one, other)
    assert same_organisation(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northshire Energy", "Northshire Networks"),
        ("Northshire", "Northshire Energy"),
        ("DCC", "DCCP"),
        ("SSE", "SSC"),
        ("", ""),
        ("Ltd", ""),
        ("Theta Energy", "ta Energy"),
    ],
)
def test_other_names_are_other_organisations(one: str, other: str) -> None:
    assert not same_organisation(one, other)
    assert not same_organisation(other, one)


def test_a_person_is_the_same_but_for_case_and_spaces() -> None:
    assert same_person("Chris Thompson", "chris  THOMPSON ")
    assert not same_person("Chris Thompson", "Chris Thomson")
    assert not same_person("Chris Thompson", "Thompson Chris")
