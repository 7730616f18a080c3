"""What a person types for a comment, and the comment it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Reference
from bot.rules.refs import RefName, parse_ref

DP092 = Reference(92)


@pytest.mark.parametrize(
    "typed",
    [
        "DP092-V007",
        "dp92-v7",
        "92-V7",
        "DP092 V7",
        "DP_092_V_7",
        "dp092v007",
        "MP092-V007",
        " DP092-V007 ",
        "dp 92 v 7",
    ],
)
def test_any_spelling_of_a_ref_is_understood(typed: str) -> None:
    assert parse_ref(typed) == RefName(DP092, "V", 7)


def test_a_part_a_reply_and_a_split_proposal_are_understood() -> None:
    assert parse_ref("DP092-V007a") == parse_ref("dp092-v7A") == RefName(DP092, "V", 7, "a")
    assert parse_ref("DP092-R1") == RefName(DP092, "R", 1)
    assert parse_ref("MP102A-V1") == parse_ref("102av1") == RefName(Reference(102, "A"), "V", 1)


def test_a_number_alone_needs_the_proposal_it_is_on() -> None:
    assert parse_ref("V7", DP092) == RefName(DP092, "V", 7)
    assert parse_ref("V7") is None
    assert parse_ref("DP089-V7", DP092) == RefName(Reference(89), "V", 7)


@pytest.mark.parametrize(
    "typed",
    ["", "DP092", "7", "V0", "DP092-V", "DP092-X7", "V7ab", "DP092-V7 please", "DP0-V1", "DP092-V٧", "V1234567"],
)
def test_what_is_no_ref_names_no_comment(typed: str) -> None:
    assert parse_ref(typed) is None


@given(
    st.integers(1, 9999), st.sampled_from(["", "A", "R", "V"]), st.sampled_from("VR"), st.integers(1, 999_999),
    st.sampled_from(["", "a", "v", "z"]),
)  # fmt: skip
def test_a_ref_as_it_is_printed_names_itself(number: int, suffix: str, letter: str, count: int, part: str) -> None:
    named = RefName(Reference(number, suffix), letter, count, part)

    assert parse_ref(str(named)) == named
