"""From a file's bytes to numbered lines. Well-kept libraries open the files; whatever they hold is hostile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from bot.errors import UserError
from bot.papers.lines import LineKind, Opened
from bot.papers.opening.characters import one_line
from bot.papers.opening.text import open_text


@dataclass(frozen=True)
class Format:
    """How files of one kind are opened. `most` is in bytes: a monthly paper is far smaller."""

    open: Callable[[str, bytes], Opened]
    most: int


# Each of these brings a library of its own: what a process never opens, it does not import.


def _open_markdown(name: str, content: bytes) -> Opened:
    from bot.papers.opening.markdown import open_markdown  # noqa: PLC0415 - as above

    return open_markdown(name, content)


def _open_docx(name: str, content: bytes) -> Opened:
    from bot.papers.opening.docx import open_docx  # noqa: PLC0415 - as above

    return open_docx(name, content)


def _open_pdf(name: str, content: bytes) -> Opened:
    from bot.papers.opening.pdf import open_pdf  # noqa: PLC0415 - as above

    return open_pdf(name, content)


MB = 1_000_000
FORMATS = {
    ".txt": Format(open_text, 5 * MB),
    ".md": Format(_open_markdown, 5 * MB),
    ".docx": Format(_open_docx, 20 * MB),
    ".pdf": Format(_open_pdf, 20 * MB),
}
MOST_BYTES = max(kind.most for kind in FORMATS.values())
ALLOWED = "allowed are .docx, .pdf, .md and .txt files"
LONGEST_NAME = 80


def open_paper(file_name: str, content: bytes) -> Opened:
    """The numbered lines of a paper. What cannot be opened as one is a `UserError` of one sentence."""
    name = shown_name(file_name)
    kind = FORMATS.get(PurePath(file_name).suffix.lower())
    if kind is None:
        raise UserError(f"{name} cannot be read as a paper: {ALLOWED}.")
    if len(content) > kind.most:
        raise UserError(f"{name} is too large to be a paper: at most {kind.most // MB} MB are read.")
    if not content.strip():
        raise UserError(f"{name} is empty: a paper must contain text.")
    opened = kind.open(name, content)
    if all(line.kind in {LineKind.BLANK, LineKind.FURNITURE} for line in opened.lines):
        raise UserError(f"{name} is empty: a paper must contain text.")
    return opened


def shown_name(file_name: str) -> str:
    """A file's name as it may stand in a sentence: no folders, no characters that turn or hide text, not long."""
    name = one_line("".join(c if c.isprintable() else " " for c in PurePath(file_name).name))
    return (name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…") or "The file"
