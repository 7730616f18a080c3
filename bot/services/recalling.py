"""What waits to be sent and may hold the words of a comment that is now shown to nobody, or not to all: taken back.

The rule is broad, because a rendered message cannot be searched for words: whatever names the comment's ref goes, and
every file of a document that has it, which is drafted anew. Posts hold no comments and stay.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import CompileRequest, Document, OutboxEntry, Proposal, Ref
from bot.outbox import Kind, State

# A sender may be at it: it ends by itself, and is not tried again.
_UNDER_WAY = (State.SENDING, State.UNCLEAR)
LINKS = "links"  # how the keys of messages begin that link to a document
_NOTHING: dict[str, object] = {
    "state": State.REFUSED,
    "payload": {},
    "content": None,
    "error": "its words were taken back",
}


async def recall(session: AsyncSession, ref_id: int, now: datetime) -> None:
    """Take back what waits of this comment or reply, in the transaction that seals it."""
    query = select(Ref, Proposal).join(Proposal, Ref.proposal_id == Proposal.id).where(Ref.id == ref_id)
    row = (await session.execute(query)).first()
    if row is None:
        return
    ref, proposal = row
    await drop(session, naming(ref, proposal), now)
    for document in await documents_with(session, ref, proposal):
        await recall_document(session, document, now)


async def recall_document(session: AsyncSession, document: Document, now: datetime) -> None:
    """Take back what waits of a document's files; where it was asked for, it is drafted anew."""
    dropped = await drop(session, file_of(document), now)
    requests = select(CompileRequest).where(CompileRequest.document_id == document.id)
    for request in await session.scalars(requests):
        if request.done_at is None or dropped:
            request.done_at = request.document_id = None
            request.requested_at = now


async def drop(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> int:
    """Take back what is queued of these, and keep what is being sent from another try. How many entries."""
    ours = (OutboxEntry.post_id.is_(None), which)
    waiting = delete(OutboxEntry).where(*ours, OutboxEntry.state == State.QUEUED).returning(OutboxEntry.id)
    gone = len((await session.scalars(waiting)).all())
    sending = update(OutboxEntry).where(*ours, OutboxEntry.state.in_(_UNDER_WAY)).values(**_NOTHING, settled_at=now)
    return gone + len((await session.scalars(sending.returning(OutboxEntry.id))).all())


def naming(ref: Ref, proposal: Proposal) -> ColumnElement[bool]:
    """Messages that name the ref; by the number alone, because a proposal may be called DP092 here and MP092 there."""
    return cast(OutboxEntry.payload, String).regexp_match(_name(ref, proposal))


def _name(ref: Ref, proposal: Proposal) -> str:
    """A pattern: the end of a ref's name, such as "092-V007", and not of DP192-V007 nor the start of DP092-V0071."""
    return rf"(?<![0-9])0*{proposal.number}{re.escape(proposal.suffix)}-{ref.letter}{ref.number:03}(?![0-9])"


async def documents_with(session: AsyncSession, ref: Ref, proposal: Proposal) -> Sequence[Document]:
    """The documents, drafts and issued ones, whose snapshot has the ref."""
    holding = cast(Document.snapshot, String).regexp_match(_name(ref, proposal))
    query = select(Document).where(Document.proposal_id == proposal.id, holding)
    return (await session.scalars(query)).all()


def file_of(document: Document) -> ColumnElement[bool]:
    """The files of a version, such as "DP092 Comments v0.1 (restricted).docx", and the message that links to them."""
    name = f'"{document.snapshot["reference"]} Comments v{document.major}.{document.minor}'
    files = (OutboxEntry.kind == Kind.FILE) & or_(
        *(cast(OutboxEntry.payload, String).contains(name + after, autoescape=True) for after in (".", " "))
    )
    linked = OutboxEntry.key.startswith(f"{LINKS}:", autoescape=True)
    return files | (linked & OutboxEntry.key.endswith(f":{name[1:]}", autoescape=True))
