"""Headings that name several proposals: what the text says of one of them is never another's."""

from collections.abc import Callable

import pytest

from bot.papers import Reading
from tests.papers.conftest import codes

ITEM = """DP501 'Clearer tariff names'

DP501 was raised by Ada Holt of Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley.

Tariff names are long.
"""
APPENDIX = "The draft problem statement can be found in Appendix A."
HEADING = "DP501A 'Power' and DP501B 'Might'"
OF_A = "DP501A was raised by Ada Holt of Calder. The Lead Analyst is Robin Ainsley."
OF_B = "DP501B was raised by Ben Crane of the DCC. The Lead Analyst is Morgan Tate."
EACH = [("Ada Holt", "Robin Ainsley"), ("Ben Crane", "Morgan Tate")]


def joint(changed: Callable[..., Reading], *paragraphs: str, appendix: str = "", impacts: str = "None.") -> Reading:
    body = "\n\n".join([HEADING, *paragraphs])
    return changed({ITEM: body, APPENDIX: appendix, "None.": impacts})


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_each_proposal_of_a_joint_heading_has_the_lead_analyst_of_its_own_words(
    changed: Callable[..., Reading], between: str
) -> None:
    reading = joint(changed, f"{OF_A}{between}{OF_B}", "Both are late.")

    assert [(item.proposer, item.lead_analyst) for item in reading.items[:2]] == EACH
    assert [item.summary for item in reading.items[:2]] == [("Both are late.",)] * 2


def test_each_proposal_of_a_joint_heading_has_the_appendix_of_its_own_words(changed: Callable[..., Reading]) -> None:
    found = "The problem statement can be found in Appendix"
    reading = joint(changed, f"{OF_A} {found} A.", f"{OF_B} {found} B.", "Both are late.")

    assert [item.appendix for item in reading.items[:2]] == ["A", "B"]


def test_one_sentence_for_both_is_for_both(changed: Callable[..., Reading]) -> None:
    reading = joint(changed, "DP501A and B were raised by Ada Holt of Calder. The Lead Analyst is Robin Ainsley.", "x.")

    assert [(item.proposer, item.lead_analyst) for item in reading.items[:2]] == [EACH[0], EACH[0]]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["The Lead Analyst is Robin Ainsley.", "The Lead Analyst is Morgan Tate."],
        ["The Lead Analyst is Robin Ainsley.", OF_B],
        ["Both proposals were raised by Ada Holt of Calder.", OF_B],
        ["DP501A was raised by Ada Holt of Calder.", "Both proposals were raised by Ben Crane of the DCC."],
        ["Proposer: Ada Holt (Calder)", "Proposer: Ben Crane (the DCC)"],
        ["Lead Analyst: Robin Ainsley", "Lead Analyst: Morgan Tate"],
        [
            "This modification was raised by Ada Holt of Calder.",
            "This modification was raised by Ben Crane of the DCC.",
        ],
        ["The problem statement is in Appendix A.", "The problem statement is in Appendix B."],
    ],
    ids=str,
)
def test_a_second_value_that_differs_blocks_the_paper(changed: Callable[..., Reading], paragraphs: list[str]) -> None:
    reading = joint(changed, *paragraphs, "Both are late.")

    assert "heading-unclear" in codes(reading)
    assert reading.blocked


@pytest.mark.parametrize("paragraphs", [[OF_A, OF_B, "The Lead Analyst is Robin Ainsley."], [OF_A, OF_B]], ids=str)
def test_a_value_that_is_said_again_blocks_nothing(changed: Callable[..., Reading], paragraphs: list[str]) -> None:
    assert "heading-unclear" not in codes(joint(changed, *paragraphs[:2], "Both are late."))


@pytest.mark.parametrize("line", ["Proposer: Ben Crane (the DCC)", "Lead Analyst: Morgan Tate", "Appendix: B"])
def test_a_line_that_contradicts_a_proposals_sentences_blocks_the_paper(
    changed: Callable[..., Reading], line: str
) -> None:
    found = "found in Appendix A."

    assert "proposal-not-read" in codes(changed({found: f"{found}\n\n{line}"}))


