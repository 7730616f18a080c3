"""Reading SEC papers: bytes in, what the paper says and findings out. Pure."""

from bot.papers.contract import as_contract
from bot.papers.found import (
    AttachmentFound,
    Finding,
    ImpactStatement,
    ItemFound,
    PaperFound,
    Placed,
    Reading,
    Severity,
)
from bot.papers.lines import Line, LineKind, Opened, as_places, as_text
from bot.papers.opening import open_paper
from bot.papers.parsing import parse

__all__ = [
    "AttachmentFound",
    "Finding",
    "ImpactStatement",
    "ItemFound",
    "Line",
    "LineKind",
    "Opened",
    "PaperFound",
    "Placed",
    "Reading",
    "Severity",
    "as_contract",
    "as_places",
    "as_text",
    "open_paper",
    "parse",
    "read_paper",
]


def read_paper(file_name: str, content: bytes) -> Reading:
    """Read a paper from its file. A file that is no paper is a `UserError`; a paper with faults has findings."""
    return parse(open_paper(file_name, content))
