"""Reading goes page by page: cut short it goes on, asked to wait it waits, and what it cannot read it says."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import jobs
from bot.compilation import Check
from bot.domain import Reference
from bot.models import Occurrence
from bot.services import acting, compiling, sweeping
from handlers.sandbox.api import Call
from handlers.sandbox.methods import conversations
from tests.handlers.slack.sweeping import acts, check, goes_on, held, kept, kept_reactions, sweeps, unfinished
from tests.house import ROBIN, House, open_house, published


def pages(house: House) -> list[Call]:
    """The pages of DP092's thread that were asked for."""
    head = house.post().ts
    replies = [call for call in house.workspace.calls if call.method == "conversations.replies"]
    return [call for call in replies if call.arguments["ts"] == head]


async def five_unheard(house: House) -> list[str]:
    """Replies of the time away, in a thread of three pages."""
    house.workspace.limits.messages = 2
    with house.workspace.away():
        said = [await house.ada.replies(house.post(), f"Issue: number {number}.") for number in range(5)]
    house.clock.forward(minutes=2)
    return [each.ts for each in said]


async def up_to_its_second_page(house: House) -> None:
    await jobs.sweep_all(house.desk)
    while not any(sweep.cursor for sweep in await unfinished(house)):
        await jobs.sweep(house.desk)


async def test_a_reading_that_was_cut_short_goes_on_where_it_was(house: House) -> None:
    said = await five_unheard(house)
    await up_to_its_second_page(house)
    assert 0 < len(await kept(house)) < len(said)
    reading, _ = await held(house, "conversations.replies")
    reading.cancel()  # as when dpbot is killed between the page and its transaction
    with contextlib.suppress(asyncio.CancelledError):
        await reading

    await jobs.sweep_all(house.desk)
    await goes_on(house)

    assert [*await kept(house)] == said
    assert (await check(house)).comments == 5
    assert sum("cursor" not in call.arguments for call in pages(house)) == 1


async def test_a_reading_that_was_cut_short_long_ago_begins_anew(house: House) -> None:
    await five_unheard(house)
    await up_to_its_second_page(house)
    house.clock.forward(seconds=sweeping.AGE.total_seconds() + 1)

    await goes_on(house)

    assert sum("cursor" not in call.arguments for call in pages(house)) == 2
    refs = tuple(f"V00{number}" for number in range(1, 6))
    assert (await check(house)) == Check("Operations Group", "Slack", house.clock(), 5, 0, None, refs)


async def test_a_place_that_slack_no_longer_knows_is_left_for_the_beginning_once(house: House) -> None:
    await five_unheard(house)
    await up_to_its_second_page(house)
    house.workspace.faults.fail("conversations.replies", "invalid_cursor")
    await goes_on(house)
    assert (await check(house)).comments == 5

    await up_to_its_second_page(house)
    for _ in range(2):
        house.workspace.faults.fail("conversations.replies", "invalid_cursor")
        await jobs.sweep(house.desk)
        await jobs.sweep(house.desk)
    await goes_on(house)
    assert (await check(house)).problem == "it was refused (invalid_cursor)"


@pytest.mark.parametrize("method", ["conversations.replies", "users.info", "reactions.get"])
async def test_asked_to_wait_dpbot_waits_and_misses_nothing(house: House, method: str) -> None:
    said = await five_unheard(house)
    house.workspace.limits.reaction_users = 0
    with house.workspace.away():
        await house.ben.reacts(house.post(), "+1")
    house.workspace.faults.rate_limit(method, retry_after=45)
    before = house.clock()

    await sweeps(house)

    assert house.clock() - before >= timedelta(seconds=120 + 45)
    assert [*await kept(house)] == said
    assert (await check(house)).problem is None


@pytest.mark.parametrize("fault", ["lose_answer", "garble_answer", "server_error"])
async def test_after_a_lost_answer_the_page_is_asked_for_again(house: House, fault: str) -> None:
    said = await five_unheard(house)
    getattr(house.workspace.faults, fault)("conversations.replies", times=3)

    await sweeps(house)

    assert [*await kept(house)] == said
    assert await unfinished(house) == []


