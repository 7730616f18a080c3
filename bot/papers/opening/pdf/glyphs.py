"""The edge to PDFium: the characters of a page as they are drawn. Nothing of PDFium's types goes further."""

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from pypdfium2 import raw

# PDFium's own signs for a hyphen at the end of a line, and the soft hyphen, which the fonts of Word give for plain
# ones: whatever is drawn as a hyphen is one. A soft hyphen that is not drawn has no width.
HYPHENS = {0x02, 0xFFFE, 0xAD}
SPACES = {0x09, 0x0A, 0x0D, 0x20, 0x3000}  # a no-break space holds a word together
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # drawn, but the file does not say which character it is
INVISIBLE = 3  # text rendering mode: what scanners lay over pictures of pages
LEAST, CONTROLS, MOST = 0x20, range(0x7F, 0xA0), 0x10FFFF  # of what a character may be
SMALLEST, LARGEST = 0.1, 1000.0  # points; sizes beyond are a fault of the file

Box = tuple[float, float, float, float]  # left, bottom, right, top


class TextPage(Protocol):
    """PDFium's characters of one page, while it is open."""

    raw: object

    def count_chars(self) -> int: ...
    def close(self) -> None: ...


class Look(NamedTuple):
    """What all characters drawn by one command share. Points, whole degrees against the clock."""

    size: float
    angle: int
    hidden: bool


class Glyph(NamedTuple):
    """One character at its place, in the file's own points: from the left, and upwards."""

    text: str
    origin: tuple[float, float]
    box: Box
    look: Look
    drawn: int | None  # which command drew it
    spaced: bool  # a space, or the end of a line, stands before it


def glyphs_of(text: TextPage) -> Iterator[Glyph]:
    """What a text page of PDFium draws, in the order of the file."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    looks: dict[int | None, Look] = {}
    handle, spaced = text.raw, False
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in SPACES:
            spaced = True
            continue
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        corners = (box.left, box.bottom, box.right, box.top)
        if not math.isfinite(sum(corners) + x.value + y.value):
            continue  # drawn nowhere
        if words := _character(code, drawn=box.left != box.right and box.bottom != box.top):
            key = ctypes.cast(raw.FPDFText_GetTextObject(handle, index), ctypes.c_void_p).value
            if key not in looks:
                looks[key] = _look(handle, index)
            yield Glyph(words, (x.value, y.value), corners, looks[key], key, spaced)
            spaced = False


def _character(code: int, *, drawn: bool) -> str:
    if code in HYPHENS:
        return "-" if drawn else ""
    return chr(code) if LEAST <= code <= MOST and code not in CONTROLS else UNKNOWN


def _look(handle: object, index: int) -> Look:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    drawn = raw.FPDFText_GetTextObject(handle, index)
    size = abs(raw.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return Look(
        size=min(max(size, SMALLEST), LARGEST) if math.isfinite(size) else 1.0,
        angle=round(angle) % 360 if math.isfinite(angle) else 0,
        hidden=bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE,
    )
