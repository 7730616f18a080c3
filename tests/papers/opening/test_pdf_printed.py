"""Papers that were printed as PDF read as their texts."""

from pathlib import Path

import pytest

from bot.papers import LineKind, Reading, open_paper, read_paper
from tests.papers.conftest import ROOT
from tests.papers.opening.printing import print_text, print_web, print_word

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

SAMPLE = (ROOT / "bot/demo/sample_paper.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session", params=["sample", "real"])
def paper(request: pytest.FixtureRequest) -> str:
    return SAMPLE if request.param == "sample" else request.getfixturevalue("real_bytes").decode()


def same(printed: bytes, text: str) -> Reading:
    """What was read from print, once it is seen to be what is read from the text."""
    got, wanted = read_paper("paper.pdf", printed), read_paper("paper.txt", text.encode())
    assert got.paper == wanted.paper
    assert got.items == wanted.items
    assert got.attachments == wanted.attachments
    assert not got.blocked
    return got


def test_a_printed_text_file_reads_as_the_text(paper: str, tmp_path: Path) -> None:
    same(print_text(paper, tmp_path), paper)


@pytest.mark.parametrize("size", [(21, 29.7), (14, 20), (12, 16)])
def test_a_paper_printed_from_word_reads_as_its_text(paper: str, size: tuple[float, float], tmp_path: Path) -> None:
    reading = same(print_word(paper, tmp_path, size=size), paper)

    assert "furniture-removed" in [finding.code for finding in reading.findings]


@pytest.mark.parametrize(("width", "height"), [("21cm", "29.7cm"), ("14cm", "20cm")])
def test_a_paper_printed_from_a_web_page_reads_as_its_text(paper: str, width: str, height: str, tmp_path: Path) -> None:
    same(print_web(paper, tmp_path, width=width, height=height), paper)


def test_headers_and_footers_stay_in_place_and_the_classification_is_read_once(tmp_path: Path) -> None:
    lines = open_paper("paper.pdf", print_word(SAMPLE, tmp_path)).lines
    header = [line.kind for line in lines if line.text.startswith("This document is classified")]
    footers = [line for line in lines if line.text.startswith("Managed by Calder")]

    assert header[0] is LineKind.TEXT
    assert set(header[1:]) == {LineKind.FURNITURE}
    assert {line.kind for line in footers} == {LineKind.FURNITURE}
    assert len(header) == len(footers) > 2
