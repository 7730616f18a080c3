"""What the first pages of the Comments document say: its facts and its figures."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.compilation import Event, Given, Happened, NoComment
from bot.domain import Basis, Classification, Facet, ProposalType, Source, Version
from bot.rules.wording import in_words, listed, with_article
from tests.reports.comments_example import (
    CLOSES,
    DOCUMENT,
    ON_THE_ISSUE,
    OPERATIONS_GROUP,
    PLAIN,
    SECURITY,
    SHOWN,
    empty,
    only,
    with_changes,
)
from tests.reports.written import data, markdown


def test_no_comments_are_said_plainly_and_empty_sections_say_none() -> None:
    said = markdown(empty())

    assert "## 2. Summary\n\nNo comments were received.\n\nFurther input:" in said
    assert said.count("\nNone.\n") == 6
    assert "Withdrawn comments: 0. Edited: 0." in said
    assert "Replies by" not in said
    assert "Annex" not in said


def test_one_comment_is_one() -> None:
    said = markdown(only(ON_THE_ISSUE))

    assert "One comment was received from one organisation, in the Operations Group's Slack thread." in said
    assert (
        "No comments were received from Small Suppliers, Electricity Networks, Gas Networks or Other SEC Parties."
        in said
    )


def test_how_comments_came_is_said_by_the_way_they_came() -> None:
    ways = [Source.PRIVATE, Source.MESSAGE, Source.MEETING, Source.TELEPHONE, Source.LETTER]
    came = [replace(PLAIN, ref=f"DP092-V{n}", way=way, source=way.value) for n, way in enumerate(ways)]
    came[:2] = [replace(each, source="Slack") for each in came[:2]]
    said = markdown(only(*came))

    assert (
        "Five comments were received from one organisation: one by the private form in Slack, one in other messages of "
        "the Operations Group's Slack channel, one at the meeting, one by telephone and one by letter." in said
    )
    assert "\nSlack (private form), 30 October 2019. Party Category: Large Suppliers.\n" in said
    assert "As noted by SECAS:\n\n> “Issue:" in said


def test_two_meetings_are_told_apart_by_their_days() -> None:
    first = replace(SHOWN[4], responses=())
    second = replace(first, ref="DP092-V020", said_at=CLOSES)
    said = markdown(only(first, second))

    assert "one at the meeting of 5 November 2019 and one at the meeting of 12 November 2019." in said
    assert "As recorded in the minutes:\n\n> “The issue should" in said


def test_a_comment_in_parts_is_one_in_the_total_and_one_in_each_row() -> None:
    said, values = markdown(DOCUMENT), data(DOCUMENT)["summary"]

    assert "| Areas for the Proposer to consider | 2 | 1 |" in said
    assert "| Relating to a possible solution (section 7) | 1 | 0 | not confirmed |" in said
    assert (values["comments"], sum(row["comments"] for row in values["by_facet"].values())) == (8, 9)
    both = replace(SHOWN[7], facet=Facet.CONSIDER)
    assert "\nOne comment was received, by e-mail." in markdown(only(SHOWN[6], both))
    assert "| Areas for the Proposer to consider | 1 | 0 |" in markdown(only(SHOWN[6], both))


def test_what_the_author_alone_states_is_printed_as_stated_and_counted_nowhere() -> None:
    stated = replace(PLAIN, ref="DP092-V020", organisation="Gill Gas", party_category="Gas Networks")
    stated = replace(stated, basis=Basis.STATED)
    said = markdown(only(PLAIN, stated))

    assert "Two comments were received from one organisation, all in" in said
    assert "stated by the respondent and not confirmed, counted under no organisation or Party Category: 1." in said
    assert "| The issue identified | 2 | 1 | Large Suppliers; not confirmed |" in said
    assert "No comments that can be attributed were received from Small Suppliers, Electricity Networks, Gas" in said
    assert (
        "Organisation as stated by the respondent, not confirmed. Party Category: Gas Networks (as stated, not" in said
    )
    assert "Gill Gas" in said


def test_comments_in_confidence_are_counted_and_nothing_else_is_said_of_them() -> None:
    in_confidence = (Given("Operations Group", (), 0, 1, 0),)
    said = markdown(DOCUMENT)

    assert "One further comment was received in confidence: it is counted, and is not attributed or quoted." in said
    assert "Nine comments were received in all." in said
    assert "No comments that can be attributed were received from Gas Networks." in said
    assert data(DOCUMENT)["summary"]["received"] == 9
    assert "\nOne comment was received in confidence: it is counted, and is not attributed or quoted.\n" in markdown(
        only(given=in_confidence)
    )


def test_answers_of_no_comment_are_said_beside_the_comments() -> None:
    one = NoComment("Ribble Supply", "Small Suppliers", "Operations Group", CLOSES)
    two = (one, replace(one, organisation="Calder Networks"), replace(one, organisation=None))

    assert "\nOne person answered “no comment”, for Ribble Supply.\n" in markdown(DOCUMENT)
    assert (
        "Three people answered “no comment”, for Calder Networks and Ribble Supply; for one of them no organisation is"
        in markdown(only(no_comment=two))
    )
    assert "One person answered “no comment”; no organisation is stated." in markdown(only(no_comment=two[2:]))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (True, " agreed at meeting 26 (5 November 2019, item 16) that it will want to provide further input."),
        (False, " agreed at meeting 26 (5 November 2019, item 16) that it will not want to provide further input."),
        (None, " has not yet agreed whether it will want to provide further input."),
    ],
)
def test_further_input_is_what_the_sub_committee_agreed(wanted: bool | None, expected: str) -> None:
    agreed = OPERATIONS_GROUP.further_input
    assert agreed
    invited = replace(OPERATIONS_GROUP, further_input=None if wanted is None else replace(agreed, wanted=wanted))

    assert f"\nFurther input: the Operations Group{expected}\n" in markdown(only(invited=(invited,)))


def test_every_party_category_with_comments_leaves_no_sentence_about_those_without() -> None:
    gas = replace(ON_THE_ISSUE, ref="DP092-V020", organisation="Gill Gas", party_category="Gas Networks")

    assert "No comments were received" not in markdown(only(*SHOWN, gas))


def test_a_party_category_outside_the_five_is_listed_after_them() -> None:
    other = replace(ON_THE_ISSUE, ref="DP092-V020", party_category="Consumer bodies")

    assert "| Large Suppliers; Consumer bodies |" in markdown(only(other, ON_THE_ISSUE))


def test_party_categories_are_named_and_ordered_as_the_document_has_them() -> None:
    """An operator may call them otherwise; the order is the operator's too."""
    names = ("Pipes", "Other SEC Parties", "Wires", "Large Suppliers")
    other = replace(ON_THE_ISSUE, ref="DP092-V007", party_category="Other SEC Parties")
    said = markdown(only(ON_THE_ISSUE, other, party_categories=names))

    assert "No comments were received from Pipes or Wires." in said
    assert "| Other SEC Parties; Large Suppliers |" in said
    assert "Gas Networks" not in said


