"""Any spelling of a reference that a person types, and only references, in running text."""

import pytest

from bot.domain import Reference
from bot.rules.references import find_references, label, leading_reference, parse_reference


@pytest.mark.parametrize(
    "text",
    [
        "DP092",
        "dp092",
        "dp92",
        "DP 92",
        " 92 ",
        "092",
        "MP092",
        "mp 92",
        "DP-092",
        "SECMP0092",
        "DP\N{NO-BREAK SPACE}92",
    ],
)
def test_every_spelling_is_the_same_proposal(text: str) -> None:
    assert parse_reference(text) == Reference(92)


@pytest.mark.parametrize("text", ["MP102A", "mp102a", "102a", "MP 102A"])
def test_a_split_suffix_is_part_of_it(text: str) -> None:
    assert parse_reference(text) == Reference(102, "A")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "0", "DP0", "DP000", "DCP333", "IRP511", "CRP535", "v3.2", "D1.3", "SR11.2", "SEC0009", "H8.4"),
        *("DP", "DP092 please", "DP092.", "9" * 40, "DP123456", "92AB", "-92", "٩٢", "DP--92", "9 2"),
    ],
)
def test_everything_else_is_none(text: str) -> None:
    assert parse_reference(text) is None


def test_labels_are_as_the_sec_prints_them() -> None:
    assert label(92) == "DP092"
    assert label(102, "A", "MP") == "MP102A"
    assert label(102, None, prefix="MP") == "MP102"
    assert label(1234) == "DP1234"
    assert label(9, None, "SECMP") == "SECMP0009"


def test_references_in_running_text_are_prefixed_and_stand_free() -> None:
    text = "DP092 (was SECMP0009), DCP333, CRP535, IRP511, mp102A's; DP092s, 92 and DP0, MP1.5, xDP091."

    assert [mention.label for mention in find_references(text)] == ["DP092", "SECMP0009", "MP102A"]
    assert text[find_references(text)[1].start : find_references(text)[1].end] == "SECMP0009"


def test_a_leading_reference_opens_the_text() -> None:
    found = leading_reference("DP092 'New'")

    assert found is not None
    assert found.reference == Reference(92)
    assert leading_reference("The DP092") is None
    assert leading_reference("DP0 'New'") is None
