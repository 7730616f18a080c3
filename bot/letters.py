"""A mail file (.eml) read for its words, and for what it says of itself: nothing in it is verified, nothing is cut."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import AddressHeader, DateHeader
from email.message import EmailMessage
from email.policy import default
from typing import cast

from bot import markup
from bot.config import is_email
from bot.domain import Reference
from bot.errors import UserError
from bot.rules.references import find_references
from bot.rules.wording import counted

MB = 1_000_000
MOST_BYTES = 25 * MB  # with attachments, as much as most mail servers pass on
_MOST_LINES = 1_000_000
_MOST_PARTS = 100  # Python's parser nests its calls as parts are nested
_MOST_MARKS = 10_000  # lines that may part one part from another
_LONGEST_HEADER = 1_000  # Python takes the square of its length in time
_LINE_END = re.compile(r"\r\n|\r")
_MARK = re.compile(rb"(?:^|[\r\n])--")
_CONTENT = re.compile(
    rb"(?:^|[\r\n])content-(type|disposition|transfer-encoding):[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.IGNORECASE
)
_QUOTING = re.compile(
    r"^(?:> ?\S.*|-{2,} ?Original Message ?-{2,}|On .{6,200} wrote:|From: .+\n(?:Sent|Date): .+)$", re.MULTILINE
)
_LOST = "\N{REPLACEMENT CHARACTER}"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What mail is written in, and how it is read; the first that fits. Programs that say ASCII send UTF-8 too; those that
# say Latin-1 mean Windows-1252 (WHATWG: Encoding, names and labels).
_CHARSETS = {
    **dict.fromkeys(("us-ascii", "ascii"), ("utf-8-sig", "cp1252")),
    **dict.fromkeys(("utf-8", "utf8"), ("utf-8-sig",)),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "cp1252"), ("cp1252",)),
    **{name: (name,) for name in ("utf-16", "utf-16le", "utf-16be", "iso-8859-15", "windows-1250", "iso-8859-2")},
}


@dataclass(frozen=True)
class Letter:
    """A mail. `name`, `address` and `sent` are as it says, which anybody can write. `words` end with its attachments.

    `findings`: what whoever enters it should know, a sentence each.
    """

    name: str | None
    address: str | None
    sent: datetime | None
    subject: str | None
    words: str
    findings: tuple[str, ...]


def refuse_large(size: int) -> None:
    """UserError where a file of this many bytes is more than is read."""
    if size > MOST_BYTES:
        raise UserError(f"The mail is too large: at most {MOST_BYTES // MB} MB are read; save it without attachments.")


def read(content: bytes, reference: Reference) -> Letter:
    """A mail that is to be entered as a comment on this proposal. UserError where it is no mail, or has no words."""
    refuse_large(len(content))
    _refuse_hostile(content)
    try:
        return _read(content, reference)
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 - Python's parser raises IndexError, RecursionError, … for hostile headers
        raise _unread(f"its headers are not as they should be ({type(error).__name__})") from None


def _refuse_hostile(content: bytes) -> None:
    """What would take the parser long, or much memory."""
    headers = list(itertools.islice(_CONTENT.finditer(content), 3 * _MOST_PARTS + 1))
    types = sum(found[1].lower() == b"type" for found in headers)
    marks = sum(1 for _ in itertools.islice(_MARK.finditer(content), _MOST_MARKS + 1))
    if len(headers) > 3 * _MOST_PARTS or types > _MOST_PARTS or marks > _MOST_MARKS:
        raise _unread(f"it has more than {_MOST_PARTS} parts")
    if any(len(found[0]) > _LONGEST_HEADER for found in headers):
        raise _unread("one of its headers is too long")
    if content.count(b"\n") + content.count(b"\r") > _MOST_LINES:
        raise _unread("it has more lines than any mail")


def _read(content: bytes, reference: Reference) -> Letter:
    mail = message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"), policy=default)
    if not {"from", "date", "subject"} & {name.lower() for name in mail}:
        raise _unread("it has none of a mail's headers")
    findings: list[str] = []
    name, address = _sender(mail)
    sent, subject = _sent(mail), _line(str(_parsed(mail, "subject") or "")) or None
    if address is None:
        findings.append("It does not say clearly whom it is from: say so with --from.")
    if sent is None:
        findings.append("It does not say when it was sent: say so with --on.")
    named = {mention.reference: mention.label for mention in find_references(subject or "")}
    if named and reference not in named:
        findings.append(f"Its subject names {', '.join(named.values())}, another proposal than this.")
    words = _words(mail, findings)
    if quoted := _QUOTING.search(words):
        line = words.count("\n", 0, quoted.start()) + 1
        findings.append(f"It quotes another mail from line {line} on: nothing was cut.")
    return Letter(name, address, sent, subject, words, tuple(findings))


def _words(mail: EmailMessage, findings: list[str]) -> str:
    """The text as it stands, plain rather than HTML, with the texts beside it; attachments as a line each."""
    plain, html = (_part(mail, kind) for kind in ("plain", "html"))
    words = _text(plain, findings) if plain is not None else ""
    if html is not None and not words.strip() and (words := markup.words(_text(html, findings))):
        findings.append("It has no plain text: the words are those of its HTML, without its layout.")
    files = []
    for part in _others(mail, (plain, html)):
        if part.get_content_type() == "text/plain" and not part.is_attachment() and not part.get_filename():
            words = "\n\n".join(filter(None, (words, _text(part, findings))))
        else:
            files.append(f"[file: {_line(part.get_filename() or 'no name')[:200]}, {part.get_content_type()[:100]}]")
    if not words.strip():
        raise _unread("it holds no text")
    if files:
        findings.append(f"It has {counted(len(files), 'attachment')}: named at the end of the words, not kept.")
    return "\n".join([words, *files])


def _part(mail: EmailMessage, kind: str) -> EmailMessage | None:
    found = mail.get_body((kind,))
    return cast("EmailMessage", found) if found is not None and not found.is_multipart() else None


def _others(mail: EmailMessage, bodies: tuple[EmailMessage | None, ...]) -> Iterator[EmailMessage]:
    """Every part but these; a mail within this mail is one part."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart":
            waiting += reversed([cast("EmailMessage", each) for each in part.iter_parts()])
        elif part not in bodies:
            yield part