async def test_where_retention_takes_our_post_between_two_pages_nothing_is_missing(house: House) -> None:
    house.workspace.limits.messages = 2
    old = [await house.ada.replies(house.post(), f"Issue: number {number}.") for number in range(4)]
    house.clock.forward(days=100)
    young = [await house.ben.replies(house.post(), f"Issue: number {number}.") for number in range(2)]
    house.clock.forward(days=1)
    await up_to_its_second_page(house)
    house.workspace.admin.purge(house.channel, house.clock() - timedelta(days=90))
    await goes_on(house)

    assert {ts: (k.withdrawn, k.missing) for ts, k in (await kept(house)).items()} == {
        said.ts: (False, False) for said in (*old, *young)
    }
    assert (await check(house)).problem == sweeping.POST_GONE


async def test_what_an_event_of_before_makes_new_while_people_are_looked_up_is_not_passed_over(house: House) -> None:
    """Ben's reaction was recorded; taken off, of which the event is late; and put on again, of which none tells."""
    await house.ben.reacts(house.post(), "+1")
    house.clock.forward(minutes=5)
    house.workspace.disturb.hold()
    await house.ben.unreacts(house.post(), "+1")
    await house.workspace.settled()
    with house.workspace.disturb.losing():
        await house.ben.reacts(house.post(), "+1")
        await house.dan.replies(house.post(), "Issue: dpbot has never heard of Dan.")
    house.clock.forward(minutes=5)
    await jobs.sweep_all(house.desk)
    reading, released = await held(house, "users.info")
    assert await house.workspace.disturb.release() == 1
    released.set()
    await reading

    assert (house.post().ts, "+1", house.ben.id) in await kept_reactions(house)


async def test_what_is_removed_while_dpbot_waits_with_half_a_page_is_not_brought_back(house: House) -> None:
    house.workspace.limits.reaction_users = 0
    known = await house.ada.replies(house.post(), "Issue: heard.")
    with house.workspace.away():
        new = await house.ada.replies(house.post(), "Issue: unheard.")
        for said in (known, new):
            await house.ben.reacts(said, "+1")
    house.clock.forward(minutes=5)
    await jobs.sweep_all(house.desk)
    house.workspace.faults.slow("reactions.get", 0)
    house.workspace.faults.rate_limit("reactions.get", retry_after=45)
    while not house.workspace.calls or house.workspace.calls[-1].method != "reactions.get":
        await jobs.sweep(house.desk)
    house.clock.forward(seconds=5)
    for said in (known, new):
        await house.ada.deletes(said)
    await goes_on(house)

    assert {ts: k.withdrawn for ts, k in (await kept(house)).items()} == {known.ts: True, new.ts: True}
    assert "heard" not in (await house.cara.types(house.channel, "/dp views DP092")).text
    assert (await check(house)).comments == 0


async def test_where_slack_says_that_there_is_more_and_not_where_nothing_is_taken_for_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.workspace.limits.messages = 2
    said = [await house.ada.replies(house.post(), f"Issue: number {number}.") for number in range(3)]
    house.clock.forward(minutes=5)
    whole = conversations._messages
    placeless: dict[str, object] = {"response_metadata": {}}
    monkeypatch.setattr(conversations, "_messages", lambda *about: whole(*about) | placeless)
    await jobs.sweep_all(house.desk)
    for _ in range(10):
        await jobs.sweep(house.desk)

    assert {ts: k.missing for ts, k in (await kept(house)).items()} == {each.ts: False for each in said}
    assert await unfinished(house) != []
    monkeypatch.undo()
    house.clock.forward(seconds=5)
    await goes_on(house)
    assert (await check(house)).comments == 3


async def test_whom_slack_does_not_describe_is_recorded_without_an_organisation(house: House) -> None:
    with house.workspace.away():
        said = await house.ada.replies(house.post(), "Issue: by somebody.")
    house.workspace.faults.fail("users.info", "user_not_visible")

    await sweeps(house)

    assert (await house.views())[0].organisation is None
    assert (await house.views())[0].message == said.ts


async def test_two_readings_at_once_find_everything_once(house: House) -> None:
    """As when an analyst types `dpbot sweep` while the bot reads."""
    said = await five_unheard(house)
    await jobs.sweep_all(house.desk)

    await asyncio.gather(goes_on(house), goes_on(house))

    assert [*await kept(house)] == said
    assert await acts(house) == [
        "The thread of DP092 in operations-group was read: 5 things were found that no event had told of."
    ]


