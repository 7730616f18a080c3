"""Forms and buttons that are used when things have changed meanwhile, by two at once, or by an unexpected person."""

import asyncio

import pytest

from bot.domain import Capacity
from bot.services import retracting
from handlers.sandbox import Member, interactions
from handlers.sandbox.text import readable
from tests.handlers.slack import forms
from tests.handlers.slack.hearing import ledger, views
from tests.handlers.slack.own import (
    Json,
    chooses,
    comments_privately,
    fields_of,
    is_marked,
    notes,
    presses,
    recorded,
    replayed,
    submits,
)
from tests.house import OPERATOR, House

WORDS = "Issue: notice is short."
WITHDRAWN = "The post on that proposal has been withdrawn: `/dp list` shows what views are invited on."


async def opens(house: House, member: Member) -> Json:
    """The private form."""
    assert (await member.clicks(house.post(), "comment_privately")).acknowledged
    return member.modals.pop()


async def entering(house: House) -> Json:
    await house.robin.types(house.secas, "/dp enter DP092")
    return house.robin.modals.pop()


async def retracts(house: House) -> None:
    async with house.desk.sessions.begin() as session:
        where = (session, house.desk.config, house.desk.outbox, "DP092", "")
        await retracting.retract(*where, "It was put to the wrong body.", OPERATOR, house.clock())
    await house.sends()


# --- things have changed meanwhile ------------------------------------------------------------------------------------


async def test_a_form_that_was_opened_before_the_post_was_withdrawn_says_so_and_keeps_the_words(house: House) -> None:
    form = await opens(house, house.ada)
    own = await chooses(house.ada, await house.ada.replies(house.post(), WORDS))
    await house.cara.clicks(house.post(), "no_comment")
    await notes(house, house.cara)
    await retracts(house)
    answer = await submits(house.ada, form, words="More of it.")

    assert answer.payload == {"response_action": "errors", "errors": {"words": WITHDRAWN}}
    await presses(house, house.cara, "take_back")
    assert readable({"blocks": house.cara.modals[-1]["blocks"]}) == WITHDRAWN
    assert len(await recorded(house)) == 1
    await submits(house.ada, own, stance="needs clarification")  # what was said before is still its author's
    assert (await recorded(house))[0].stance == "needs clarification"


async def test_a_form_that_was_opened_before_comments_closed_is_kept_and_shown_as_received_after(house: House) -> None:
    form = await opens(house, house.ada)
    await house.robin.types(house.channel, "/dp close DP092 at 5pm 30 October 2019")
    house.clock.forward(days=1)
    await submits(house.ada, form, words=WORDS)

    (view,) = await recorded(house)
    assert view.after_closing
    assert "Received after 5pm" in await views(house)


async def test_a_form_that_was_opened_before_a_conversion_is_recorded_under_the_same_ref(house: House) -> None:
    forms_open = [await opens(house, house.ada), await entering(house)]
    await house.robin.types(house.channel, "/dp record DP092 converted Panel 29 October 2019")
    await submits(house.ada, forms_open[0], words=WORDS)
    entered = {"source": "e-mail", "on": "2019-10-29", "person": "cara.dunn@calder.example", "words": "By e-mail."}
    await submits(house.robin, forms_open[1], **entered)

    assert [view.ref for view in await recorded(house)] == ["DP092-V001", "DP092-V002"]


async def test_an_older_form_brings_no_older_words_back(house: House) -> None:
    await comments_privately(house, house.ada, WORDS)
    await house.ada.types(house.channel, "/dp mine")
    await presses(house, house.ada, "my_comment")
    first = house.ada.modals.pop()
    await presses(house, house.ada, "my_comment")
    second = house.ada.modals.pop()
    house.clock.forward(minutes=1)
    await submits(house.ada, second, words="Issue: notice is far too short.")
    house.clock.forward(minutes=1)
    assert fields_of(first)["words"]["initial_value"] == WORDS
    await submits(house.ada, first, words=WORDS, stance="needs clarification")

    (view,) = await recorded(house)
    assert (view.text, view.stance) == ("Issue: notice is far too short.", "needs clarification")
    await replayed(house)


# --- two at once ------------------------------------------------------------------------------------------------------


async def test_two_analysts_who_enter_the_same_comment_at_once_have_one_of_it(house: House) -> None:
    first, second = await entering(house), await entering(house)
    entered = {"source": "e-mail", "on": "2019-10-29", "person": "cara.dunn@calder.example", "words": "By e-mail."}
    answers = await asyncio.gather(*(submits(house.robin, form, **entered) for form in (first, second)))

    assert sorted(answer.payload["response_action"] for answer in answers) == ["errors", "update"]
    assert "recorded already, as DP092-V001" in str([answer.payload for answer in answers])
    assert len(await recorded(house)) == 1


async def test_an_author_withdraws_what_an_analyst_sorts_at_the_same_moment(house: House) -> None:
    own = await chooses(house.ada, await house.ada.replies(house.post(), "Notice is short."))
    await house.robin.types(house.channel, "/dp sort DP092")
    form = house.robin.modals[-1]
    (field,) = (name for name in fields_of(form) if name.startswith("facet"))
    sorting = submits(house.robin, form, **{field: "issue"})
    answers = await asyncio.gather(submits(house.ada, own, withdraw=["withdraw"]), sorting)

    assert all(answer.acknowledged and "broke" not in answer.text for answer in answers)
    assert "Notice is short" not in await views(house)
    await replayed(house)