def _text(part: EmailMessage, findings: list[str]) -> str:
    """A part's text with line ends of one kind. What cannot be read shows as such, and is told of."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    said = str(part.get_content_charset("us-ascii"))
    if said not in _CHARSETS:
        raise _unread(f'its text is in "{_line(said)[:40]}", which dpbot does not read')
    text = _decoded(content, _CHARSETS[said])
    if lost := text.count(_LOST):
        findings.append(f"{counted(lost, 'character')} of it could not be read: {_LOST} stands for each.")
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).strip("\n")


def _decoded(content: bytes, charsets: tuple[str, ...]) -> str:
    for charset in charsets:
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode(charsets[-1], errors="replace")


def _sender(mail: EmailMessage) -> tuple[str | None, str | None]:
    """Name and address of From, where it has exactly one."""
    parsed = _parsed(mail, "from")
    if not isinstance(parsed, AddressHeader) or len(parsed.addresses) != 1:
        return None, None
    name, address = _line(parsed.addresses[0].display_name), _line(parsed.addresses[0].addr_spec)
    return (name or None, address) if is_email(address) else (None, None)


def _sent(mail: EmailMessage) -> datetime | None:
    """A zone that is missing, or given as unknown, is taken for UTC."""
    parsed = _parsed(mail, "date")
    sent = parsed.datetime if isinstance(parsed, DateHeader) else None
    try:
        return sent and (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _parsed(mail: EmailMessage, name: str) -> object:
    """A header; None where it is missing, too long, or such that Python's parser fails on it in whatever way."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name), "")
    if not raw or len(raw) > _LONGEST_HEADER:
        return None
    try:
        return default.header_factory(name, raw.encode("ascii", "surrogateescape").decode("utf-8", "replace"))
    except Exception:  # noqa: BLE001 - as above
        return None


def _line(text: str) -> str:
    """On one line, without control characters and lone halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(_CONTROL.sub(" ", whole).split())


def _unread(why: str) -> UserError:
    return UserError(f"The mail could not be read: {why}; save its words as a text file and give that with --file.")
