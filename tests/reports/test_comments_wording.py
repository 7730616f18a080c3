"""What the Comments document says: read in the Markdown, whose sentences the Word document shares."""

import json
import os
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from bot.domain import Capacity, Classification, CommentsDocument, Facet, ProposalType, Version
from bot.errors import UserError
from bot.reports import Format, file_name, write
from bot.rules.wording import in_words, listed, with_article
from tests.reports.comments_example import (
    COMMENTS,
    DOCUMENT,
    ON_THE_ISSUE,
    OPERATIONS_GROUP,
    SECURITY,
    empty,
    with_changes,
)

GOLDEN = Path(__file__).parent / "golden"


def markdown(document: CommentsDocument) -> str:
    return write(document, Format.MARKDOWN).decode()


def data(document: CommentsDocument) -> Any:  # noqa: ANN401 - JSON
    return json.loads(write(document, Format.JSON))


@pytest.mark.parametrize("format_", [Format.MARKDOWN, Format.JSON])
def test_the_example_reads_as_it_was_reviewed(format_: Format) -> None:
    golden = GOLDEN / file_name(DOCUMENT, format_)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(write(DOCUMENT, format_))

    assert write(DOCUMENT, format_).decode() == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", list(Format))
def test_the_same_document_gives_the_same_bytes(format_: Format) -> None:
    assert write(DOCUMENT, format_) == write(DOCUMENT, format_)


