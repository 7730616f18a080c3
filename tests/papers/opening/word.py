"""Word documents written part by part, so that they can hold what Word writes seldom and what nobody should."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from bot.papers import LineKind, Opened, open_paper
from bot.papers.lines import Line

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{MIME}.document.main+xml"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{rest}</w:style>'
    for key, name, rest in (
        ("Normal", "Normal", ""),
        ("Heading2", "heading 2", '<w:basedOn w:val="Normal"/>'),
        ("PaperHeading", "Paper heading", '<w:basedOn w:val="Heading2"/>'),
        ("Outlined", "Outlined", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("Title", "Title", ""),
        ("TOC1", "toc 1", ""),
        ("ListBullet2", "List Bullet 2", ""),
        ("Points", "Points", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>"),
        ("Round", "Round", '<w:basedOn w:val="Round2"/>'),
        ("Round2", "Round 2", '<w:basedOn w:val="Round"/>'),
    )
)
# List 1 has bullets, list 2 counts.
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/></w:lvl>'
    f'<w:lvl w:ilvl="1"><w:numFmt w:val="{form}"/></w:lvl></w:abstractNum>'
    for key, form in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in (1, 2))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of plain text, or of XML where it starts with a tag."""
    inside = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def listed(text: str, list_id: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(rows: Sequence[Sequence[str]]) -> str:
    """Cells are plain text, or the XML of a whole cell."""
    cells = ("".join(c if c.startswith("<w:tc>") else cell(c) for c in each) for each in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{inside}</w:tr>' for inside in cells)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def word(body: str, parts: Mapping[str, str] | None = None, files: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document. `parts`: the inside of footnotes, endnotes, comments, settings, header or footer, by kind.

    `files`: further files of the package, and such as take the place of its own.
    """
    kinds = {"styles": STYLES, "numbering": NUMBERING, **(parts or {})}
    content = {
        "[Content_Types].xml": _types(kinds),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind in kinds}),
        "word/document.xml": _root("document", f"<w:body>{body}{_section(kinds)}</w:body>"),
        **{f"word/{kind}.xml": _root(ROOTS.get(kind, kind), inside) for kind, inside in kinds.items()},
    }
    return zipped({name: text.encode() for name, text in content.items()} | dict(files or {}))


ROOTS = {"header": "hdr", "footer": "ftr"}


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(body: str, **parts: str) -> Opened:
    return open_paper("paper.docx", word(body, parts))


def said(lines: Sequence[Line]) -> list[tuple[LineKind, int, str]]:
    return [(line.kind, line.level, line.text) for line in lines if line.kind is not LineKind.BLANK]


def texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in opened(body, **parts).lines]


def found(paper: Opened) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in paper.findings]


def _section(kinds: Mapping[str, str]) -> str:
    shown = (f'<w:{kind}Reference w:type="default" r:id="{kind}"/>' for kind in ROOTS if kind in kinds)
    return f"<w:sectPr>{''.join(shown)}</w:sectPr>"


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{name} {NAMES}>{inside}</w:{name}>'


def _types(kinds: Mapping[str, str]) -> str:
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{MIME}.{kind}+xml"/>' for kind in kinds)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="x/bin"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>{overrides}</Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    inside = "".join(f'<Relationship Id="{k}" Type="{R}/{k}" Target="{target}"/>' for k, target in targets.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )
