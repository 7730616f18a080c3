"""What others than SECAS may see of a Comments document: the public edition, and each Sub-Committee's extract of it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.compilation import Comment, CommentsDocument, Compilation, Edition, Reply, Response
from bot.rules.classification import highest


class _OfOne(Protocol):
    @property
    def sub_committee(self) -> str: ...


T = TypeVar("T", bound=_OfOne)


def editions(document: CommentsDocument) -> list[CommentsDocument]:
    """The public edition, an extract for each Sub-Committee where several were invited, and SECAS's own."""
    whole = document.compilation
    bodies = list(dict.fromkeys(invited.sub_committee for invited in whole.invited))
    extracts = bodies if len(bodies) > 1 else []
    made = [public(whole), *(extract(whole, body) for body in extracts), whole]
    return [replace(document, compilation=each) for each in made]


def public(whole: Compilation) -> Compilation:
    """Without names, earlier wordings, suggestions, what does not stand, and the words of confidential comments."""
    attributed = tuple(replace(each, behind=None) for each in whole.comments if not each.confidential)
    replies = tuple(replace(each, behind=None) for each in whole.replies)
    answers = tuple(replace(each, name=None) for each in whole.no_comment)
    shown = _with(whole, attributed, replies)
    return replace(shown, edition=Edition.PUBLIC, no_comment=answers, kept=(), digests=())


def extract(whole: Compilation, sub_committee: str) -> Compilation:
    """The public edition of what was said to one Sub-Committee alone."""
    shown = public(whole)
    return replace(
        _with(shown, _of(shown.comments, sub_committee), _of(shown.replies, sub_committee)),
        extract_for=sub_committee,
        invited=_of(shown.invited, sub_committee),
        given=_of(shown.given, sub_committee),
        no_comment=_of(shown.no_comment, sub_committee),
        checks=_of(shown.checks, sub_committee),
    )


def _of(parts: tuple[T, ...], sub_committee: str) -> tuple[T, ...]:
    return tuple(part for part in parts if part.sub_committee == sub_committee)


def _with(whole: Compilation, comments: tuple[Comment, ...], replies: tuple[Reply, ...]) -> Compilation:
    """It with these comments and replies alone, none of them linked to one that is left out, and with their mark."""
    marks = [comment.mark for comment in comments] + [reply.mark for reply in replies]
    there = {comment.whole for comment in comments} | {reply.ref for reply in replies}
    return replace(
        whole,
        classification=highest([whole.paper_classification, *marks]),
        comments=tuple(replace(each, responses=_responses(each, there)) for each in comments),
        replies=tuple(replace(each, answers=tuple(ref for ref in each.answers if ref in there)) for each in replies),
    )


def _responses(comment: Comment, there: Collection[str]) -> tuple[Response, ...]:
    return tuple(
        replace(response, reply=response.reply if response.reply in there else None) for response in comment.responses
    )
