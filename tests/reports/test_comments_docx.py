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

from bot.compilation import CommentsDocument
from bot.reports import Format, write
from tests.programs import converted, needs
from tests.reports.comments_example import (
    AGREE,
    DOCUMENT,
    ON_THE_ISSUE,
    PLAIN,
    REPLIES,
    ROBIN,
    SHOWN,
    WHOLE,
    empty,
    only,
)


def word(document: CommentsDocument) -> docx.document.Document:
    return docx.Document(io.BytesIO(write(document, Format.DOCX)))


def rows(document: CommentsDocument, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in word(document).tables[table].rows]


def paragraphs(document: CommentsDocument) -> list[tuple[str | None, str]]:
    return [(p.style.name if p.style else None, p.text) for p in word(document).paragraphs]


def test_its_first_page_says_what_it_is() -> None:
    found = paragraphs(DOCUMENT)

    assert found[:5] == [
        ("Classification", "This document is classified as White. It may be shared with the public."),
        ("Title", "DP092 New Planned Maintenance Methodology"),
        ("Subtitle", "Sub-Committee comments on the draft problem statement"),
        ("Version", "Version 0.1 (draft), 12 November 2019"),
        ("Draft Note", "This is a draft. It has not been issued."),
    ]
    assert [text for style, text in found if style in {"Heading 1", "Annex"}] == [
        "1. What was asked",
        "2. Summary",
        "3. Comments on the issue identified",
        "4. Comments on the impacts this may be having",
        "5. Comments on areas for the Proposer to consider",
        "6. Comments not sorted",
        "7. Relating to a possible solution: retained for the Refinement Process",
        "8. Questions and answers",
        "9. How these comments were collected",
        "Annex A: record checksum",
    ]


def test_its_tables_hold_facts_figures_reactions_comments_questions_and_replies() -> None:
    assert rows(DOCUMENT, 0)[4:] == [
        [
            "Sub-Committee invited",
            (
                "Operations Group, meeting 26, 5 November 2019 "
                "(meeting date read from the paper's reference, not confirmed)"
            ),
        ],
        ["Comments received to", "5pm on 12 November 2019 (set by SECAS; the paper gave no date)"],
        ["Change Sub-Committee", "Date not yet recorded"],
    ]
    assert rows(DOCUMENT, 1) == [
        ["Views invited on", "Comments", "Organisations", "Party Categories"],
        ["The issue identified", "2", "2", "Large Suppliers; Other SEC Parties"],
        ["The impacts this may be having", "2", "2", "Large Suppliers; Electricity Networks"],
        ["Areas for the Proposer to consider", "2", "1", "Small Suppliers; not confirmed"],
        ["Relating to a possible solution (section 7)", "1", "0", "not confirmed"],
        ["Not sorted (section 6)", "1", "1", "Small Suppliers"],
        ["Questions (section 8)", "1", "0", "not stated"],
    ]
    assert rows(DOCUMENT, 2)[1:] == [
        ["Agree with the issue as described", "3", "Calder Networks; Tarn Metering; Wharfe Supply"],
        ["Needs clarification", "1", "Not stated"],
    ]
    assert rows(DOCUMENT, 3) == [
        ["Ref", "Respondent", "Category", "Comment (verbatim)", "Proposer's or SECAS response"],
        [
            "DP092-V001",
            "Northshire Energy (member)\nSlack, 30 October 2019",
            "Large Suppliers",
            (
                f"“{ON_THE_ISSUE.text}”\nAgrees with the issue as described.\n"
                f"Reaction “{AGREE}”: two people (Calder Networks; Wharfe Supply)"
            ),
            "Passed to the Proposer. SECAS has asked for the criteria.",
        ],
        [
            "DP092-V005",
            "Tarn Metering (chair and member)\nMeeting, 5 November 2019 (item 16)",
            "Other SEC Parties",
            f"As recorded in the minutes: “{SHOWN[4].text}”",
            "Noted.",
        ],
    ]
    assert rows(DOCUMENT, 4)[1][3:] == [f"“{SHOWN[1].text}”", "None provided."]
    assert rows(DOCUMENT, 8)[1] == [
        "DP092-V006",
        "Organisation not stated\nSlack, 4 November 2019",
        "“Will the slides be shared with this group?”",
        "Alex Sample, SECAS\nDue 8 November 2019",
        (
            "Answered.\nDCC (Proposer), 5.02pm on 4 November 2019 (DP092-R002):\n"
            "“The slides will be sent to members this week.”\nEdited; latest wording shown."
        ),
    ]
    assert rows(DOCUMENT, 9)[1:] == [["DP092-R001", "SECAS\n9am on 1 November 2019", f"“{REPLIES[1].text}”"]]


