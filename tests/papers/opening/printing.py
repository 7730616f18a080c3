"""Prints papers as PDF for tests, as LibreOffice prints them."""

import html
import re
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from tests.programs import converted

LISTED = re.compile(r"- (.*)")
SECTION = re.compile(r"\d\. .*|Attachments:")
ITEM = re.compile(r"DP\d+ '.*'")


def print_file(path: Path, *, web: bool = False) -> bytes:
    """A document as PDF."""
    return converted(path, "pdf:writer_pdf_Export", "HTML (StarWriter)" if web else "").read_bytes()


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
