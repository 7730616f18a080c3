"""Drafting and issuing a Comments document: what the record has, word for word, and nobody's name."""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import jobs, reports
from bot.domain import Capacity, Classification, CommentsDocument, Compilation, Facet, Reference
from bot.errors import NotPermitted, UserError
from bot.models import Document, Paper
from bot.papers import Reading, read_paper
from bot.reports import Format
from bot.services import compiling, importing
from handlers.sandbox import Channel, Said
from tests.house import PAPER, PEOPLE, SAMPLE, House, open_house, published
from tests.papers.conftest import SHORT_PAPER

DP092 = Reference(92)
ANALYST = "robin.ainsley@secas.example"


async def draft(house: House, reference: Reference = DP092) -> CommentsDocument:
    async with house.desk.sessions.begin() as session:
        return compiling.document(await compiling.draft(session, house.desk.config, reference, house.clock()))


async def issue(house: House, by: str = ANALYST, reference: Reference = DP092) -> CommentsDocument:
    async with house.desk.sessions.begin() as session:
        return compiling.document(await compiling.issue(session, house.desk.config, reference, by, house.clock()))


async def compiled(house: House, reference: Reference = DP092) -> Compilation:
    return (await draft(house, reference)).compilation


def texts(compilation: Compilation) -> list[tuple[str, str]]:
    return [(comment.ref, comment.text) for comment in compilation.comments]


def files(document: CommentsDocument) -> dict[Format, str]:
    """All the words of the document in each of its formats."""
    found = {form: reports.write(document, form) for form in Format}
    with zipfile.ZipFile(io.BytesIO(found[Format.DOCX])) as word:
        parts = [word.read(name).decode() for name in word.namelist() if name.endswith((".xml", ".rels"))]
    docx = re.sub(r"<[^>]*>", "", " ".join(parts)) + " ".join(parts)
    return {
        Format.DOCX: docx,
        Format.MARKDOWN: found[Format.MARKDOWN].decode(),
        Format.JSON: found[Format.JSON].decode(),
    }


@asynccontextmanager
async def two_sub_committees(folder: Path) -> AsyncIterator[tuple[House, Channel]]:
    """The same proposals put to the Operations Group and, by a paper of its own, to the Security Sub-Committee."""
    other = '[[channels]]\nplatform = "slack"\nname = "security"\nsub_committee = "SSC"\n[secas]'
    async with open_house(folder, lambda text: text.replace("[secas]", other)) as house:
        security = house.workspace.channel("security")
        async with house.connected():
            await published(house)
            reading = read_paper(SAMPLE.name, SAMPLE.read_bytes())
            facts = replace(reading.paper, reference="SSC_30_0611_04", body="SSC", meeting=30, number=4)
            facts = replace(facts, meeting_date=date(2019, 11, 6))
            await house.imports(replace(reading, paper=facts), b"another file")
            await house.publishes("SSC_30_0611_04")
            yield house, security


# --- versions ---------------------------------------------------------------------------------------------------------


async def test_drafts_are_numbered_from_0_1(house: House) -> None:
    assert [(await draft(house)).name for _ in range(2)] == ["DP092 Comments v0.1", "DP092 Comments v0.2"]
    assert (await draft(house, Reference(93))).name == "DP093 Comments v0.1"


