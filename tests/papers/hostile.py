"""Files that are no papers, and some that were made to do harm: built byte by byte, none is kept in the project."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable

import docx

from tests.papers.conftest import SHORT_PAPER

GIGABYTE = 1 << 30
MEGABYTE = 1 << 20
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "word/document.xml"
RESOURCES = "/Resources << /Font << /F1 3 0 R >> /XObject << /P1 4 0 R >> >>"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


def noise(seed: int = 0, size: int = 4096) -> bytes:
    return random.Random(seed).randbytes(size)


# --- Word -------------------------------------------------------------------------------------------------------------


def word(text: str = SHORT_PAPER) -> bytes:
    """A Word document as it should be: a paragraph a line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def package(document: str | bytes, others: dict[str, bytes] | None = None, kind: str = DOCUMENT) -> bytes:
    """The least that Word calls a document: its main part as given, and other parts by their names."""
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}" '
        'Target="word/document.xml"/></Relationships>',
        MAIN: document,
        **(others or {}),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def other_archive() -> bytes:
    """A zip archive of anything."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("../../etc/passwd", "root:x:0:0")
    return kept.getvalue()


def body(text: str) -> str:
    return f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def swollen(fill: bytes = b"\0", size: int = GIGABYTE, told: int | None = None) -> bytes:
    """A document whose main part is `size` bytes of `fill` inside a run, packed a thousandfold.

    `told`: the size that the directory tells instead.
    """
    start, end = body("|").encode().split(b"|")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = fill * (MEGABYTE // len(fill))
    packed = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same block packs to the same bytes: one is packed, and repeated.
    repeated = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    times = size // MEGABYTE
    packed += repeated * times + packer.compress(end) + packer.flush()
    check = zlib.crc32(start)
    for _ in range(times):
        check = zlib.crc32(block, check)
    length = len(start) + times * len(block) + len(end)
    return _with_packed_part(packed, zlib.crc32(end, check), told if told is not None else length)


def _with_packed_part(packed: bytes, check: int, told: int) -> bytes:
    """`package`, with the main part's bytes packed already."""
    rest = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package(""))) as whole,
        zipfile.ZipFile(rest, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for other in ("[Content_Types].xml", "_rels/.rels"):
            archive.writestr(other, whole.read(other))
        start = archive.start_dir
        directory = [
            (info.filename.encode(), info.header_offset, info.CRC, info.compress_size, info.file_size)
            for info in archive.infolist()
        ]
    name = MAIN.encode()
    header = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, check, len(packed), told, len(name), 0) + name
    entries = rest.getvalue()[:start] + header + packed
    return _zipped(entries, [*directory, (name, start, check, len(packed), told)])


def _zipped(entries: bytes, directory: Iterable[tuple[bytes, int, int, int, int]]) -> bytes:
    """Entries with their directory: (name, offset, CRC, packed size, told size)."""
    listed = [
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, packed, told, len(name), 0, 0, 0, 0, 0, offset)
        + name
        for name, offset, crc, packed, told in directory
    ]
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(listed), len(listed), sum(map(len, listed)), len(entries), 0)
    return entries + b"".join(listed) + end


def many_parts(number: int = 60_000) -> bytes:
    """A directory of very many names that all point to one entry."""
    kept = word("")
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        start = archive.start_dir
        known = [
            (info.filename.encode(), info.header_offset, info.CRC, info.compress_size, info.file_size)
            for info in archive.infolist()
        ]
    _, offset, crc, packed, told = known[-1]
    return _zipped(
        kept[:start], [*known, *((f"word/{n}.xml".encode(), offset, crc, packed, told) for n in range(number))]
    )


def nested(depth: int = 4) -> bytes:
    """A packed gigabyte inside documents inside documents, no text of its own."""
    inner = swollen(size=64 * MEGABYTE)
    for _ in range(depth):
        inner = package(body(""), {f"word/embeddings/{n}.docx": inner for n in range(8)})
    return inner


def laughing() -> bytes:
    """Entities of entities: a few hundred bytes that mean gigabytes."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    return package(f"{XML}<!DOCTYPE w [{entities}]>{body('&a10;')}")


def reaching_out(address: str) -> bytes:
    """An entity whose words lie in another file or on another machine."""
    return package(f'{XML}<!DOCTYPE w [<!ENTITY other SYSTEM "{address}">]>{body("&other;")}')


def deep(levels: int = 100_000) -> bytes:
    """Elements within elements."""
    return package(body("</w:t>" + "<w:x>" * levels + "</w:x>" * levels + "<w:t>"))


def locked() -> bytes:
    """What Word saves with a password: no zip archive, but an OLE file that holds one."""
    start = bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0")
    names = b"".join(
        n.encode("utf-16-le").ljust(128, b"\0") for n in ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    )
    return start + names + noise(1)


def with_macros() -> bytes:
    """A document that brings a program along, under the name and type of one that does not."""
    return package(body(SHORT_PAPER), {"word/vbaProject.bin": bytes.fromhex("d0cf11e0a1b11ae1") + noise(2)}, MACROS)


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(lines: Iterable[str] = tuple(SHORT_PAPER.splitlines()), *, trailer: str = "", picture: bool = False) -> bytes:
    """A PDF file of pages of 50 lines; with `picture`, a page that is one and has no text."""
    rows, pages = list(lines), []
    for first in range(0, max(len(rows), 1), 50):
        said = "".join(f"({_escaped(line)}) Tj 0 -14 Td\n" for line in rows[first : first + 50])
        pages.append(f"BT /F1 10 Tf 60 780 Td\n{said}ET" if not picture else "q 500 0 0 700 40 40 cm /P1 Do Q")
    numbers = [5 + 2 * n for n in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _stream("0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"),
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R {RESOURCES} >>",
            _stream(page),
        ]
    return _numbered(objects, trailer)


def _stream(content: str, what: str = "") -> str:
    return f"<< /Length {len(content)} {what} >>\nstream\n{content}\nendstream"


def _escaped(line: str) -> str:
    words = line.encode("cp1252", "replace").decode("latin-1")
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _numbered(objects: list[str], trailer: str) -> bytes:
    kept, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(kept))
        kept += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\n"
    return bytes(kept) + f"{end}startxref\n{len(kept)}\n%%EOF\n".encode("latin-1")


def pdf_with_password() -> bytes:
    """Encrypted: no password that a reader could guess, the empty one included, fits these sums."""
    sums = f"/O <{noise(3, 32).hex()}> /U <{noise(4, 32).hex()}>"
    return pdf(trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {sums} >> /ID [<{'00' * 16}> <{'00' * 16}>]")


def pdf_in_a_circle() -> bytes:
    """A tree of pages that holds itself."""
    return _numbered(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9999 /Kids [2 0 R 2 0 R] >>"], "")


def swollen_pdf(size: int = GIGABYTE) -> bytes:
    """A page whose content is packed a thousandfold, twice."""
    block = zlib.compress(zlib.compress(b"(ha) Tj " * (size // 8 // 64), 9), 9).decode("latin-1")
    return _numbered(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [{'4 0 R ' * 64}] /Resources << >> >>",
            _stream(block, "/Filter [/FlateDecode /FlateDecode]"),
        ],
        "",
    )