def test_comments_from_nobody_known_claim_no_organisation() -> None:
    said = markdown(only(SHOWN[5], replace(SHOWN[5], ref="DP092-V020")))

    assert "Two comments were received, all in the Operations Group's Slack thread." in said
    assert "Comments whose organisation is not stated: 2." in said
    assert "### DP092-V006: Organisation not stated\n" in said


def test_several_sub_committees_are_told_apart() -> None:
    security = replace(ON_THE_ISSUE, ref="DP092-V020", sub_committee=SECURITY.sub_committee)
    given = DOCUMENT.compilation.given[0]
    both = (given, replace(given, sub_committee=SECURITY.sub_committee, reactions=given.reactions[:1]))
    said = markdown(with_changes(invited=(OPERATIONS_GROUP, SECURITY), comments=(*SHOWN, security), given=both))

    assert (
        "six in the Operations Group's Slack thread, one at the Operations Group's meeting, one by e-mail "
        "and one in the Security Sub-Committee (SSC)'s Slack thread." in said
    )
    assert "| Operations Group: Agree with the issue as described | 3 |" in said
    assert "| Security Sub-Committee (SSC): Agree with the issue as described | 3 |" in said
    assert "Further input: the Security Sub-Committee (SSC) has not yet agreed" in said
    assert "|  | Security Sub-Committee (SSC): No closing date was given in the paper |" in said
    assert "Slack, 30 October 2019. Security Sub-Committee (SSC). Party Category" in said
    assert "Security Sub-Committee (SSC), meeting 90, 6 November 2019 |" in said


def test_what_is_not_stated_is_printed_as_not_stated() -> None:
    bare = replace(OPERATIONS_GROUP, meeting=None, meeting_date=None, views_invited_on=(), asks_for_further_input=False)
    bare = replace(bare, closes=None, closing_decided=False)
    unknown = dict.fromkeys(("stage", "handling", "proposer", "organisation", "lead_analyst", "problem_statement"))
    said = markdown(with_changes(**unknown, invited=(bare,), on_behalf_of="Security Sub-Committee (SSC)"))

    assert said.startswith("This document is classified as White.\n")
    assert "| Proposer | Not stated |\n| On behalf of | The Security Sub-Committee (SSC) |" in said
    assert "| Lead Analyst | Not stated |\n| Stage | Draft Proposal, stage not stated |" in said
    assert (
        "| Problem statement | Not stated |\n| Sub-Committee invited | Operations Group, meeting date not stated |"
        in said
    )
    assert "| Comments received to | No closing date was given in the paper |" in said
    assert "was invited to give views; the paper does not say on what." in said


