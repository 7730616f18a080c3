"""Threads are read again: what no event told is found, what is gone is not seen, and the receipt says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.compilation import Check
from bot.decisions import Actor, Looked, Role
from bot.models import View, Words
from bot.services import deciding, replaying
from bot.services.deciding import About
from handlers.sandbox import Said
from handlers.sandbox.store import Post
from tests.handlers.slack.hearing import views
from tests.handlers.slack.sweeping import (
    Kept,
    acts,
    check,
    entries,
    held,
    kept,
    kept_reactions,
    sweeps,
)
from tests.house import House

ANALYST = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))


# --- what no event told -----------------------------------------------------------------------------------------------


async def test_replies_edits_and_reactions_of_the_time_away_are_found_once(house: House) -> None:
    post = house.post()
    edited = await house.ada.replies(post, "Issue: not clear.")
    await house.ben.reacts(post, "+1")
    house.clock.forward(minutes=2)
    with house.workspace.away():
        await house.ada.edits(edited, "Issue: clear.")
        new = await house.cara.replies(post, "Impacts: a day a week.")
        await house.ben.unreacts(post, "+1")
        await house.dan.reacts(new, "raised_hand")

    for _ in range(2):
        await sweeps(house)

        assert await kept(house) == {
            edited.ts: Kept(("Issue: not clear.", "Issue: clear."), withdrawn=False, missing=False),
            new.ts: Kept(("Impacts: a day a week.",), withdrawn=False, missing=False),
        }
        assert await kept_reactions(house) == {(new.ts, "raised_hand", house.dan.id)}
    found = [entry.kind for entry in await entries(house) if entry.swept]
    assert sorted(found) == ["reacted", "said", "said", "unreacted"]
    assert await acts(house) == [
        "The thread of DP092 in operations-group was read: 4 things were found that no event had told of."
    ]
    shown = await views(house)
    assert "Calder Networks" in shown
    assert "Issue: clear." in shown


async def test_a_reply_that_was_found_is_marked_and_its_author_told(house: House) -> None:
    with house.workspace.away():
        said = await house.ada.replies(house.post(), "Issue: said to nobody.")

    await sweeps(house)
    await house.sends()

    message = house.workspace.thread(house.channel, house.post().ts)[-1]
    assert (message["ts"], message["reactions"][0]["name"]) == (said.ts, "memo")
    assert "DP092-V001" in house.workspace.ephemerals(house.ada)[-1]["text"]


async def test_commands_programs_and_other_threads_are_passed_over_by_a_reading_too(house: House) -> None:
    with house.workspace.away():
        post = house.post()
        program = house.workspace.member("Reminders", is_bot=True)
        house.workspace.put(program, house.channel)
        await program.replies(post, "A program's words.")
        await program.reacts(post, "+1")
        await house.ada.replies(post, f"<@{house.workspace.bot_user_id}> show DP092")
        lunch = await house.ada.posts(house.channel, "Lunch?")
        await house.ben.replies(lunch, "Yes.")
        heading = house.workspace.find(house.channel, "have entered the")
        await house.ben.replies(heading, "Under the heading.")

    await sweeps(house)

    assert await entries(house) == []
    assert (await check(house)).comments == 0


async def test_a_comment_that_now_reads_as_a_command_is_still_a_comment(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    command = f"<@{house.workspace.bot_user_id}> show DP092"
    with house.workspace.away():
        house.clock.forward(seconds=5)
        await house.ada.edits(said, command)

    await sweeps(house)

    assert len((await kept(house))[said.ts].words) == 2


# --- a reading beside events ------------------------------------------------------------------------------------------


async def test_an_edit_that_was_read_before_its_event_came_is_one_wording(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    house.clock.forward(seconds=5)
    house.workspace.disturb.hold()
    await house.ada.edits(said, "Issue: two.")
    await house.workspace.settled()

    await sweeps(house)
    assert await house.workspace.disturb.release() == 1

    assert (await kept(house))[said.ts].words == ("Issue: one.", "Issue: two.")


async def test_edits_within_a_second_end_with_the_latest_in_whatever_order_their_events_come(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    house.clock.forward(seconds=5)
    house.workspace.disturb.hold()
    for words in ("Issue: two.", "Issue: three."):
        await house.ada.edits(said, words)
    await house.workspace.settled()

    await sweeps(house)
    assert await house.workspace.disturb.release([1, 0]) == 2

    assert (await kept(house))[said.ts].words[-1] == "Issue: three."


async def test_of_two_edits_within_a_second_the_one_no_event_told_still_wins(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: one.")
    await house.ada.edits(said, "Issue: two.")
    with house.workspace.away():
        await house.ada.edits(said, "Issue: three.")

    await sweeps(house)

    assert (await kept(house))[said.ts].words == ("Issue: one.", "Issue: two.", "Issue: three.")


async def test_a_reading_never_overrides_what_was_told_since(house: House) -> None:
    """The page is fetched; before it is applied, events tell of later things."""
    said = await house.ada.replies(house.post(), "Issue: one.")
    await house.ben.reacts(said, "+1")
    house.clock.forward(minutes=5)
    house.workspace.limits.reaction_users = 0  # so that the reading goes on to ask for reactions, and waits there
    await jobs.sweep_all(house.desk)
    reading, released = await held(house, "reactions.get")
    house.clock.forward(seconds=1)
    await house.ada.edits(said, "Issue: two.")
    await house.cara.reacts(said, "raised_hand")
    late = await house.dan.replies(house.post(), "Said meanwhile.")
    released.set()
    await reading

    assert (await kept(house))[said.ts].words == ("Issue: one.", "Issue: two.")
    assert (await kept(house))[late.ts] == Kept(("Said meanwhile.",), withdrawn=False, missing=False)
    assert await kept_reactions(house) == {(said.ts, "+1", house.ben.id), (said.ts, "raised_hand", house.cara.id)}


# --- what is gone -----------------------------------------------------------------------------------------------------


async def not_seen(house: House) -> Said:
    """A reply that was removed while dpbot was away, and one that stands."""
    gone = await house.ada.replies(house.post(), "Issue: removed unheard.")
    await house.ben.replies(house.post(), "Impacts: stands.")
    house.clock.forward(minutes=2)
    with house.workspace.away():
        await house.ada.deletes(gone)
    await sweeps(house)
    return gone


async def test_a_reply_that_is_gone_is_not_seen_and_never_withdrawn(house: House) -> None:
    gone = await not_seen(house)

    assert (await kept(house))[gone.ts] == Kept(("Issue: removed unheard.",), withdrawn=False, missing=True)
    document = await house.compiles()
    assert "removed unheard" not in document
    assert "Withdrawn comments: 0" in document
    assert (await check(house)).comments == 1
    assert (await check(house)).missing == 1
    (act,) = await acts(house)
    assert act.endswith("was read: no things were found that no event had told of; 1 reply was not seen.")


async def look(house: House, ref_id: int, *, stands: bool) -> None:
    house.clock.forward(minutes=1)
    async with house.desk.sessions.begin() as session:
        await deciding.decide(session, About(ref_id=ref_id), Looked(stands), ANALYST, house.clock())


async def test_what_an_analyst_decided_of_it_holds_until_it_is_seen_again(house: House) -> None:
    gone = await not_seen(house)
    (view, _) = await house.views()

    await look(house, view.id, stands=True)
    await sweeps(house)

    assert not (await kept(house))[gone.ts].missing
    assert [entry.kind for entry in await entries(house)].count("not seen") == 1


async def test_a_reply_that_is_seen_again_stands_again_and_a_replay_agrees(house: House) -> None:
    """Slack may give back what it held back, as when a legal hold ends."""
    said = await house.ada.replies(house.post(), "Issue: here, gone, here.")
    (view,) = await house.views()
    room = house.workspace._core.store.room(house.channel.id)
    for missing in (True, False, True):
        if missing:
            stored = hide(house, said)
        else:
            room.add(stored)
        await sweeps(house)
        assert (await kept(house))[said.ts] == Kept(("Issue: here, gone, here.",), withdrawn=False, missing=missing)
        assert (await replayed(house))[said.ts].missing == missing
    await look(house, view.id, stands=True)
    assert not (await replayed(house))[said.ts].missing
    room.add(stored)
    await sweeps(house)
    hide(house, said)
    await sweeps(house)
    assert (await kept(house))[said.ts].missing  # what was decided of one absence says nothing of the next
    assert (await replayed(house))[said.ts].missing


def hide(house: House, said: Said) -> Post:
    """A message is gone, and nobody was told."""
    room = house.workspace._core.store.room(house.channel.id)
    stored = room.posts[said.ts]
    room.remove(stored)
    return stored


async def replayed(house: House) -> dict[str, Kept]:
    async with house.desk.sessions.begin() as session:
        await replaying.replay(session)
    return await kept(house)


async def test_after_retention_nothing_is_withdrawn_and_nothing_missing(house: House) -> None:
    """It takes our post too, and of such a thread nothing can be said."""
    post = house.post()
    old = await house.ada.replies(post, "Issue: an old reply.")
    house.clock.forward(days=100)
    young = await house.ben.replies(post, "Issue: a young reply.")
    house.clock.forward(days=1)
    with house.workspace.away():
        house.workspace.admin.purge(house.channel, house.clock() - timedelta(days=90))
        newest = await house.cara.replies(Said(house.channel, young.ts, post.ts), "Impacts: said under what is left.")
    await sweeps(house)

    assert {message: (k.withdrawn, k.missing) for message, k in (await kept(house)).items()} == dict.fromkeys(
        (old.ts, young.ts, newest.ts), (False, False)
    )
    assert (await check(house)).problem == "dpbot's post is no longer there"
    assert (await check(house, 89)).problem == "dpbot's post is no longer there"
    assert [act for act in await acts(house) if "DP089" in act] == [
        "The thread of DP089 in operations-group could not be checked: dpbot's post is no longer there."
    ]
    told_once = len(await acts(house))
    await sweeps(house)
    assert len(await acts(house)) == told_once


async def test_an_archived_channel_hides_nothing_and_marks_nothing(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: still there.")
    house.workspace.admin.archive(house.channel)

    await sweeps(house)
    assert (await check(house)) == Check("Operations Group", "Slack", house.clock(), 1, 0, None, ("V001",))
    hide(house, said)
    await sweeps(house)

    assert not (await kept(house))[said.ts].missing
    assert (await check(house)).problem == "its channel was archived"


@pytest.mark.parametrize("private", [False, True])
async def test_where_dpbot_is_no_longer_in_the_channel_that_is_said_and_nothing_marked(
    house: House, private: bool
) -> None:
    said = await house.ada.replies(house.post(), "Issue: still there.")
    if private:
        house.workspace.admin.make_private(house.channel)
    house.workspace.admin.remove_app(house.channel)

    await sweeps(house)

    assert not (await kept(house))[said.ts].missing
    assert (await check(house)).problem == "dpbot is no longer in its channel"


async def test_words_that_were_withdrawn_and_deleted_are_not_read_back(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: first words.")
    house.clock.forward(minutes=1)
    await house.ada.edits(said, "Issue: second words.")
    (view,) = await house.views()
    async with house.desk.sessions.begin() as session:
        (await session.get_one(View, view.id)).withdrawn_at = house.clock()
    house.clock.forward(days=40)
    await jobs.purge_words(house.desk)

    await sweeps(house)

    async with house.desk.sessions.read() as session:
        assert [*await session.scalars(select(Words.text))] == [None, None]
