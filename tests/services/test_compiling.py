"""Drafting and issuing a Comments document: who may, from which draft, and under which number."""

import json
from typing import Any

import pytest

from bot import reports
from bot.domain import Reference
from bot.errors import NotPermitted, UserError
from bot.papers import read_paper
from bot.reports import Format
from bot.services import importing
from tests.house import OPERATOR, SAMPLE, House
from tests.services.compiled import ANALYST, draft, file_names, files, issue, texts

# --- versions ---------------------------------------------------------------------------------------------------------


async def test_drafts_are_numbered_from_0_1(house: House) -> None:
    assert [str((await draft(house)).version) for _ in range(2)] == ["v0.1", "v0.2"]
    assert str((await draft(house, Reference(93))).version) == "v0.1"


async def test_each_edition_is_a_file_by_its_own_name(house: House) -> None:
    assert [name for name, _ in reports.files(await draft(house))] == file_names("DP092 Comments v0.1")


async def test_the_issued_document_is_the_draft_unchanged(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: it is clear.")
    await house.cara.reacts(house.post(), "+1")
    drafted = await draft(house)
    house.clock.forward(days=3)

    issued = await issue(house)

    assert str(issued.version) == "v1.0"
    assert issued.compilation == drafted.compilation
    assert (issued.issued_by, drafted.issued_by) == (ANALYST, None)
    assert issued.made_at == house.clock()


async def test_after_v1_0_a_draft_is_v1_1_and_the_re_issue_v2_0(house: House) -> None:
    await draft(house)
    await issue(house)
    await house.ada.replies(house.post(), "Issue: one thing more.")

    assert str((await draft(house)).version) == "v1.1"
    assert str((await draft(house)).version) == "v1.2"
    again = await issue(house)
    assert str(again.version) == "v2.0"
    assert texts(again.compilation) == [("DP092-V001", "Issue: one thing more.")]


async def test_it_is_the_latest_draft_that_is_issued(house: House) -> None:
    await draft(house)
    await house.ada.replies(house.post(), "Issue: it is clear.")
    latest = await draft(house)

    assert (await issue(house)).compilation == latest.compilation


async def test_without_a_draft_nothing_is_issued(house: House) -> None:
    with pytest.raises(
        UserError, match=r"^There is no draft of DP092 Comments to issue: compile one and read it first"
    ):
        await issue(house)


async def test_issuing_twice_gives_the_same_issue_whose_files_may_have_been_lost(house: House) -> None:
    await draft(house)
    first = await issue(house)
    house.clock.forward(days=1)

    assert await issue(house) == first


@pytest.mark.parametrize("by", ["ada.firth@northshire.example", "", "robin.ainsley@secas.example.org"])
async def test_only_an_analyst_issues(house: House, by: str) -> None:
    await draft(house)

    with pytest.raises(NotPermitted, match=r"^Only the SECAS analysts named in dpbot's configuration may issue a Comm"):
        await issue(house, by)
    assert str((await issue(house, ANALYST.upper())).version) == "v1.0"


@pytest.mark.parametrize(
    "change",
    [
        "a new comment",
        "an edit",
        "a withdrawal",
        "a reaction",
        "a reaction taken back",
        "a reply",
        "a reaction to one",
        "an answer of no comment",
        "a decision",
    ],
)
async def test_when_something_was_said_since_the_draft_it_is_not_issued(house: House, change: str) -> None:
    said = await house.ada.replies(house.post(), "Issue: it is clear.")
    await house.cara.reacts(house.post(), "+1")
    await draft(house)
    house.clock.forward(minutes=1)
    match change:
        case "a new comment":
            await house.dan.replies(house.post(), "Consider: the cost.")
        case "an edit":
            await house.ada.edits(said, "Issue: it is not clear.")
        case "a withdrawal":
            await house.ada.deletes(said)
        case "a reaction":
            await house.dan.reacts(house.post(), "+1")
        case "a reaction taken back":
            await house.cara.unreacts(house.post(), "+1")
        case "a reply":
            await house.robin.replies(house.post(), "Thank you.")
        case "a reaction to one":
            await house.cara.reacts(said, "grey_question")
        case "an answer of no comment":
            await house.dan.clicks(house.post(), "no_comment")
        case "a decision":
            await house.robin.types(house.channel, "/dp close DP092 at 5pm 12 November 2019")

    with pytest.raises(
        UserError, match=r"^The record of DP092 changed since draft v0\.1: compile a new draft and read"
    ):
        await issue(house)
    await draft(house)
    assert str((await issue(house)).version) == "v1.0"


async def test_what_is_not_in_the_document_does_not_hold_it_up(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: it is clear.")
    await draft(house)
    await house.cara.replies(house.post("DP093"), "Issue: of another proposal.")
    await house.cara.reacts(said, "tada")
    await house.robin.reacts(house.post(), "+1")
    await house.ada.posts(house.channel, "Issue: in no thread.")
    await house.ticks()

    assert str((await issue(house)).version) == "v1.0"


# --- what may be compiled ---------------------------------------------------------------------------------------------


async def test_a_proposal_that_no_paper_has_is_said(house: House) -> None:
    with pytest.raises(UserError, match=r"^DP999 is in no paper that was imported: check the number\.$"):
        await draft(house, Reference(999))


async def test_a_proposal_that_was_never_posted_has_no_comments_document(quiet_house: House) -> None:
    await quiet_house.imports()

    with pytest.raises(UserError, match=r"^DP092 has not been put to a Sub-Committee yet: publish its paper first\.$"):
        await draft(quiet_house)


@pytest.mark.parametrize(("confirmed", "said"), [(False, True), (True, False)])
async def test_a_meeting_date_that_nobody_confirmed_is_said(quiet_house: House, confirmed: bool, said: bool) -> None:
    reading = read_paper(SAMPLE.name, SAMPLE.read_bytes())
    async with quiet_house.desk.sessions.begin() as session:
        await importing.store(
            session, quiet_house.desk.config, reading, "p.txt", b"p", confirmed, OPERATOR, quiet_house.clock()
        )
    await quiet_house.publishes()
    document = await draft(quiet_house)

    sentence = "meeting date read from the paper's reference, not confirmed"
    for form in (Format.DOCX, Format.MARKDOWN):
        assert (sentence in files(document)[form]) is said
    invited: dict[str, Any] = json.loads(files(document)[Format.JSON])["invited"][0]
    assert invited["meeting_confirmed"] is confirmed