def test_a_document_without_an_invitation_says_so() -> None:
    said = markdown(with_changes(invited=()))

    assert "| Sub-Committee invited | Not stated |" in said
    assert "## 1. What was asked\n\nNot stated.\n\n## 2." in said


@pytest.mark.parametrize(
    ("proposer", "organisation", "expected"),
    [("Robin Example", None, "Robin Example"), (None, "DCC", "The DCC"), (None, "Calder Networks", "Calder Networks")],
)
def test_a_proposer_is_named_as_far_as_known(proposer: str | None, organisation: str | None, expected: str) -> None:
    assert f"| Proposer | {expected} |" in markdown(with_changes(proposer=proposer, organisation=organisation))


def test_an_issued_version_is_no_draft() -> None:
    issued = replace(DOCUMENT, version=Version(1, 0), issued_by="alex@example.invalid")
    said = markdown(issued)

    assert "\nVersion 1.0, 12 November 2019\n" in said
    assert "draft." not in said.split("## 1.")[0]
    assert "alex@" not in said + json.dumps(data(issued))
    assert data(issued)["draft"] is False


def test_a_modification_proposal_has_no_draft_problem_statement() -> None:
    said = markdown(with_changes(type=ProposalType.MODIFICATION, classification=Classification.CLEAR, handling=None))

    assert "**Sub-Committee comments on the problem statement**" in said
    assert said.startswith("This document is classified as Clear.")


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ({}, "5pm on 12 November 2019 (set by SECAS; the paper gave no date)"),
        ({"comments_by": "2019-11-10"}, "5pm on 12 November 2019 (set by SECAS; the paper says 10 November 2019)"),
        (
            {"comments_by": "2019-11-10", "closes": None},
            "No closing time (set by SECAS; the paper says 10 November 2019)",
        ),
        ({"comments_by": "2019-11-12T17:00", "closing_decided": False, "closes": None}, "5pm on 12 November 2019"),
        ({"comments_by": "the meeting", "closing_decided": False, "closes": None}, "the meeting"),
        ({"closing_decided": False, "closes": None}, "No closing date was given in the paper"),
    ],
)
def test_a_closing_time_reads_as_set(closing: dict[str, Any], expected: str) -> None:
    invited = replace(OPERATIONS_GROUP, **closing)

    assert f"| Comments received to | {expected}" in markdown(with_changes(invited=(invited,)))


def test_what_was_recorded_of_the_proposal_is_printed_with_its_day() -> None:
    defined = Event(Happened.STAGED, date(2019, 11, 14), "Change Sub-Committee", "Refinement Process")
    converted = Event(Happened.CONVERTED, date(2019, 11, 15), "Panel")
    split = Event(Happened.SPLIT, date(2019, 11, 16), into=("MP092A", "MP092B"))
    said = markdown(with_changes(events=(defined, converted, split)))

    assert (
        "| Change Sub-Committee | Entered the Refinement Process by decision of the Change Sub-Committee, "
        "14 November 2019 |" in said
    )
    assert (
        "| Recorded | Converted to a Modification Proposal by decision of the Panel, 15 November 2019; "
        "Split into MP092A and MP092B, 16 November 2019 |" in said
    )
    assert "| Change Sub-Committee | Date not yet recorded |" in markdown(DOCUMENT)


def test_a_document_that_was_redacted_says_so_at_its_head() -> None:
    redacted = replace(DOCUMENT, redacted_at=datetime(2019, 12, 3, 9, tzinfo=UTC))

    assert "**Redacted on 3 December 2019: personal data was erased.**" in markdown(redacted).split("| Proposer")[0]
    assert "It was taken before personal data was erased." in markdown(redacted)
    assert data(redacted)["redacted_at"] == "2019-12-03T09:00:00Z"


def test_who_released_it_stands_with_the_classification() -> None:
    said = markdown(with_changes(released_by="the Lead Analyst", released_at=CLOSES))

    assert said.startswith(
        "This document is classified as White. It may be shared with the public. "
        "White released by the Lead Analyst, 12 November 2019.\n"
    )


def test_counts_lists_and_articles_read_as_english() -> None:
    assert [in_words(count) for count in (0, 1, 10, 11, 1200)] == ["no", "one", "ten", "11", "1,200"]
    assert [listed(["a", "b", "c"][:count], comma=",") for count in range(4)] == ["", "a", "a and b", "a, b, and c"]
    assert [with_article(name) for name in ("DCC", "Security Sub-Committee (SSC)", "Calder Networks", "DCC Ltd")] == [
        "the DCC",
        "the Security Sub-Committee (SSC)",
        "Calder Networks",
        "DCC Ltd",
    ]


def test_replies_are_not_counted() -> None:
    summary = data(DOCUMENT)["summary"]

    assert (summary["comments"], summary["replies_not_counted"]) == (8, 2)
    assert summary["by_facet"][Facet.IMPACT.value]["organisations"] == 2
