"""The tables: the register of papers and proposals, the record of what was said, and the work in hand."""

from bot.models.base import Base
from bot.models.record import LedgerEntry, Reaction, Ref, View, Wording, Words
from bot.models.register import (
    Attachment,
    Invitation,
    Item,
    Meeting,
    Paper,
    Post,
    ProblemStatement,
    Proposal,
    Withdrawal,
)
from bot.models.work import CompileRequest, Document, Occurrence, OutboxEntry, SeenPerson

__all__ = [
    "Attachment",
    "Base",
    "CompileRequest",
    "Document",
    "Invitation",
    "Item",
    "LedgerEntry",
    "Meeting",
    "Occurrence",
    "OutboxEntry",
    "Paper",
    "Post",
    "ProblemStatement",
    "Proposal",
    "Reaction",
    "Ref",
    "SeenPerson",
    "View",
    "Withdrawal",
    "Wording",
    "Words",
]