@pytest.mark.parametrize("document", [DOCUMENT, empty()])
def test_json_keeps_to_its_schema(document: CommentsDocument) -> None:
    schema = json.loads(files("bot.reports").joinpath("comments.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(data(document), schema, cls=jsonschema.Draft202012Validator)


def test_no_comments_are_said_plainly_and_empty_sections_say_none() -> None:
    said = markdown(empty())

    assert "## 2. Summary\n\nNo comments were received.\n\n## 3." in said
    assert said.count("\nNone.\n") == 6
    assert "Withdrawn comments: 0. Edited: 0." in said
    assert "shown in section 7" not in said


def test_one_comment_is_one() -> None:
    said = markdown(with_changes(comments=(ON_THE_ISSUE,)))

    assert "One comment was received from one organisation, in the Operations Group's Slack thread." in said
    assert (
        "No comments were received from Small Suppliers, Electricity Networks, Gas Networks or Other SEC Parties."
        in said
    )


def test_every_party_category_with_comments_leaves_no_sentence_about_those_without() -> None:
    gas = replace(ON_THE_ISSUE, ref="DP092-V007", organisation="Gill Gas", party_category="Gas Networks")

    assert "No comments were received" not in markdown(with_changes(comments=(*COMMENTS, gas)))


def test_a_party_category_outside_the_five_is_listed_after_them() -> None:
    other = replace(ON_THE_ISSUE, party_category="Consumer bodies")

    assert "| Large Suppliers; Consumer bodies |" in markdown(with_changes(comments=(other, ON_THE_ISSUE)))


def test_party_categories_are_named_and_ordered_as_the_document_has_them() -> None:
    """An operator may call them otherwise; the order is the operator's too."""
    names = ("Pipes", "Other SEC Parties", "Wires", "Large Suppliers")
    other = replace(ON_THE_ISSUE, ref="DP092-V007", party_category="Other SEC Parties")
    said = markdown(with_changes(comments=(ON_THE_ISSUE, other), party_categories=names))

    assert "No comments were received from Pipes or Wires." in said
    assert "| Other SEC Parties; Large Suppliers |" in said
    assert "Gas Networks" not in said


def test_comments_from_nobody_known_claim_no_organisation() -> None:
    said = markdown(with_changes(comments=(COMMENTS[5], replace(COMMENTS[5], ref="DP092-V007"))))

    assert "Two comments were received, all in the Operations Group's Slack thread." in said
    assert "Comments whose organisation is not stated: 2." in said
    assert "### DP092-V006: Organisation not stated\n" in said


@pytest.mark.parametrize(
    ("organisation", "capacity", "expected"),
    [
        ("Calder Networks", Capacity.OBSERVER, "Calder Networks (observer)"),
        ("Calder Networks", Capacity.NOT_STATED, "Calder Networks (capacity not stated)"),
        (None, Capacity.MEMBER, "Organisation not stated (member)"),
        (None, Capacity.NOT_STATED, "Organisation not stated"),
        ("SECAS", Capacity.SECAS, "SECAS"),
        (None, Capacity.SECAS, "SECAS"),
        ("DCC", Capacity.PROPOSER_ORGANISATION, "DCC (Proposer's organisation)"),
    ],
)
def test_a_respondent_is_an_organisation_and_a_capacity(
    organisation: str | None, capacity: Capacity, expected: str
) -> None:
    comment = replace(ON_THE_ISSUE, organisation=organisation, capacity=capacity)

    assert f"### DP092-V001: {expected}\n" in markdown(with_changes(comments=(comment,)))


def test_several_sub_committees_are_told_apart() -> None:
    security = replace(ON_THE_ISSUE, ref="DP092-V007", sub_committee=SECURITY.sub_committee)
    said = markdown(with_changes(invited=(OPERATIONS_GROUP, SECURITY), comments=(*COMMENTS, security)))

    assert (
        "six in the Operations Group's Slack thread and one in the Security Sub-Committee (SSC)'s Slack thread" in said
    )
    assert "|  | Security Sub-Committee (SSC): No closing date was given in the paper |" in said
    assert "Security Sub-Committee (SSC). Slack, 30 October 2019." in said
    assert "Security Sub-Committee (SSC), meeting 90, 6 November 2019 |" in said


def test_what_is_not_stated_is_printed_as_not_stated() -> None:
    bare = replace(OPERATIONS_GROUP, meeting=None, meeting_date=None, comments_by=None, views_invited_on=())
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
    ("comments_by", "expected"),
    [
        ("2019-11-12T17:00", "5pm on 12 November 2019"),
        ("2019-11-12", "12 November 2019"),
        ("the meeting", "the meeting"),
    ],
)
def test_a_closing_time_reads_as_set(comments_by: str, expected: str) -> None:
    closing = replace(OPERATIONS_GROUP, comments_by=comments_by)

    assert f"| Comments received to | {expected} |" in markdown(with_changes(invited=(closing,)))


def test_words_keep_their_lines_in_markdown() -> None:
    verse = replace(ON_THE_ISSUE, text="one\r\n    four spaces\n\n1. two\n# three\n=== \\\n\n\nend")
    tokens = MarkdownIt().parse(markdown(with_changes(comments=(verse,), replies=())))
    quotation = [t.type for t in tokens].index("blockquote_open")
    words = [token for token in tokens[quotation:] if token.type == "inline"][:3]

    assert [_text(token) for token in words] == ["“one\n    four spaces", "1. two\n# three\n=== \\", "end”"]


def _text(token: Any) -> str:  # noqa: ANN401 - markdown-it's token
    return "".join("\n" if child.type in {"hardbreak", "softbreak"} else child.content for child in token.children)


def test_the_operators_own_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "comments.md").write_text("{{ proposal.title }} & co: {{ say.received() }}\n")
    hostile = with_changes(title="<b>*bold*</b>", comments=())

    assert (
        write(hostile, Format.MARKDOWN, (tmp_path,)) == b"\\<b\\>\\*bold\\*\\</b\\> & co: No comments were received.\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [("comments.md", b"{% if %}", Format.MARKDOWN), ("comments.md", b"{{ nothing }}", Format.MARKDOWN),
     ("comments.md", b"\xff", Format.MARKDOWN), ("comments.docx", b"no Word file", Format.DOCX)],
)  # fmt: skip
def test_a_broken_template_is_said_in_a_sentence(tmp_path: Path, name: str, content: bytes, format_: Format) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / name).write_bytes(content)

    with pytest.raises(UserError, match=f"The {format_.value} template of the Comments document cannot be used: "):
        write(DOCUMENT, format_, (tmp_path,))


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("DP092", "DP092 Comments v0.1.docx"), ("../../etc/DP 1\n", "etc-DP 1- Comments v0.1.docx")],
)
def test_a_file_name_is_safe(reference: str, expected: str) -> None:
    assert file_name(with_changes(reference=reference), Format.DOCX) == expected


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

    assert (summary["comments"], summary["replies_not_counted"]) == (6, 2)
    assert summary["by_facet"][Facet.IMPACT.value]["organisations"] == 2
