"""A comment that an analyst enters for its author: `/dp enter` in Slack, what it becomes, and who sees it."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.models import SeenPerson
from bot.rules.refs import parse_ref
from bot.services import acting, amending, purging
from handlers.sandbox import Member
from handlers.sandbox.members import Answer
from tests.handlers.slack.asking import sentence
from tests.handlers.slack.hearing import views
from tests.handlers.slack.own import Json, decisions, direct, fields_of, notes, recorded, replayed, submits
from tests.house import PAPER, House, sample, two_bodies

WORDS = "The issue should cover notice to agents as well as Users.\n\nTwo weeks is too short."
ADA = "ada.firth@northshire.example"


async def opens(house: House, member: Member | None = None, reference: str = "DP092") -> Json:
    """The analyst types `/dp enter`: the form."""
    analyst = member or house.robin
    assert (await analyst.types(house.secas, f"/dp enter {reference}")).acknowledged
    return analyst.modals[-1]


async def enters(house: House, **fields: object) -> Answer:
    """The form, filled in and submitted a week after the paper was posted."""
    house.clock.now = max(house.clock.now, datetime(2019, 11, 6, 10, tzinfo=UTC))
    form = await opens(house)
    usual = {"source": "e-mail", "on": "2019-11-05", "person": ADA, "words": WORDS}
    return await submits(house.robin, form, **{name: value for name, value in (usual | fields).items() if value})


def outcome(house: House) -> str:
    """What the form says at the end."""
    form = house.robin.modals[-1]
    return "\n".join(block["text"]["text"] for block in form["blocks"])


async def test_a_comment_by_email_is_recorded_for_its_author_as_of_that_day(house: House) -> None:
    await enters(house, context="Our view on DP092")

    assert outcome(house).startswith(
        "Recorded as DP092-V001, received by e-mail on 5 November 2019. "
        "It will appear as: Northshire Energy, Large Suppliers (member)."
    )
    (view,) = await recorded(house)
    assert (view.text, view.context, view.entered_by) == (WORDS, "Our view on DP092", "robin.ainsley@secas.example")
    assert view.author
    assert (view.author.name, view.author.email) == ("Ada Firth", ADA)
    assert "by e-mail, 5 November 2019" in await views(house)
    assert "1 comment from 1 organisation" in (await house.ada.types(house.channel, "/dp show 92")).text
    document = await house.compiles()
    assert "The issue should cover notice to agents as well as Users." in document
    await replayed(house)


async def test_the_author_is_told_how_it_will_appear(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "She was seen in Slack.")
    await enters(house)

    (note,) = await direct(house, house.ada)
    assert note == (
        "Your comment on DP092, received by e-mail on 5 November 2019, is recorded as DP092-V001. It will appear as: "
        "Northshire Energy, Large Suppliers (member). Your name is given to SECAS and is not in the public version. "
        "If this is not right, write to the SECAS Change Team at change.team@secas.example, quoting DP092-V001."
    )
    assert "Ada Firth is told in a direct message." in outcome(house)


async def test_where_the_author_is_not_known_the_analyst_is_given_the_words_to_send(house: House) -> None:
    await enters(house, person="Ada Firth", on="2019-10-29")

    assert "29 October 2019 is before DP092 was put to the Operations Group on 30 October 2019." in outcome(house)
    assert "Ada Firth cannot be reached by dpbot and was not told. To be sent by e-mail:" in outcome(house)
    assert "Your comment on DP092, received by e-mail on 29 October 2019, is recorded as DP092-V001." in outcome(house)
    assert await direct(house, house.ada) == []


async def test_somebody_picked_in_slack_needs_no_address(house: House) -> None:
    await enters(house, person=None, picked=house.cara.id, source="telephone")

    assert "made by telephone on 5 November 2019" in outcome(house)
    assert "Calder Networks, Electricity Networks (member)" in outcome(house)
    assert len(await direct(house, house.cara)) == 1


async def test_the_proposers_words_are_a_reply_and_are_not_counted(house: House) -> None:
    await enters(house, person="gwen.lowe@dcc.example", source="meeting", context="meeting 26, item 16")
    assert "Recorded as DP092-R001, made at the meeting on 5 November 2019." in outcome(house)
    await enters(house, person="Lee Marsh", organisation="the DCC")  # on no roster

    assert "Recorded as DP092-R002" in outcome(house)
    assert "no comments yet" in (await house.ada.types(house.channel, "/dp show 92")).text


async def test_for_somebody_not_on_the_roster_secas_says_whose_view_it_is(house: House) -> None:
    stranger = {"person": "Lee Marsh", "organisation": "Kelso Meters Ltd", "party_category": "Other SEC Parties"}
    await enters(house, **stranger)
    await enters(house, **stranger, words="A second one.")

    first, second = await recorded(house)
    assert "Kelso Meters Ltd, Other SEC Parties" in await views(house)
    assert (first.profile.basis, first.author and first.author.name) == ("entered", "Lee Marsh")
    assert first.author
    assert second.author
    assert first.author.id == second.author.id
    assert "Lee" not in first.author.id  # names stand only where they can be erased


WRONG: list[tuple[str, Json, str]] = [
    ("on", {"on": "2019-11-07"}, "7 November 2019 is still to come"),
    ("on", {"on": "2009-11-05"}, "before the Smart Energy Code began in 2013"),
    ("at", {"on": "2019-11-06", "at": "18:00"}, "6pm on 6 November 2019 is still to come"),
    ("person", {"person": None}, "by an e-mail address or a name"),
    ("person", {"person": "ada@"}, "by an e-mail address or a name"),
    ("organisation", {"person": "Ada Frith"}, "Ada Frith is not on SECAS's roster: check the spelling"),
    ("organisation", {"organisation": "Calder Networks"}, "Ada Firth is recorded with Northshire Energy, Large Supp"),
    ("organisation", {"person": "Lee Marsh", "party_category": "Gas Networks"}, "The organisation is missing"),
    ("organisation", {"person": "Lee Marsh", "organisation": "x\u202ey"}, "no control characters"),
    ("context", {"context": "a\u202eb"}, "Where it stands"),
    ("words", {"words": " \n "}, "The comment has no words"),
]


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(house: House) -> None:
    robot = house.workspace.member("Workflow", is_bot=True)
    picked: list[tuple[str, Json, str]] = [
        ("person", {"picked": house.cara.id}, "in one way only"),
        ("picked", {"person": None, "picked": robot.id}, "That is a program"),
    ]
    for field, fields, said in WRONG + picked:
        answer = await enters(house, **fields)
        assert answer.payload["response_action"] == "errors"
        assert said in answer.payload["errors"][field]
        assert house.robin.modals.pop()["callback_id"] == "enter_comment"
    assert await recorded(house) == []


async def test_the_same_comment_is_not_recorded_twice(house: House) -> None:
    await enters(house)
    again = await enters(house, person="Ada Firth", words=f"{WORDS}\n")
    by_letter = await enters(house, source="letter")

    assert "recorded already, as DP092-V001" in next(iter(again.payload["errors"].values()))
    assert by_letter.payload["response_action"] == "update"
    assert len(await recorded(house)) == 2


async def test_only_analysts_may_and_only_on_what_was_put_to_somebody(house: House) -> None:
    member = await house.ada.types(house.channel, "/dp enter DP092")
    unknown = await house.robin.types(house.channel, "/dp enter DP777")
    house.ada.modals.append(await opens(house))  # somehow she got hold of the form
    tried = await submits(house.ada, house.ada.modals[-1], source="letter", on="2019-10-30", person=ADA, words=WORDS)

    assert "may enter a comment" in sentence(member)
    assert sentence(unknown) == "DP777 has not been put to a Sub-Committee: check the number."
    assert "may enter a comment" in str(tried.payload["errors"])
    assert await recorded(house) == []


async def test_who_may_not_enter_makes_dpbot_look_nobody_up(house: House) -> None:
    form, robot = await opens(house), house.workspace.member("Workflow", is_bot=True)
    for picked in (house.kit, robot):
        house.ada.modals.append(form)
        tried = await submits(house.ada, form, source="letter", on="2019-10-30", picked=picked.id, words=WORDS)
        assert "may enter a comment" in str(tried.payload["errors"])

    async with house.desk.sessions.read() as session:
        assert house.kit.id not in (await session.scalars(select(SeenPerson.id))).all()


async def test_in_a_thread_the_analyst_is_told_what_to_type(house: House) -> None:
    await house.robin.replies(house.post(), f"<@{house.workspace.bot_user_id}> enter DP092")

    (note,) = await notes(house, house.robin)
    assert "please type /dp enter DP092" in note


async def test_a_confidential_comment_is_counted_and_shown_to_secas_alone(house: House) -> None:
    await enters(house, confidential=["confidential"], words="plantedword")
    member = (await house.ada.types(house.channel, "/dp views DP092")).text

    assert "It is confidential: it is counted, and never attributed or quoted outside SECAS." in outcome(house)
    assert "plantedword" in await views(house)
    assert "plantedword" not in member
    assert "1 comment" in (await house.ada.types(house.channel, "/dp show 92")).text
    await replayed(house)


async def test_of_two_sub_committees_the_analyst_says_which_and_the_other_does_not_see_it(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, _):
        await house.puts(sample({PAPER: "SSC_30_1211_02"}))
        assert "sub_committee" in fields_of(await opens(house))
        await enters(house, sub_committee="OPSG", words="plantedword")
        await enters(house, sub_committee="SSC", words="plantedword", person="isla.beck@ribble.example")
        own = [
            (await house.cast[name].types(house.channel, "/dp views DP092")).text for name in ("Robin", "Ada", "Isla")
        ]

    assert [shown.count("plantedword") for shown in own] == [2, 1, 1]
    assert "DP092-V001" in own[1]
    assert "DP092-V002" in own[2]


async def test_a_person_who_left_a_company_speaks_for_the_one_of_that_day(house: House) -> None:
    rows = (
        "e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity,alternate for,from,to,platform id\n"
        f"{ADA},Ada Firth,Northshire Energy,Large Suppliers,OPSG,1,member,,,2019-11-03,\n"
        f"{ADA},Ada Firth,Wharfe Supply,Small Suppliers,OPSG,2,member,,2019-11-04,,\n"
    )
    await house.has_roster(rows)
    await enters(house, on="2019-11-02")
    await enters(house)

    assert [view.profile.organisation for view in await recorded(house)] == ["Northshire Energy", "Wharfe Supply"]


async def test_the_words_of_an_entered_comment_are_purged_after_its_withdrawal(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "She was seen in Slack.")
    await enters(house, words="plantedword")
    named = parse_ref("DP092-V001")
    assert named
    async with house.desk.sessions.begin() as session:
        by = acting.analyst(house.desk.config, "robin.ainsley@secas.example")
        await amending.withdraw_for_author(
            session, house.desk.config, house.desk.outbox, named, "By telephone.", by, house.clock()
        )
    assert "plantedword" not in await views(house)
    async with house.desk.sessions.begin() as session:
        await purging.purge(session, 30, house.clock() + timedelta(days=31))
    await replayed(house)

    assert len(await direct(house, house.ada)) == 1  # the first note waited still, and names what is withdrawn
    assert (await decisions(house))[-1].reason == "By telephone."
    with sqlite3.connect(house.folder / "test.db") as connection:
        assert "plantedword" not in "".join(connection.iterdump())


async def test_the_post_says_how_many_of_its_comments_secas_entered_and_how(house: House) -> None:
    await house.cara.replies(house.post(), "Issue: clear.")
    await enters(house, source="e-mail")
    house.clock.forward(minutes=2)
    await house.ticks()

    assert "2 comments from 2 organisations, 1 by e-mail" in house.post_text()
    assert "by e-mail" not in (await house.ada.types(house.channel, "/dp list")).text
