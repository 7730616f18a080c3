"""Problem statements are held beside the papers that name them: each version a file or a link, never changed."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from bot.domain import Reference, Version
from bot.errors import UserError, WrongUsage
from bot.models import Item, ProblemStatement
from bot.papers.opening import shown_name
from bot.rules import dates
from bot.rules.wording import listed
from bot.services import publishing, register

STATUSES = ("draft", "approved")
KINDS = (".docx", ".pdf", ".md", ".txt")
# What a file of a kind holds near its beginning, and where: readers of PDF look as far.
SIGNATURES = {".docx": (b"PK", 2, "Word document"), ".pdf": (b"%PDF-", 1024, "PDF file")}
MOST_BYTES = 20_000_000
_VERSION = re.compile(r"v?(?P<major>0|[1-9]\d{0,2})\.(?P<minor>0|[1-9]\d{0,2})", re.IGNORECASE | re.ASCII)
_LINK = re.compile(r"https?://", re.IGNORECASE)
# What a link may hold: no space, and nothing that ends a link where it is shown in Slack or Markdown.
_LINK_CHARACTERS = re.compile(r"[!-~]{1,2000}")
_ENDS_A_LINK = set("<>|\"'`\\^{}")


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True)
class Link:
    address: str


@dataclass(frozen=True)
class Attached:
    """`stored` is False where the same was attached before. `item` speaks for the proposal."""

    item: Item
    statement: ProblemStatement
    stored: bool

    @property
    def newest(self) -> ProblemStatement | None:
        return self.item.proposal.statement


async def attach(
    session: AsyncSession,
    reference: Reference,
    version: Version,
    status: str,
    document: File | Link,
    by: str,
    now: datetime,
) -> Attached:
    """Hold a version of a proposal's problem statement; posts on it are shown anew by the running bot.

    UserError where the proposal is unknown, the document is not of a kind that is held, or the version is held already
    and is another document or has another status.
    """
    checked = _checked(document)
    item = await register.item_of(session, reference, unpublished=True)
    new = _statement(item.proposal_id, version, status, checked, by, now)
    before = next((held for held in item.proposal.statements if held.version == version), None)
    if before is not None:
        _check_same(item, before, new)
        return Attached(item, before, stored=False)
    session.add(new)
    await session.flush()
    await session.refresh(item.proposal, ["statements"])
    await publishing.show_again(session, item.proposal_id)
    return Attached(item, new, stored=True)


async def held(session: AsyncSession, proposal_id: int) -> list[ProblemStatement]:
    """Every version that is held, with its content, the newest first."""
    query = (
        select(ProblemStatement)
        .where(ProblemStatement.proposal_id == proposal_id)
        .options(undefer(ProblemStatement.content))
        .order_by(ProblemStatement.major.desc(), ProblemStatement.minor.desc())
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


def is_link(text: str) -> bool:
    return bool(_LINK.match(text))


def version_of(text: str) -> Version:
    """The version that a person typed: "0.1" or "v1.0"."""
    found = _VERSION.fullmatch(text.strip())
    version = Version(int(found["major"]), int(found["minor"])) if found else Version(0, 0)
    if version == Version(0, 0):
        raise WrongUsage(f"{text!r} is no version: allowed are two numbers such as 0.1 or 1.0.")
    return version


def status_of(text: str) -> str:
    if (status := text.strip().casefold()) not in STATUSES:
        raise WrongUsage(f"{text!r} is no status: allowed is {listed(STATUSES, 'or')}.")
    return status


def refuse_large(file_name: str, size: int) -> None:
    """UserError where a file of this many bytes is too large to be held."""
    if size > MOST_BYTES:
        most = f"at most {MOST_BYTES // 1_000_000} MB are held"
        raise UserError(f"{shown_name(file_name)} is too large: {most}; attach a link to it instead.")


def _checked(document: File | Link) -> File | Link:
    """The document as it is kept; UserError where it is not of a kind that is held."""
    if isinstance(document, Link):
        if not _is_address(document.address):
            raise UserError(
                "That is no link dpbot can show: allowed is http:// or https://, a host and plain characters without "
                "spaces, and no password."
            )
        return document
    name, kind = shown_name(document.name), PurePath(document.name).suffix
    if kind.lower() not in KINDS:
        raise UserError(f"{name} is not held: allowed are {listed(KINDS)} files, and links.")
    refuse_large(document.name, len(document.content))
    if not document.content.strip():
        raise UserError(f"{name} is empty: a problem statement must hold something.")
    _check_kind(name, kind.lower(), document.content)
    return File(name if name.endswith(kind) else name + kind, document.content)  # a long name was cut


def _check_kind(name: str, kind: str, content: bytes) -> None:
    """UserError where the bytes are not of the kind that the name says: nobody could open it."""
    signature, within, what = SIGNATURES.get(kind, (b"", 0, ""))
    if signature not in content[:within]:
        raise UserError(
            f"{name} is no {what}, whatever its name says: attach the document itself, or a link to it, without a "
            "password."
        )


def _is_address(link: str) -> bool:
    if not _LINK_CHARACTERS.fullmatch(link) or _ENDS_A_LINK & set(link):
        return False
    try:
        address = urlsplit(link)
        return bool(address.hostname) and address.port != 0 and "@" not in address.netloc
    except ValueError:  # also a port that is none
        return False


def _statement(
    proposal_id: int, version: Version, status: str, document: File | Link, by: str, now: datetime
) -> ProblemStatement:
    file = document if isinstance(document, File) else None
    return ProblemStatement(
        proposal_id=proposal_id,
        major=version.major,
        minor=version.minor,
        status=status,
        link=document.address if isinstance(document, Link) else None,
        file_name=file and file.name,
        content=file and file.content,
        sha256=file and hashlib.sha256(file.content).hexdigest(),
        by=by,
        at=now,
    )


def _check_same(item: Item, before: ProblemStatement, new: ProblemStatement) -> None:
    """The same document again is no fault; another one, or another status, needs a version of its own."""
    since = f"since {dates.day(dates.london(before.at))}"
    if (before.link, before.sha256) != (new.link, new.sha256):
        raise UserError(
            f"{item.name} {before.version} is held {since} and is another document: nothing was changed. "
            "A changed problem statement needs a version of its own."
        )
    if before.status != new.status:
        raise UserError(
            f"{item.name} {before.version} is held {since} as {before.status}: nothing was changed. "
            "A problem statement whose status changed needs a version of its own."
        )
