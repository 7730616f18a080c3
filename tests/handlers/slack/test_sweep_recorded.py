"""Messages that were recorded as views are read again too: each by itself, in whatever channel of ours it was said."""

import pytest

from bot import jobs
from bot.compilation import Check
from bot.services import sweeping
from handlers.sandbox import Said
from tests.handlers.slack.recording import WORDS, records
from tests.handlers.slack.sweeping import (
    Kept,
    acts,
    check,
    entries,
    goes_on,
    kept,
    kept_reactions,
    sweeps,
    unfinished,
)
from tests.house import House


async def two_recorded(house: House) -> tuple[Said, Said]:
    """One of the channel, with a neighbour before and after it; one under a message that is none of ours."""
    await house.ben.posts(house.channel, "A neighbour before.")
    alone = await house.ada.posts(house.channel, WORDS)
    head = await house.ben.posts(house.channel, "DP092 then?")
    under = await house.cara.replies(head, "On DP092: it is clear.")
    await house.ben.replies(head, "A neighbour after.")
    for said in (alone, under):
        await records(house, said)
    house.clock.forward(minutes=5)
    return alone, under


async def test_what_happened_to_them_while_dpbot_was_away_is_found_once(house: House) -> None:
    alone, under = await two_recorded(house)
    with house.workspace.away():
        await house.ada.edits(alone, "On DP092: a month's notice is what we need.")
        for said in (alone, under):
            await house.dan.reacts(said, "raised_hand")

    for _ in range(2):
        await sweeps(house)

        assert await kept(house) == {
            alone.ts: Kept((WORDS, "On DP092: a month's notice is what we need."), withdrawn=False, missing=False),
            under.ts: Kept(("On DP092: it is clear.",), withdrawn=False, missing=False),
        }
        assert await kept_reactions(house) == {(said.ts, "raised_hand", house.dan.id) for said in (alone, under)}
    assert await acts(house) == [
        "The thread of DP092 in operations-group was read: 3 things were found that no event had told of."
    ]
    assert await check(house) == Check("Operations Group", "Slack", house.clock(), 0, 0, None, ())


async def test_one_that_is_gone_is_not_seen_and_its_neighbour_is_no_answer(house: House) -> None:
    alone, under = await two_recorded(house)
    with house.workspace.away():
        for author, said in ((house.ada, alone), (house.cara, under)):
            await author.deletes(said)

    for _ in range(2):
        await sweeps(house)

        assert {ts: (k.withdrawn, k.missing) for ts, k in (await kept(house)).items()} == {
            alone.ts: (False, True),
            under.ts: (False, True),
        }
    assert [entry.kind for entry in await entries(house)] == ["said", "said", "not seen", "not seen"]
    assert "two weeks' notice" not in (await house.cara.types(house.channel, "/dp views DP092")).text
    assert (await acts(house))[0].endswith("; 2 replies were not seen.")


async def test_one_that_is_seen_again_stands_again(house: House) -> None:
    alone, _ = await two_recorded(house)
    room = house.workspace._core.store.room(house.channel.id)
    stored = room.posts[alone.ts]
    room.remove(stored)
    await sweeps(house)
    assert (await kept(house))[alone.ts].missing
    room.add(stored)

    await sweeps(house)

    assert not (await kept(house))[alone.ts].missing


@pytest.mark.parametrize("way", ["retention", "archived", "removed"])
async def test_where_slack_hides_more_than_the_message_nothing_is_said_of_it(house: House, way: str) -> None:
    alone, under = await two_recorded(house)
    admin = house.workspace.admin
    with house.workspace.away():
        if way == "retention":  # it takes our posts too
            admin.purge(house.channel, house.clock())
        else:
            room = house.workspace._core.store.room(house.channel.id)
            room.remove(room.posts[alone.ts])
            (admin.archive if way == "archived" else admin.remove_app)(house.channel)

    await sweeps(house)

    assert {ts: (k.withdrawn, k.missing) for ts, k in (await kept(house)).items()} == dict.fromkeys(
        (alone.ts, under.ts), (False, False)
    )
    problems = {"retention": sweeping.POST_GONE, "archived": None, "removed": sweeping.NOT_IN_CHANNEL}
    assert (await check(house)).problem == problems[way]


async def test_asked_to_wait_between_two_messages_dpbot_goes_on_with_the_second(house: House) -> None:
    _, under = await two_recorded(house)
    with house.workspace.away():
        await house.dan.reacts(under, "+1")
    await jobs.sweep_all(house.desk)
    while not any((sweep.cursor or "").startswith("recorded") for sweep in await unfinished(house)):
        await jobs.sweep(house.desk)
    house.workspace.faults.rate_limit("conversations.replies", retry_after=45)
    asked = len(house.workspace.calls)

    await goes_on(house)

    assert (under.ts, "+1", house.dan.id) in await kept_reactions(house)
    again = [call.arguments["ts"] for call in house.workspace.calls[asked:] if call.method == "conversations.replies"]
    assert again.count(house.post().ts) == 0
    assert (await check(house)).problem is None


async def test_the_thread_is_checked_though_a_message_beside_it_cannot_be_read_in_time(house: House) -> None:
    await two_recorded(house)
    await house.ada.replies(house.post(), "Issue: heard.")
    house.clock.forward(minutes=5)
    house.workspace.faults.slow("conversations.replies", 0)  # the thread is read, then Slack asks to slow down
    house.workspace.faults.rate_limit("conversations.replies", retry_after=60, times=100)
    await house.robin.types(house.channel, "/dp compile DP092")
    for _ in range(11):
        await house.ticks()
        house.clock.forward(minutes=1)
    await house.ticks()

    document = next(file for file in house.workspace.files(house.secas) if file.name.endswith(".md"))
    assert "thread was checked at 10.10am on 30 October 2019" in document.content.decode()
    assert await unfinished(house) == []
