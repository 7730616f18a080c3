"""A Word file's parts, taken out of their package with care: the package is a ZIP archive and may be anything."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree
from lxml.etree import _Element as Element

from bot.errors import UserError

# What archives may be: a monthly paper unpacks to less than 5 MB in about 20 entries.
MOST_UNPACKED = 60_000_000
MOST_XML = 10_000_000
MOST_ENTRIES = 2_000
# XML packs to a twentieth, at times to a fiftieth; only a file made to fill memory packs to less than a hundredth.
MOST_RATIO = 100
LARGE = 1_000_000
READ_AT_ONCE = 1 << 16

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old .doc files begin, and files that Office has encrypted
TYPES = "[Content_Types].xml"
MACROS = ("macroenabled", "vbaproject")
STRICT = b"http://purl.oclc.org/ooxml/"
ENCRYPTED = 0x1  # ZIP's flag for an entry with a password
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))

# What the standard library, lxml and python-docx raise for bytes that are no sound package.
UNSOUND = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    OpcError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
    struct.error,
    zlib.error,
)

NOT_WORD = "{name} is not a Word document: save the paper as .docx, as .pdf, or as plain text in UTF-8."
LOCKED = "{name} is protected by a password or an old .doc file: save it without a password as a Word document (.docx)."
DAMAGED = "{name} is damaged: open it in Word, save it as a Word document (.docx), and try again."
TOO_LARGE = "{name} unpacks to more than a paper can hold: save the paper as a new Word document, or as .pdf."
HAS_MACROS = "{name} contains macros: save it as a Word document without macros (.docx)."
IS_STRICT = "{name} is in the strict format of Word: save it as a plain Word document (.docx)."
HAS_ENTITIES = "{name} contains definitions that no Word document needs: save the paper as a new Word document."


@dataclass(frozen=True)
class Parts:
    """The roots of the parts that are read. `stories`: headers and footers by the id that sections refer to."""

    document: Element
    by_kind: Mapping[str, Element] = field(default_factory=dict)
    stories: Mapping[str, Element] = field(default_factory=dict)


# The kinds of part that are read beside the document itself.
KINDS = {"styles", "numbering", "settings", "comments", "footnotes", "endnotes"}
STORIES = {"header", "footer"}
MAIN = {"officeDocument"}


def parts_of(name: str, content: bytes) -> Parts:
    """The parts of a Word document. UserError for everything that is none, or that is not safe to read."""
    if content.startswith(OLE):
        raise UserError(LOCKED.format(name=name))
    if not content.startswith(b"PK"):
        raise UserError(NOT_WORD.format(name=name))
    try:
        package = _copied(name, content)
        _check_kind(name, package)
        return _parts(name, package)
    except UNSOUND:
        raise UserError(DAMAGED.format(name=name)) from None


def _copied(name: str, content: bytes) -> dict[str, bytes]:
    """The archive's XML, and empty entries for the rest: nothing else is unpacked.

    zipfile holds an entry to its stated size only after all of it is unpacked, so it is read piece by piece here, and
    python-docx is given the copy.
    """
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        _check_entries(name, entries)
        package = {e.filename: _read(archive, e) if _is_xml(e) else b"" for e in entries}
    if len(package) != len(entries):
        raise BadZipFile  # two entries of one name: which of them Word would show is anybody's guess
    if any(mark in part for part in package.values() for mark in DOCTYPES):
        raise UserError(HAS_ENTITIES.format(name=name))
    return package


def _check_entries(name: str, entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UserError(LOCKED.format(name=name))
    if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
        raise BadZipFile
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if _is_xml(entry))
    bomb = any(e.file_size > LARGE and e.file_size > MOST_RATIO * e.compress_size for e in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or xml > MOST_XML or bomb:
        raise UserError(TOO_LARGE.format(name=name))


def _is_xml(entry: ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return b"".join(iter(lambda: stream.read(READ_AT_ONCE), b""))


def _check_kind(name: str, package: Mapping[str, bytes]) -> None:
    """That the package says it holds a Word document, and no macros."""
    if TYPES not in package:
        raise UserError(NOT_WORD.format(name=name))
    types = [str(element.get("ContentType") or "") for element in _root(name, package[TYPES])]
    said = [text.lower() for text in (*types, *package)]
    if any(mark in text for mark in MACROS for text in said):
        raise UserError(HAS_MACROS.format(name=name))
    if CONTENT_TYPE.WML_DOCUMENT_MAIN not in types:
        raise UserError(NOT_WORD.format(name=name))
    if STRICT in package.get("_rels/.rels", b""):
        raise UserError(IS_STRICT.format(name=name))


def _parts(name: str, package: Mapping[str, bytes]) -> Parts:
    copy = BytesIO()
    with ZipFile(copy, "w", ZIP_STORED) as archive:
        for entry, data in package.items():
            archive.writestr(entry, _needed(name, entry, package) if entry.endswith(".rels") else data)
    copy.seek(0)
    document = Document(copy).part
    found: dict[str, dict[str, Element]] = {"": {"": _root_of(name, document)}, "kinds": {}, "stories": {}}
    for key, relation in document.rels.items():
        kind = relation.reltype.rpartition("/")[2]
        if not relation.is_external and kind in KINDS:
            found["kinds"][kind] = _root_of(name, relation.target_part)
        if not relation.is_external and kind in STORIES:
            found["stories"][key] = _root_of(name, relation.target_part)
    return Parts(found[""][""], found["kinds"], found["stories"])


def _needed(name: str, entry: str, package: Mapping[str, bytes]) -> bytes:
    """A part's relations without those that nothing is read of. Word, too, forgives pictures that are not there."""
    root = _root(name, package[entry])
    base = "/" + entry.rpartition("_rels/")[0].rstrip("/")
    for relation in list(root):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        internal = relation.get("TargetMode") != "External" and kind in KINDS | STORIES | MAIN
        if not internal or PackURI.from_rel_ref(base, relation.get("Target") or "").membername not in package:
            root.remove(relation)
    return etree.tostring(root)


def _root_of(name: str, part: Part) -> Element:
    return _sound(name, part.element) if isinstance(part, XmlPart) else _root(name, part.blob)


def _root(name: str, xml: bytes) -> Element:
    return _sound(name, etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True)))


def _sound(name: str, root: Element) -> Element:
    """No part defines entities, in whatever encoding it is."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError(HAS_ENTITIES.format(name=name))
    return root
