"""Word documents as LibreOffice writes them from texts and web pages: the paper is the same."""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from bot.papers import Reading, read_paper
from tests.papers.conftest import REAL_PAPER, ROOT, SHORT_PAPER, held
from tests.programs import converted

SAMPLE = ROOT / "bot/demo/sample_paper.txt"
TEXT_FILTER = "Text (encoded):UTF8,LF,,,"

Saved = Callable[[str, str, str], bytes]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A text as LibreOffice saves it in Word's format: the text, its file's name, the filter it is read with."""
    folder = tmp_path_factory.mktemp("office")

    def save(text: str, name: str, infilter: str) -> bytes:
        (folder / name).write_text(text, encoding="utf-8")
        return converted(folder / name, "docx:MS Word 2007 XML", infilter).read_bytes()

    return save


def same(one: Reading, other: Reading) -> bool:
    """Whether two readings find the same in the paper; the lines they stand in differ."""
    return (one.paper, one.items, one.attachments) == (other.paper, other.items, other.attachments)


@pytest.mark.parametrize("path", [SAMPLE, REAL_PAPER], ids=["sample", "real"])
def test_a_text_that_was_saved_as_a_word_document_is_the_same_paper(saved: Saved, path: Path) -> None:
    text = held(path).read_text(encoding="utf-8")
    plain, paper = (
        read_paper("paper.txt", text.encode()),
        read_paper("paper.docx", saved(text, "a.txt", TEXT_FILTER)),
    )

    assert same(paper, plain)
    assert [finding.code for finding in paper.findings] == [finding.code for finding in plain.findings]


@pytest.mark.parametrize("path", [SAMPLE, REAL_PAPER, None], ids=["sample", "real", "short"])
def test_headings_lists_and_bold_words_of_a_web_page_are_the_same_paper(saved: Saved, path: Path | None) -> None:
    text = SHORT_PAPER if path is None else held(path).read_text(encoding="utf-8")
    content = saved(_page(text), "b.html", "HTML (StarWriter)")

    assert same(read_paper("paper.docx", content), read_paper("paper.txt", text.encode()))


def _page(text: str) -> str:
    """A paper as a web page, with true headings, lists and bold words."""
    page = []
    for line in filter(None, text.split("\n")):
        words = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(line, quote=False))
        words = re.sub(r"\[(.+)\]\(#\)", r'<a href="#x">\1</a>', words)
        if re.match(r"\d\. |\[?DP\d+ ['‘]", line):
            page.append(f"<h2>{words}</h2>")
        elif line.startswith("- "):
            page.append(f"<ul><li>{words[2:]}</li></ul>")
        else:
            page.append(f"<p>{words}</p>")
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(page)}</body></html>"
