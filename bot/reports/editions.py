"""What others than SECAS may see of a Comments document: the public edition, and each Sub-Committee's extract of it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.compilation import Check, Comment, CommentsDocument, Compilation, Edition, Reply, Response
from bot.domain import Classification, Source
from bot.rules.classification import POSTABLE, highest


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
    """Without names, earlier wordings, suggestions, what does not stand, and whatever was said in confidence."""
    attributed = tuple(_published(each) for each in whole.comments if not each.confidential)
    replies = tuple(replace(each, behind=None) for each in whole.replies if not each.confidential)
    answers = tuple(replace(each, name=None) for each in whole.no_comment)
    shown = _with(whole, attributed, replies)
    return replace(shown, edition=Edition.PUBLIC, no_comment=answers, kept=(), digests=())


def _published(comment: Comment) -> Comment:
    """Where it stands is told of minutes alone: the subject of somebody's e-mail is SECAS's."""
    return replace(comment, behind=None, context=comment.context if comment.way is Source.MEETING else None)


def released_as(whole: Compilation) -> Classification:
    """What a release makes of it: White, or Clear where its paper calls it so."""
    return whole.paper_classification if whole.paper_classification in POSTABLE else Classification.WHITE


def extract(whole: Compilation, sub_committee: str) -> Compilation:
    """The public edition of what was said to one Sub-Committee alone."""
    shown = public(whole)  # of what the public edition says of its own mark, the extract's contents decide anew
    shown = replace(shown, handling=whole.handling, released_by=whole.released_by, released_at=whole.released_at)
    given = _of(shown.given, sub_committee)
    return replace(
        _with(shown, _of(shown.comments, sub_committee), _of(shown.replies, sub_committee)),
        extract_for=sub_committee,
        invited=_of(shown.invited, sub_committee),
        given=given,
        platforms=tuple(name for each in given for name in each.platforms) or shown.platforms,
        no_comment=_of(shown.no_comment, sub_committee),
        checks=_of(shown.checks, sub_committee),
    )


def _of(parts: tuple[T, ...], sub_committee: str) -> tuple[T, ...]:
    return tuple(part for part in parts if part.sub_committee == sub_committee)


def _with(whole: Compilation, comments: tuple[Comment, ...], replies: tuple[Reply, ...]) -> Compilation:
    """It with these comments and replies alone, none of them linked to one that is left out, and with their mark.

    What is marked higher than White is White once somebody released it; the paper's handling is of its own marking.
    """
    marks = [comment.mark for comment in comments] + [reply.mark for reply in replies]
    mark = highest([whole.paper_classification, *marks])
    released = whole.released_by is not None and mark not in POSTABLE
    shown = released_as(whole) if released else mark
    there = {comment.whole for comment in comments} | {reply.ref for reply in replies}
    return replace(
        whole,
        classification=shown,
        handling=whole.handling if shown is whole.paper_classification else None,
        released_by=whole.released_by if released else None,
        released_at=whole.released_at if released else None,
        comments=tuple(replace(each, responses=_responses(each, there)) for each in comments),
        replies=tuple(replace(each, answers=tuple(ref for ref in each.answers if ref in there)) for each in replies),
        checks=tuple(_check(each, {ref.rpartition("-")[2] for ref in there}) for each in whole.checks),
    )


def _check(check: Check, there: Collection[str]) -> Check:
    return replace(check, refs=check.refs and tuple(ref for ref in check.refs if ref in there))


def _responses(comment: Comment, there: Collection[str]) -> tuple[Response, ...]:
    return tuple(
        replace(response, reply=response.reply if response.reply in there else None) for response in comment.responses
    )
