"""`/dp views`: what each reader is shown of each comment, and what is shown beside them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.decisions import Actor, Closes, Objected, Replaced, Role, SpeaksFor, Stance, Stated, Value
from bot.domain import Facet, HeardWords, Origin, Place, Source, Speaker
from bot.models import Document, Invitation, Post, View, Wording, Words
from bot.services import collecting, deciding
from bot.services.deciding import About
from handlers.sandbox import blocks as kit
from tests.handlers.slack.asking import sentence
from tests.house import ROBIN, ROSTER, House, sample, two_bodies

ANALYST = Actor(ROBIN, frozenset({Role.ANALYST}))
BOTH = "hugh.ames@panel.example,Hugh Ames,Ames Consulting,,SSC,,observer\n"
ALTERNATES = """\
e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity,alternate for,from,to,platform id
ada.firth@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,OPSG,Large Supplier 1,member,,,,
ben.holm@northshire.example,Ben Holm,Northshire Energy,Large Suppliers,OPSG,,alternate,Ada Firth,,,
cara.dunn@calder.example,Cara Dunn,Calder Networks,Electricity Networks,OPSG,Networks 1,member,,,,
"""


async def reads(house: House, who: str, line: str = "/dp views DP092") -> str:
    return (await house.cast[who].types(house.channel, line)).text


async def ref_of(house: House, words: str) -> int:
    async with house.desk.sessions.read() as session:
        found = await session.scalar(select(Wording.view_id).join(Wording.words).where(Words.text == words))
    assert found
    return found


async def decides(house: House, words: str, *values: Value) -> None:
    """Of the comment with these words."""
    about = About(ref_id=await ref_of(house, words))
    async with house.desk.sessions.begin() as session:
        for value in values:
            await deciding.decide(session, about, value, ANALYST, house.clock())


async def test_two_colleagues_who_differ_are_two_lines_under_their_organisation(house: House) -> None:
    await house.has_roster(ALTERNATES)
    await house.cara.replies(house.post(), "Issue: we see it too.")
    await house.ada.replies(house.post(), "Issue: there is none.\nImpacts: none.")
    await house.ben.replies(house.post(), "Issue: it is grave.")
    shown = await reads(house, "Cara", "/dp views DP092 by organisation")
    for_secas = await reads(house, "Robin", "/dp views 92 BY Organisation")

    found = [
        words for words in shown.replace("*", "").splitlines() if words in {"Calder Networks", "Northshire Energy"}
    ]
    assert found == ["Calder Networks", "Northshire Energy"]
    assert shown.index("it is grave") > shown.index("there is none") > shown.index("*Northshire Energy*")
    assert (
        "DP092-V002b*  |  Northshire Energy, Large Suppliers (member)  |  Slack, 30 October 2019  |  The impacts"
        in shown
    )
    assert "DP092-V003*  |  Northshire Energy, Large Suppliers (alternate)  |" in shown
    assert "Ben Holm, Northshire Energy, Large Suppliers (alternate for Ada Firth)" in for_secas
    for name in ("Ada", "Ben Holm", "Cara"):
        assert name not in shown


async def test_what_a_person_stated_of_a_comment_is_shown_with_it(house: House) -> None:
    words = "We see it too."
    await house.ada.replies(house.post(), words)
    stated = Stated(Facet.ISSUE, Stance.AGREES, "Wharfe & Supply", SpeaksFor.PERSONAL)
    await decides(house, words, stated)
    shown = await reads(house, "Cara")

    assert "agrees with the issue as described  |  on behalf of Wharfe & Supply  |  a personal view" in shown
    assert shown.index("The issue identified") < shown.index(words)


async def test_a_confidential_comment_is_counted_and_shown_to_secas_alone(house: House) -> None:
    await house.dan.replies(house.post(), "Impacts: Zanzibar tariffs.")
    await house.cara.replies(house.post(), "Impacts: some.")
    await decides(house, "Impacts: Zanzibar tariffs.", Stated(confidential=True))
    for_chair = await reads(house, "Hugh")

    counted = "2 comments from 2 organisations; 1 of them confidential and shown to SECAS alone"
    for shown in (await reads(house, "Ada"), await reads(house, "Dan"), for_chair):
        assert counted in shown
        assert "Zanzibar" not in shown
        assert "Wharfe" not in shown
    assert "Confidential comments apart, no comments have been received from Large Suppliers, Small" in for_chair
    for_secas = await reads(house, "Robin")
    assert "Impacts: Zanzibar tariffs." in for_secas
    assert "  |  confidential" in for_secas
    assert "No comments have been received from Large Suppliers, Gas Networks or Other SEC Parties." in for_secas


async def test_from_which_categories_nothing_came_is_for_secas_and_the_chair_until_the_document_is_issued(
    house: House,
) -> None:
    assert "have been received" not in await reads(house, "Robin")
    await house.ada.replies(house.post(), "Issue: clear.")
    silent = (
        "No comments have been received from Small Suppliers, Electricity Networks, Gas Networks or Other SEC Parties."
    )

    assert silent in await reads(house, "Robin")
    assert silent in await reads(house, "Hugh")
    assert "have been received" not in await reads(house, "Cara")
    async with house.desk.sessions.begin() as session:
        proposal = await session.scalar(select(Invitation.item_id))
        assert proposal
        view = (await session.scalars(select(View))).one()
        await session.refresh(view, ["ref"])
        snapshot = Document(proposal_id=view.ref.proposal_id, major=1, minor=0, made_at=house.clock(), snapshot={})
        snapshot.issued_by = ROBIN
        session.add(snapshot)
    assert silent in await reads(house, "Cara")


async def test_how_and_when_a_comment_came_is_said(house: House) -> None:
    async with house.desk.sessions.begin() as session:
        post = await session.scalar(select(Post).where(Post.message == house.post().ts))
        assert post
        assert post.invitation_id
        closes = Closes(datetime(2019, 10, 30, 17, tzinfo=UTC))
        await deciding.decide(session, About(invitation_id=post.invitation_id), closes, ANALYST, house.clock())
        for number, (source, said) in enumerate({Source.EMAIL: 9, Source.MEETING: 19}.items()):
            at = datetime(2019, 10, 30, said, tzinfo=UTC)
            place = Place("entered", source, post.message or "", f"{number}")
            heard = HeardWords(place, Speaker("entered", "p1", "ada.firth@northshire.example"), f"By {source}.", at, at)
            origin = Origin(source, "meeting 26" if number else "Re: secret subject", ROBIN)
            await collecting.write(session, house.desk.config, heard, post.id, house.clock(), origin)
    shown, for_secas = await reads(house, "Cara"), await reads(house, "Robin")

    assert "by e-mail, 30 October 2019\n" in shown
    assert "at the meeting, 30 October 2019 (meeting 26)  |  Received after 5pm on 30 October 2019" in shown
    assert "secret" not in shown
    assert f"by e-mail, 30 October 2019 (Re: secret subject), entered by {ROBIN}" in for_secas


async def test_secas_sees_every_state_with_its_reason_and_nobody_else_any(house: House) -> None:
    said = [await house.dan.replies(house.post(), f"Notice {number}.") for number in range(4)]
    await decides(house, "Notice 1.", Objected("I was only joking."))
    await decides(house, "Notice 2.", Replaced(await ref_of(house, "Notice 3.")))
    await house.dan.deletes(said[0])
    for_secas, shown = await reads(house, "Robin"), await reads(house, "Ada")

    assert "Removed in Slack on 30 October 2019: its words are shown to nobody." in for_secas
    assert "Notice 0" not in for_secas
    assert "Replaced by DP092-V004 on 30 October 2019." in for_secas
    assert "Its author objects to its being recorded: “I was only joking.”" in for_secas
    assert "No suggestion: " in for_secas
    assert "Operations Group, meeting 26: 2 comments from 1 organisation" in shown
    for words in ("Removed", "Replaced", "objects", "uggestion", "Notice 0", "Notice 2", "DP092-V001", "DP092-V003"):
        assert words not in shown


async def test_no_comment_and_an_organisation_that_is_only_stated_are_said(house: House) -> None:
    await house.dan.clicks(house.post(), "no_comment")
    await house.jo.replies(house.post(), "We see it.")
    async with house.desk.sessions.begin() as session:
        await session.execute(update(View).values(organisation="Tarn Metering", basis="stated"))

    shown = await reads(house, "Ada")
    assert "“No comment” was answered by 1 person, for Wharfe Supply." in shown
    assert "Tarn Metering (not stated) (as stated, not confirmed)" in shown
    assert "1 person: Dan Okoro, Wharfe Supply, 30 October 2019." in await reads(house, "Robin")


async def test_of_many_comments_each_heading_has_its_latest_within_slacks_limits(house: House) -> None:
    for number in range(14):
        await house.ada.replies(house.post(), f"Issue: early {number}. " + "A long story. " * 60)
    for number in range(14):
        await house.cara.replies(house.post(), f"Impacts: late {number}. " + "A long story. " * 60)
    for who in ("Ada", "Robin"):
        answer = await house.cast[who].types(house.channel, "/dp views DP092")
        kit.check_blocks(answer.payload["blocks"])
        kit.check_size(answer.payload["blocks"])
        assert "28 comments from 2 organisations" in answer.text
        for words in ("Issue: early 13.", "Impacts: late 13.", "in all; the Comments document has all.", "[…]"):
            assert words in answer.text
        assert "Issue: early 2." not in answer.text


async def test_a_command_that_is_not_understood_says_what_is_allowed(house: House) -> None:
    for line, found in (("by magic", 'found "by magic"'), ("DP092 by name", 'found "by name"')):
        answer = await house.ada.types(house.channel, f"/dp views {line}")
        assert found in sentence(answer) or "views needs a proposal" in sentence(answer)


# --- two Sub-Committees -----------------------------------------------------------------------------------------------


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[House]:
    """DP092 was put to both, each with a comment; Hugh chairs the one and sits on the other too."""
    async with two_bodies(tmp_path) as (house, security):
        await house.has_roster(ROSTER + BOTH)
        await house.puts(sample({"OPSG_26_0511_16": "SSC_12_0611_03", "Operations Group": "Security Sub-Committee"}))
        await house.ada.replies(house.post(), "Issue: said to operations.")
        other = house.workspace.find(security, "*DP092  ")
        await house.isla.replies(other, "Issue: said to security.")
        yield house


async def test_a_member_of_both_sub_committees_sees_both_labelled_and_others_their_own(both: House) -> None:
    operations, security = "Issue: said to operations.", "Issue: said to security."
    shown = {who: await reads(both, who) for who in ("Hugh", "Robin", "Ada", "Isla")}

    for who in ("Hugh", "Robin"):
        assert operations in shown[who]
        assert security in shown[who]
        assert "30 October 2019  |  Security Sub-Committee" in shown[who]
        assert "Operations Group, meeting 26: 1 comment from 1 organisation" in shown[who]
    assert operations in shown["Ada"]
    assert security in shown["Isla"]
    for words in (security, "Security", "Ribble"):
        assert words not in shown["Ada"]
    for words in (operations, "Operations", "Northshire"):
        assert words not in shown["Isla"]
    assert "No comments have been received from Small Suppliers" in shown["Hugh"]
    assert "have been received" not in shown["Isla"]
