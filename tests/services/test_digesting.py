"""The weekly digest as members find it in their channel: once a week, at its time, where there is something to tell."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import app, jobs
from bot.papers import Reading, read_paper
from bot.render import Renderer
from bot.services import digesting
from handlers.sandbox import Channel
from tests.house import SAMPLE, House, open_house, published

MONDAY = datetime(2019, 11, 4, 9, tzinfo=UTC)  # the day before meeting 26
WEEK = timedelta(days=7)


def digests(house: House, channel: Channel | None = None) -> list[str]:
    """The words of every digest in the channel, oldest first; a line each as a reader sees it."""
    found = []
    for message in house.workspace.messages(channel or house.channel):
        blocks = [
            block.get("text") or block["elements"][0] for block in message["blocks"] if block["type"] != "divider"
        ]
        if "week to" in blocks[0]["text"]:
            found.append("\n".join(block["text"] for block in blocks))
    return found


def plain(digest: str) -> list[str]:
    """The lines without Slack's marks."""
    return re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", digest).replace("*", "").splitlines()


async def passes(house: House, until: datetime, step: timedelta) -> None:
    """Time goes on in steps, and the jobs run at each."""
    while house.clock.now < until:
        house.clock.now = min(house.clock.now + step, until)
        await jobs.send_digests(house.desk)
    await house.sends()


async def at(house: House, moment: datetime) -> list[str]:
    """The digests there are once the jobs ran at this moment."""
    house.clock.now = moment
    await house.ticks()
    return digests(house)


@asynccontextmanager
async def opened(folder: Path, old: str, new: str, *channels: str) -> AsyncIterator[House]:
    """A house with some words of its config.toml changed, and more channels."""
    async with open_house(folder, lambda text: text.replace(old, new)) as house:
        for name in channels:
            house.workspace.channel(name)
        async with house.connected():
            yield house


def paper(**changes: object) -> Reading:
    """The sample paper with other facts."""
    reading = read_paper(SAMPLE.name, SAMPLE.read_bytes())
    return replace(reading, paper=replace(reading.paper, **changes))  # type: ignore[arg-type]


# --- what it says -----------------------------------------------------------------------------------------------------


