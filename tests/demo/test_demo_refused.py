"""What the demo and the preview cannot take is one sentence."""

import sys
from pathlib import Path

import pytest

from bot import cli
from tests.house import SAMPLE
from tests.papers.conftest import SHORT_PAPER
from tests.terminal import Terminal


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


def test_the_demo_refuses_a_file_that_is_not_there(empty: Terminal) -> None:
    shown = empty.types("demo", "--once", "--paper", "no.txt")

    assert (shown.code, shown.sentence) == (
        2,
        "no.txt: it cannot be read (No such file or directory); allowed is a paper's file.",
    )


def test_the_preview_needs_a_paper_and_refuses_a_port_that_is_none(empty: Terminal) -> None:
    assert empty.types("preview").sentence == (
        "Missing option '--paper'. `dpbot preview --help` shows what is allowed."
    )
    shown = empty.types("preview", "--paper", SAMPLE, "--port", "70000")
    assert (shown.code, "--port" in shown.sentence, "65535" in shown.sentence) == (2, True, True)


def test_the_preview_refuses_a_word_that_is_no_classification(empty: Terminal) -> None:
    shown = empty.types("preview", "--paper", SAMPLE, "--classification", "purple")

    assert (shown.code, shown.out) == (2, "")
    assert shown.sentence.startswith("'purple' is no classification: allowed is ")
