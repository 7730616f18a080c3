"""The demo on three papers: what it leaves behind, what it says, and that it reaches nothing outside."""

import json
import re
import socket

import pytest
from docx import Document

from bot import demo
from bot.papers import read_paper
from tests.demo.outside import Outside, connections
from tests.demo.performances import MONTH, SIX, Performances, documents, posts, words_of
from tests.papers.conftest import REAL_PAPER, held

SAID = (
    "It would help to say how often it has arisen in the last twelve months.",
    "which of the existing routes were tried first",
    "who need three months' notice of a change to test scripts",
    "takes our operations desk about a day each week",
    "does not say how 'high impact' was decided & by whom",
    "Five Working Days would be enough.",
    "Would shorter windows at weekends be possible?",
    "The criteria are in the interim report",
    "Solutions will be considered once the problem statement is defined.",
)
WITHDRAWN, EDITED_AWAY = "we see none on networks", "some effect on agents."


# --- what it leaves ---------------------------------------------------------------------------------------------------


def test_it_leaves_the_documents_of_every_proposal_the_posts_an_answer_and_the_digest(
    performances: Performances,
) -> None:
    assert performances.names("sample") == {
        *documents(SIX),
        *posts(SIX),
        "answers/DP092 show.txt",
        "digest.txt",
    }


def test_the_documents_open_and_read_the_same_in_every_form(performances: Performances) -> None:
    folder = performances.out("sample") / "documents"
    for reference in SIX:
        values = json.loads((folder / f"{reference} Comments v0.1.json").read_text("utf-8"))
        document = Document(str(folder / f"{reference} Comments v0.1.docx"))
        word = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        for comment in values["comments"]:
            assert comment["text"].split("\n")[0] in word
            assert comment["ref"] in (folder / f"{reference} Comments v0.1.md").read_text("utf-8")


@pytest.mark.parametrize("form", ["docx", "md"])
def test_what_members_said_is_in_the_documents(performances: Performances, form: str) -> None:
    everything = "\n".join(words_of(path) for path in (performances.out("sample") / "documents").glob(f"*.{form}"))

    for words in SAID:
        assert words in everything


@pytest.mark.parametrize("paper", ["sample", "unknown"])
def test_what_was_withdrawn_is_in_no_file_and_what_was_edited_away_for_secas_alone(
    performances: Performances, paper: str
) -> None:
    for name in performances.names(paper):
        text = words_of(performances.out(paper) / name)
        assert WITHDRAWN not in text, name
        assert EDITED_AWAY not in text or "(restricted)" in name, name


def test_no_members_name_is_in_any_document_but_secas_own(performances: Performances) -> None:
    people = {"Ada", "Firth", "Ben", "Holm", "Cara", "Dunn", "Okoro", "Eve", "Finn", "Reid", "Gwen", "Lowe", ".example"}
    public = [path for path in (performances.out("sample") / "documents").iterdir() if "(restricted)" not in path.name]
    for path in public:
        assert not {word for word in people if re.search(rf"(?<!\w){re.escape(word)}\b", words_of(path))}, path.name


def test_the_posts_are_as_they_stand_at_the_end_with_their_comments_counted(performances: Performances) -> None:
    post = (performances.out("sample") / "posts/DP092.txt").read_text("utf-8")

    assert post.startswith(
        "DP092  New Planned Maintenance Methodology\nDraft Proposal, Development Stage  |  Raised by"
    )
    assert post.endswith("White  |  OPSG_26_0511_16  |  3 comments from 3 organisations\n")
    assert "{" not in post
    assert "<http" not in post


def test_the_heading_lists_every_proposal(performances: Performances) -> None:
    heading = (performances.out("sample") / "posts/0 heading.txt").read_text("utf-8")

    assert re.findall(r"^(DP\d+)  ", heading, re.MULTILINE) == SIX


def test_the_digest_counts_what_was_said(performances: Performances) -> None:
    digest = (performances.out("sample") / "digest.txt").read_text("utf-8")

    assert digest.startswith("Operations Group: Draft Proposals, week to 4 November 2019\n")
    assert "DP092  New Planned Maintenance Methodology  |  3 comments from 3 organisations" in digest
    assert "DP093  Implementing IRP511 and CRP535 to support GBCS v3.2 devices  |  no comments yet" in digest