# --- unexpected persons -----------------------------------------------------------------------------------------------


async def test_guests_and_visitors_are_recorded_without_an_organisation_they_cannot_show(house: House) -> None:
    guest = house.workspace.member("Lee Marsh", "lee@marsh.example", single_channel_guest=True)
    house.workspace.share(house.channel, "T0OTHER")
    visitor = house.workspace.member("Ada Firth", house.ada.email, team="T0OTHER")
    for person in (guest, visitor):
        house.workspace.put(person, house.channel)
        await submits(person, await opens(house, person), words=WORDS)

    profiles = [view.profile for view in await recorded(house)]
    assert [(each.organisation, each.capacity) for each in profiles] == [(None, Capacity.NOT_STATED)] * 2


async def test_what_a_person_sent_before_the_account_was_closed_is_recorded_for_them(house: House) -> None:
    form = await opens(house, house.ada)
    house.workspace.admin.deactivate(house.ada)
    house.clock.forward(days=2)  # so that dpbot asks Slack again
    await submits(house.ada, form, words=WORDS)

    (view,) = await recorded(house)
    assert (view.profile.organisation, view.text) == ("Northshire Energy", WORDS)


async def test_somebody_whom_slack_does_not_know_cannot_be_picked(house: House) -> None:
    form = await entering(house)
    filled = {name: {name: value} for name, value in {"source": "e-mail", "on": "2019-10-29", "words": "W"}.items()}
    sent = interactions.submission(house.workspace._core, house.robin._person, form, filled)
    sent.payload["view"]["state"]["values"]["picked"] = {
        "picked": {"type": "users_select", "selected_user": "U0NOBODY"}
    }
    answer = await house.robin._asks(sent)

    assert "Slack does not say who that is" in answer.payload["errors"]["picked"]
    assert await recorded(house) == []


# --- what nothing of ours holds ---------------------------------------------------------------------------------------


async def test_what_an_older_dpbot_offered_is_answered_in_a_sentence(house: House) -> None:
    said = await house.ada.replies(house.post(), WORDS)
    room, post = house.ada._find(house.post())
    core, person = house.workspace._core, house.ada._person
    button = interactions.click(core, person, room, post, "no_comment")
    button.payload["actions"][0]["action_id"] = "of_before"
    shortcut = interactions.shortcut(core, person, *house.ada._find(said), "my_comment")
    shortcut.payload["callback_id"] = "of_before"
    for sent in (button, shortcut):
        assert (await house.ada._asks(sent)).acknowledged
        assert "is not one that dpbot knows" in readable({"blocks": house.ada.modals.pop()["blocks"]})
    form = interactions.submission(core, person, await opens(house, house.ada), {"words": {"words": "W"}})
    form.payload["view"]["callback_id"] = "of_before"
    assert "is not one that dpbot knows" in str((await house.ada._asks(form)).payload["errors"])
    assert len(await recorded(house)) == 1


@pytest.mark.parametrize(
    ("name", "field"),
    [("facet 1 1", None), ("1", None), ("facet 1 1 -", "nonsense")],
    ids=["a short name", "a number", "no facet"],
)
async def test_a_forged_field_of_the_form_that_sorts_is_refused(house: House, name: str, field: str | None) -> None:
    await house.ada.replies(house.post(), "Notice is short.")
    await house.robin.types(house.channel, "/dp sort DP092")
    form = house.robin.modals[-1]
    sent = interactions.submission(house.workspace._core, house.robin._person, form, {})
    option = {"value": field or "issue", "text": {"type": "plain_text", "text": "Issue"}}
    sent.payload["view"]["state"]["values"]["x"] = {name: {"type": "static_select", "selected_option": option}}

    assert "is not one that dpbot knows" in str((await house.robin._asks(sent)).payload["errors"])


async def test_a_form_or_a_button_that_says_nothing_is_refused(house: House) -> None:
    await house.ada.replies(house.post(), "Notice is short.")
    room, post = house.ada._find(house.post())
    button = interactions.click(house.workspace._core, house.ada._person, room, post, "no_comment")
    del button.payload["actions"][0]["value"]
    await house.ada._asks(button)
    assert "is not one that dpbot knows" in readable({"blocks": house.ada.modals.pop()["blocks"]})

    await house.robin.types(house.channel, "/dp sort DP092-V001")
    await forms.presses(house, house.robin, "deed_ask")
    sent = interactions.submission(house.workspace._core, house.robin._person, house.robin.modals[-1], {})
    sent.payload["view"]["state"]["values"]["due"] = {"due": {"type": "datepicker", "selected_date": "tomorrow"}}
    assert "is not one that dpbot knows" in str((await house.robin._asks(sent)).payload["errors"])


# --- words that are none ----------------------------------------------------------------------------------------------


async def test_a_reply_in_which_nothing_can_be_read_is_no_comment_until_it_says_something(house: House) -> None:
    said = await house.ada.replies(house.post(), " ")
    await house.sends()
    assert (ledger(house), is_marked(house, said)) == ([], False)
    house.clock.forward(minutes=1)
    await house.ada.edits(said, WORDS)
    await house.sends()

    assert [view.text for view in await recorded(house)] == [WORDS]
    assert is_marked(house, said)
    await house.cara.replies(house.post(), "half\0 a word")
    assert (await recorded(house))[-1].text == "half a word"
