"""What a paper asks of its readers: what views are invited on, what is recommended, where and until when to comment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.papers.days import CLOSES, closing_in
from bot.papers.findings import Findings, opening
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

# What a paper is for: as its head says, and as its recommendation asks.
ACTIONS = {
    "discussion": (
        re.compile(r"discuss|comment", re.IGNORECASE),
        re.compile(r"\bdiscuss|\bcomments?\b|\bviews\b", re.IGNORECASE),
    ),
    "decision": (
        re.compile(r"deci(?:sion|de)|approv|agree", re.IGNORECASE),
        re.compile(r"\b(?:approve|agree|decide|endorse|determine|confirm)\b", re.IGNORECASE),
    ),
    "information": (re.compile(r"information|noting|note", re.IGNORECASE), re.compile(r"\bnote\b", re.IGNORECASE)),
}
REQUESTED = re.compile(r"\b(?:requested|invited|asked|recommended|recommends?) to\b")
# An address, for display only. Lengths are bounded so that reading stays linear.
ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
ABOUT_COMMENTS = re.compile(r"\b(?:comments?|feedback|views?|respon\w+|repl\w+)\b", re.IGNORECASE)
NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)


# A sentence that asks for them, and one that tells of them.
ASKS = re.compile(
    r"\b(?:send|sent|provide|submit|return|give|respond|reply|requested|invited|asked|welcome|please|should|must|reach"
    r"|clos(?:e|es|ing)|deadline)\b",
    re.IGNORECASE,
)
REPORTS = re.compile(
    r"\b(?:were|was|have been|had been|will be|are) "
    r"(?:received|reported|considered|collated|presented|published|discussed)\b"
)


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence of the recommendations, and the paragraph (the how-manieth) that it stands in.

    Each is itself alone, whatever its words, so that many are told apart at once.
    """

    index: int
    text: str
    paragraph: Paragraph


@dataclass(frozen=True)
class Request:
    recommendation: str | None
    comments_to: str | None
    comments_by: str | None


def invitations_in(paragraphs: Sequence[Paragraph], findings: Findings) -> tuple[str, ...]:
    """What views are invited on, each as printed."""
    for index, paragraph in enumerate(paragraphs):
        for sentence in sentences_of(paragraph.text):
            if found := INVITED.search(sentence):
                bullets = list(_bullets(paragraphs[index + 1 :])) if sentence.endswith(":") else []
                listed = found["list"].strip(" :").removesuffix(".")
                entries = [*BETWEEN.split(listed), *(_without_joining(bullet.text) for bullet in bullets)]
                for read in (paragraph, *bullets):
                    findings.place(read.lines, "invitations")
                return tuple(entry for entry in entries if entry)
    return ()


def request_of(paragraphs: Sequence[Paragraph], findings: Findings) -> Request:
    """The recommendation, the address for comments, and the closing time if one is printed."""
    if not paragraphs:
        findings.add("recommendation-missing", None, "The paper makes no recommendation.")
    sentences = [Said(index, s, p) for index, p in enumerate(paragraphs) for s in sentences_of(p.text)]
    recommendation, used = _recommendation(sentences, paragraphs, findings)
    by, about_closing = _comments_by(sentences, findings)
    to, with_address = _comments_to(sentences, findings)
    read = {*used, *about_closing, *with_address}
    begun = {said.index for said in read}
    for said in sentences:
        if said.index in begun and said not in read:
            findings.unplaced(said.paragraph.lines, said.text)
    return Request(recommendation, to, by)


def check_purpose(purpose: Sequence[Paragraph], comments_by: str | None, findings: Findings) -> None:
    """Say where the purpose gives a closing time that the recommendations do not give: only theirs is taken."""
    for paragraph in purpose:
        for sentence in sentences_of(paragraph.text):
            closes = CLOSES.search(sentence) and _asks_for_comments(sentence)
            if closes and (comments_by is None or closing_in(sentence) != comments_by):
                message = f"When comments close is said in the purpose, and was not taken from it: “{sentence[:120]}”."
                findings.add("closing-date-unclear", paragraph.line, message)


def _recommendation(
    sentences: Sequence[Said], paragraphs: Sequence[Paragraph], findings: Findings
) -> tuple[str | None, list[Said]]:
    """The sentence that requests something, else the first; with its list where it ends in a colon."""
    if not sentences:
        return None, []
    said = next((said for said in sentences if REQUESTED.search(said.text)), sentences[0])
    bullets = list(_bullets(paragraphs[said.index + 1 :])) if said.text.endswith(":") else []
    for read in (said.paragraph, *bullets):
        findings.place(read.lines, "recommendation")
    used = [said, *(one for one in sentences if 0 < one.index - said.index <= len(bullets))]
    return " ".join([said.text, *(bullet.text for bullet in bullets)]), used


def compare_action(action: str | None, recommendation: str | None, findings: Findings) -> None:
    """Say where the action at the head asks for something else than the recommendation does."""
    asked = {kind for kind, (name, _) in ACTIONS.items() if name.search(action or "")}
    request = (recommendation or "").partition(" to ")[2]
    requested = {kind for kind, (_, verbs) in ACTIONS.items() if verbs.search(request)}
    if asked and requested and not asked & requested:
        message = f"The paper is “{action}”, but its recommendation asks for something else: “{opening(request)}”."
        findings.add("action-differs", None, message)


def _comments_to(sentences: Sequence[Said], findings: Findings) -> tuple[str | None, list[Said]]:
    found = [(address, said) for said in sentences for address in ADDRESS.findall(said.text)]
    if not found:
        if sentences:
            message = "The recommendation gives no address for comments."
            findings.add("comments-address-missing", sentences[0].paragraph.line, message)
        return None, []
    meant = [
        (address, said) for address, said in found if ABOUT_COMMENTS.search(said.text) and not NOT.search(said.text)
    ]
    taken, first = meant[0] if meant else (None, found[0][1])
    if len({address.lower() for address, _ in found}) > 1 or not taken:
        message = (
            f"The recommendation gives more than one address; {taken} is taken."
            if taken
            else f"Whether {found[0][0]} is the address for comments is not clear, so it was not taken."
        )
        findings.add("comments-address-unclear", first.paragraph.line, message)
    for _, said in found:
        findings.place(said.paragraph.lines, "address for comments")
    return taken, [said for _, said in found]


def _comments_by(sentences: Sequence[Said], findings: Findings) -> tuple[str | None, list[Said]]:
    """Only what is printed with its year, in a sentence that asks for comments; two different ones are none."""
    asking = [said for said in sentences if CLOSES.search(said.text) and _asks_for_comments(said.text)]
    closings = [closing_in(said.text) for said in asking]
    differ = len(set(closings)) > 1
    for said in asking:
        findings.place(said.paragraph.lines, "closing time for comments")
    for said, closing in zip(asking, closings, strict=True):
        if closing is None or differ:
            message = f"When comments close is not clear from “{said.text[:120]}”."
            findings.add("closing-date-unclear", said.paragraph.line, message)
    return (closings[0] if closings and not differ else None), asking


def _asks_for_comments(sentence: str) -> bool:
    return bool(ABOUT_COMMENTS.search(sentence) and ASKS.search(sentence) and not REPORTS.search(sentence))


def _bullets(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The bullets that follow a colon directly."""
    for paragraph in paragraphs:
        if paragraph.shape is not Shape.BULLET:
            return
        yield paragraph


def _without_joining(bullet: str) -> str:
    """A bullet without the "; and" that ties it to the next."""
    return JOINING.sub("", bullet).strip()
