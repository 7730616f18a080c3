"""“Comment privately”: a comment that is not written in the channel, confidential where its author asks for it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from bot.domain import Source
from bot.models import Words
from bot.services import audience, record
from bot.services.recorded import State
from handlers.sandbox.text import readable
from tests.handlers.slack.own import (
    chooses,
    comments_privately,
    decisions,
    direct,
    fields_of,
    notes,
    presses,
    recorded,
    replayed,
    submits,
)
from tests.house import House, two_bodies

WORDS = "Impacts: the marked windmill costs us a day a week."


async def test_the_form_says_how_the_comment_will_appear_and_what_it_takes(house: House) -> None:
    await house.ada.clicks(house.post(), "comment_privately")
    form = house.ada.modals[-1]
    words, fields = readable(form), fields_of(form)

    assert "DP092  New Planned Maintenance Methodology" in words
    assert "Nothing is written in the channel." in words
    assert "It will appear as: Northshire Energy, Large Suppliers (member)." in words
    assert (fields["words"]["max_length"], fields["words"]["multiline"]) == (3000, True)
    assert "Slack takes 3,000 characters here at the most" in words
    assert "Confidential: counted, never attributed or quoted outside SECAS" in words
    assert set(fields) == {"words", "facet", "stance", "speaks_for", "on_behalf_of", "confidential"}


async def test_a_private_comment_is_recorded_counted_and_told_to_its_author_alone(house: House) -> None:
    answer = await comments_privately(house, house.ada, WORDS, stance="needs clarification")
    await house.ticks()

    assert answer.payload == {}
    assert house.ada.modals == []
    (view,) = await recorded(house)
    assert (view.ref, view.text, view.source, view.state) == ("DP092-V001", WORDS, Source.PRIVATE, State.STANDS)
    assert view.stance == "needs clarification"
    (note,) = await direct(house, house.ada)
    assert note.startswith(
        "Your comment on DP092 is recorded as DP092-V001.\n"
        "It will appear as: Northshire Energy, Large Suppliers (member). Your name is given to SECAS and is not in the "
        "public version.\n"
        "To change or withdraw it, choose “My comment…” here or in `/dp mine`."
    )
    assert "windmill" not in str(house.workspace.thread(house.channel, house.post().ts))
    assert "1 comment from 1 organisation" in house.post_text()
    assert await notes(house, house.ada) == []
    await house.ada.replies(house.post(), "Issue: a second one, so no first.")
    assert await notes(house, house.ada) == []
    await replayed(house)


async def test_observers_and_people_on_no_roster_may_comment_privately_too(house: House) -> None:
    await comments_privately(house, house.finn, "Issue: seen from the side.")
    await comments_privately(house, house.jo, "Issue: seen from elsewhere.")

    finn, jo = await recorded(house)
    assert finn.profile.capacity == "observer"
    assert (jo.profile.capacity, jo.profile.organisation) == ("not stated", None)
    assert "Please state your organisation: `/dp profile`." in (await direct(house, house.jo))[-1]


async def test_the_same_form_sent_twice_is_one_comment(house: House) -> None:
    await house.ada.clicks(house.post(), "comment_privately")
    form = house.ada.modals[-1]
    await asyncio.gather(*(submits(house.ada, form, words=WORDS, stance="needs clarification") for _ in range(3)))
    house.clock.forward(minutes=1)
    await submits(house.ada, form, words=WORDS)

    (view,) = await recorded(house)
    assert not view.edited
    assert len(view.wordings) == 1
    assert len(await decisions(house)) == 1
    assert len(await direct(house, house.ada)) == 1


async def test_two_members_and_one_twice_at_the_same_moment_have_a_comment_a_form(house: House) -> None:
    people = (house.ada, house.cara, house.ada)
    for person in people:
        await person.clicks(house.post(), "comment_privately")
    forms = [house.ada.modals[0], house.cara.modals[0], house.ada.modals[1]]
    await asyncio.gather(*(submits(who, form, words=WORDS) for who, form in zip(people, forms, strict=True)))

    views = await recorded(house)
    assert sorted(view.ref for view in views) == ["DP092-V001", "DP092-V002", "DP092-V003"]
    assert sorted(view.author.id for view in views if view.author) == sorted(each.id for each in people)


async def test_blank_words_are_refused_in_the_form_and_nothing_is_lost(house: House) -> None:
    answer = await comments_privately(house, house.ada, " \n ", on_behalf_of="Tarn Metering")

    assert answer.payload["errors"] == {"words": "The comment has no words: write some, or close the form with Cancel."}
    assert len(house.ada.modals) == 1
    assert await recorded(house) == []


async def test_hostile_words_are_kept_and_come_back_into_the_form_as_they_were(house: House) -> None:
    words = 'Issue: & < > <!channel> &lt; "q" \\ {{ 7*7 }}\n*b* \u202e' + "x" * 2900
    await comments_privately(house, house.ada, words)
    await house.ada.types(house.channel, "/dp mine")
    await presses(house, house.ada, "my_comment")

    assert (await recorded(house))[0].text == words
    assert fields_of(house.ada.modals[-1])["words"]["initial_value"] == words


async def test_its_author_changes_it_from_the_note_and_the_earlier_words_are_kept_beside(house: House) -> None:
    await comments_privately(house, house.ada, WORDS, confidential=["confidential"])
    await direct(house, house.ada)
    house.clock.forward(minutes=5)
    note = house.workspace.find(house.workspace.direct(house.ada), "DP092-V001")
    await house.ada.clicks(note, "my_comment")
    form = house.ada.modals[-1]
    assert fields_of(form)["confidential"]["initial_options"]
    await submits(house.ada, form, words="Impacts: half a day.")

    (view,) = await recorded(house)
    assert [said.text for said in view.wordings] == [WORDS, "Impacts: half a day."]
    assert view.confidential
    assert view.edited
    assert "Its new words stand, and the earlier ones are kept beside them." in (await direct(house, house.ada))[-1]
    await replayed(house)
    await house.ada.clicks(house.workspace.find(house.workspace.direct(house.ada), "new words"), "my_comment")
    await submits(house.ada, house.ada.modals[-1], confidential=[], withdraw=["withdraw"])
    (view,) = await recorded(house)
    assert (view.state, view.wordings) == (State.WITHDRAWN, ())
    assert (await direct(house, house.ada))[-1] == (
        "DP092-V001 is withdrawn: its words are shown to nobody from now on."
    )
    assert await notes(house, house.ada) == []


async def test_a_private_comment_may_replace_a_reply_and_a_reply_a_private_comment(house: House) -> None:
    reply = await house.ada.replies(house.post(), "Issue: said in the channel.")
    (said,) = await recorded(house)
    await comments_privately(house, house.ada, "Issue: said in private.", replaces=str(said.id))
    assert [view.state for view in await recorded(house)] == [State.REPLACED, State.STANDS]
    again = await house.ada.replies(reply, "Issue: said again.")
    form = await chooses(house.ada, again)
    options = fields_of(form)["replaces"]["options"]
    await submits(house.ada, form, replaces=options[-1]["value"])

    assert [view.state for view in await recorded(house)] == [State.REPLACED, State.REPLACED, State.STANDS]


async def test_confidential_words_are_seen_by_secas_alone_and_counted_everywhere(house: House) -> None:
    await comments_privately(house, house.dan, WORDS, confidential=["confidential"])
    await house.ada.replies(house.post(), "Issue: open to all.")
    house.clock.now = datetime(2019, 11, 4, 9, tzinfo=UTC)
    await house.ticks()
    heard = [(await house.ada.types(house.channel, f"/dp {asked} DP092")).text for asked in ("views", "show")]
    heard += [(await house.ada.types(house.channel, "/dp list")).text, house.post_text()]
    heard += await direct(house, house.ada) + await notes(house, house.ada)
    heard += [str(message) for message in house.workspace.messages(house.channel)]

    assert "windmill" not in "\n".join(heard)
    assert "Wharfe" not in heard[0] + heard[1] + house.post_text()
    assert "2 comments from 2 organisations" in house.post_text()
    assert "2 comments, 2 organisations" in heard[2] or "2 comments from 2 organisations" in heard[2]
    assert "It is confidential" in (await direct(house, house.dan))[0]
    assert "windmill" in (await house.robin.types(house.secas, "/dp views DP092")).text
    async with house.desk.sessions.read() as session:
        proposal = (await recorded(house))[0].proposal_id
        seen = await record.views(session, audience.within(frozenset({"OPSG"})), proposal)
        assert [view.ref for view in seen] == ["DP092-V002"]


async def test_a_private_comment_is_for_its_own_sub_committee(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, _):
        await comments_privately(house, house.ada, WORDS)

        assert "windmill" in (await house.ben.types(house.channel, "/dp views DP092")).text
        assert "windmill" not in (await house.isla.types(house.channel, "/dp views DP092")).text
        shown = await house.isla.types(house.channel, "/dp show DP092")
        assert "Comment privately" not in shown.text
        async with house.desk.sessions.read() as session:
            proposal = (await recorded(house))[0].proposal_id
            assert not await record.views(session, audience.within(frozenset({"SSC"})), proposal)


async def test_show_offers_the_private_form_to_those_who_may_see_the_post(house: House) -> None:
    await house.ada.types(house.channel, "/dp show DP092")
    await presses(house, house.ada, "comment_privately")
    await submits(house.ada, house.ada.modals[-1], words=WORDS)

    assert (await recorded(house))[0].ref == "DP092-V001"


async def test_words_of_a_withdrawn_private_comment_are_purged_in_their_time(house: House) -> None:
    await comments_privately(house, house.ada, WORDS)
    await house.ada.types(house.channel, "/dp mine")
    await presses(house, house.ada, "my_comment")
    await submits(house.ada, house.ada.modals[-1], withdraw=["withdraw"])
    house.clock.forward(days=40)
    await house.ticks()

    async with house.desk.sessions.read() as session:
        assert [words.text for words in await session.scalars(select(Words))] == [None]
