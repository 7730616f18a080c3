"""“Comment privately”: a comment that is not written in the channel, confidential where its author asks for it."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain import Source
from bot.models import Words
from bot.services import audience, record
from bot.services.recorded import State
from tests.conversations.filling import from_menu, from_note, under_post
from tests.handlers.slack.own import decisions, recorded, replayed
from tests.house import House

WORDS = "Impacts: the marked windmill costs us a day a week."
HOSTILE = 'Issue: & < > <!channel> <at>x</at> &lt; "q" \\ {{ 7*7 }}\n*b* \u202e' + "x" * 2900


async def test_the_form_says_how_it_will_appear_and_the_comment_is_told_to_its_author_alone(house: House) -> None:
    form = await under_post(house, house.ada)
    for words in (
        "DP092  New Planned Maintenance Methodology",
        "Nothing is written in the channel.",
        "It will appear as: Northshire Energy, Large Suppliers (member).",
        "Confidential: counted, never attributed or quoted outside SECAS",
    ):
        assert words in form.words
    assert set(form.fields) == {"words", "facet", "stance", "speaks_for", "on_behalf_of", "confidential"}
    blank = await form.sends(words=" \n ", on_behalf_of="Tarn Metering")
    assert "The comment has no words: write some, or close the form." in blank
    assert await recorded(house) == []
    house.ada.modals.clear()

    assert await form.sends(words=WORDS, stance="needs clarification") == ""
    assert house.ada.modals == []
    await house.ticks()
    (view,) = await recorded(house)
    assert (view.ref, view.text, view.source, view.state) == ("DP092-V001", WORDS, Source.PRIVATE, State.STANDS)
    assert view.stance == "needs clarification"
    (note,) = await house.told(house.ada)
    assert "Your comment on DP092 is recorded as DP092-V001." in note
    assert "Your name is given to SECAS and is not in the public version." in note
    assert "windmill" not in "".join(house.side.messages(house.channel)) + house.post_text()
    assert "1 comment from 1 organisation" in house.post_text()
    await house.ada.replies(house.post(), "Issue: a second one, so no first.")
    assert len(await house.told(house.ada)) == 1
    await replayed(house)


async def test_the_same_form_sent_twice_is_one_comment_and_forms_of_several_at_once_are_one_each(house: House) -> None:
    form = await under_post(house, house.ada)
    await asyncio.gather(*(form.sends(words=WORDS, stance="needs clarification") for _ in range(3)))
    house.clock.forward(minutes=1)
    await form.sends(words=WORDS)
    (view,) = await recorded(house)
    assert not view.edited
    assert len(await decisions(house)) == 1
    assert len(await house.told(house.ada)) == 1

    people = (house.ada, house.cara, house.finn, house.jo)
    forms = [await under_post(house, person) for person in people]
    await asyncio.gather(*(each.sends(words=WORDS) for each in forms))
    views = await recorded(house)
    assert sorted(view.ref for view in views) == [f"DP092-V00{number}" for number in range(1, 6)]
    by = {view.author.id: view.profile for view in views if view.author}
    assert by.keys() == {person.id for person in people}
    assert by[house.finn.id].capacity == "observer"
    assert by[house.jo.id].organisation is None
    assert "Please state your organisation: " in (await house.told(house.jo))[-1]


async def test_its_author_changes_and_withdraws_it_from_the_note_and_its_words_are_purged_in_time(house: House) -> None:
    await (await under_post(house, house.ada)).sends(words=HOSTILE, confidential=True)
    house.clock.forward(minutes=5)
    form = await from_note(house, house.ada, "my_comment")
    assert (form.fields["words"].value, form.fields["confidential"].value) == (HOSTILE, "true")
    await form.sends(words="Impacts: half a day.")

    (view,) = await recorded(house)
    assert [said.text for said in view.wordings] == [HOSTILE, "Impacts: half a day."]
    assert view.confidential
    assert view.edited
    assert "Its new words stand, and the earlier ones are kept beside them." in (await house.told(house.ada))[-1]
    await replayed(house)
    house.clock.forward(minutes=5)
    await (await from_note(house, house.ada, "my_comment")).sends(confidential=False, withdraw=True)
    (view,) = await recorded(house)
    assert (view.state, view.wordings) == (State.WITHDRAWN, ())
    assert "DP092-V001 is withdrawn: its words are shown to nobody from now on." in (await house.told(house.ada))[-1]
    house.clock.forward(days=40)
    await house.ticks()
    async with house.desk.sessions.read() as session:
        assert [words.text for words in await session.scalars(select(Words))] == [None, None]


async def test_confidential_words_are_seen_by_secas_alone_and_counted_everywhere(house: House) -> None:
    await (await under_post(house, house.dan)).sends(words=WORDS, confidential=True)
    await house.ada.replies(house.post(), "Issue: open to all.")
    house.clock.now = datetime(2019, 11, 4, 9, tzinfo=UTC)
    await house.ticks()
    asked = [(await house.ada.types(house.channel, f"/dp {line}")).text for line in ("views 92", "show 92", "list")]
    everywhere = [*asked, house.post_text(), *await house.told(house.ada), *house.side.messages(house.channel)]

    assert "windmill" not in "\n".join(everywhere)
    assert "Wharfe" not in asked[0] + asked[1] + house.post_text()
    assert "2 comments from 2 organisations" in house.post_text()
    assert "2 comments" in asked[2]
    assert "It is confidential" in (await house.told(house.dan))[0]
    assert "windmill" in (await house.robin.types(house.secas, "/dp views DP092")).text
    async with house.desk.sessions.read() as session:
        proposal = (await recorded(house))[0].proposal_id
        seen = await record.views(session, audience.within(frozenset({"OPSG"})), proposal)
        assert [view.ref for view in seen] == ["DP092-V002"]


async def test_a_private_comment_may_replace_a_reply_and_a_reply_a_private_comment(house: House) -> None:
    reply = await house.ada.replies(house.post(), "Issue: said in the channel.")
    (said,) = await recorded(house)
    await house.ada.types(house.channel, "/dp show DP092")
    form = await from_note(house, house.ada, "comment_privately")  # show offers it too
    await form.sends(words="Issue: said in private.", replaces=str(said.id))
    assert [view.state for view in await recorded(house)] == [State.REPLACED, State.STANDS]
    form = await from_menu(house, house.ada, await house.ada.replies(reply, "Issue: said again."))
    *_, private = form.fields["replaces"].choices.values()
    await form.sends(replaces=private)

    assert [view.state for view in await recorded(house)] == [State.REPLACED, State.REPLACED, State.STANDS]
