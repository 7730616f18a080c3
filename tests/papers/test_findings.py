"""Every finding: one fault made in the short paper brings its code, its severity, and a clear sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.papers import Reading, Severity
from bot.papers.findings import CODES, OF_REGISTER

RAISED = "DP501 was raised by Ada Holt of Northshire Energy."
LEAD = "The Lead Analyst from SECAS is Robin Ainsley."
STATEMENT = "This document is classified as White. It may be published."
STAGE = "These have entered the Development Stage."
REQUEST = "The Group is requested to **DISCUSS** the proposals and send comments to team@secas.example."
SECTION = "2. New Draft Proposals"
EMPTY_SECTION = "3. New Modification Proposals\n\nThese have entered the Refinement Process.\n\n4. Recommendations"

# code: the words to replace, and the line of the finding (None: the whole paper)
FAULTS: dict[str, tuple[dict[str, str], int | None]] = {
    "classification-missing": ({STATEMENT: ""}, None),
    "classification-unknown": ({"as White": "as Mauve"}, 1),
    "classification-contradictory": ({"Tariff names are long.": "Appendix A is classified as Red."}, 1),
    "reference-missing": ({"Paper Reference: OPSG_26_0511_16": ""}, None),
    "no-proposals": ({"DP501 'Clearer": "'Clearer", "DP502 'Shorter": "'Shorter"}, None),
    "heading-unclear": ({"DP501 'Clearer tariff names'": "DP501 and DP503 'Clearer tariff names'"}, 16),
    "item-title-missing": ({"DP501 'Clearer tariff names'": "DP501"}, 16),
    "reference-mismatch": ({RAISED: "DP499 was raised by Ada Holt of Northshire Energy."}, 16),
    "number-repeated": ({"DP502": "DP501"}, 28),
    "reference-unclear": ({"OPSG_26_0511_16": "OPSG-26"}, 3),
    "title-missing": ({"Discussion\n\nNew Draft Proposals\n": "Discussion\n"}, None),
    "action-missing": ({"Action: For Discussion": ""}, None),
    "purpose-missing": ({"This paper lists what is new.": ""}, None),
    "invitations-missing": ({"We invite any views": "We read any views"}, None),
    "recommendation-missing": ({REQUEST: ""}, None),
    "comments-address-missing": ({"team@secas.example": "us"}, 42),
    "comments-address-unclear": ({"team@secas.example": "team@secas.example or help@secas.example"}, 42),
    "closing-date-unclear": ({"team@secas.example": "team@secas.example by 5pm on 12 November"}, 42),
    "date-missing": ({"29 October 2019": ""}, None),
    "dates-differ": ({"Action: For Discussion": "Action: For Discussion\nDate: 28 October 2019"}, 49),
    "author-missing": ({"Alex Penrose": "", "SECAS Team": ""}, None),
    "meeting-date-unknown": ({"OPSG_26_0511_16": "OPSG_26_3113_16"}, 3),
    "section-empty": ({"3. Recommendations": EMPTY_SECTION}, 40),
    "stage-missing": ({STAGE: ""}, 12),
    "stage-unclear": ({STAGE: "These are in the Development Stage or the Report Phase."}, 12),
    "item-title-unclear": ({"'Clearer tariff names'": "'Clearer tariff names"}, 16),
    "proposer-missing": ({RAISED: ""}, 16),
    "proposer-unclear": ({RAISED: "DP501 was raised by Ada Holt so that names become short."}, 16),
    "organisation-missing": ({RAISED: "DP501 was raised by Ada Holt."}, 16),
    "lead-analyst-missing": ({LEAD: ""}, 16),
    "summary-missing": ({"Tariff names are long.": ""}, 16),
    "impacts-missing": ({"Anticipated Operational Impacts\n\nNone.\n": ""}, 16),
    "appendix-missing": ({"The draft problem statement can be found in Appendix A.": ""}, 16),
    "appendix-not-listed": ({"- **Appendix A:** DP501 draft problem statement\n": ""}, 16),
    "appendix-differs": ({"found in Appendix B.": "found in Appendix A."}, 28),
    "unplaced-text": ({"Attachments:": "Attachments:\n\nWords that belong nowhere."}, 52),
    "meeting-date-inferred": ({}, 3),
    "paragraph-rejoined": ({"Tariff names are long.": "Tariff names\n\nare long."}, 22),
    "no-draft-proposals": ({"DP501": "MP501", "DP502": "MP502"}, None),
    "no-modification-proposals": ({"on\n\nNew Draft Proposals": "on\n\nNew Draft and Modification Proposals"}, None),
    "none-this-month": ({}, None),
    "proposer-to-be-confirmed": ({RAISED: "DP501 was raised by TBC."}, 16),
    "lead-analyst-to-be-confirmed": ({LEAD: "The Lead Analyst from SECAS is TBC."}, 16),
    "proposal-not-read": ({"DP502 'Shorter notices'": "Shorter notices"}, 30),
    "meeting-date-far": ({"OPSG_26_0511_16": "OPSG_26_1105_16"}, 3),
    "type-differs": ({"DP502": "MP502"}, 28),
    "heading-in-item": ({"3. Recommendations": "Next steps\n\nWe meet in May.\n\n3. Recommendations"}, 40),
    "title-shared": ({"DP501 'Clearer tariff names'": "DP501A and DP501B 'Clearer tariff names'"}, 16),
    "former-name-differs": ({"DP501 'Clearer": "MP501, previously DP499, 'Clearer"}, 16),
    "several-organisations": ({RAISED: "DP501 was raised by Ada Holt of Calder and Ben Crane of the DCC."}, 16),
    "table-differs": ({STAGE: f"{STAGE}\n\n| Ref | Title |\n|---|---|\n| DP501 | Names |\n\n"}, 18),
    "action-differs": ({"For Discussion": "For Decision"}, None),
    "footnote-unclear": ({"Tariff names are": "Tariff names1 are"}, 20),
    "footnote-digit": ({"names are long.": "names1 are long.\n\n1 In England."}, 20),
    "table-as-text": ({"Tariff names are long.": "| Name | Nord |\n| Length | 4 |"}, 20),
    "hyphen-unclear": ({"Tariff names are long.": "Real-\ntime names are long."}, 21),
    "hyphen-joined": ({"Tariff names are long.": "A Non-\nMandated name is long."}, 21),
    "attachment-unmatched": ({"The draft problem statement can be found in Appendix A.": ""}, 52),
}


# What only files of certain formats, or the register, bring: their tests stand beside those.
ELSEWHERE = {
    "tracked-changes": "opening/test_docx.py",
    "comments-ignored": "opening/test_docx.py",
    "hidden-text": "opening/test_docx.py",
    "text-box": "opening/test_docx.py",
    "picture-ignored": "opening/test_docx.py",
    "furniture-removed": "opening/test_pdf_pages.py",
    "encoding-guessed": "test_reading.py",
    **dict.fromkeys(OF_REGISTER - {"classification-by-analyst"}, "../services/test_comparing.py"),
    "classification-by-analyst": "test_resolving.py",
}


def test_every_code_has_its_fault_here_or_where_it_comes_from() -> None:
    assert set(FAULTS) | set(ELSEWHERE) == set(CODES)
    for code, file_name in ELSEWHERE.items():
        assert f'"{code}"' in (Path(__file__).parent / file_name).read_text(encoding="utf-8"), code


@pytest.mark.parametrize("code", [code for code in FAULTS if code != "none-this-month"])
def test_a_fault_brings_its_finding(changed: Callable[..., Reading], code: str) -> None:
    words, line = FAULTS[code]
    found = [finding for finding in changed(words).findings if finding.code == code]

    assert found
    assert found[0].severity is CODES[code]
    assert found[0].line == line
    assert found[0].message[0].isupper()
    assert found[0].message.endswith(".")


def test_the_short_paper_itself_has_one_note_only(changed: Callable[..., Reading]) -> None:
    assert [finding.code for finding in changed({}).findings] == ["meeting-date-inferred"]


@pytest.mark.parametrize("code", [code for code, severity in CODES.items() if severity is Severity.ERROR])
def test_an_error_blocks_the_paper(changed: Callable[..., Reading], code: str) -> None:
    assert changed(FAULTS[code][0]).blocked


def test_a_paper_that_says_there_are_none_has_a_note(read: Callable[[str], Reading], short_paper: str) -> None:
    start, end = short_paper.index("These have"), short_paper.index("3. Recommendations")
    none = (
        short_paper[:start] + "There are no new Draft Proposals this month; DP499 is on hold.\n\n" + short_paper[end:]
    )
    reading = read(none)

    assert reading.items == ()
    assert "none-this-month" in [finding.code for finding in reading.findings]
    assert not reading.blocked


def test_one_section_that_says_none_does_not_excuse_another_that_says_nothing(
    read: Callable[[str], Reading], short_paper: str
) -> None:
    start, end = short_paper.index("These have"), short_paper.index("3. Recommendations")
    empty = (
        "There are no new Draft Proposals.\n\n3. New Modification Proposals\n\nSee the table.\n\n4. Recommendations\n"
    )

    assert "no-proposals" in [f.code for f in read(short_paper[:start] + empty + short_paper[end:]).findings]


def test_findings_stand_in_the_order_of_the_lines(changed: Callable[..., Reading]) -> None:
    findings = changed({RAISED: "", "Alex Penrose": "", "SECAS Team": "", "29 October 2019": ""}).findings

    lines = [finding.line or 0 for finding in findings]
    assert lines == sorted(lines)