def test_an_empty_document_has_only_the_table_of_facts() -> None:
    assert len(word(empty()).tables) == 1
    assert ("Report Text", "No comments were received.") in paragraphs(empty())


def test_header_rows_repeat_and_only_long_rows_may_split() -> None:
    made = word(only(PLAIN, replace(PLAIN, text="x" * 999)))
    header, short, long = made.tables[2].rows

    assert header._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in (header, short, long)] == [True, True, False]


def test_very_long_words_have_the_width_of_the_page() -> None:
    """In a column of their own they would fill page after page, three quarters of each of them empty."""
    words = "word " * 600
    _, head, below = rows(only(replace(PLAIN, text=words), given=()), 2)

    assert (head[0], head[3]) == ("DP092-V001", "In full below.")
    assert set(below) == {f"“{words}”"}


def test_the_restricted_edition_is_marked_on_its_first_page() -> None:
    found = paragraphs(WHOLE)

    assert found[0] == ("Restricted", "Restricted: for the SECAS Change Team")
    assert found[2] == ("Classification", "The public version of this document is classified as White.")
    assert [text for style, text in found if style == "Annex"] == [
        "Annex A: record checksum",
        "Annex B: not included in the public version",
    ]
    assert rows(WHOLE, 11)[1:] == [
        [
            "DP092-V010",
            "Northshire Energy\nAda Firth\nSaid at 9am on 5 November 2019",
            f"Set aside\n9.30am on 6 November 2019\nBy {ROBIN}",
            "Thanks only.",
            "“Many thanks for the paper.”",
        ],
        [
            "DP092-V011",
            "Wharfe Supply\nDan Okoro\nSaid at 9.10am on 5 November 2019",
            "Removed in Slack\n9.30am on 7 November 2019",
            "",
            "",
        ],
        [
            "DP092-V012",
            "Tarn Metering\nFinn Reid\nSaid at 9am on 4 November 2019",
            "Replaced by DP092-V005\n11am on 7 November 2019\nBy Finn Reid",
            "",
            "“An earlier thought.”",
        ],
    ]


def test_its_dates_are_the_documents_own() -> None:
    made = word(DOCUMENT).core_properties
    archive = zipfile.ZipFile(io.BytesIO(write(DOCUMENT, Format.DOCX)))

    assert (made.title, made.created, made.modified) == (
        "DP092 Comments v0.1",
        *[datetime.fromisoformat("2019-11-12T17:03:00+00:00")] * 2,
    )
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("document", "pages", "foot"),
    [
        (empty(), 2, "Classified as White."),
        (DOCUMENT, 5, "Classified as White."),
        (WHOLE, 7, "Restricted: for the SECAS Change Team."),
    ],
    ids=["empty", "public", "restricted"],
)
def test_it_renders_on_as_many_pages_as_it_says(
    document: CommentsDocument, pages: int, foot: str, tmp_path: Path
) -> None:
    text = rendered(document, tmp_path)

    found = [re.sub(r"\s+", " ", page) for page in text.split("\f")[:-1]]
    assert len(found) == pages
    for number, page in enumerate(found, 1):
        assert f"DP092 Comments, Version 0.1 (draft). {foot} Page {number} of {pages}" in page
    assert (foot[:-1] in found[0].split("DP092 New")[0]) is (document is WHOLE)
    assert "SHA-256" not in found[0]
    assert "{" not in text


def rendered(document: CommentsDocument, folder: Path) -> str:
    """Its text as LibreOffice lays it out."""
    path = folder / "document.docx"
    path.write_bytes(write(document, Format.DOCX))
    command = [needs("pdftotext"), "-layout", str(converted(path, "pdf")), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def test_the_summarys_rows_may_stand_on_two_pages_and_its_heading_row_goes_with_them() -> None:
    head, *others = word(DOCUMENT).tables[1].rows

    assert head._tr.trPr is not None
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    kept = [
        p.style.paragraph_format.keep_with_next for row in others for c in row.cells for p in c.paragraphs if p.style
    ]
    assert not any(kept)
