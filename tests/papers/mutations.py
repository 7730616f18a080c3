"""Good papers made bad, by a seed: what a hand, a program or a bad line does to text, Word and PDF files."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

import docx

from tests.house import SAMPLE
from tests.papers import hostile
from tests.papers.conftest import SHORT_PAPER

# Phrases that papers are made of.
PHRASES = [
    "This document is classified as **White**.",
    "This paper is classified as Mauve.",
    "Paper Reference:\tOPSG_26_0511_16",
    "Paper Reference: X_1_9999_1",
    "Action:",
    "Title: 'x",
    "1. Purpose",
    "2. New Draft Proposals",
    "## Modification Proposals",
    "[DP088 'A 'B''](#)",
    "DP089 “A’",
    "MP102A and MP102B 'x'",
    "DP0",
    "DP",
    "DP090",
    "# DP091 Title",
    "SECMP0009: 'Old'",
    "DP088 was raised by X of Y on behalf of Z.",
    "DP089 has been raised by .",
    "This proposal was raised by the (",
    "The Lead Analyst from SECAS is TBC.",
    "The Lead Analyst is",
    "Anticipated Operational Impacts",
    "Impacts:",
    "We do not see no impact",
    "None.",
    "to be confirmed",
    "The draft problem statement can be found in Appendix A.",
    "We invite any views on",
    "We invite views on:",
    "3. Recommendations",
    "is requested to:",
    "a@b.c",
    "by 99pm on 31 April 2020",
    "Attachments:",
    "- **Appendix A:** DP088",
    "Appendix ZZ -",
    "Ann Other",
    "SECAS Team",
    "31 February 2019",
    "29 October 2019",
    "| DP088 | A title | Calder | Ada Holt |",
    "|---|:-:|",
    "| a |",
    "the same approach1 as before.2",
    "1 See Section D.",
    "- ",
    "-",
    "*",
    "**",
    "(",
    "'",
    "and goes on",
    "no new Draft Proposals",
    "Page 2 of 5",
    "\f",
    "\v",
    "\u2028",
    "\ufb01",
    "²",
    "٣",
]
TIMES = [*[1] * 30, *[40] * 10, 2_000]  # how often a character is put where it has no place
MARKS = "0123456789 \n\t'’“”().,:;-*#|[]@&<>{}"
SNIPPETS = [
    *(
        "<w:br/>",
        "<w:tab/>",
        "<w:noBreakHyphen/>",
        '<w:br w:type="page"/>',
        "</w:p>",
        "<w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
    ),
    "<w:ins><w:r><w:t>DP509</w:t></w:r></w:ins>",
    "<w:del><w:r><w:delText>DP501</w:delText></w:r></w:del>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>DP501</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "<w:tbl/>",
    '<w:tc><w:tcPr><w:gridSpan w:val="-9"/><w:vMerge/></w:tcPr></w:tc>',
    '<w:footnoteReference w:id="99"/>',
    '<w:commentReference w:id="x"/>',
    "<w:rPr><w:vanish/></w:rPr>",
    '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
    '<w:pPr><w:pStyle w:val="nobody"/><w:outlineLvl w:val="99"/></w:pPr>',
    '<w:pPr><w:numPr><w:ilvl w:val="-1"/><w:numId w:val="77"/></w:numPr></w:pPr>',
    '<w:hyperlink r:id="rId999"><w:r><w:t>DP502</w:t></w:r></w:hyperlink>',
    '<w:fldSimple w:instr="PAGE"/>',
    "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
    '<w:sym w:char="zz" w:font="Wingdings"/>',
    "<w:txbxContent><w:p><w:r><w:t>DP503 'x'</w:t></w:r></w:p></w:txbxContent>",
]
TOKENS = [
    *("0", "-1", "99999999999", "1e308", ".", "/", "<<", ">>", "[", "]", "(", ")", "<", ">", "R", "null", "true", "%"),
    *("obj", "endobj", "stream\n", "endstream", "xref", "trailer", "startxref", "/Type", "/Kids", "/Font", "/Length 5"),
    *(
        "BT",
        "ET",
        "Tj",
        "TJ",
        "Td",
        "Tm 1 0 0 1 1e9 -1e9",
        "Tf",
        "Do",
        "q",
        "Q",
        "cm 0 0 0 0 0 0",
        "(DP501 'x') Tj",
        "'",
    ),
]


def mutated_text(seed: int) -> tuple[str, bytes]:
    """Name and bytes of a text file; the same for the same seed."""
    by = Random(seed)
    papers: Sequence[Callable[[], str]] = [
        _sample,
        *[lambda: SHORT_PAPER] * 4,
        *[lambda: "".join(by.choice(PHRASES) + by.choice(("\n\n", "\n", " ", "")) for _ in range(by.randrange(1, 60)))]
        * 11,
    ]
    text = by.choice(papers)()
    for _ in range(by.randrange(1, 12)):
        text = by.choice((_lines_moved, _phrase_put, _characters_changed, _cut))(by, text)
    content = text.encode(by.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-8-sig")), "replace")
    return by.choice(("paper.txt", "paper.md")), content if by.random() < 0.9 else _bytes_changed(by, content, [])


@cache
def _sample() -> str:
    return SAMPLE.read_text("utf-8")


def _lines_moved(by: Random, text: str) -> str:
    lines = text.split("\n")
    start = by.randrange(len(lines))
    end = min(len(lines), start + by.randrange(1, 6))
    moved = lines[start:end]
    if by.random() < 0.7:
        del lines[start:end]
    place = by.randrange(len(lines) + 1)
    lines[place:place] = moved if by.random() < 0.7 else []
    return "\n".join(lines)


def _phrase_put(by: Random, text: str) -> str:
    place = by.randrange(len(text) + 1)
    if by.random() < 0.5:
        place = text.find("\n", place) + 1
    return text[:place] + by.choice(PHRASES) + by.choice(("", "\n", "\n\n", " ")) + text[place:]


def _characters_changed(by: Random, text: str) -> str:
    if not text:
        return text
    place = by.randrange(len(text))
    new: str = by.choice([*MARKS, chr(by.randrange(1, 0x300)), chr(by.randrange(1, 0xD800))])
    return text[:place] + new * by.choice(TIMES) + text[place + by.choice((0, 1, 1, 5)) :]


def _cut(by: Random, text: str) -> str:
    start = by.randrange(len(text) + 1)
    return text[:start] + text[start + by.randrange(1, 200) :]


def _bytes_changed(by: Random, content: bytes, tokens: Sequence[bytes]) -> bytes:
    kept = bytearray(content)
    for _ in range(by.choice((1, 2, 4, 16))):
        place = by.randrange(len(kept) + 1)
        match by.randrange(5):
            case 0:
                kept[place : place + 1] = by.randbytes(1)
            case 1:
                del kept[place : place + by.choice((1, 1, 20, 500))]
            case 2:
                kept[place:place] = kept[by.randrange(len(kept) + 1) :][: by.choice((1, 20, 500))]
            case _:
                kept[place:place] = b" %b " % by.choice(tokens) if tokens else by.randbytes(2)
    return bytes(kept)


@cache
def _parts() -> dict[str, bytes]:
    """The parts of a Word document that has headings, bullets and a table beside its text."""
    document = docx.Document()
    for line in SHORT_PAPER.splitlines():
        style = "Heading 1" if line[:2] in {"1.", "2.", "3."} else "List Bullet" if line.startswith("- ") else "Normal"
        document.add_paragraph(line, style)
    table = document.add_table(2, 3)
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.text = "DP501"
    kept = io.BytesIO()
    document.save(kept)
    with zipfile.ZipFile(kept) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith(".jpeg")}


def mutated_word(seed: int) -> tuple[str, bytes]:
    """Name and bytes of a Word document: mostly a sound archive whose parts are not."""
    by = Random(seed)
    parts = dict(_parts())
    for _ in range(by.choice((1, 2, 4, 8))):
        name = "word/document.xml" if by.random() < 0.7 else by.choice(list(parts))
        parts[name] = _elements_changed(by, parts[name]) if by.random() < 0.8 else _bytes_changed(by, parts[name], [])
    if by.random() < 0.1:
        del parts[by.choice(list(parts))]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return "paper.docx", kept.getvalue() if by.random() < 0.8 else _bytes_changed(by, kept.getvalue(), [])


def _elements_changed(by: Random, xml: bytes) -> bytes:
    """A snippet between two tags, an element's tags twice or gone, or a value as it should not be."""
    tags = [found.span() for found in re.finditer(rb"<[^<>]*>", xml)]
    if not tags:
        return xml
    start, end = by.choice(tags)
    match by.randrange(4):
        case 0:
            new = b""
        case 1:
            new = xml[start:end] * 2
        case 2:
            value = by.choice((b"", b"-1", b"99999999999999", b"x", b"&#0;", b"&lt;"))
            new = re.sub(rb'"[^"]*"', b'"%b"' % value, xml[start:end], count=1)
        case _:
            new = by.choice(SNIPPETS).encode() + xml[start:end]
    return xml[:start] + new + xml[end:]


@cache
def _pdf() -> bytes:
    return hostile.pdf()


def mutated_pdf(seed: int) -> tuple[str, bytes]:
    """Name and bytes of a PDF file, whose parts are not packed, so that changes reach what they say."""
    return "paper.pdf", _bytes_changed(Random(seed), _pdf(), [token.encode() for token in TOKENS])