def test_the_answer_to_show_is_kept(performances: Performances) -> None:
    answer = (performances.out("sample") / "answers/DP092 show.txt").read_text("utf-8")

    assert answer.startswith("DP092  New Planned Maintenance Methodology\n")
    assert "3 comments from 3 organisations" in answer


def test_it_says_each_step_and_where_the_documents_are(performances: Performances) -> None:
    said = performances.said["sample"]

    assert re.findall(r"^(\d)  ", said, re.MULTILINE) == ["1", "2", "3", "4", "5", "6"]
    assert "6 proposals, classified White" in said
    assert "24 files were delivered to SECAS's channel" in said
    assert f"In {performances.out('sample')}:" in said


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        # Each act in the scenes is an entry; the second paper has two proposals, and so two scenes.
        ("sample", f"replied, reacted, edited and withdrew in the threads: {3 + 3 + 4 + 4 + 7} entries"),
        ("unknown", f"replied, reacted and edited in the threads: {3 + 3} entries"),
    ],
)
def test_it_says_what_members_did_and_how_much_of_it_was_recorded(
    performances: Performances, paper: str, sentence: str
) -> None:
    assert f"3  Members {sentence} in the ledger.\n" in performances.said[paper]


# --- other papers -----------------------------------------------------------------------------------------------------


def test_the_real_paper_runs_through(performances: Performances) -> None:
    held(REAL_PAPER)

    assert performances.names("real") == {*documents(SIX), *posts(SIX), "answers/DP092 show.txt", "digest.txt"}
    text = (performances.out("real") / "documents/DP092 Comments v0.1.md").read_text("utf-8")
    item = next(i for i in read_paper(REAL_PAPER.name, REAL_PAPER.read_bytes()).items if i.reference == "DP092")
    assert f"# DP092 {item.title}" in text
    assert item.proposer
    assert item.proposer in text


def test_a_paper_of_an_unknown_body_gets_a_channel_made_for_it(performances: Performances) -> None:
    two = ["DP501", "DP502"]

    assert performances.names("unknown") == {*documents(two), *posts(two), "answers/DP502 show.txt", "digest.txt"}
    assert "posted in the local workspace's channel tabasc:" in performances.said["unknown"]
    digest = (performances.out("unknown") / "digest.txt").read_text("utf-8")
    assert digest.startswith("TABASC: Draft Proposals, week to 4 November 2019")


def test_hostile_words_of_a_paper_read_as_they_are(performances: Performances) -> None:
    out = performances.out("unknown")

    for name in ("posts/DP501.txt", "posts/0 heading.txt", "digest.txt", "documents/DP501 Comments v0.1.json"):
        assert "Names & <codes> {{ 1 }}" in (out / name).read_text("utf-8"), name


# --- its own small world ----------------------------------------------------------------------------------------------


def test_it_reaches_nothing_but_its_own_workspace_whatever_the_environment_says(performances: Performances) -> None:
    assert performances.callers == 0
    assert performances.addresses == ["127.0.0.1"]


def test_it_leaves_nothing_but_its_folder(performances: Performances) -> None:
    left = {path.relative_to(performances.folder).parts[0] for path in performances.folder.rglob("*") if path.is_file()}

    assert left <= {"sample", "unknown", "real", MONTH, "record.json", "lock"}
    assert list((performances.folder / "tmp").iterdir()) == []


def test_the_sample_papers_people_and_addresses_are_marked_as_invented() -> None:
    _, content = demo.sample_paper()

    assert b"the people, companies and addresses named in it are invented" in content
    assert set(re.findall(rb"@([\w.-]+\w)", content)) == {b"secas.example"}


def test_the_outside_would_notice_a_caller() -> None:
    """The guard itself: a connection is counted and its address is seen."""
    outside = Outside()
    with connections() as addresses:
        socket.create_connection(("127.0.0.1", outside.port)).close()
    outside.close()

    assert (outside.callers, addresses[-1]) == (1, "127.0.0.1")
