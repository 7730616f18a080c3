"""Links to documents, where files cannot be put into a channel: signed, for a while, and for nothing else.

A document is written anew for whoever opens its link, so that what was taken back since is not in it.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from sqlalchemy.ext.asyncio import AsyncSession

from bot import reports
from bot.compilation import CommentsDocument, Edition
from bot.config import Config
from bot.errors import UserError
from bot.models import Document
from bot.reports import Format
from bot.rules import dates
from bot.services import addressing, audience, compiling, recalling, record, redacting

_KEY = ("dpbot", "documents", "key")  # of the table `addresses`
_LIFE = {Edition.PUBLIC: timedelta(days=7), Edition.RESTRICTED: timedelta(days=1)}
_MOST_DIGITS = 12
_MARK = "[no longer part of the record]"


class NoDocument(UserError):
    """Nothing is at this address, or it was not made by dpbot: the two are not told apart."""

    def __init__(self) -> None:
        super().__init__("There is no document at this address: open it from dpbot's message, or compile a new draft.")


class Expired(UserError):
    """The address was right once."""


@dataclass(frozen=True)
class Link:
    """An address that opens one file of a document until a moment (UTC). `restricted`: SECAS's own edition."""

    name: str
    address: str
    until: datetime
    restricted: bool


async def links(
    session: AsyncSession, config: Config, document_id: int, document: CommentsDocument, now: datetime
) -> list[Link]:
    """One for each file of a document. UserError where config.toml does not say how dpbot is reached."""
    if not config.http.address:
        raise UserError(
            f"{title(document)} is ready and cannot be linked to: set [http] address in config.toml, or write its "
            "files with `dpbot compile`."
        )
    key = await _key(session, now)
    return [
        _link(config.http.address, key, document_id, edition, form, now) for edition, form in reports.parts(document)
    ]


def key_of(channel: str, document: CommentsDocument) -> str:
    """Of the message that has a document's links: it is posted once."""
    return f"{recalling.LINKS}:{channel}:{title(document)}"


def title(document: CommentsDocument) -> str:
    """Such as "DP092 Comments v0.1", whatever its editions."""
    return f"{document.compilation.reference} Comments {document.version}"


def _link(site: str, key: bytes, document_id: int, edition: CommentsDocument, form: Format, now: datetime) -> Link:
    which, name = edition.compilation.edition, reports.file_name(edition, form)
    until = (now + _LIFE[which]).replace(microsecond=0)
    signed = urlencode(
        {"until": (stamp := str(int(_utc(until).timestamp()))), "mac": _mac(key, document_id, name, stamp)}
    )
    address = f"{site}/documents/{document_id}/{quote(name, safe='')}?{signed}"
    return Link(name, address, until, which is Edition.RESTRICTED)


async def opened(
    session: AsyncSession, document_id: str, name: str, until: str, mac: str, now: datetime
) -> tuple[CommentsDocument, Format]:
    """The edition and form that a link is for, as the record lets it be read now. Whoever has the link may read it.

    Raises NoDocument where the address is none of ours, Expired where its time is over.
    """
    known = await addressing.known(session, *_KEY)
    if known is None or not all(_is_number(each) for each in (document_id, until)):
        raise NoDocument
    if not hmac.compare_digest(_mac(bytes.fromhex(str(known["key"])), int(document_id), name, until), mac.encode()):
        raise NoDocument
    ends = datetime.fromtimestamp(int(until), UTC)
    if _utc(now) >= ends:
        raise Expired(f"This link could be opened until {dates.moment(ends)}: compile a new draft for a new one.")
    stored = await session.get(Document, int(document_id))
    if stored is None:
        raise NoDocument
    for edition, form in reports.parts(await _as_it_stands(session, stored, now)):
        if reports.file_name(edition, form) == name:
            return edition, form
    raise NoDocument


async def _as_it_stands(session: AsyncSession, stored: Document, now: datetime) -> CommentsDocument:
    """Without the words of comments that do not stand any more, and with those in confidence as such."""
    views = await record.views(session, audience.SECAS, stored.proposal_id)
    standing = {redacting.short(view.ref): view for view in views if view.stands}
    quoted = redacting.quoted(stored.snapshot)
    private = {ref for ref, view in standing.items() if view.confidential}
    gone = quoted - standing.keys()
    document = compiling.document(stored)
    if not gone and not private & quoted:
        return document
    snapshot = redacting.in_confidence(redacting.without(stored.snapshot, gone, _MARK), private)
    return replace(document, compilation=compiling.compilation(snapshot), redacted_at=stored.redacted_at or now)


async def _key(session: AsyncSession, now: datetime) -> bytes:
    """The key that signs, made when first needed: whoever may read the database may read the documents as well."""
    if (known := await addressing.known(session, *_KEY)) is None:
        known = {"key": secrets.token_hex(32)}
        await addressing.keep(session, *_KEY, known, now)
    return bytes.fromhex(str(known["key"]))


def _mac(key: bytes, document_id: int, name: str, until: str) -> bytes:
    return hmac.new(key, f"{document_id}\n{until}\n{name}".encode(), "sha256").hexdigest().encode()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def _utc(moment: datetime) -> datetime:
    """The database gives moments back without their zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
