"""The weekly digest comes once a week, at its time, where there is something to tell: after downtime too."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app, jobs
from handlers.sandbox import Channel
from tests.house import House, open_house, published
from tests.services.digests import MONDAY, WEEK, at, digests, opened, passes

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

# --- whether it is sent -----------------------------------------------------------------------------------------------


async def test_before_any_publication_there_is_none(quiet_house: House) -> None:
    await quiet_house.imports()

    assert await at(quiet_house, MONDAY) == []


async def test_a_paper_published_after_the_time_waits_for_the_next_one(quiet_house: House) -> None:
    quiet_house.clock.now = datetime(2019, 10, 28, 9, 1, tzinfo=UTC)
    await published(quiet_house)

    assert await at(quiet_house, MONDAY - timedelta(seconds=1)) == []
    assert len(await at(quiet_house, MONDAY)) == 1


async def test_nothing_changed_and_no_meeting_near_is_no_message(house: House) -> None:
    await at(house, MONDAY)

    assert len(await at(house, MONDAY + WEEK)) == 1


async def test_a_meeting_within_five_working_days_is_told_though_nothing_changed(quiet_house: House) -> None:
    quiet_house.clock.now = datetime(2019, 10, 1, 10, tzinfo=UTC)
    await published(quiet_house)

    assert len(await at(quiet_house, datetime(2019, 10, 7, 9, tzinfo=UTC))) == 1  # the proposals are new
    assert len(await at(quiet_house, datetime(2019, 10, 21, 9, tzinfo=UTC))) == 1
    assert len(await at(quiet_house, datetime(2019, 10, 28, 9, tzinfo=UTC))) == 1  # six Working Days
    assert "meeting 26" in (await at(quiet_house, MONDAY))[-1]


async def test_what_was_no_message_at_its_time_is_none_later_in_the_week(quiet_house: House) -> None:
    quiet_house.clock.now = datetime(2019, 10, 1, 10, tzinfo=UTC)
    await published(quiet_house)
    await at(quiet_house, datetime(2019, 10, 7, 9, tzinfo=UTC))
    await at(quiet_house, datetime(2019, 10, 28, 9, tzinfo=UTC))  # the meeting is six Working Days ahead

    assert len(await at(quiet_house, datetime(2019, 10, 30, 9, tzinfo=UTC))) == 1  # and now four


async def test_without_a_time_there_is_no_digest(tmp_path: Path) -> None:
    async with opened(tmp_path, 'digest = "mon 09:00"', 'digest = ""') as house:
        await published(house)
        await passes(house, MONDAY + WEEK, timedelta(hours=12))

        assert digests(house) == []


async def test_each_channel_has_its_own_digest_at_its_own_time_with_links_to_its_own_posts(tmp_path: Path) -> None:
    second = 'name = "second"\nsub_committee = "OPSG"\ndigest = "fri 16:30"\n[[channels]]\nplatform = "slack"\n'
    async with opened(tmp_path, 'name = "operations-group"', f'{second}name = "operations-group"', "second") as house:
        await published(house)
        channel = next(
            c
            for c in (
                Channel(call.arguments["channel"], "second")
                for call in house.workspace.calls
                if call.method == "chat.postMessage"
            )
            if c.id != house.channel.id
        )

        await passes(house, datetime(2019, 11, 1, 16, 30, tzinfo=UTC), timedelta(hours=6))
        assert (len(digests(house)), len(digests(house, channel))) == (0, 1)
        await passes(house, MONDAY, timedelta(hours=6))
        assert (len(digests(house)), len(digests(house, channel))) == (1, 1)

        assert f"/archives/{channel.id}/" in digests(house, channel)[0]
        assert f"/archives/{house.channel.id}/" not in digests(house, channel)[0]


async def test_a_sub_committee_is_told_of_its_own_proposals_only(tmp_path: Path) -> None:
    other = 'name = "security"\nsub_committee = "SSC"\ndigest = "mon 09:00"\n[[channels]]\nplatform = "slack"\n'
    async with opened(tmp_path, 'name = "operations-group"', f'{other}name = "operations-group"', "security") as house:
        await published(house)
        await at(house, MONDAY)

        outbox = [entry.channel for entry in await house.outbox() if entry.key.startswith("digest:")]
        assert outbox == ["operations-group"]


# --- exactly once -----------------------------------------------------------------------------------------------------


async def test_however_often_the_job_runs_there_is_one(house: House) -> None:
    await passes(house, MONDAY + timedelta(hours=1), timedelta(minutes=20))
    await passes(house, MONDAY + timedelta(days=6), timedelta(hours=8))

    assert len(digests(house)) == 1


async def test_two_processes_at_the_same_moment_send_one(house: House) -> None:
    other = app.open_desk(house.desk.config, house.secrets, house.clock)
    house.clock.now = MONDAY
    await asyncio.gather(*(jobs.send_digests(desk) for desk in (house.desk, other) * 3))
    await other.sessions.close()
    await house.sends()

    assert len(digests(house)) == 1


async def test_after_a_restart_it_is_not_sent_again(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await at(house, MONDAY)
        async with house.connected():
            assert len(await at(house, MONDAY + timedelta(minutes=5))) == 1


async def test_one_queued_before_a_crash_is_sent_after_it(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            house.clock.now = MONDAY
            await jobs.send_digests(house.desk)
        async with house.connected():
            assert len(await at(house, MONDAY + timedelta(minutes=5))) == 1


# --- after downtime ---------------------------------------------------------------------------------------------------


async def test_a_missed_one_is_caught_up_for_its_own_time(house: House) -> None:
    (digest,) = await at(house, MONDAY + timedelta(hours=30))

    assert "week to 4 November 2019" in digest
    assert "For the meeting on Tuesday 5 November 2019" in digest


async def test_a_meeting_that_passed_meanwhile_is_not_announced(house: House) -> None:
    (digest,) = await at(house, MONDAY + timedelta(days=2))

    assert "week to 4 November 2019" in digest
    assert "meeting" not in digest


async def test_of_several_missed_the_latest_is_sent_and_covers_them_all(house: House) -> None:
    await at(house, MONDAY)
    house.clock.now = MONDAY + timedelta(days=1)
    await house.ada.replies(house.post(), "Issue: in the first week.")
    house.clock.now = MONDAY + timedelta(days=15)
    await house.cara.replies(house.post(), "Issue: in the third week.")

    first, second = await at(house, MONDAY + timedelta(days=24))

    assert "week to 4 November 2019" in first
    assert "week to 25 November 2019" in second
    assert "DP092>: 2 comments received, 2 comments in all." in second
    assert len(await at(house, MONDAY + timedelta(days=27))) == 2


# --- when a channel's time is changed ---------------------------------------------------------------------------------


def retime(house: House, digest: str) -> None:
    """dpbot is started again with another digest time in config.toml."""
    channels = tuple(channel.model_copy(update={"digest": digest}) for channel in house.desk.config.channels)
    house.desk = replace(house.desk, config=house.desk.config.model_copy(update={"channels": channels}))


@pytest.mark.parametrize(
    ("new", "next_one"),
    [
        ("sun 18:00", datetime(2019, 11, 10, 18, tzinfo=UTC)),  # before the one that was sent
        ("mon 08:00", datetime(2019, 11, 11, 8, tzinfo=UTC)),
        ("mon 12:00", datetime(2019, 11, 11, 12, tzinfo=UTC)),  # after it
        ("tue 08:00", datetime(2019, 11, 12, 8, tzinfo=UTC)),
    ],
)
async def test_a_new_time_that_has_passed_this_week_brings_no_second_digest_and_the_next_covers_since_the_last(
    house: House, new: str, next_one: datetime
) -> None:
    await at(house, MONDAY)
    house.clock.forward(minutes=1)
    await house.ada.replies(house.post(), "Issue: a minute after the digest.")
    house.clock.now = datetime(2019, 11, 5, 9, tzinfo=UTC)  # the day of the meeting: there would be much to tell
    retime(house, new)
    await house.ticks()
    await house.cara.replies(house.post(), "Issue: after the change.")
    await passes(house, next_one - timedelta(seconds=1), timedelta(hours=5))
    assert len(digests(house)) == 1

    _, second = await at(house, next_one)

    assert "DP092>: 2 comments received, 2 comments in all." in second
    assert len(await at(house, next_one + timedelta(days=6))) == 2


async def test_a_new_time_that_is_still_to_come_this_week_has_its_digest(house: House) -> None:
    await at(house, MONDAY)
    house.clock.forward(minutes=1)
    await house.ada.replies(house.post(), "Issue: on Monday.")
    house.clock.forward(days=1)
    retime(house, "fri 16:30")
    await house.ticks()

    await passes(house, datetime(2019, 11, 8, 16, 30, tzinfo=UTC), timedelta(hours=7))

    assert len(digests(house)) == 2


# --- when the clocks change -------------------------------------------------------------------------------------------


async def test_the_hour_that_comes_twice_brings_one_digest(tmp_path: Path) -> None:
    async with opened(tmp_path, "mon 09:00", "sun 01:30") as house:
        house.clock.now = datetime(2019, 10, 26, 23, tzinfo=UTC)
        await published(house)

        await passes(house, datetime(2019, 10, 27, 0, 29, tzinfo=UTC), timedelta(minutes=15))
        assert digests(house) == []
        await passes(house, datetime(2019, 10, 27, 0, 30, tzinfo=UTC), timedelta(minutes=1))
        assert len(digests(house)) == 1  # 1.30am, before the clocks went back
        await passes(house, datetime(2019, 11, 2, 23, tzinfo=UTC), timedelta(minutes=30))
        assert len(digests(house)) == 1


async def test_a_bot_started_in_the_second_of_the_two_hours_sends_one(tmp_path: Path) -> None:
    async with opened(tmp_path, "mon 09:00", "sun 01:30") as house:
        house.clock.now = datetime(2019, 10, 26, 10, tzinfo=UTC)
        await published(house)

        await passes(house, datetime(2019, 10, 27, 1, 10, tzinfo=UTC), timedelta(days=1))
        await passes(house, datetime(2019, 10, 27, 4, tzinfo=UTC), timedelta(minutes=10))
        assert len(digests(house)) == 1


async def test_the_hour_that_is_left_out_brings_one_digest_an_hour_later(tmp_path: Path) -> None:
    async with opened(tmp_path, "mon 09:00", "sun 01:30") as house:
        house.clock.now = datetime(2020, 3, 28, 10, tzinfo=UTC)
        await published(house)

        await passes(house, datetime(2020, 3, 29, 1, 29, tzinfo=UTC), timedelta(minutes=15))
        assert digests(house) == []
        await passes(house, datetime(2020, 3, 29, 1, 30, tzinfo=UTC), timedelta(minutes=1))
        assert len(digests(house)) == 1  # 2.30am: there was no 1.30am
        await passes(house, datetime(2020, 4, 4, 23, tzinfo=UTC), timedelta(hours=3))
        assert len(digests(house)) == 1


async def test_in_summer_its_time_is_londons(tmp_path: Path) -> None:
    async with opened(tmp_path, "mon 09:00", "mon 09:00") as house:
        house.clock.now = datetime(2019, 7, 5, 10, tzinfo=UTC)
        await published(house)

        assert await at(house, datetime(2019, 7, 8, 7, 59, tzinfo=UTC)) == []
        assert len(await at(house, datetime(2019, 7, 8, 8, 0, tzinfo=UTC))) == 1


async def test_the_week_across_the_change_is_one_window(tmp_path: Path) -> None:
    """What was said in the hour that came twice is told in one digest, and in one only."""
    async with opened(tmp_path, "mon 09:00", "sun 01:30") as house:
        house.clock.now = datetime(2019, 10, 26, 10, tzinfo=UTC)
        await published(house)
        for minute in (20, 50, 80, 110):  # 1.20am, 1.50am, and both again
            house.clock.now = datetime(2019, 10, 27, 0, 0, tzinfo=UTC) + timedelta(minutes=minute)
            await house.ada.replies(house.post(), f"Issue: {minute}.")
            await house.ticks()

        first, second = await at(house, datetime(2019, 11, 3, 2, tzinfo=UTC))

        assert "DP092>: 1 comment received, 1 comment in all." in first
        assert "DP092>: 3 comments received" in second


async def test_caught_up_after_the_hour_that_came_twice_what_was_said_in_it_is_told_once(tmp_path: Path) -> None:
    async with opened(tmp_path, "mon 09:00", "sun 01:30") as house:
        house.clock.now = datetime(2019, 10, 26, 10, tzinfo=UTC)
        await published(house)
        house.clock.now = datetime(2019, 10, 27, 1, tzinfo=UTC)  # between the two half past ones
        await house.ada.replies(house.post(), "Issue: so.")

        await at(house, datetime(2019, 10, 27, 4, tzinfo=UTC))
        first, second = await at(house, datetime(2019, 11, 3, 2, tzinfo=UTC))

        assert "received" not in first
        assert "DP092>: 1 comment received." in second
