"""The tables: the register of papers and proposals, the record of what was said, and the work in hand."""

from bot.models.base import Base
from bot.models.decisions import Act, Decision
from bot.models.people import Claim, Seat
from bot.models.platforms import Address, DeadLetter
from bot.models.record import Answer, LedgerEntry, Reaction, Ref, View, Wording, Words
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
    standing,
)
from bot.models.work import CompileRequest, Document, Occurrence, OutboxEntry, SeenPerson, Sweep

__all__ = [
    "Act",
    "Address",
    "Answer",
    "Attachment",
    "Base",
    "Claim",
    "CompileRequest",
    "DeadLetter",
    "Decision",
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
    "Seat",
    "SeenPerson",
    "Sweep",
    "View",
    "Withdrawal",
    "Wording",
    "Words",
    "standing",
]
