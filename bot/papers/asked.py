"""What a paper asks of its readers: what views are invited on, what is recommended, where and until when to comment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.papers.days import CLOSING, closing_in
from bot.papers.findings import Findings
from bot.papers.paragraphs import Paragraph
from bot.papers.sentences import sentences_of
from bot.papers.shapes import Shape

# "We invite any views from … on the issue …": what follows "on" is the list. Also "We would welcome comments on".
INVITED = re.compile(
    r"\b(?:(?:invite|welcome)s?\b.{0,40}?\b(?:views|comments)|(?:views|comments) are (?:invited|welcome[d]?))\b"
    r"(?: from .{1,80}?)? on(?::|\b) ?(?P<list>.*)",
    re.DOTALL | re.IGNORECASE,
)
# Between the entries of a list: a comma, a semicolon or "and", before a word that an entry can start with.
BETWEEN = re.compile(r"(?:[,;] (?:and |or )?|,? and )(?=(?:the|any|whether|which|how|what)\b)")
# The end of a bullet that ties it to the next: "; and", ";", "."
JOINING = re.compile(r"(?:[,;] ?(?:and|or)?|\.)$")

REQUESTED = re.compile(r"\b(?:requested|invited|asked|recommended|recommends?) to\b")
# An address, for display only. Lengths are bounded so that reading stays linear.
ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
ABOUT_COMMENTS = re.compile(r"\b(?:comments?|views?|respon\w+|repl\w+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    recommendation: str | None
    comments_to: str | None
    comments_by: str | None


def invitations_in(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, ...], set[int]]:
    """What views are invited on, each as printed, and the lines it was read from."""
    for index, paragraph in enumerate(paragraphs):
        for sentence in sentences_of(paragraph.text):
            if found := INVITED.search(sentence):
                bullets = list(_bullets(paragraphs[index + 1 :])) if sentence.endswith(":") else []
                listed = found["list"].strip(" :").removesuffix(".")
                entries = [*BETWEEN.split(listed), *(_without_joining(bullet.text) for bullet in bullets)]
                return tuple(entry for entry in entries if entry), {paragraph.line, *(b.line for b in bullets)}
    return (), set()


def request_of(paragraphs: Sequence[Paragraph], findings: Findings) -> Request:
    """The recommendation, the address for comments, and the closing time if one is printed."""
    if not paragraphs:
        findings.add("recommendation-missing", None, "The paper makes no recommendation.")
    recommendation, placed = _recommendation(paragraphs)
    by, by_lines = _comments_by(paragraphs, findings)
    to, to_lines = _comments_to(paragraphs, findings)
    placed |= by_lines | to_lines
    for paragraph in paragraphs:
        if paragraph.line not in placed:
            findings.unplaced(paragraph.line, paragraph.text)
    return Request(recommendation, to, by)


def _recommendation(paragraphs: Sequence[Paragraph]) -> tuple[str | None, set[int]]:
    """The sentence that requests something, else the first; with its list where it ends in a colon."""
    sentences = [(index, sentence) for index, p in enumerate(paragraphs) for sentence in sentences_of(p.text)]
    if not sentences:
        return None, set()
    index, sentence = next((pair for pair in sentences if REQUESTED.search(pair[1])), sentences[0])
    bullets = list(_bullets(paragraphs[index + 1 :])) if sentence.endswith(":") else []
    words = " ".join([sentence, *(bullet.text for bullet in bullets)])
    return words, {paragraphs[index].line, *(bullet.line for bullet in bullets)}


def _comments_to(paragraphs: Sequence[Paragraph], findings: Findings) -> tuple[str | None, set[int]]:
    found = [(address, p.line) for p in paragraphs for address in ADDRESS.findall(p.text)]
    if not found:
        if paragraphs:
            message = "The recommendation gives no address for comments."
            findings.add("comments-address-missing", paragraphs[0].line, message)
        return None, set()
    if len({address.lower() for address, _ in found}) > 1:
        message = f"The recommendation gives more than one address; {found[0][0]} is taken."
        findings.add("comments-address-unclear", found[0][1], message)
    return found[0][0], {line for _, line in found}


def _comments_by(paragraphs: Sequence[Paragraph], findings: Findings) -> tuple[str | None, set[int]]:
    """Only what is printed with its year, in a sentence about comments."""
    for paragraph in paragraphs:
        for sentence in sentences_of(paragraph.text):
            if CLOSING.search(sentence) and ABOUT_COMMENTS.search(sentence):
                closing = closing_in(sentence)
                if closing is None:
                    message = f"When comments close is not clear from “{sentence[:120]}”."
                    findings.add("closing-date-unclear", paragraph.line, message)
                return closing, {paragraph.line}
    return None, set()


def _bullets(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The bullets that follow a colon directly."""
    for paragraph in paragraphs:
        if paragraph.shape is not Shape.BULLET:
            return
        yield paragraph


def _without_joining(bullet: str) -> str:
    """A bullet without the "; and" that ties it to the next."""
    return JOINING.sub("", bullet).strip()
