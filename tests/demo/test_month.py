"""`make rehearse`: what each role sees of a month, what nobody may see, and how we know that it is all there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.demo.month.story import KEPT_APART
from tests.demo.performances import MONTH, Performances, words_of

CONFIDENTIAL = "We may leave this market"
REMOVED = ("sent too early", "Thank you.")
NAMES = ("Ada Firth", "Ben Holm", "Cara Dunn", "Dan Okoro", "Eve Marsh", "Finn Reid", "Isla Beck", "Joan Price")


@dataclass(frozen=True)
class Month:
    """What was printed, whole and by the first name of whoever sees it; and the documents by name."""

    printed: str
    seen: Mapping[str, str]
    receipt: str
    documents: Mapping[str, str]


@pytest.fixture
def month(performances: Performances) -> Month:
    printed = performances.said[MONTH]
    _, *parts = re.split(r"\n=+\n", printed)
    titled = dict(zip(parts[::2], parts[1::2], strict=True))
    seen = {title.split()[1]: words for title, words in titled.items() if title.startswith("What ")}
    receipt = next(words for title, words in titled.items() if title.startswith("How "))
    return Month(printed, seen, receipt, {path.name: words_of(path) for path in performances.out(MONTH).iterdir()})


@pytest.mark.parametrize("name", ["Ada", "Ben", "Hugh", "Daniel"])
def test_what_was_said_in_the_private_channel_is_not_seen_by_the_other_sub_committee(month: Month, name: str) -> None:
    assert KEPT_APART not in month.seen[name]
    assert "V007" not in month.seen[name]


def test_it_is_seen_where_it_was_said_and_by_secas(month: Month) -> None:
    assert KEPT_APART in month.seen["Isla"]
    assert KEPT_APART in month.seen["Robin"]
    assert "field visits" not in month.seen["Isla"]


def test_only_secas_sees_names_and_what_was_said_in_confidence(month: Month) -> None:
    for name, words in month.seen.items():
        assert (CONFIDENTIAL in words) is (name == "Robin")
        assert any(person in words for person in NAMES) is (name == "Robin")


def test_removed_words_are_shown_to_nobody(month: Month) -> None:
    everything = month.printed + "".join(month.documents.values())

    assert not [words for words in REMOVED if words in everything]
    assert "DP092-V004" in month.seen["Robin"]


def test_what_happened_while_dpbot_was_away_is_there(month: Month) -> None:
    for name in ("Ada", "Robin"):
        assert "which Devices were in the trial" in month.seen[name]
        assert "two days each month" in month.seen[name]
    assert "took it as withdrawn on 8 November 2019" in month.seen["Robin"]


def test_comments_by_email_and_at_the_meeting_and_after_the_closing_time_say_so(month: Month) -> None:
    assert "DP092-V009  |  Wharfe Supply, Small Suppliers (member)  |  by e-mail, 4 November 2019" in month.seen["Ada"]
    assert "at the meeting, 5 November 2019 (meeting 26)" in month.seen["Ada"]
    assert "Received after 5pm on 12 November 2019" in month.seen["Ada"]


def test_whose_categories_no_comment_came_from_is_for_secas_and_the_chair(month: Month) -> None:
    sentence = re.compile(r"[Nn]o comments have been received from Gas Networks")

    assert {name for name, words in month.seen.items() if sentence.search(words)} == {"Robin", "Hugh"}


def test_the_amber_paper_is_refused_with_its_reason(month: Month) -> None:
    assert "OPSG_26_0511_17 was not posted to operations-group: the paper is classified Amber" in month.printed


def test_the_receipt_says_what_was_checked(month: Month) -> None:
    assert "The Operations Group's Slack thread was checked at 3pm on 15 November 2019" in month.receipt
    assert "all 6 comments in it are included" in month.receipt
    assert "Withdrawn comments: 2; words not kept. Edited: 2, latest wording shown." in month.receipt


def test_each_document_holds_what_its_readers_may_see(month: Month) -> None:
    extract = month.documents["MP092 Comments v0.1 (Operations Group).docx"]
    restricted = month.documents["MP092 Comments v0.1 (restricted).docx"]

    assert KEPT_APART not in extract
    assert KEPT_APART in month.documents["MP092 Comments v0.1 (Security Sub-Committee).docx"]
    assert CONFIDENTIAL in restricted
    assert "Ada Firth" in restricted
    for name, words in month.documents.items():
        if "restricted" not in name:
            assert CONFIDENTIAL not in words
            assert not [person for person in NAMES if person in words]