async def test_a_page_that_another_reader_applied_first_is_dropped(house: House) -> None:
    said = await five_unheard(house)
    await jobs.sweep_all(house.desk)
    reading, released = await held(house, "conversations.replies")
    house.clock.forward(seconds=sweeping.LEASE.total_seconds())
    await goes_on(house)
    released.set()
    await reading

    assert [*await kept(house)] == said


# --- by the clock -----------------------------------------------------------------------------------------------------


async def occurrences(house: House) -> list[str]:
    async with house.desk.sessions.read() as session:
        return list(await session.scalars(select(Occurrence.local_time).order_by(Occurrence.local_time)))


async def nights(folder: Path, nightly: str, steps: list[tuple[datetime, int]]) -> list[str]:
    """At each moment so many readings of DP092's thread were made since the one before; which nights were kept."""
    changed = f'nightly = "{nightly}"'
    async with open_house(folder, lambda text: text.replace('nightly = ""', changed)) as house, house.connected():
        await published(house)
        for moment, reads in steps:
            before, house.clock.now = len(pages(house)), moment
            await jobs.sweep(house.desk)
            await goes_on(house)
            assert len(pages(house)) - before == reads, moment
        return await occurrences(house)


async def test_every_night_every_thread_is_read_once_and_missed_nights_once(tmp_path: Path) -> None:
    day = datetime(2019, 10, 30, tzinfo=UTC)
    at = [(day + timedelta(hours=hours), reads) for hours, reads in ((10, 1), (26, 0), (26.6, 1), (27, 0), (100, 1))]

    assert await nights(tmp_path, "02:30", at) == ["2019-10-30T02:30", "2019-10-31T02:30", "2019-11-03T02:30"]


async def test_a_time_that_comes_twice_when_clocks_go_back_is_one_night(tmp_path: Path) -> None:
    night = datetime(2020, 10, 25, tzinfo=UTC)
    at = [(night + timedelta(minutes=minutes), reads) for minutes, reads in ((25, 1), (35, 1), (95, 0), (180, 0))]

    assert await nights(tmp_path, "01:30", at) == ["2020-10-24T01:30", "2020-10-25T01:30"]


async def test_without_a_time_no_night_is_kept(tmp_path: Path) -> None:
    assert await nights(tmp_path, "", [(datetime(2019, 10, 31, 3, tzinfo=UTC), 0)]) == []


# --- before a document is compiled ------------------------------------------------------------------------------------


async def test_a_document_says_when_its_thread_was_checked_and_has_what_was_found(house: House) -> None:
    with house.workspace.away():
        await house.ada.replies(house.post(), "Issue: said unheard.")
        await house.ben.replies(house.post(), "Impacts: said unheard too.")
    house.clock.forward(hours=6, minutes=2)

    document = await house.compiles()

    assert "said unheard too" in document
    assert "thread was checked at 4.02pm on 30 October 2019 and all 2 comments in it are included." in document


async def test_a_document_waits_while_slack_asks_to_and_has_the_whole_thread_then(house: House) -> None:
    said = await five_unheard(house)
    house.workspace.faults.rate_limit("conversations.replies", retry_after=30)
    await house.robin.types(house.channel, "/dp compile DP092")
    await house.ticks()
    assert not house.workspace.files(house.secas)
    house.clock.forward(seconds=30)

    await house.ticks()

    assert [*await kept(house)] == said
    assert "all 5 comments in it are included." in markdown(house)


async def test_a_document_waits_no_longer_than_ten_minutes_and_says_what_could_not_be_checked(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: heard.")
    house.workspace.faults.rate_limit("conversations.replies", retry_after=60, times=100)
    await house.robin.types(house.channel, "/dp compile DP092")
    for _ in range(11):
        assert not house.workspace.files(house.secas)
        house.clock.forward(seconds=55)
        await house.ticks()

    assert "thread could not be checked" in markdown(house)
    assert "Slack asks to slow down" in markdown(house)
    assert "Issue: heard." in markdown(house)


async def test_a_draft_can_be_issued_after_the_thread_was_read_again(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: heard.")
    house.clock.forward(minutes=5)
    await house.compiles()
    await sweeps(house)

    async with house.desk.sessions.begin() as session:
        issuer = acting.analyst(house.desk.config, ROBIN)
        issued = await compiling.issue(session, house.desk.config, Reference(92), issuer, house.clock())

    assert issued.issued_by == ROBIN


def markdown(house: House) -> str:
    return next(file.content.decode() for file in house.workspace.files(house.secas) if file.name.endswith(".md"))
