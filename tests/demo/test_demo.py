"""The demo on four papers: what it leaves behind, what it says, and that it reaches nothing outside.

One second a post is Slack's own limit, so the performances take place side by side, once a test run.
"""

import asyncio
import fcntl
import json
import re
import socket
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot import cli, demo
from bot.papers import read_paper
from tests.papers.conftest import REAL_PAPER, SHORT_PAPER, held

UNKNOWN_BODY = SHORT_PAPER.replace("OPSG_26", "TABASC_26").replace("Clearer tariff names", "Names & <codes> {{ 1 }}")
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
# Withdrawn, or edited away.
UNSAID = ("we see none on networks", "some effect on agents.")


@dataclass(frozen=True)
class Performances:
    """What the runs left: a folder and what was said for each, and what the machine saw of them."""

    folder: Path
    said: dict[str, str]
    addresses: list[str]
    callers: int

    def out(self, name: str) -> Path:
        return self.folder / name / "out"

    def names(self, name: str) -> set[str]:
        out = self.out(name)
        return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}


class Outside:
    """A server on this machine that stands for everything the demo must not reach. It only counts who comes."""

    def __init__(self) -> None:
        self.callers = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Those who came wait in the backlog: count them, then close."""
        try:
            while True:
                self._socket.accept()[0].close()
                self.callers += 1
        except BlockingIOError:
            self._socket.close()


@contextmanager
def connections() -> Iterator[list[str]]:
    """Every host that this process looks up or connects to meanwhile."""
    found: list[str] = []
    watching = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
            where = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
            found.append(str(where[0] if isinstance(where, tuple) else where))

    sys.addaudithook(hook)
    try:
        yield found
    finally:
        watching = False


async def perform_all(folder: Path, papers: dict[str, tuple[str, bytes]]) -> dict[str, str]:
    """Every paper, each in its own folder; what was said."""
    said: dict[str, list[str]] = {name: [] for name in papers}
    await asyncio.gather(
        *(
            demo.perform(folder / name / "out", paper, once=True, say=said[name].append)
            for name, paper in papers.items()
        )
    )
    return {name: "".join(parts) for name, parts in said.items()}


def perform_in(folder: Path) -> dict[str, Any]:
    """The performances with an environment that looks like a real workspace's, and every way out watched."""
    papers = {"sample": demo.sample_paper(), "unknown": ("paper.txt", UNKNOWN_BODY.encode())}
    if REAL_PAPER.exists():
        papers["real"] = (REAL_PAPER.name, REAL_PAPER.read_bytes())
    temporary = folder / "tmp"
    temporary.mkdir()
    outside = Outside()
    with pytest.MonkeyPatch.context() as patch, connections() as addresses:
        for name, value in {
            "SLACK_BOT_TOKEN": "xoxb-1-real-looking",
            "SLACK_APP_TOKEN": "xapp-1-real-looking",
            "SLACK_SIGNING_SECRET": "0123456789abcdef",
            "SLACK_API_URL": f"{outside.address}/api/",
            "DATABASE_URL": f"sqlite:///{folder}/real.db",
            "HTTP_PROXY": outside.address,
            "HTTPS_PROXY": outside.address,
        }.items():
            patch.setenv(name, value)
        patch.setattr(tempfile, "tempdir", str(temporary))
        patch.chdir(temporary)
        said = asyncio.run(perform_all(folder, papers))
    outside.close()
    return {"said": said, "addresses": sorted(set(addresses)), "callers": outside.callers}


@pytest.fixture(scope="session")
def performances(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Performances:
    """Once for all workers of pytest-xdist: the first performs, the others wait and look."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "performances"
    folder.mkdir(exist_ok=True)
    record = folder / "record.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            record.write_text(json.dumps(perform_in(folder)), "utf-8")
    return Performances(folder, **json.loads(record.read_text("utf-8")))


def words_of(path: Path) -> str:
    """All the words in a file; of Word's, of every part in it."""
    if path.suffix != ".docx":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]*>", "", " ".join(parts)).replace("&amp;", "&")


def documents(references: Sequence[str]) -> set[str]:
    return {f"documents/{name} Comments v0.1.{form}" for name in references for form in ("docx", "md", "json")}


def posts(references: Sequence[str]) -> set[str]:
    return {"posts/0 heading.txt", *(f"posts/{name}.txt" for name in references)}


SIX = [f"DP0{number}" for number in range(88, 94)]


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
def test_what_was_withdrawn_or_edited_away_is_in_no_file(performances: Performances, paper: str) -> None:
    for name in performances.names(paper):
        text = words_of(performances.out(paper) / name)
        assert not any(words in text for words in UNSAID), name


def test_no_members_name_is_in_any_document(performances: Performances) -> None:
    people = {"Ada", "Firth", "Ben", "Holm", "Cara", "Dunn", "Okoro", "Eve", "Finn", "Reid", "Gwen", "Lowe", ".example"}
    for path in (performances.out("sample") / "documents").iterdir():
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
    assert "18 files were delivered to SECAS's channel" in said
    assert f"In {performances.out('sample')}:" in said


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("sample", "3  Members replied, reacted, edited and withdrew in the threads: 21 entries in the ledger.\n"),
        ("unknown", "3  Members replied, reacted and edited in the threads: 6 entries in the ledger.\n"),
    ],
)
def test_it_says_what_members_did_and_how_much_of_it_was_recorded(
    performances: Performances, paper: str, sentence: str
) -> None:
    assert sentence in performances.said[paper]


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


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "classified as White",
            "classified as Amber",
            "OPSG_26_0511_16 was not posted to operations-group: the paper is classified Amber and only White is ",
        ),
        ("Paper Reference: OPSG_26_0511_16", "", "The paper was not stored: "),
        (SHORT_PAPER, "Nothing that a paper has.", "The paper was not stored: "),
        (SHORT_PAPER, " ", "paper.txt is empty: a paper must contain text."),
    ],
    ids=["Amber", "no reference", "no paper", "empty"],
)
def test_a_refused_paper_is_its_sentence_and_nothing_is_posted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    sentence: str,
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(SHORT_PAPER.replace(old, new), "utf-8")
    monkeypatch.setattr(sys, "argv", ["dpbot", "demo", "--once", "--out", str(tmp_path / "out"), "--paper", str(paper)])

    with pytest.raises(SystemExit) as ended:
        cli.main()

    shown = capsys.readouterr()
    assert ended.value.code == 1
    assert shown.err.startswith(sentence)
    assert shown.err.count("\n") == 1
    assert "posted in" not in shown.out
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [paper]


# --- its own small world ----------------------------------------------------------------------------------------------


def test_it_reaches_nothing_but_its_own_workspace_whatever_the_environment_says(performances: Performances) -> None:
    assert performances.callers == 0
    assert performances.addresses == ["127.0.0.1"]


def test_it_leaves_nothing_but_its_folder(performances: Performances) -> None:
    left = {path.relative_to(performances.folder).parts[0] for path in performances.folder.rglob("*") if path.is_file()}

    assert left <= {"sample", "unknown", "real", "record.json", "lock"}
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
