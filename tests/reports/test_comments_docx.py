"""The Word document, read back and rendered."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from bot.domain import CommentsDocument
from bot.reports import Format, write
from tests.programs import converted, needs
from tests.reports.comments_example import AGREE, COMMENTS, DOCUMENT, ON_THE_ISSUE, empty, with_changes


def word(document: CommentsDocument) -> docx.document.Document:
    return docx.Document(io.BytesIO(write(document, Format.DOCX)))


def rows(document: CommentsDocument, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in word(document).tables[table].rows]


def test_its_first_page_says_what_it_is() -> None:
    paragraphs = [(p.style.name if p.style else None, p.text) for p in word(DOCUMENT).paragraphs]

    assert paragraphs[:5] == [
        ("Classification", "This document is classified as White. It may be shared with the public."),
        ("Title", "DP092 New Planned Maintenance Methodology"),
        ("Subtitle", "Sub-Committee comments on the draft problem statement"),
        ("Version", "Version 0.1 (draft), 12 November 2019"),
        ("Draft Note", "This is a draft. It has not been issued."),
    ]
    assert [text for style, text in paragraphs if style == "Heading 1"] == [
        "1. What was asked",
        "2. Summary",
        "3. Comments on the issue identified",
        "4. Comments on the impacts this may be having",
        "5. Comments on areas for the Proposer to consider",
        "6. Comments not sorted",
        "7. Replies by SECAS and the Proposer's side",
        "8. Reactions",
        "9. How these comments were collected",
    ]


def test_its_tables_hold_facts_figures_comments_replies_and_reactions() -> None:
    assert rows(DOCUMENT, 0)[4] == [
        "Sub-Committee invited",
        "Operations Group, meeting 26, 5 November 2019 (meeting date read from the paper's reference, not confirmed)",
    ]
    assert rows(DOCUMENT, 1) == [
        ["Views invited on", "Comments", "Organisations", "Party Categories"],
        ["The issue identified", "1", "1", "Large Suppliers"],
        ["The impacts this may be having", "2", "2", "Large Suppliers; Electricity Networks"],
        ["Areas for the Proposer to consider", "1", "1", "Small Suppliers"],
        ["Not sorted (section 6)", "2", "1", "Other SEC Parties; not stated"],
    ]
    assert rows(DOCUMENT, 2)[1] == [
        "DP092-V001",
        "Northshire Energy (member)\nSlack, 30 October 2019",
        "Large Suppliers",
        f"“{ON_THE_ISSUE.text}”\nReaction “{AGREE}”: two people (Calder Networks; Wharfe Supply)",
    ]
    assert rows(DOCUMENT, 3)[1][3] == f"“{COMMENTS[1].text}”"
    assert rows(DOCUMENT, 4)[1][3].endswith("\nEdited; latest wording shown.")
    assert [row[:2] for row in rows(DOCUMENT, 6)] == [
        ["Ref", "Respondent"],
        ["DP092-R001", "SECAS\n9am on 1 November 2019"],
        ["DP092-R002", "DCC (Proposer)\n5.02pm on 4 November 2019"],
    ]
    assert rows(DOCUMENT, 7)[1:] == [
        ["Agree with the issue as described", "3", "Calder Networks; Tarn Metering; Wharfe Supply"],
        ["Needs clarification", "1", "Not stated"],
    ]


def test_an_empty_document_has_only_the_table_of_facts() -> None:
    assert len(word(empty()).tables) == 1
    assert "No comments were received." in [paragraph.text for paragraph in word(empty()).paragraphs]


def test_header_rows_repeat_and_only_long_rows_may_split() -> None:
    made = word(with_changes(comments=(ON_THE_ISSUE, replace(ON_THE_ISSUE, text="x" * 999))))
    header, short, long = made.tables[2].rows

    assert header._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in (header, short, long)] == [True, True, False]


def test_its_dates_are_the_documents_own() -> None:
    made = word(DOCUMENT).core_properties
    archive = zipfile.ZipFile(io.BytesIO(write(DOCUMENT, Format.DOCX)))

    assert (made.title, made.created, made.modified) == (
        "DP092 Comments v0.1",
        *[datetime.fromisoformat("2019-11-12T17:03:00+00:00")] * 2,
    )
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("document", "pages"), [(empty(), 1), (DOCUMENT, 2)])
def test_it_renders_on_as_many_pages_as_it_says(document: CommentsDocument, pages: int, tmp_path: Path) -> None:
    text = rendered(document, tmp_path)

    assert text.count("\f") == pages
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in text
    words = re.sub(r"\s+", " ", text)
    assert "DP092 Comments, Version 0.1 (draft). Classified as White." in words
    assert "Comments received from Slack up to 5.02pm on 12 November 2019; the thread was not read again." in words
    assert "{" not in words


def rendered(document: CommentsDocument, folder: Path) -> str:
    """Its text as LibreOffice lays it out."""
    path = folder / "document.docx"
    path.write_bytes(write(document, Format.DOCX))
    command = [needs("pdftotext"), "-layout", str(converted(path, "pdf")), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
