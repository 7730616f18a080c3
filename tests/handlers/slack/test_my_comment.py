"""“My comment…”: what its author says of a recorded comment, changes, or takes back."""

import asyncio

import pytest

from bot.decisions import SpeaksFor, Stance, Stated
from bot.domain import Facet, HeardWords, Origin, Place, Source, Speaker
from bot.errors import WrongField
from bot.models import View
from bot.services import collecting, stating
from bot.services.recorded import State
from bot.services.stating import Form
from handlers.sandbox.text import readable
from tests.handlers.slack.own import (
    chooses,
    decisions,
    direct,
    fields_of,
    is_marked,
    notes,
    presses,
    recorded,
    replayed,
    submits,
)
from tests.house import House

HOSTILE = '& < > <!channel> @here "q" \\ {{ 7*7 }} {% raw %} *b* \u202e'


def option(element: dict[str, object]) -> str:
    return str((element.get("initial_option") or {}).get("value"))  # type: ignore[attr-defined]


# --- the form ---------------------------------------------------------------------------------------------------------


async def test_the_form_shows_the_ref_and_how_it_appears_and_chooses_nothing_for_the_author(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    form = await chooses(house.ada, said)

    words, fields = readable(form), fields_of(form)
    assert "DP092-V001" in words
    assert "It appears as: Northshire Energy, Large Suppliers (member)." in words
    assert "Not clear to us." in words
    assert [option(fields[name]) for name in ("facet", "stance", "speaks_for")] == ["none", "none", "none"]
    assert set(fields) == {"facet", "stance", "speaks_for", "on_behalf_of", "withdraw"}
    assert [each["text"]["text"] for each in fields["stance"]["options"]][1:] == [
        "Agrees with the issue as described",
        "Does not agree with the issue as described",
        "Needs clarification",
        "No comment",
    ]


async def test_what_the_author_says_is_recorded_confirmed_privately_and_shown_in_the_form(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    await notes(house, house.ada)
    given = {"facet": "issue", "stance": "needs clarification", "speaks_for": "personal", "on_behalf_of": " Tarn "}
    await submits(house.ada, await chooses(house.ada, said), **given)

    stated = Stated(Facet.ISSUE, Stance.CLARIFY, "Tarn", SpeaksFor.PERSONAL)
    (view,) = await recorded(house)
    assert view.stated == stated
    assert view.parts[0].facet is Facet.ISSUE
    assert (await notes(house, house.ada))[-1] == (
        "DP092-V001 is changed as you asked.\n"
        "On: the issue. Stance: needs clarification. A personal view. On behalf of: Tarn."
    )
    (decision,) = await decisions(house)
    assert (decision.by, decision.role) == (house.ada.id, "member")
    fields = fields_of(await chooses(house.ada, said))
    assert option(fields["stance"]) == "needs clarification"
    assert fields["on_behalf_of"]["initial_value"] == "Tarn"
    await replayed(house)


async def test_a_later_form_takes_back_what_an_earlier_one_said(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    await submits(house.ada, await chooses(house.ada, said), stance="needs clarification", facet="issue")
    await submits(house.ada, await chooses(house.ada, said), stance="none", facet="none")

    assert (await recorded(house))[0].stated == Stated()
    assert (await notes(house, house.ada))[-1].endswith("Nothing more is stated of it.")


async def test_a_form_that_changes_nothing_or_is_sent_twice_decides_nothing_more(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    form = await chooses(house.ada, said)
    await submits(house.ada, form, stance="needs clarification")
    told = await notes(house, house.ada)
    await submits(house.ada, form, stance="needs clarification")
    assert await notes(house, house.ada) == told
    await submits(house.ada, await chooses(house.ada, said))

    assert len(await decisions(house)) == 1
    assert (await notes(house, house.ada))[-1] == "Nothing was changed in DP092-V001."


async def test_hostile_words_come_back_as_they_were_given(house: House) -> None:
    said = await house.ada.replies(house.post(), HOSTILE)
    await house.ada.replies(house.post(), HOSTILE)
    await submits(house.ada, await chooses(house.ada, said), on_behalf_of=HOSTILE)

    assert (await recorded(house))[0].stated.on_behalf_of == HOSTILE
    form = await chooses(house.ada, said)
    assert fields_of(form)["on_behalf_of"]["initial_value"] == HOSTILE
    assert HOSTILE in readable(form)
    assert f"On behalf of: {HOSTILE}." in (await notes(house, house.ada))[-1]
    assert "<" not in str(house.workspace.ephemerals(house.ada)[-1]["blocks"])


async def test_an_answer_of_secas_or_the_proposers_side_can_only_be_withdrawn(house: House) -> None:
    said = await house.gwen.replies(house.post(), "Thank you, we shall look.")
    form = await chooses(house.gwen, said)

    assert "It appears as: DCC, beside the comments and not counted." in readable(form)
    assert set(fields_of(form)) == {"withdraw"}


# --- whose it is ------------------------------------------------------------------------------------------------------


async def test_somebody_elses_comment_is_not_theirs_to_change(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    refused = "somebody else's comment: only its author can change or withdraw it."

    assert refused in readable(await chooses(house.ben, said))
    for_analysts = readable(await chooses(house.robin, said))
    assert f"DP092-V001 is {refused} To sort it, set it aside or withhold it, type `/dp sort DP092`." in for_analysts


async def test_what_is_not_recorded_has_no_form(house: House) -> None:
    lunch = await house.ada.posts(house.channel, "Lunch?")
    heading = house.workspace.find(house.channel, "have entered the")
    for said in (lunch, heading, house.post(), await house.ada.replies(heading, "To the batch.")):
        assert "That message is not recorded as a comment" in readable(await chooses(house.ada, said))


async def test_a_form_in_another_persons_hands_changes_nothing(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    form = await chooses(house.ada, said)
    house.ben.modals.append(form)
    answer = await submits(house.ben, form, withdraw=["withdraw"])

    assert "somebody else's comment" in str(answer.payload["errors"])
    assert (await recorded(house))[0].stands
    assert await decisions(house) == []


# --- withdrawing ------------------------------------------------------------------------------------------------------


async def test_a_withdrawn_comment_is_sealed_at_once_and_its_message_stays(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: a marked windmill.")
    await house.ticks()
    assert is_marked(house, said)
    form = await chooses(house.ada, said)
    await submits(house.ada, form, withdraw=["withdraw"], stance="needs clarification")

    (view,) = await recorded(house)
    assert (view.state, view.text, view.wordings) == (State.WITHDRAWN, "", ())
    assert [decision.kind for decision in await decisions(house)] == ["withdrawn"]
    assert (await notes(house, house.ada))[-1] == (
        "DP092-V001 is withdrawn: its words are shown to nobody from now on. Your message stays in Slack: delete it "
        "there if it is to go too."
    )
    assert not is_marked(house, said)
    house.clock.forward(minutes=2)
    await house.ticks()
    assert "no comments yet" in house.post_text()
    assert "windmill" not in (await house.ada.types(house.channel, "/dp mine")).text
    await replayed(house)


async def test_a_withdrawn_comment_cannot_be_changed_and_edits_do_not_bring_it_back(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: a marked windmill.")
    form = await chooses(house.ada, said)
    await submits(house.ada, await chooses(house.ada, said), withdraw=["withdraw"])
    house.ada.modals.append(form)
    answer = await submits(house.ada, form, stance="needs clarification")
    house.clock.forward(minutes=1)
    await house.ada.edits(said, "Issue: a marked windmill, again.")

    sentence = "DP092-V001 was withdrawn on 30 October 2019 and can no longer be changed"
    assert sentence in str(answer.payload["errors"])
    assert sentence in readable(await chooses(house.ada, said))
    (view,) = await recorded(house)
    assert (view.state, view.text) == (State.WITHDRAWN, "")
    await house.sends()
    assert not is_marked(house, said)
    await house.ada.deletes(said)
    await replayed(house)


# --- replacing --------------------------------------------------------------------------------------------------------


async def test_a_later_comment_replaces_an_earlier_one_of_the_same_person_where_they_say_so(house: House) -> None:
    post = house.post()
    first = await house.ada.replies(post, "Issue: unclear.")
    await house.ben.replies(post, "Issue: clear.")
    await house.ada.replies(house.post("DP089"), "Issue: elsewhere.")
    last = await house.ada.replies(post, "Issue: clear to us now.")
    form = await chooses(house.ada, last)
    offered = {each["text"]["text"]: each["value"] for each in fields_of(form)["replaces"]["options"]}
    assert list(offered) == ["None", "DP092-V001: Issue: unclear."]
    assert "replaces" not in fields_of(await chooses(house.ada, first))
    await submits(house.ada, form, replaces=offered["DP092-V001: Issue: unclear."])

    states = {view.ref: view.state for view in await recorded(house)}
    assert [states[ref] for ref in ("DP092-V001", "DP092-V002", "DP092-V003", "DP089-V001")] == [
        State.REPLACED,
        State.STANDS,
        State.STANDS,
        State.STANDS,
    ]
    assert "It replaces DP092-V001." in (await notes(house, house.ada))[-1]
    again = await submits(house.ada, form, replaces=offered["DP092-V001: Issue: unclear."])
    assert again.payload == {}
    assert "It replaces DP092-V001." in readable(await chooses(house.ada, last))
    assert "It is replaced by DP092-V003." in readable(await chooses(house.ada, first))
    house.clock.forward(minutes=2)
    await house.ticks()
    assert "2 comments from 1 organisation" in house.post_text()
    await replayed(house)


async def test_nobody_replaces_what_is_not_their_own_earlier_comment_that_stands(house: House) -> None:
    post = house.post()
    await house.ben.replies(post, "Issue: clear.")
    gone = await house.ada.replies(post, "Issue: gone.")
    await house.ada.deletes(gone)
    await house.ada.replies(house.post("DP089"), "Issue: elsewhere.")
    await house.ada.replies(post, "Issue: mine.")
    await house.ada.replies(post, "Issue: later.")
    ids = {view.ref: view.id for view in await recorded(house)}
    desk, ada = house.desk, Speaker("slack", house.ada.id)
    async with desk.sessions.begin() as session:
        for ref in ("DP092-V001", "DP092-V002", "DP089-V001", "DP092-V003", "DP092-V004"):
            form, mine = Form(Stated(), replaces=ids[ref]), ids["DP092-V003"]
            with pytest.raises(WrongField, match="That comment cannot be replaced"):
                await stating.change(session, desk.config, desk.outbox, ada, mine, form, "key", house.clock())
    assert await decisions(house) == []


async def test_two_members_change_their_own_comments_at_once(house: House) -> None:
    post, people = house.post(), (house.ada, house.cara)
    said = [await person.replies(post, "Issue: hm.") for person in people]
    forms = [await chooses(person, each) for person, each in zip(people, said, strict=True)]
    await asyncio.gather(
        submits(house.ada, forms[0], stance="needs clarification"), submits(house.cara, forms[1], withdraw=["withdraw"])
    )

    ada, cara = await recorded(house)
    assert (ada.stance, ada.state) == (Stance.CLARIFY, State.STANDS)
    assert (cara.stance, cara.state) == (None, State.WITHDRAWN)


async def test_a_comment_in_the_channel_is_never_confidential(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: said to all.")
    assert "confidential" not in fields_of(await chooses(house.ada, said))
    (view,) = await recorded(house)
    async with house.desk.sessions.begin() as session:
        form = Form(Stated(), confidential=True)
        assert not await stating.state(session, view, form, house.clock())

    assert not (await recorded(house))[0].confidential


# --- /dp mine ---------------------------------------------------------------------------------------------------------


async def test_mine_shows_the_askers_own_comments_in_whatever_state_and_nobody_elses(house: House) -> None:
    post = house.post()
    assert "No comment of yours is recorded." in (await house.ada.types(house.channel, "/dp mine")).text
    kept = await house.ada.replies(post, "Issue: a windmill that stands.")
    gone = await house.ada.replies(post, "Issue: a windmill that is gone.")
    await house.ben.replies(post, "Issue: a windmill of another.")
    await house.ada.deletes(gone)
    shown = (await house.ada.types(house.channel, "/dp mine")).text

    assert "2 comments. Only you and SECAS see this list." in shown
    assert "Issue: a windmill that stands." in shown
    assert (
        "*DP092-V002*  |  Northshire Energy, Large Suppliers (member)  |  Slack, 30 October 2019  |  removed" in shown
    )
    assert "a windmill that is gone" not in shown
    assert "another" not in shown
    assert (await presses(house, house.ada, "my_comment")).acknowledged
    assert "DP092-V001" in readable(house.ada.modals[-1])
    await submits(house.ada, house.ada.modals[-1], withdraw=["withdraw"])
    await house.sends()
    assert not is_marked(house, kept)


async def test_an_author_finds_and_withdraws_what_secas_entered_for_them(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said in Slack.")
    (said,) = await recorded(house)
    place = Place("entered", "e-mail", "1", "letter-1")
    heard = HeardWords(place, Speaker("slack", house.ada.id), "Impacts: written.", house.clock(), house.clock())
    async with house.desk.sessions.begin() as session:
        post_id = (await session.get_one(View, said.id)).post_id
        origin = Origin(Source.EMAIL, entered_by="robin.ainsley@secas.example")
        await collecting.write(session, house.desk.config, heard, post_id, house.clock(), origin)
    assert "by e-mail, 30 October 2019" in (await house.ada.types(house.channel, "/dp mine")).text
    await presses(house, house.ada, "my_comment", value=str(said.id + 1))
    form = house.ada.modals.pop()
    assert "stays in Slack" not in readable(form)
    assert set(fields_of(form)) == {
        "facet",
        "stance",
        "speaks_for",
        "on_behalf_of",
        "replaces",
        "confidential",
        "withdraw",
    }
    await submits(house.ada, form, withdraw=["withdraw"])

    assert (await recorded(house))[1].state is State.WITHDRAWN
    assert await direct(house, house.ada) == ["DP092-V002 is withdrawn: its words are shown to nobody from now on."]


async def test_mine_shows_the_latest_fifteen_of_many(house: House) -> None:
    for number in range(17):
        await house.ada.replies(house.post(), f"Issue: number {number}.")
    shown = (await house.ada.types(house.channel, "/dp mine")).text

    assert "17 comments, of which the latest 15 are shown." in shown
    assert "number 1." not in shown
    assert "number 2." in shown
    assert "number 16." in shown
