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

from bot.compilation import CommentsDocument, Question, Response
from bot.decisions import Disposition, SpeaksFor, Stance
from bot.domain import Basis, Capacity, Source
from bot.errors import UserError
from bot.reports import Format, file_name, write
from tests.reports.comments_example import (
    CLOSES,
    DOCUMENT,
    ON_THE_ISSUE,
    PLAIN,
    REPLIES,
    SHOWN,
    WHOLE,
    empty,
    only,
    with_changes,
)
from tests.reports.written import data, markdown

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("format_", [Format.MARKDOWN, Format.JSON])
def test_the_example_reads_as_it_was_reviewed(format_: Format) -> None:
    golden = GOLDEN / file_name(DOCUMENT, format_)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(write(DOCUMENT, format_))

    assert write(DOCUMENT, format_).decode() == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", list(Format))
def test_the_same_document_gives_the_same_bytes(format_: Format) -> None:
    assert write(DOCUMENT, format_) == write(DOCUMENT, format_)


@pytest.mark.parametrize("document", [DOCUMENT, empty(), WHOLE], ids=["public", "empty", "restricted"])
def test_json_keeps_to_its_schema(document: CommentsDocument) -> None:
    schema = json.loads(files("bot.reports").joinpath("comments.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(data(document), schema, cls=jsonschema.Draft202012Validator)


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

    assert f"### DP092-V001: {expected}\n" in markdown(only(comment))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"basis": Basis.STATED}, "Organisation as stated by the respondent, not confirmed. Party"),
        ({"basis": Basis.CONFIRMED}, "Organisation as stated by the respondent, confirmed by SECAS. Party"),
        ({"basis": Basis.WORKSPACE}, "Organisation by the respondent's Slack workspace. Party"),
        ({"basis": Basis.ENTERED}, "Organisation as entered by SECAS. Party"),
        ({"basis": Basis.CORRECTED}, "Organisation as corrected by SECAS. Party"),
        ({"on_behalf_of": "Gill Data & co"}, "On behalf of Gill Data & co. Party"),
        ({"speaks_for": SpeaksFor.PERSONAL}, "Personal view. Party"),
        ({"speaks_for": SpeaksFor.ORGANISATION}, "The organisation's view. Party"),
        ({"stance": Stance.AGREES}, "\nAgrees with the issue as described.\n"),
        ({"stance": Stance.CLARIFY}, "\nNeeds clarification.\n"),
        ({"after_closing": CLOSES}, "\nReceived after 5pm on 12 November 2019.\n"),
        ({"way": Source.EMAIL, "source": "e-mail", "context": "Re: our secret"}, "\nE-mail, 30 October 2019. Party"),
    ],
)
def test_what_is_known_of_a_comment_stands_with_it(changes: dict[str, Any], expected: str) -> None:
    assert expected in markdown(only(replace(PLAIN, **changes)))


def test_what_became_of_a_comment_is_said_in_the_words_of_secas_and_of_the_reply() -> None:
    answered = (Response(Disposition.ANSWERED, "See below.", "DP092-R002"), Response(Disposition.UPDATED, ""))
    said = markdown(only(replace(PLAIN, responses=answered), PLAIN, replies=REPLIES[:1]))

    assert (
        "Response: Answered. See below.\n\nDCC (Proposer), 5.02pm on 4 November 2019 (DP092-R002):\n\n"
        "> “The slides will be sent to members this week.”\n\nEdited; latest wording shown.\n\n"
        "Response: Problem statement updated.\n" in said
    )
    assert "\nResponse: None provided.\n" in said
    assert said.count("The slides will be sent") == 1


def test_a_question_is_printed_with_whom_it_asks_and_by_when() -> None:
    elsewhere = replace(PLAIN, question=Question("the DCC", None))
    said = markdown(only(elsewhere, SHOWN[5], replies=REPLIES))
    questions = said.split("## 8. Questions and answers")[1].split("## 9.")[0]

    assert "Asked of: Alex Sample, SECAS. Due 8 November 2019.\n\nResponse: Answered.\n" in questions
    assert "The comment is in section 3. Asked of: the DCC. No due date." in questions
    assert PLAIN.text not in questions
    assert "> “Thank you. We will ask how high impact was defined.”" in questions


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({}, "The Slack thread was checked at 5.02pm on 12 November 2019 and all 6 comments in it are included."),
        ({"comments": 1}, "The Slack thread was checked at 5.02pm on 12 November 2019 and the one comment in it is"),
        ({"comments": 0}, "The Slack thread was checked at 5.02pm on 12 November 2019 and has no comments."),
        ({"comments": 7}, "at 5.02pm on 12 November 2019: of the 7 comments in it 6 are included here."),
        (
            {"problem": "the channel is archived.", "checked_at": None},
            "The Slack thread could not be checked: the channel is archived. Comments heard from it up to 5.02pm on 12",
        ),
    ],
)
def test_the_receipt_says_what_was_checked(check: dict[str, Any], expected: str) -> None:
    (done,) = DOCUMENT.compilation.checks

    assert expected in markdown(with_changes(checks=(replace(done, **check),)))


def test_a_thread_that_was_not_read_again_is_said() -> None:
    said = markdown(with_changes(checks=()))

    assert (
        "Comments received from Slack up to 5.02pm on 12 November 2019; the thread was not read again. Comments" in said
    )
    gone = (replace(DOCUMENT.compilation.given[0], not_seen=2),)
    assert "No longer seen in Slack: 2, held out until SECAS decides." in markdown(with_changes(given=gone))


def test_words_keep_their_lines_in_markdown() -> None:
    verse = replace(ON_THE_ISSUE, text="one\r\n    four spaces\n\n1. two\n# three\n=== \\\n\n\nend")
    tokens = MarkdownIt().parse(markdown(only(verse)))
    quotation = [t.type for t in tokens].index("blockquote_open")
    words = [token for token in tokens[quotation:] if token.type == "inline"][:3]

    assert [_text(token) for token in words] == ["“one\n    four spaces", "1. two\n# three\n=== \\", "end”"]


def _text(token: Any) -> str:  # noqa: ANN401 - markdown-it's token
    return "".join("\n" if child.type in {"hardbreak", "softbreak"} else child.content for child in token.children)


def test_the_operators_own_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "comments.md").write_text("{{ proposal.title }} & co: {{ say.received() }}\n")
    hostile = only(title="<b>*bold*</b>")

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