async def test_the_issued_document_is_the_draft_unchanged(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: it is clear.")
    await house.cara.reacts(house.post(), "+1")
    drafted = await draft(house)
    house.clock.forward(days=3)

    issued = await issue(house)

    assert issued.name == "DP092 Comments v1.0"
    assert issued.compilation == drafted.compilation
    assert (issued.issued_by, drafted.issued_by) == (ANALYST, None)
    assert issued.made_at == house.clock()


async def test_after_v1_0_a_draft_is_v1_1_and_the_re_issue_v2_0(house: House) -> None:
    await draft(house)
    await issue(house)
    await house.ada.replies(house.post(), "Issue: one thing more.")

    assert (await draft(house)).name == "DP092 Comments v1.1"
    assert (await draft(house)).name == "DP092 Comments v1.2"
    again = await issue(house)
    assert again.name == "DP092 Comments v2.0"
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

    with pytest.raises(NotPermitted, match="may not issue a Comments document: only the analysts"):
        await issue(house, by)
    assert (await issue(house, ANALYST.upper())).name == "DP092 Comments v1.0"


@pytest.mark.parametrize(
    "change",
    ["a new comment", "an edit", "a withdrawal", "a reaction", "a reaction taken back", "a reply", "a reaction to one"],
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

    with pytest.raises(
        UserError, match=r"^The record of DP092 changed since draft v0\.1: compile a new draft and read"
    ):
        await issue(house)
    await draft(house)
    assert (await issue(house)).name == "DP092 Comments v1.0"


async def test_what_is_not_in_the_document_does_not_hold_it_up(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: it is clear.")
    await draft(house)
    await house.cara.replies(house.post("DP093"), "Issue: of another proposal.")
    await house.cara.reacts(said, "tada")
    await house.robin.reacts(house.post(), "+1")
    await house.ada.posts(house.channel, "Issue: in no thread.")
    await house.ticks()

    assert (await issue(house)).name == "DP092 Comments v1.0"


# --- what it holds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "  Issue: two  spaces,\n\na blank line & <angles>, “quotes”, {{ braces }}, `ticks`, *stars*.",
        "Issue: | a | table | # not a heading\n> not a quotation",
        "🙂 ünïcödé \u202eright to left",
    ],
)
async def test_words_are_kept_verbatim(house: House, words: str) -> None:
    await house.ada.replies(house.post(), words)

    assert texts(await compiled(house)) == [("DP092-V001", words.strip())]


async def test_the_latest_wording_is_shown_and_said_to_be_edited(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: first words.")
    await house.cara.replies(house.post(), "Issue: left as it was.")
    house.clock.forward(seconds=5)
    await house.ada.edits(said, "Impacts: second words.")
    first, second = (await compiled(house)).comments

    assert (first.text, first.edited, first.facet) == ("Impacts: second words.", True, Facet.IMPACT)
    assert (second.text, second.edited) == ("Issue: left as it was.", False)


async def test_a_withdrawn_comment_is_counted_and_its_words_are_nowhere(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: regrettable words.")
    await house.cara.replies(house.post(), "Issue: the other.")
    await house.ada.deletes(said)
    document = await draft(house)

    assert document.compilation.withdrawn == 1
    assert texts(document.compilation) == [("DP092-V002", "Issue: the other.")]
    assert not any("regrettable" in words for words in files(document).values())


async def test_a_reply_taken_back_is_no_withdrawn_comment(house: House) -> None:
    said = await house.robin.replies(house.post(), "Not what I meant.")
    await house.robin.deletes(said)
    compilation = await compiled(house)

    assert (compilation.withdrawn, compilation.replies) == (0, ())


async def test_the_prefix_decides_the_facet_and_the_rest_is_unsorted(house: House) -> None:
    for words in ("Issue: a", "*Impacts*: b", "consider - c", "None of them"):
        await house.ada.replies(house.post(), words)

    assert [comment.facet for comment in (await compiled(house)).comments] == [
        Facet.ISSUE,
        Facet.IMPACT,
        Facet.CONSIDER,
        Facet.UNSORTED,
    ]


async def test_comments_carry_organisation_category_and_capacity_as_the_roster_has_them(house: House) -> None:
    for member in (house.ada, house.ben, house.finn, house.isla, house.jo, house.kit):
        await member.replies(house.post(), "Issue: so.")

    assert [(c.organisation, c.party_category, c.capacity) for c in (await compiled(house)).comments] == [
        ("Northshire Energy", "Large Suppliers", Capacity.MEMBER),
        ("Northshire Energy", "Large Suppliers", Capacity.ALTERNATE),
        ("Tarn Metering", "Other SEC Parties", Capacity.OBSERVER),
        ("Ribble Security", None, Capacity.OBSERVER),
        (None, None, Capacity.NOT_STATED),
        (None, None, Capacity.NOT_STATED),
    ]


async def test_replies_stand_beside_in_the_order_of_time_and_are_not_counted(house: House) -> None:
    await house.robin.replies(house.post(), "Welcome.")
    await house.ada.replies(house.post(), "Issue: it is clear.")
    await house.gwen.replies(house.post(), "Thank you.")
    await house.hugh.replies(house.post(), "Noted from the chair.")
    document = await draft(house)

    assert [(reply.ref, reply.organisation, reply.text) for reply in document.compilation.replies] == [
        ("DP092-R001", "SECAS", "Welcome."),
        ("DP092-R002", "DCC", "Thank you."),
        ("DP092-R003", "Ames Consulting", "Noted from the chair."),
    ]
    summary = json.loads(files(document)[Format.JSON])["summary"]
    assert (summary["comments"], summary["replies_not_counted"]) == (1, 3)


async def test_reactions_are_counted_by_meaning_for_people_who_may_give_views(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: it is clear.")
    for member in (house.ada, house.ben, house.cara, house.robin, house.gwen, house.hugh):
        await member.reacts(house.post(), "+1")
    await house.cara.reacts(house.post(), "thumbsup::skin-tone-3")
    await house.dan.reacts(house.post(), "tada")
    await house.jo.reacts(house.post(), "raised_hand")
    await house.dan.reacts(said, "grey_question")
    compilation = await compiled(house)

    assert [(r.meaning, r.people, r.organisations) for r in compilation.reactions] == [
        ("agree with the issue as described", 3, ("Calder Networks", "Northshire Energy")),
        ("further input wanted", 1, ()),
    ]
    (on_comment,) = compilation.comments[0].reactions
    assert (on_comment.meaning, on_comment.people, on_comment.organisations) == (
        "needs clarification",
        1,
        ("Wharfe Supply",),
    )


async def test_nothing_of_another_proposal_is_in_it(house: House) -> None:
    await house.ada.replies(house.post("DP091"), "Issue: of ninety-one.")
    await house.robin.replies(house.post("DP091"), "A reply on ninety-one.")
    await house.cara.reacts(house.post("DP091"), "+1")
    compilation = await compiled(house)

    assert (compilation.comments, compilation.replies, compilation.reactions) == ((), (), ())


async def test_silence_is_said(house: House) -> None:
    assert "No comments were received." in files(await draft(house))[Format.MARKDOWN]


async def test_its_first_page_has_the_papers_facts(house: House) -> None:
    compilation = await compiled(house)

    assert (compilation.reference, compilation.title) == ("DP092", "New Planned Maintenance Methodology")
    assert (compilation.proposer, compilation.organisation) == ("Daniel Stroud", "DCC")
    assert compilation.lead_analyst == "Ellis Farrow"
    assert compilation.stage == "Development Stage"
    assert compilation.problem_statement == "Draft, Appendix E to OPSG_26_0511_16 (29 October 2019)"
    assert compilation.collected_until == house.clock()
    (invited,) = compilation.invited
    assert (invited.sub_committee, invited.meeting, invited.meeting_date) == (
        "Operations Group",
        26,
        date(2019, 11, 5),
    )


async def test_two_sub_committees_are_both_invited_and_each_comment_says_which(tmp_path: Path) -> None:
    async with two_sub_committees(tmp_path) as (house, security):
        theirs = house.workspace.find(security, "*DP092  ")
        ours = house.workspace.find(house.channel, "*DP092  ")
        await house.isla.replies(theirs, "Issue: from security.")
        await house.ada.replies(ours, "Issue: from operations.")
        await house.isla.reacts(theirs, "+1")
        await house.ada.reacts(ours, "+1")
        document = await draft(house)

    compilation = document.compilation
    assert [(i.sub_committee, i.paper, i.meeting) for i in compilation.invited] == [
        ("Operations Group", "OPSG_26_0511_16", 26),
        ("Security Sub-Committee", "SSC_30_0611_04", 30),
    ]
    assert [(c.ref, c.sub_committee) for c in compilation.comments] == [
        ("DP092-V001", "Security Sub-Committee"),
        ("DP092-V002", "Operations Group"),
    ]
    (agreed,) = compilation.reactions
    assert (agreed.people, agreed.organisations) == (2, ("Northshire Energy", "Ribble Security"))
    assert "Operations Group" in files(document)[Format.MARKDOWN]


def a_later_paper() -> Reading:
    """The sample again, for the Security Sub-Committee and some of it in other words."""
    text = SAMPLE.read_text("utf-8")
    for old, new in (
        ("OPSG_26_0511_16", "SSC_30_1211_02"),
        ("'New Planned Maintenance Methodology'", "'A graded maintenance methodology'"),
        ("found in Appendix E", "found in Appendix F"),
    ):
        assert old in text
        text = text.replace(old, new)
    return read_paper("later.txt", text.encode())


async def test_a_later_paper_speaks_for_a_proposal_only_once_it_is_published(tmp_path: Path) -> None:
    channels = '[[channels]]\nplatform = "slack"\nname = "security"\nsub_committee = "SSC"\n[secas]'
    async with open_house(tmp_path, lambda text: text.replace("[secas]", channels)) as house:
        house.workspace.channel("security")
        async with house.connected():
            await published(house)
            before = await compiled(house)
            await house.imports(a_later_paper(), b"later")
            imported = await compiled(house)
            await house.publishes("SSC_30_1211_02")
            both = await compiled(house)

    assert imported == before
    assert (both.title, both.problem_statement) == (
        "A graded maintenance methodology",
        "Draft, Appendix F to SSC_30_1211_02 (29 October 2019)",
    )
    assert [(invited.sub_committee, invited.paper) for invited in both.invited] == [
        ("Operations Group", PAPER),
        ("Security Sub-Committee", "SSC_30_1211_02"),
    ]


async def test_party_categories_are_called_and_ordered_as_in_the_configuration(tmp_path: Path) -> None:
    def renamed(text: str) -> str:
        text = text.replace('"Gas Networks" = []\n', "").replace('"Small Suppliers" = []\n', "")
        return text.replace("[party_categories]\n", '[party_categories]\n"Pipes" = []\n"Small Suppliers" = []\n')

    async with open_house(tmp_path, renamed) as house, house.connected():
        await published(house)
        await house.ada.replies(house.post(), "Issue: a large one.")
        await house.dan.replies(house.post(), "Issue: a small one.")
        said = files(await draft(house))[Format.MARKDOWN]

    assert "No comments were received from Pipes, Electricity Networks or Other SEC Parties." in said
    assert "Small Suppliers; Large Suppliers" in said


# --- nobody's name ----------------------------------------------------------------------------------------------------


async def everybody_speaks(house: House) -> Said:
    """Each person replies and reacts; one edits. What the last one said."""
    for first_name in house.cast:
        member = house.cast[first_name]
        said = await member.replies(house.post(), "Impacts: on our organisation.")
        await member.reacts(house.post(), "+1")
        await member.reacts(said, "raised_hand")
    house.clock.forward(seconds=1)
    await house.kit.edits(said, "Impacts: on ours.")
    return said


@pytest.mark.parametrize("final", [False, True], ids=["draft", "issued"])
async def test_no_members_name_or_address_is_in_any_file(house: House, final: bool) -> None:
    await everybody_speaks(house)
    document = await draft(house)
    if final:
        document = await issue(house)

    identities = {person.id for person in house.cast.values()}
    words = {part for name in PEOPLE for part in (name, *name.split())} | {email for email in PEOPLE.values() if email}
    words -= {"Ames"}  # Hugh Ames's organisation has his name
    for form, text in files(document).items():
        found = {word for word in words | identities if re.search(rf"\b{re.escape(word)}\b", text)}
        assert not found, form


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
        await importing.store(session, quiet_house.desk.config, reading, "p.txt", b"p", confirmed, quiet_house.clock())
    await quiet_house.publishes()
    document = await draft(quiet_house)

    sentence = "meeting date read from the paper's reference, not confirmed"
    for form in (Format.DOCX, Format.MARKDOWN):
        assert (sentence in files(document)[form]) is said
    invited: dict[str, Any] = json.loads(files(document)[Format.JSON])["invited"][0]
    assert invited["meeting_confirmed"] is confirmed


# --- what was asked for and cannot be done ----------------------------------------------------------------------------


def told_secas(house: House) -> list[str]:
    return [str(message["text"]) for message in house.workspace.messages(house.secas) if not message.get("files")]


async def drafts(house: House) -> int:
    async with house.desk.sessions.read() as session:
        return len((await session.scalars(select(Document))).all())


async def asks_for(house: House, *references: str) -> None:
    for reference in references:
        await house.robin.types(house.channel, f"/dp compile {reference}")


async def test_what_a_broken_template_stops_is_said_once_and_the_next_request_is_compiled(tmp_path: Path) -> None:
    own = tmp_path / "own/report"
    own.mkdir(parents=True)
    (own / "comments.md").write_text('{% if proposal.reference == "DP092" %}{{ nothing }}{% endif %}Fine.', "utf-8")
    async with (
        open_house(tmp_path, lambda text: text + f'[templates]\ndirectory = "{own.parent}"\n') as house,
        house.connected(),
    ):
        await published(house)
        await asks_for(house, "DP092", "DP093")

        for _ in range(3):
            await house.ticks()

        assert told_secas(house) == [
            "The md template of the Comments document cannot be used: 'nothing' is undefined.",
        ]
        assert {file.name for file in house.workspace.files(house.secas)} == {
            f"DP093 Comments v0.1.{form.value}" for form in Format
        }
        made = await drafts(house)
        (own / "comments.md").write_text("Mended.", "utf-8")
        await house.ticks()
        assert await drafts(house) == made
        assert len(house.workspace.files(house.secas)) == 3


async def test_asked_again_after_the_template_is_mended_it_is_compiled(tmp_path: Path) -> None:
    own = tmp_path / "own/report"
    own.mkdir(parents=True)
    (own / "comments.md").write_text("{% if %}", "utf-8")
    async with (
        open_house(tmp_path, lambda text: text + f'[templates]\ndirectory = "{own.parent}"\n') as house,
        house.connected(),
    ):
        await published(house)
        await asks_for(house, "DP092")
        await house.ticks()
        assert house.workspace.files(house.secas) == []
        (own / "comments.md").write_text("Mended.", "utf-8")

        await asks_for(house, "DP092")
        await house.ticks()

        assert len(house.workspace.files(house.secas)) == 3
        assert len(told_secas(house)) == 1


async def test_a_paper_whose_classification_changed_is_said_once_and_the_next_request_is_compiled(house: House) -> None:
    other = SHORT_PAPER.replace("OPSG_26_0511_16", "OPSG_26_0511_17")
    await house.imports(read_paper("other.txt", other.encode()), b"other")
    await house.publishes("OPSG_26_0511_17")
    await asks_for(house, "DP092", "DP501")
    async with house.desk.sessions.begin() as session:
        changed = update(Paper).where(Paper.reference == PAPER)
        await session.execute(changed.values(classification=Classification.AMBER))

    await jobs.compile_requested(house.desk)
    await jobs.compile_requested(house.desk)
    await house.sends()

    assert told_secas(house) == [
        "DP092 Comments cannot be compiled: the paper is classified Amber and only White is posted.",
    ]
    assert {file.name for file in house.workspace.files(house.secas)} == {
        f"DP501 Comments v0.1.{form.value}" for form in Format
    }
