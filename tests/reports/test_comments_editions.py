"""What each edition of a Comments document has, and what it must not have: a planted word is looked for everywhere."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.compilation import Comment, CommentsDocument, Compilation, Edition, Response
from bot.decisions import Disposition
from bot.domain import Classification
from bot.reports import Format, files, write
from bot.reports.editions import editions
from bot.reports.summary import checksum, summarise
from tests.reports.comments_example import (
    COMMENTS,
    DIGESTS,
    DOCUMENT,
    FIRST_NAMES,
    KEPT,
    OPERATIONS_GROUP,
    PLAIN,
    REPLIES,
    ROBIN,
    SECURITY,
    WHOLE,
)
from tests.reports.written import data, markdown

PLANTED = "xyzzy"


def words_of(document: CommentsDocument) -> str:
    """All the words of a document in every format, with those that a Word file has about itself."""
    with zipfile.ZipFile(io.BytesIO(write(document, Format.DOCX))) as word:
        parts = [word.read(name).decode() for name in word.namelist() if name.endswith((".xml", ".rels"))]
    plain = [re.sub(r"<[^>]*>", "", part) for part in parts]
    return "\n".join([*parts, *plain, *(write(document, each).decode() for each in (Format.MARKDOWN, Format.JSON))])


def two_bodies() -> CommentsDocument:
    """The Security Sub-Committee was asked as well; each thing that was given to it has the planted word in it."""
    whole = WHOLE.compilation
    there = SECURITY.sub_committee
    said = replace(PLAIN, ref="DP092-V021", sub_committee=there, text=PLANTED, organisation=PLANTED, context=PLANTED)
    (given,), (answer,), (check,) = whole.given, whole.no_comment, whole.checks
    reaction = replace(given.reactions[0], meaning=PLANTED, organisations=(PLANTED,))
    reply = replace(REPLIES[1], ref="DP092-R021", sub_committee=there, text=PLANTED)
    answered = (Response(Disposition.ANSWERED, "", reply.ref),)  # with words that the other body was given
    changed: dict[str, object] = {
        "invited": (OPERATIONS_GROUP, replace(SECURITY, paper=PLANTED, views_invited_on=(PLANTED,))),
        "comments": (*COMMENTS[1:], replace(COMMENTS[0], responses=answered), said),
        "replies": (*REPLIES, reply),
        "given": (
            replace(given, platforms=("Slack",), not_seen=1),
            replace(given, sub_committee=there, reactions=(reaction,), platforms=("Teams " + PLANTED,), not_seen=1),
        ),
        "platforms": ("Slack", "Teams " + PLANTED),
        "no_comment": (answer, replace(answer, sub_committee=there, organisation=PLANTED)),
        "checks": (check, replace(check, sub_committee=there, problem=PLANTED)),
        "kept": (*KEPT, replace(KEPT[0], sub_committee=there, text=PLANTED)),
    }
    return replace(WHOLE, compilation=replace(whole, **changed))  # type: ignore[arg-type]


def test_one_body_has_a_public_edition_and_a_restricted_one() -> None:
    assert [name for name, _ in files(WHOLE)] == [
        "DP092 Comments v0.1.docx",
        "DP092 Comments v0.1.md",
        "DP092 Comments v0.1.json",
        "DP092 Comments v0.1 (restricted).docx",
    ]
    assert [each.compilation.edition for each in editions(WHOLE)] == [Edition.PUBLIC, Edition.RESTRICTED]


def test_an_extract_has_nothing_that_was_given_to_another_body() -> None:
    assert [name for name, _ in files(two_bodies())][3:] == [
        "DP092 Comments v0.1 (Operations Group).docx",
        "DP092 Comments v0.1 (Security Sub-Committee (SSC)).docx",
        "DP092 Comments v0.1 (restricted).docx",
    ]
    public, operations, security, whole = editions(two_bodies())

    found = words_of(operations)
    assert PLANTED not in found
    assert "Security Sub-Committee" not in found
    assert "DP092-V021" not in found
    assert "DP092-R021" not in found
    assert "Extract for the Operations Group" in found
    assert all(PLANTED in words_of(each) for each in (public, security, whole))
    assert COMMENTS[1].text.split("\n")[0] not in words_of(security)
    assert summarise(operations.compilation).total == summarise(DOCUMENT.compilation).total


def test_no_name_address_or_earlier_wording_is_in_the_public_edition() -> None:
    found, restricted = words_of(DOCUMENT), words_of(WHOLE)

    for name in FIRST_NAMES:
        assert not re.search(rf"\b{name}\b", found), name
        assert re.search(rf"\b{name}\b", restricted), name
    for secret in ("member.example", ROBIN, "how much notice is given.”", "Please do not print this", "Many thanks"):
        assert secret not in found
        assert secret in restricted
    assert DIGESTS[0].digest not in found


def test_words_in_confidence_are_in_the_restricted_edition_alone_and_marked_there() -> None:
    (secret,) = [comment for comment in COMMENTS if comment.confidential]

    assert secret.text not in words_of(DOCUMENT)
    assert secret.ref not in words_of(DOCUMENT)
    assert f"In confidence; not in the public version.\n\n> “{secret.text}”" in markdown(WHOLE)
    assert "it is counted, and is not attributed or quoted in the public version." in markdown(WHOLE)
    assert data(WHOLE)["summary"] == data(DOCUMENT)["summary"]


def test_the_subject_of_an_email_is_for_secas_alone() -> None:
    assert "Re: DP092" not in words_of(DOCUMENT)
    assert "Re: DP092" in words_of(WHOLE)
    assert "item 16" in words_of(DOCUMENT)  # of the minutes that are quoted


def test_the_restricted_edition_says_who_how_and_why() -> None:
    said = markdown(WHOLE)

    for line in (
        "Slack, 31 October 2019. Ben Holm. ben.holm@member.example. Alternate for Dan Okoro. Party",
        f"Meeting, 5 November 2019 (item 16). Finn Reid. finn.reid@member.example. Entered by {ROBIN}, 6pm on 5 Nov",
        "Earlier wording, 11.30pm on 31 October 2019: “Consider: how much notice is given.”",
        "Sorted by its author; suggested: issue (the comment starts with “Issue:”).",
        f"Sorted by {ROBIN}; suggested: impact (the words “have to be re-booked”).",
        "Not sorted; suggested: unsorted (no word of any facet was found).",
        "The author objects: “Please do not print this.”",
        "One person answered “no comment”, for Ribble Supply. Lee Marsh, Ribble Supply, 9am on 4 November 2019.",
    ):
        assert line in said, line
    assert said.startswith("**Restricted: for the SECAS Change Team**\n")
    assert "Members' names are not printed." not in said


def test_the_checksum_is_the_same_in_every_edition_and_its_rows_are_restricted() -> None:
    made = checksum(DIGESTS)

    assert {data(each)["receipt"]["checksum"] for each in editions(two_bodies())} == {made}
    assert data(DOCUMENT)["receipt"]["digests"] == []
    assert [row["ref"] for row in data(WHOLE)["receipt"]["digests"]] == [row.ref for row in DIGESTS]
    assert f"SHA-256: {made}" in markdown(DOCUMENT).split("## Annex A")[1]
    assert checksum((*DIGESTS[:-1], replace(DIGESTS[-1], digest="0" * 64))) != made
    assert checksum(()) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: replace(whole, comments=marked(whole.comments[0], *whole.comments[1:])),
        lambda whole: replace(whole, paper_classification=Classification.AMBER),
    ],
    ids=["a comment", "the paper"],
)
def test_the_public_edition_has_the_highest_mark_of_what_is_in_it(
    change: Callable[[Compilation], Compilation],
) -> None:
    document = replace(WHOLE, compilation=change(replace(WHOLE.compilation, classification=Classification.AMBER)))

    assert markdown(editions(document)[0]).startswith("This document is classified as Amber.")


def test_what_is_not_in_the_public_edition_gives_it_no_mark() -> None:
    kept = tuple(replace(each, mark=Classification.RED) for each in KEPT)
    whole = replace(WHOLE.compilation, kept=kept, classification=Classification.RED)
    public, _ = editions(replace(WHOLE, compilation=whole))

    assert public.compilation.classification is Classification.WHITE


def marked(first: Comment, *others: Comment) -> tuple[Comment, ...]:
    return (replace(first, mark=Classification.AMBER), *others)
