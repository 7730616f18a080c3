"""Makes PDF files for tests: papers as LibreOffice prints them, and small files written by hand."""

import html
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

A4 = (595, 842)  # points
LISTED = re.compile(r"- (.*)")
SECTION = re.compile(r"\d\. .*|Attachments:")
ITEM = re.compile(r"DP\d+ '.*'")


def soffice() -> str:
    """The program that prints. Elsewhere than in CI its tests are skipped where it is missing."""
    found = shutil.which("soffice")
    if found is None:
        reason = "LibreOffice (soffice) is not on this machine"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, and CI must provide it")
        pytest.skip(reason)
    return found


def print_file(path: Path, *, web: bool = False) -> bytes:
    """A document as PDF. The profile lies beside it, so that tests that run at the same time do not meet."""
    options = ["--infilter=HTML (StarWriter)"] if web else []
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [soffice(), profile, "--headless", *options, "--convert-to", "pdf:writer_pdf_Export"]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120)
    return path.with_suffix(".pdf").read_bytes()


def print_text(text: str, folder: Path) -> bytes:
    """A text file as PDF, with all the marks that are in the text."""
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return print_file(path)


def print_web(text: str, folder: Path, *, width: str = "21cm", height: str = "29.7cm") -> bytes:
    """A paper in the shape of our sample as PDF: headings, lists, and a header and footer on every other page."""
    path = folder / "paper.html"
    path.write_text(_page(text, width, height), encoding="utf-8")
    return print_file(path, web=True)


def print_word(text: str, folder: Path, *, size: tuple[float, float] = (21, 29.7)) -> bytes:
    """The same from Word, with header and footer on all pages. `size` in cm."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(size[0]), Cm(size[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    header, *rest = _blocks(text)
    _runs(section.header.paragraphs[0], header)
    footer = section.footer.paragraphs[0]
    footer.add_run("Managed by Calder\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for block in _whole(rest):
        for line in re.sub(r"\[(.*?)\]\(#\)", r"\1", block).split("\n"):
            found = LISTED.fullmatch(line)
            _runs(document.add_paragraph(style=_style(line)), found[1] if found else line)
    path = folder / "paper.docx"
    document.save(str(path))
    return print_file(path)


def _style(line: str) -> str:
    if LISTED.fullmatch(line):
        return "List Bullet"
    if line.startswith("New Draft Proposals and"):
        return "Title"
    if SECTION.fullmatch(line):
        return "Heading 1"
    return "Heading 2" if ITEM.fullmatch(line) else "Normal"


def _runs(paragraph: Paragraph, text: str) -> None:
    for index, part in enumerate(text.split("**")):
        paragraph.add_run(part).bold = index % 2 == 1


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def _page(text: str, width: str, height: str) -> str:
    header, *rest = _blocks(text)
    body = "\n".join(_block(block) for block in _whole(rest))
    return f"""<html><head><meta charset="utf-8"><style>
        @page {{ size: {width} {height}; margin: 2cm }}
        p, li {{ font-family: "Liberation Sans"; font-size: 11pt; margin-top: 0; margin-bottom: 8pt }}
        h1 {{ font-family: "Liberation Sans"; font-size: 18pt }}
        h2 {{ font-family: "Liberation Sans"; font-size: 15pt }}
        h3 {{ font-family: "Liberation Sans"; font-size: 13pt }}
        </style></head><body>
        <div title="header"><p style="font-size: 8pt">{_words(header)}</p></div>
        {body}
        <div title="footer"><p style="font-size: 8pt">Managed by Calder Page <sdfield type=PAGE>0</sdfield> of
        <sdfield type=DOCSTAT subtype=PAGE>0</sdfield></p></div></body></html>"""


def _whole(blocks: Sequence[str]) -> list[str]:
    """Blocks without the gaps that page breaks left in the text."""
    whole: list[str] = []
    for block in blocks:
        listed = block.startswith("- ") and whole and whole[-1].startswith("- ")
        if whole and (block[0].islower() or listed):
            whole[-1] += f"\n{block}" if listed else f" {block}"
        else:
            whole.append(block)
    return whole


def _block(block: str) -> str:
    block = re.sub(r"\[(.*?)\]\(#\)", r"\1", block)
    lines = block.split("\n")
    if all(LISTED.fullmatch(line) for line in lines):
        return "<ul>" + "".join(f"<li>{_words(line[2:])}</li>" for line in lines) + "</ul>"
    if block.startswith("New Draft Proposals and"):
        return f"<h1>{_words(block)}</h1>"
    if SECTION.fullmatch(block):
        return f"<h2>{_words(block)}</h2>"
    if ITEM.fullmatch(block):
        return f"<h3>{_words(block)}</h3>"
    return "".join(f"<p>{_words(line)}</p>" for line in lines)


def _words(text: str) -> str:
    return re.sub(r"\*\*(.*?)\*\*", r"<b>\1</b>", html.escape(text, quote=False)).replace("\t", " ")


@dataclass(frozen=True)
class Text:
    """Words at a place: points from the page's left and from its foot. `matrix` turns and scales them."""

    text: str
    left: float
    base: float
    size: float = 11
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    mode: int = 0
    font: str = "F"

    def drawn(self) -> bytes:
        words = self.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        matrix = " ".join(str(number) for number in (*self.matrix, self.left, self.base)).encode()
        return b"BT /%s %g Tf %d Tr %s Tm (%s) Tj ET\n" % (self.font.encode(), self.size, self.mode, matrix, words)


