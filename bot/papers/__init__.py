"""Reading SEC papers: bytes in, what the paper says and findings out. Pure."""

from bot.papers.contract import as_contract
from bot.papers.found import (
    AttachmentFound,
    Finding,
    ImpactStatement,
    ItemFound,
    PaperFound,
    Reading,
    Severity,
)
from bot.papers.parsing import parse
from bot.papers.reading import Line, LineKind, as_text, lines_of

__all__ = [
    "AttachmentFound",
    "Finding",
    "ImpactStatement",
    "ItemFound",
    "Line",
    "LineKind",
    "PaperFound",
    "Reading",
    "Severity",
    "as_contract",
    "as_text",
    "lines_of",
    "parse",
    "read_paper",
]


def read_paper(file_name: str, content: bytes) -> Reading:
    """Read a paper from its file. A file that is no paper is a `UserError`; a paper with faults has findings."""
    return parse(lines_of(file_name, content))
