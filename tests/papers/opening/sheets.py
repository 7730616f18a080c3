"""Makes small PDF files by hand, for tests of what is read from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.errors import UserError
from bot.papers import LineKind, Opened, open_paper

A4 = (595, 842)  # points


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


BODY = [
    "Calder reads the meters of its customers once an hour and",
    "sends what it finds to Northshire Energy, which has asked it",
    "to do so for as long as the trial lasts.",
]


def opened(sheets: Sheets) -> Opened:
    return open_paper("paper.pdf", sheets.file())


def words(sheets: Sheets) -> list[str]:
    return [line.text for line in opened(sheets).lines if line.kind is not LineKind.BLANK]


def found(opened: Opened) -> dict[str, str]:
    return {finding.code: finding.message for finding in opened.findings}


def refusal(content: bytes) -> str:
    with pytest.raises(UserError) as refused:
        open_paper("paper.pdf", content)
    return str(refused.value)


def down(texts: list[str], top: float = 700, left: float = 72, size: float = 11, leading: float = 13) -> list[Text]:
    return [Text(text, left, top - index * leading, size) for index, text in enumerate(texts)]


def with_header(pages: int, header: str, footer: str) -> Sheets:
    sheets = Sheets()
    for number in range(1, pages + 1):
        text = [f"{BODY[0]} ({number})", *BODY[1:]]
        sheets.page(Text(header, 72, 800, 9), *down(text), Text(footer.format(number), 72, 30, 9))
    return sheets
