"""The bot's small mark on a recorded reply, and the one note on a person's first comment ever."""

import asyncio

from bot.outbox import Kind
from bot.sender import Sender
from tests.handlers.slack.hearing import ledger, told, unheard
from tests.handlers.slack.own import is_marked, notes
from tests.house import House

FIRST = (
    "Your comment on DP092 is recorded as DP092-V001.\n"
    "It will appear as: Northshire Energy, Large Suppliers (member). Your name is given to SECAS and is not in the "
    "public version.\n"
    "To change it, edit or delete your message, or choose “My comment…” in its menu. Is the organisation wrong? "
    "`/dp profile`"
)


async def test_a_recorded_reply_is_marked_whoever_wrote_it(house: House) -> None:
    replies = [
        await house.cast[name].replies(house.post(), "Some words.") for name in ("Ada", "Robin", "Gwen", "Hugh", "Jo")
    ]
    await house.sends()

    assert all(is_marked(house, said) for said in replies)
    assert "memo" not in house.post_text()


async def test_what_is_not_recorded_is_not_marked(house: House) -> None:
    elsewhere = [await house.ada.posts(house.channel, "Lunch?")]
    elsewhere += [await house.ada.replies(elsewhere[0], "At noon.")]
    elsewhere += [await house.ada.replies(house.workspace.find(house.channel, "have entered the"), "To the batch.")]
    await house.sends()

    assert not any(is_marked(house, said) for said in elsewhere)


async def test_our_own_mark_never_reaches_the_record_and_an_edit_brings_no_second_one(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    await house.sends()
    assert told(house)["type"] == "reaction_added"
    assert told(house)["user"] == house.workspace.bot_user_id
    house.clock.forward(minutes=1)
    await house.ada.edits(said, "Issue: two.")
    await house.cara.reacts(said, "+1")
    await house.cara.reacts(house.post(), "memo")
    await house.sends()

    assert [(kind, emoji) for kind, _, _, _, emoji in ledger(house)] == [
        ("said", None),
        ("said", None),
        ("reacted", "+1"),
        ("reacted", "memo"),
    ]
    assert sum(entry.kind == Kind.MARK for entry in await house.outbox()) == 1


async def test_a_reply_that_was_gone_before_it_was_heard_is_not_marked(house: House) -> None:
    async with unheard(house):
        said = await house.ada.replies(house.post(), "Issue: forget it.")
        first = told(house)
        await house.ada.deletes(said)
    gone = told(house)
    for event in (gone, first):
        assert (await house.workspace.send_event(event)).acknowledged

    assert await notes(house, house.ada) == []
    assert not [entry for entry in await house.outbox() if entry.kind == Kind.MARK]


async def test_the_first_comment_of_a_person_is_answered_privately_in_its_thread(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: clear.")

    assert await notes(house, house.ada) == [FIRST]
    (note,) = house.workspace.ephemerals(house.ada)
    assert (note["channel"], note["thread_ts"]) == (said.channel.id, said.thread_ts)
    assert note["text"] == FIRST.replace("\n", " ")
    assert await notes(house, house.cara) == []


async def test_only_the_first_comment_ever_is_answered_on_whatever_proposal(house: House) -> None:
    said = await house.ada.replies(house.post("DP092"), "Issue: clear.")
    assert await notes(house, house.ada) == [FIRST]
    await house.ada.replies(house.post("DP089"), "Issue: clear.")
    await house.ada.edits(said, "Issue: clearer.")
    await house.ada.deletes(said)
    await house.ada.replies(house.post("DP092"), "Issue: once more.")

    assert await notes(house, house.ada) == [FIRST]


async def test_a_first_comment_that_is_gone_before_it_was_answered_leaves_the_note_to_the_next(house: House) -> None:
    await house.ada.deletes(await house.ada.replies(house.post(), "Issue: forget it."))
    assert await notes(house, house.ada) == []
    await house.ada.replies(house.post(), "Issue: clear.")

    assert await notes(house, house.ada) == [FIRST.replace("V001", "V002")]


async def test_who_states_no_organisation_is_told_how_to(house: House) -> None:
    await house.jo.replies(house.post(), "Issue: clear.")

    (note,) = await notes(house, house.jo)
    assert "It will appear as: Organisation not stated." in note
    assert "Please state your organisation: `/dp profile`." in note
    assert "Is the organisation wrong?" not in note


async def test_replies_that_are_no_comments_are_not_answered(house: House) -> None:
    for person in (house.robin, house.gwen, house.hugh):
        await person.replies(house.post(), "A reply.")

        assert await notes(house, person) == []


async def test_of_replies_at_the_same_moment_and_sent_again_one_is_answered_a_person(house: House) -> None:
    post = house.post()
    people = (house.ada, house.cara)
    await asyncio.gather(*(person.replies(post, f"Issue: {n}.") for n in range(3) for person in people))
    for delivery in [d for d in house.workspace.deliveries if d.kind == "event"]:
        delivery.acknowledged = False
    while await house.workspace.redeliver():
        pass

    assert len(await house.views()) == 6
    for person in people:
        (note,) = await notes(house, person)
        assert "is recorded as DP092-V00" in note


async def test_a_sender_that_is_killed_leaves_the_one_note_to_the_next(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: one.")
    assert house._sender
    while True:  # whoever claims an entry and dies has sent nothing yet
        turn = await house._sender._claim()
        if turn is None or turn.entry.kind == Kind.WHISPER:
            break
        await house._sender._send(turn)
    house.clock.forward(minutes=2)
    async with house.connected():
        assert isinstance(house._sender, Sender)
        await house.ada.replies(house.post(), "Issue: two.")

        assert await notes(house, house.ada) == [FIRST]