@dataclass
class Sheets:
    """A PDF file under the hand: text, pictures and raw drawing on as many pages as are begun."""

    size: tuple[float, float] = A4
    rotate: int = 0
    pages: list[bytes] = field(default_factory=list)
    trailer: bytes = b""
    extra: list[bytes] = field(default_factory=list)  # objects from number 7 on
    page_entries: bytes = b""

    def page(self, *texts: Text | bytes) -> "Sheets":
        self.pages.append(b"".join(text.drawn() if isinstance(text, Text) else text for text in texts))
        return self

    def file(self) -> bytes:
        first = 7 + len(self.extra)
        kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(self.pages)))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self.pages), kids),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 5 0 R >>",
            _stream(UNICODES),
            _stream(
                b"\xff",
                b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            ),
            *self.extra,
        ]
        for drawn in self.pages:
            objects.append(self._page(len(objects) + 2))
            objects.append(_stream(drawn))
        return _file(objects, self.trailer)

    def _page(self, contents: int) -> bytes:
        return (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Rotate %d /Contents %d 0 R %s"
            b"/Resources << /Font << /F 3 0 R /U 4 0 R >> /XObject << /I 6 0 R >> >> >>"
        ) % (*self.size, self.rotate, contents, self.page_entries)


# What the characters of the font U stand for: "f" for the letters ffi, "#" for a private one, "=" for a soft hyphen.
UNICODES = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
4 beginbfchar <66> <006600660069> <23> <F0B7> <3D> <00AD> <7E> <0005> endbfchar
3 beginbfrange <20> <22> <0020> <3E> <65> <003E> <67> <7D> <0067> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def marked(text: str, mark: str, after: str, left: float, base: float) -> bytes:
    """A line in 11 points with a small raised mark in it."""
    drawn = (text.encode(), mark.encode(), after.encode())
    return b"BT 1 0 0 1 %g %g Tm /F 11 Tf (%s) Tj /F 6.5 Tf 4 Ts (%s) Tj /F 11 Tf 0 Ts (%s) Tj ET\n" % (
        left,
        base,
        *drawn,
    )


def picture(left: float, base: float, width: float, height: float) -> bytes:
    return b"q %g 0 0 %g %g %g cm /I Do Q\n" % (width, height, left, base)


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    ) % (size, table, size, trailer, len(out))
