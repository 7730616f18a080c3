"""A comment's facet: by its author's prefix, which parts a reply too, else suggested with the words it rests on."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Facet
from bot.rules.facets import Part, facet_of, parts, suggest, suggests_setting_aside

PREFIXES = {
    "Issue: it is right": Facet.ISSUE,
    "ISSUE - it is right": Facet.ISSUE,
    "  *Issue*: it is right": Facet.ISSUE,
    "\n\n*Issue:* it is right": Facet.ISSUE,
    "The issue: it is right": Facet.ISSUE,
    "Issue identified – it is right": Facet.ISSUE,
    "(1) Issue: it is right": Facet.ISSUE,
    "1) the issue: it is right": Facet.ISSUE,
    "- Issue: it is right": Facet.ISSUE,
    "Impacts: on us": Facet.IMPACT,
    "impact – on us": Facet.IMPACT,
    "Impact- on us": Facet.IMPACT,
    "_Impacts_ - on us": Facet.IMPACT,
    "**Impacts** — on us": Facet.IMPACT,
    "Impacts\n- on us\n- on others": Facet.IMPACT,
    "Impact on agents: none": Facet.IMPACT,
    "Impact of doing nothing: none": Facet.IMPACT,
    "Consider:costs": Facet.CONSIDER,
    "Consider — costs": Facet.CONSIDER,
    "Areas to consider: costs": Facet.CONSIDER,
    "Q: when": Facet.QUESTION,
    "*Q* - when": Facet.QUESTION,
    "Q. When was it": Facet.QUESTION,
    "Question 2: when": Facet.QUESTION,
    "Possible solution: longer notice": Facet.SOLUTION,
}
WITHOUT = [
    "",
    "Issue it is",
    "The issue - if it is one - is old",
    "Impact-based charging",
    "Considering: costs",
    "Issued: today",
    "Issue and impacts: both",
    "Impacts",
    "Q1: volumes rose",
    "> Issue: as Ada wrote",
    "(1) it is old (2) it is dear",
    "I\u017f\u017fue found: none",
]


@pytest.mark.parametrize(("text", "facet"), PREFIXES.items())
def test_a_prefix_decides_and_is_the_reason(text: str, facet: Facet) -> None:
    suggestion = suggest(text)

    assert suggestion.value is facet
    assert suggestion.because.startswith("the comment starts with “")
    assert parts(text) == (Part("", facet, text),)


@pytest.mark.parametrize("text", WITHOUT)
def test_what_only_looks_like_a_prefix_is_none(text: str) -> None:
    assert parts(text) == (Part("", None, text),)
    assert facet_of(text).value is Facet.UNSORTED
    assert facet_of(text).because


@pytest.mark.parametrize(("text", "facet"), PREFIXES.items())
def test_the_document_goes_by_prefixes_of_its_sections_only(text: str, facet: Facet) -> None:
    printed = facet if facet in {Facet.ISSUE, Facet.IMPACT, Facet.CONSIDER} else Facet.UNSORTED

    assert facet_of(text).value is printed


# --- parts ------------------------------------------------------------------------------------------------------------


def test_a_reply_with_several_prefixes_is_parted_word_for_word() -> None:
    reply = (
        "Thanks Adam.\n*Issue:* it is right.\r\nMore of it.\n\nImpacts - two visits\nissue: and it is old\nQ: when?\n"
    )

    assert parts(reply) == (
        Part("a", None, "Thanks Adam.\n"),
        Part("b", Facet.ISSUE, "*Issue:* it is right.\r\nMore of it.\n\n"),
        Part("c", Facet.IMPACT, "Impacts - two visits\n"),
        Part("d", Facet.ISSUE, "issue: and it is old\n"),
        Part("e", Facet.QUESTION, "Q: when?\n"),
    )
    assert suggest(reply).value is Facet.UNSORTED
    assert [suggest(part.text).value for part in parts(reply)[1:]] == [part.facet for part in parts(reply)[1:]]


def test_a_prefix_inside_a_line_parts_nothing() -> None:
    assert len(parts("We see one issue: the notice. And impact - none.")) == 1


PIECES = st.sampled_from(
    [*PREFIXES, *WITHOUT, "\n", "\r\n", "  ", "words", "Issue:", "Impacts -\n", "*Consider*", "1) ", "> ", "q:", "-"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_the_parts_of_any_reply_joined_are_the_reply(reply: str) -> None:
    pieces = parts(reply)

    assert "".join(piece.text for piece in pieces) == reply
    assert all(piece.text.strip() for piece in pieces[1:])
    assert all(piece.facet for piece in pieces[1:])
    letters = [piece.letter for piece in pieces]
    assert letters == ([""] if len(pieces) == 1 else [chr(ord("a") + number) for number in range(len(pieces))])
    assert len(pieces) <= 26


# --- suggestions ------------------------------------------------------------------------------------------------------

SUGGESTED = {
    "We recognise the issue described.": Facet.ISSUE,
    "This isn’t a defect in the Code.": Facet.ISSUE,
    "No impact on us as a gas network.": Facet.IMPACT,
    "Each failure costs us a second visit.": Facet.IMPACT,
    "If nothing is done, complaints will go up.": Facet.IMPACT,
    "Could the Proposer also consider prepayment customers, who would be hit hardest?": Facet.CONSIDER,
    "The impact on consumers should be considered.": Facet.CONSIDER,
    "Is there a date for the next version? If so the draft should say when.": Facet.CONSIDER,
    "When did the trial end? We had the impression that it was in June.": Facet.QUESTION,
    "when did the trial end": Facet.QUESTION,
    "The DCC should publish the schedule 20 Working Days ahead.": Facet.SOLUTION,
    "Why not extend the window?": Facet.SOLUTION,
}
UNSORTED = [
    "As Ben says.",
    "We recognise the issue, and it costs us about £20k a year.",
    "It is a real problem but the remedy could be worse than what it is meant to cure.",
    "Isn't that always so?",
    "What happens to customers on the day?",
    "We will check whether we have seen this issue and reply next week.",
    "Another obligation would cost us £2m.",
    "A daily report would mean our agents would not have to ring anyone.",
    "The draft is short and it says each failure costs us £10.",
    "They say that every customer is affected.",
    "It is not clear how many customers would be affected.",
    "We'd extend the alert, because every User would otherwise have to change.",
    "The problem is that nobody is told. The consequence is a wrong price.",
    "Remove the tolerance for us, we have to pay for it.",
    "We have not had it here. Our engineers have to commission by hand anyway.",
    "have you thought about landlords",
    "I've seen this and passed it on.",
    f"{'One remark and then another. ' * 8}Each failure costs us £10.",
]


@pytest.mark.parametrize(("text", "facet"), SUGGESTED.items())
def test_a_suggestion_quotes_the_words_it_rests_on(text: str, facet: Facet) -> None:
    suggestion = suggest(text)
    quoted = re.fullmatch(r"the words “(.+)”", suggestion.because)

    assert suggestion.value is facet
    assert quoted
    assert quoted[1] in text


@pytest.mark.parametrize("text", UNSORTED)
def test_what_is_in_doubt_is_left_unsorted_and_says_why(text: str) -> None:
    assert suggest(text).value is Facet.UNSORTED
    assert suggest(text).because


@pytest.mark.parametrize(
    "text",
    [
        "Thanks Adam.",
        "Noted",
        "Noted with thanks :+1:",
        "Many thanks to SECAS for turning this round. We will come back to you after our meeting.\n\nKind regards\nAda",
        "Thanks, will check whether we have seen this and reply.",
        "Issue:\n",
    ],
)
def test_a_courtesy_is_suggested_to_be_set_aside(text: str) -> None:
    suggestion = suggests_setting_aside(text)

    assert suggestion.value
    assert "“" in suggestion.because


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No comments from us.",
        "Thanks, but we have not seen this.",
        "Thanks. It costs us two visits a week.",
        "Thanks to the trial there were fewer calls.",
        "Noted that the trial ended.",
        "Issue: noted",
        "Thanks. When did the trial end?",
    ],
)
def test_what_says_more_than_a_courtesy_is_not(text: str) -> None:
    assert not suggests_setting_aside(text).value
    assert suggests_setting_aside(text).because


# --- growth -----------------------------------------------------------------------------------------------------------

TIMES = 8
MOST = 2.5 * TIMES  # in proportion it is 8; where time grows with the square of the text, 64
FLOOR = 0.004  # seconds of processor time: what takes less is not compared


def seconds(text: str) -> float:
    start = time.process_time()
    parts(text)
    suggest(text)
    suggests_setting_aside(text)
    return time.process_time() - start


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "unit", ["x", " ", "\n ", "Issue\n", "Impact of ", "1,", "a-", "our ", "would ", "has the ", "? ", "if x ", "but "]
)
def test_a_run_of_the_same_words_takes_time_in_proportion(unit: str) -> None:
    few, many = (min(seconds(unit * (times * 1000 // len(unit))) for _ in range(2)) for times in (1, TIMES))

    assert many < MOST * max(few, FLOOR)