@pytest.mark.parametrize("line", ["Proposer: Ada Holt (Northshire Energy)", "Appendix: A"])
def test_a_line_that_says_the_same_as_a_sentence_blocks_nothing(changed: Callable[..., Reading], line: str) -> None:
    found = "found in Appendix A."

    assert not changed({found: f"{found}\n\n{line}"}).blocked


def test_sentences_on_each_proposal_in_one_paragraph_reach_both(changed: Callable[..., Reading]) -> None:
    words = "For DP501A, names are long. For DP501B, they are short."
    reading = joint(changed, OF_A, OF_B, words)

    assert [item.summary for item in reading.items[:2]] == [(words,)] * 2


def test_what_impacts_say_of_both_reaches_both(changed: Callable[..., Reading]) -> None:
    reading = joint(changed, OF_A, OF_B, "x.", impacts="DP501A has none. DP501B has some. Both need tests.")

    assert [item.impacts[0].text for item in reading.items[:2]] == [
        ("DP501A has none. Both need tests.",),
        ("DP501B has some. Both need tests.",),
    ]


def test_a_title_that_names_another_proposal_leaves_the_net_on(changed: Callable[..., Reading]) -> None:
    words = {
        "'Clearer tariff names'": "'Follow-up to DP070'",
        "DP502 'Shorter notices'\n\nDP502 was": "Shorter notices\n\nThis proposal was",
    }
    reading = changed(words)

    assert "proposal-not-read" in codes(reading)
    assert reading.blocked


@pytest.mark.parametrize("adverb", ["not", "never", "nearly", "almost"])
def test_who_did_not_raise_it_is_not_its_proposer(changed: Callable[..., Reading], adverb: str) -> None:
    reading = changed({"DP501 was raised by": f"DP501 was {adverb} raised by"})

    assert (reading.items[0].proposer, reading.items[0].organisation) == (None, None)
    assert "proposer-missing" in codes(reading)


@pytest.mark.parametrize("adverb", ["originally", "first", "jointly"])
def test_how_it_was_raised_may_be_said(changed: Callable[..., Reading], adverb: str) -> None:
    assert changed({"DP501 was raised by": f"DP501 was {adverb} raised by"}).items[0].proposer == "Ada Holt"


@pytest.mark.parametrize(
    "words", ["still to be found", "Robin Ainsley, who joined SECAS in May", "to be had from DP502"]
)
def test_words_after_lead_analyst_in_the_sentence_on_the_proposer_are_no_name(
    changed: Callable[..., Reading], words: str
) -> None:
    raised = f"Northshire Energy, and the Lead Analyst is {words}."
    reading = changed({"Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley.": raised})

    assert (reading.items[0].proposer, reading.items[0].lead_analyst) == ("Ada Holt", None)
    assert {"lead-analyst-missing", "unplaced-text"} <= set(codes(reading))


@pytest.mark.parametrize("words", ["Robin Ainsley", "TBC"])
def test_a_name_after_lead_analyst_in_that_sentence_is_one(changed: Callable[..., Reading], words: str) -> None:
    raised = f"Northshire Energy, and the Lead Analyst is {words}."
    reading = changed({"Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley.": raised})

    assert reading.items[0].lead_analyst == (None if words == "TBC" else words)
    assert "unplaced-text" not in codes(reading)


@pytest.mark.parametrize("remark", ["Draft", "v2", "Version 2.1", "Late paper", "revised"])
def test_a_remark_between_number_and_title_is_said_and_no_part_of_the_title(
    changed: Callable[..., Reading], remark: str
) -> None:
    reading = changed({"DP501 'Clearer": f"DP501 ({remark}) 'Clearer"})

    assert reading.items[0].title == "Clearer tariff names"
    assert f"({remark})" in next(f.message for f in reading.findings if f.code == "item-title-unclear")


@pytest.mark.parametrize("remark", ["Draft", "v2"])
def test_a_remark_before_a_title_without_quotes_is_said(changed: Callable[..., Reading], remark: str) -> None:
    reading = changed({"DP501 'Clearer tariff names'": f"DP501 ({remark}) Clearer tariff names"})

    assert reading.items[0].title == "Clearer tariff names"
    assert "item-title-unclear" in codes(reading)


def test_a_title_may_begin_with_brackets(changed: Callable[..., Reading]) -> None:
    assert changed({"DP501 'Clearer": "DP501 '(Smart) Clearer"}).items[0].title == "(Smart) Clearer tariff names"