async def test_before_a_meeting_it_lists_every_proposal_with_its_comments_and_says_what_changed(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: clear.")
    await house.cara.replies(house.post("DP090"), "Consider: costs.")
    await house.finn.replies(house.post("DP090"), "Consider: time.")
    for member in (house.ada, house.ben, house.cara):
        await member.replies(house.post("DP092"), "Impacts: some.")

    (digest,) = await at(house, MONDAY)

    assert plain(digest)[:-1] == [
        "Operations Group: Draft Proposals, week to 4 November 2019",
        "For the meeting on Tuesday 5 November 2019 (meeting 26)",
        "The Operations Group is asked to agree which of these it will want to provide further input on.",
        "DP088  Power to raise modifications  |  no comments yet",
        "DP089  Changes to Appendix R 'Common Testing Scenarios Document'  |  1 comment from 1 organisation",
        "DP090  Incorporation of Non GBCS Non-Mandated Alerts into the SEC  |  2 comments from 2 organisations",
        "DP091  Updating Security Assurance Status  |  no comments yet",
        "DP092  New Planned Maintenance Methodology  |  3 comments from 2 organisations",
        "DP093  Implementing IRP511 and CRP535 to support GBCS v3.2 devices  |  no comments yet",
        "Changed since the last digest",
        "Six proposals put to the Operations Group (paper OPSG_26_0511_16).",
        "DP089: 1 comment received.",
        "DP090: 2 comments received.",
        "DP092: 3 comments received.",
        (
            "Comments can be made in each proposal's thread or by e-mail to change.team@secas.example. "
            "No closing date has been set."
        ),
    ]
    assert plain(digest)[-1] == "White"


async def test_its_fallback_text_says_what_matters(house: House) -> None:
    await at(house, MONDAY)
    text = house.workspace.messages(house.channel)[-1]["text"]

    assert text.startswith(
        "Operations Group: Draft Proposals, week to 4 November 2019. For the meeting on Tuesday 5 Nov"
    )
    assert "DP092 New Planned Maintenance Methodology, no comments yet." in text


async def test_each_reference_opens_its_post(house: House) -> None:
    (digest,) = await at(house, MONDAY)

    for number in range(88, 94):
        reference = f"DP0{number}"
        assert f"/p{house.post(reference).ts.replace('.', '')}|{reference}>" in digest


async def test_withdrawn_comments_and_replies_by_secas_and_the_proposers_side_are_not_counted(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: on second thoughts.")
    await house.ada.deletes(said)
    await house.robin.replies(house.post(), "Thank you.")
    await house.gwen.replies(house.post(), "We shall answer.")

    (digest,) = await at(house, MONDAY)

    assert "New Planned Maintenance Methodology  |  no comments yet" in digest
    assert "received" not in digest


async def test_it_never_quotes_or_names_anybody(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: unheard-of words.")

    (digest,) = await at(house, MONDAY)

    assert not any(word in digest for word in ("unheard-of", "Ada", "Firth", "Northshire"))


async def test_a_closing_date_of_the_paper_is_said(quiet_house: House) -> None:
    await quiet_house.imports(paper(comments_by="2019-11-08T17:00"))
    await quiet_house.publishes()

    (digest,) = await at(quiet_house, MONDAY)

    assert "Comments are invited by 5pm on 8 November 2019." in digest
    assert "No closing date" not in digest


@pytest.mark.parametrize(
    ("closes", "sentence"),
    [
        ("2019-11-03T17:00", None),
        ("2019-11-03", None),
        ("2019-11-04", "Comments are invited by 4 November 2019."),
        ("2019-11-04T17:00", "Comments are invited by 5pm on 4 November 2019."),
    ],
)
async def test_a_closing_date_that_has_passed_is_not_said_nor_that_none_was_set(
    quiet_house: House, closes: str, sentence: str | None
) -> None:
    await quiet_house.imports(paper(comments_by=closes))
    await quiet_house.publishes()

    (digest,) = await at(quiet_house, MONDAY)

    said = next(line for line in plain(digest) if line.startswith("Comments can be made"))
    expected = "Comments can be made in each proposal's thread or by e-mail to change.team@secas.example."
    assert said.rstrip() == (f"{expected} {sentence}" if sentence else expected)


async def test_a_closing_date_of_a_paper_that_is_not_shown_is_not_said(quiet_house: House) -> None:
    """An older paper is open for comments still, but nothing of it is new and its meeting is over."""
    older = paper(reference="OPSG_25_0110_03", meeting=25, meeting_date=date(2019, 10, 31), comments_by="2019-12-24")
    await quiet_house.imports(older, b"older")
    await quiet_house.publishes("OPSG_25_0110_03")
    await at(quiet_house, MONDAY)
    quiet_house.clock.forward(minutes=1)
    await published(quiet_house)

    digest = (await at(quiet_house, MONDAY + WEEK))[-1]

    assert "24 December" not in digest
    assert "No closing date has been set." in digest


async def test_only_a_paper_that_asks_is_said_to_ask_for_agreement_on_further_input(quiet_house: House) -> None:
    await quiet_house.imports(paper(purpose=("This paper lists what is new.",), recommendation=None))
    await quiet_house.publishes()

    (digest,) = await at(quiet_house, MONDAY)

    assert "For the meeting on Tuesday 5 November 2019" in digest
    assert "further input" not in digest
    assert not any(
        "further input on" in str(message) for message in quiet_house.workspace.messages(quiet_house.channel)
    )


async def test_the_heading_of_a_paper_that_asks_says_so(house: House) -> None:
    heading = house.workspace.messages(house.channel)[0]

    assert "The Operations Group is also asked to agree which proposals it will want to provide further" in str(heading)


async def test_a_comment_heard_late_is_in_the_digest_after_it_was_heard(house: House) -> None:
    house.workspace.patience = 0.1
    house.workspace.events_url = "http://127.0.0.1:9/nobody-listens"
    await house.ada.replies(house.post(), "Issue: said before the digest, heard after it.")
    house.workspace.events_url = None
    await at(house, MONDAY)
    house.clock.forward(minutes=1)
    await house.workspace.redeliver()

    second = (await at(house, MONDAY + WEEK))[-1]

    assert "DP092: 1 comment received" in plain(second)[2]


async def test_comments_are_new_only_in_the_digest_after_they_were_made(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: the first.")
    await at(house, MONDAY)
    house.clock.forward(minutes=1)
    await house.cara.replies(house.post(), "Issue: the second.")
    await house.dan.replies(house.post("DP088"), "Issue: another.")

    second = (await at(house, MONDAY + WEEK))[-1]

    assert plain(second)[:4] == [
        "Operations Group: Draft Proposals, week to 11 November 2019",
        "Changed since the last digest",
        "DP088: 1 comment received, 1 comment in all.",
        "DP092: 1 comment received, 2 comments in all.",
    ]
    assert "meeting" not in second
    assert len(await at(house, MONDAY + 2 * WEEK)) == 2


async def test_a_comment_made_at_the_very_moment_is_told_once(house: House) -> None:
    house.clock.now = MONDAY
    await house.ada.replies(house.post(), "Issue: just in time.")

    await at(house, MONDAY)
    await at(house, MONDAY + WEEK)

    assert sum("comment received" in digest for digest in digests(house)) == 1


async def test_the_preview_is_what_is_sent_and_sends_nothing(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")
    async with house.desk.sessions.read() as session:
        shown = await digesting.digest(session, house.desk.config, house.desk.config.channels[0], MONDAY, MONDAY)
    assert shown is not None
    assert digests(house) == []

    (digest,) = await at(house, MONDAY)

    lines = [line.strip() for line in Renderer().text(shown).splitlines()]
    assert [line for line in lines if line] == plain(digest)


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
