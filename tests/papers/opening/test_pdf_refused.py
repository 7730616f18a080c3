"""Files that are no sound PDF, or none that can be read: one sentence each, whatever the bytes."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.papers import open_paper
from tests.papers.opening.sheets import BODY, Sheets, Text, down, picture, refusal, with_header

# Refusals.


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(200), b"Paper Reference: OPSG_26_0511_16", b"%PDF"])
def test_what_is_no_pdf_file_is_refused(content: bytes) -> None:
    assert refusal(content).startswith("paper.pdf is not a PDF file")


def test_a_damaged_file_is_refused() -> None:
    whole = Sheets().page(*down(BODY)).file()

    assert "damaged" in refusal(whole[:-200])
    assert "damaged" in refusal(b"%PDF-1.7\n" + bytes(500) + b"%%EOF")


def test_a_file_without_text_is_refused() -> None:
    assert "only pictures of pages" in refusal(Sheets().page(picture(0, 0, 595, 842)).file())


def test_a_file_with_a_password_is_refused() -> None:
    secret = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"1F" * 32, b"2E" * 32)
    sheets = Sheets(extra=[secret], trailer=b"/Encrypt 7 0 R /ID [<00> <00>]").page(*down(BODY))

    assert "password" in refusal(sheets.file())


def test_too_many_pages_and_too_much_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = Sheets()
    for _ in range(201):
        sheets.page(*down(["x"]))
    assert refusal(sheets.file()).startswith("paper.pdf has 201 pages")

    monkeypatch.setattr("bot.papers.opening.pdf.MOST_CHARACTERS", 1000)
    assert "at most 1,000 characters" in refusal(Sheets().page(*down(BODY * 10)).file())


def test_a_file_that_names_none_of_its_letters_is_refused() -> None:
    assert "which letters" in refusal(Sheets().page(Text("~~~~~", 72, 700, font="U")).file())


# Whatever the bytes.

WHOLE = (
    with_header(3, "This document is classified as White.", "Page {} of 3")
    .page(*down(BODY), picture(72, 100, 300, 200))
    .file()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6)), min_size=1, max_size=12))
def test_no_change_of_bytes_leads_to_anything_but_lines_or_a_refusal(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(WHOLE)
    for place, new in changes:
        content[place : place + len(new)] = new
    try:
        lines = open_paper("paper.pdf", bytes(content)).lines
    except UserError:
        return
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all("\n" not in line.text for line in lines)


def test_bytes_that_only_begin_and_end_as_a_pdf_file_are_refused() -> None:
    noise = random.Random(1)
    for _ in range(50):
        refusal(b"%PDF-1.4\n" + noise.randbytes(300) + b"\n%%EOF")
