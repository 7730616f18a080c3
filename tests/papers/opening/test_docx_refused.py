"""Files that are no sound Word document: one sentence each, whatever the bytes."""

import io
import random
import zipfile

import pytest

from bot.errors import UserError
from bot.papers import open_paper, parse
from tests.papers.opening.word import MAIN, cell, field, listed, paragraph, run, styled, table, unzipped, word, zipped

TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"


def changed(name: str, old: str, new: str) -> bytes:
    """A Word document with one of its parts changed."""
    files = unzipped(word(paragraph("One")))
    assert old.encode() in files[name]
    return zipped(files | {name: files[name].replace(old.encode(), new.encode())})


def with_file(name: str, content: bytes) -> bytes:
    return word(paragraph("One"), files={name: content})


def lying(content: bytes, size: int) -> bytes:
    """The archive with its largest entry said to unpack to `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.file_size)
    return content.replace(largest.file_size.to_bytes(4, "little"), size.to_bytes(4, "little"))


def twice() -> bytes:
    """A package in which one part stands two times, as a reader of the first would not know."""
    return zipped({DOCUMENT: b"<x/>", "word/documenu.xml": b"<y/>"}).replace(b"documenu", b"document")


LAUGHS = '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "ha">]>'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
BOMB = b"<w:p/>" * 10_000_000
REFUSED = {
    "picture": (b"\x89PNG\r\n\x1a\n\x00", "is not a Word document"),
    "PDF": (b"%PDF-1.7", "is not a Word document"),
    "text": (b"PK but no archive", "is damaged"),
    "old or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password or an old .doc"),
    "other archive": (zipped({"a.txt": b"a"}), "is not a Word document"),
    "workbook": (changed(TYPES, MAIN, MAIN.replace("wordprocessingml.document", "sheet")), "is not a Word document"),
    "macros by type": (changed(TYPES, MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "macros by file": (with_file("word/vbaProject.bin", b"x"), "macros"),
    "strict": (
        changed(
            "_rels/.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        ),
        "strict format",
    ),
    "entities": (changed(DOCUMENT, DECLARED, LAUGHS), "definitions"),
    "entities in UTF-16": (with_file(DOCUMENT, f"{LAUGHS}<w:document xmlns:w='x'/>".encode("utf-16")), "definitions"),
    "entities in another encoding": (
        with_file(DOCUMENT, LAUGHS.replace("?>", " encoding='cp037'?>", 1).encode("cp037") + "<a/>".encode("cp037")),
        "definitions|is damaged",
    ),
    "no XML": (with_file(DOCUMENT, b"nonsense"), "is damaged"),
    "deep": (changed(DOCUMENT, "<w:body>", "<w:body>" + "<w:sdt>" * 5_000), "is damaged"),
    "no document": (changed("_rels/.rels", "word/document.xml", "word/none.xml"), "is damaged"),
    "two of one name": (twice(), "is damaged"),
    "many entries": (zipped({f"{n}.xml": b"" for n in range(2_001)}), "unpacks to more"),
    "bomb": (with_file("word/media/x.bin", bytes(30_000_000)), "unpacks to more"),
    "large": (zipped({f"{n}.bin": random.Random(n).randbytes(1_000) * 990 for n in range(61)}), "unpacks to more"),
    "bomb that lies": (lying(with_file("word/styles.xml", BOMB), 900_000), "is damaged"),
    "packed otherwise": (zipped(unzipped(word(paragraph("One"))), zipfile.ZIP_LZMA), "is damaged"),
    "empty": (word(paragraph("")), "is empty"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_sound_word_document_gets_one_sentence(what: str) -> None:
    content, words = REFUSED[what]
    with pytest.raises(UserError, match=words) as caught:
        open_paper("paper.docx", content)

    assert str(caught.value).startswith("paper.docx ")
    assert str(caught.value).endswith(".")
    assert str(caught.value).count(". ") == 0


def test_a_picture_that_is_not_there_or_stands_elsewhere_is_forgiven() -> None:
    relation = '<Relationship Id="{}" Type="x/image" Target="{}" {}/></Relationships>'
    missing = relation.format("a", "media/none.png", "")
    outside = relation.format("b", "https://calder.example/x.png", 'TargetMode="External"')

    for each in (missing, outside):
        content = changed("word/_rels/document.xml.rels", "</Relationships>", each)
        assert open_paper("paper.docx", content).lines[0].text == "One"


@pytest.fixture(scope="module")
def full() -> bytes:
    """A document with something of everything, to be damaged."""
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('Boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"
    body = styled("Purpose", "Heading2") + paragraph(run("One") + mark + box) + listed("two", 1)
    body += table([["A", cell("", "<w:vMerge/>")], ["C", "D"]]) + paragraph(field("PAGE", run("x")))
    note = f'<w:footnote w:id="1">{paragraph("Note")}</w:footnote>'
    return word(body, {"footnotes": note, "header": paragraph("WHITE"), "footer": paragraph("3"), "comments": ""})


def read_or_refused(content: bytes) -> bool:
    """Whether it is read; anything but lines or a UserError fails the test."""
    try:
        paper = open_paper("paper.docx", content)
    except UserError:
        return False
    assert [line.number for line in paper.lines] == list(range(1, len(paper.lines) + 1))
    assert all(1 <= (finding.line or 1) <= len(paper.lines) for finding in paper.findings)
    parse(paper)
    return True


def damaged(full: bytes, seed: int) -> bytes:
    """The document with tags of one of its parts doubled, moved, renamed or gone."""
    by = random.Random(seed)
    files = unzipped(full)
    name = by.choice(list(files))
    tags = files[name].split(b"<")
    for _ in range(by.choice((1, 2, 10))):
        place = by.randrange(len(tags))
        tags[place] = by.choice(
            [tags[place] + by.choice(tags), tags[place].replace(b"w:", b"m:"), by.choice(tags), b""]
        )
    return zipped(files | {name: b"<".join(tags)})


def test_parts_that_were_changed_are_read_or_refused(full: bytes) -> None:
    read = sum(read_or_refused(damaged(full, seed)) for seed in range(300))

    assert read > 40, "too many are refused: little behind the opening is tried"
