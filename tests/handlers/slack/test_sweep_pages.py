"""Reading goes page by page: cut short it goes on, asked to wait it waits, and what it cannot read it says."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import jobs
from bot.compilation import Check
from bot.errors import UserError
from bot.models import Occurrence
from bot.services import acting, compiling, sweeping
from handlers.sandbox.api import Call
from tests.handlers.slack.sweeping import acts, check, checks, goes_on, held, kept, sweeps, unfinished
from tests.house import ROBIN, House, open_house, published

THREADS = 6  # of the sample paper's proposals


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
    assert (await check(house)) == Check("Operations Group", "Slack", house.clock(), 5, 0, None)


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


@pytest.fixture
async def nightly(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose threads are read at half past two, as config.toml is shipped."""
    async with open_house(tmp_path, lambda text: text.replace('nightly = ""', 'nightly = "02:30"')) as house:
        async with house.connected():
            await published(house)
            yield house


async def test_every_night_every_thread_is_read_once(nightly: House) -> None:
    await goes_on(nightly)
    before = len(pages(nightly))
    assert before == 1
    for hours, reads in ((4, 0), (14, 1), (1, 0), (24, 1), (72, 1)):
        nightly.clock.forward(hours=hours)
        await jobs.sweep(nightly.desk)
        await goes_on(nightly)
        assert len(pages(nightly)) - before == reads, hours
        before = len(pages(nightly))


async def test_on_the_night_when_clocks_go_back_it_is_read_once_too(nightly: House) -> None:
    nightly.clock.now = nightly.clock().replace(month=10, day=26, year=2020)
    await goes_on(nightly)
    async with nightly.desk.sessions.read() as session:
        from sqlalchemy import select

        assert list(await session.scalars(select(Occurrence.local_time))) == ["2020-10-26T02:30"]
