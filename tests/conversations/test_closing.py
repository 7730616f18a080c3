"""`/dp close`: the analyst says to which moment comments are received; posts, answers and digests say it from then."""

from datetime import UTC, datetime

from bot.decisions import Closes
from bot.services import deciding
from tests.handlers.slack.asking import sentence
from tests.house import ROBIN, House
from tests.services.digests import MONDAY

SET = "/dp close DP092 at 5pm 12 November 2019"
SAID = "Comments are invited by 5pm on 12 November 2019."


async def tells(house: House, line: str) -> str:
    return (await house.robin.types(house.channel, line)).text


async def closings(house: House) -> list[tuple[datetime | None, str]]:
    async with house.desk.sessions.read() as session:
        taken = await deciding.decisions(session, [Closes])
        return [(deciding.value_of(each, Closes).at, each.by) for each in taken]


async def test_a_closing_time_is_echoed_in_full_and_shown_in_the_post_in_show_and_in_the_digest(house: House) -> None:
    assert "No closing date for comments." in house.post_text()

    assert await tells(house, SET) == (
        "Comments on DP092 from the Operations Group are received until 5pm on Tuesday 12 November 2019 "
        f"(set by {ROBIN}). Before: no closing time. The post is updated."
    )
    house.clock.forward(minutes=2)
    await house.ticks()

    assert SAID in house.post_text()
    assert "No closing date for comments." in house.post_text("DP088")
    shown = (await house.ada.types(house.channel, "/dp show 92")).text
    assert "no comments yet; comments are invited by 5pm on 12 November 2019" in shown
    house.clock.now = MONDAY
    await house.ticks()
    (digest,) = [words for words in house.side.messages(house.channel) if "week to" in words]
    told = "no comments yet; comments are invited by 5pm on 12 November 2019"
    assert told in next(line for line in digest.splitlines() if "New Planned Maintenance Methodology" in line)
    assert "No closing date" not in digest
    assert await closings(house) == [(datetime(2019, 11, 12, 17, tzinfo=UTC), ROBIN)]


async def test_it_is_changed_taken_back_and_repeated_each_a_decision_of_its_own(house: House) -> None:
    await tells(house, SET)

    assert (await tells(house, SET)).endswith("That was recorded before: nothing was changed.")
    changed = await tells(house, "/dp close dp92 for OPS by noon 13/11/2019")
    assert "until 12pm on Wednesday 13 November 2019" in changed
    assert "Before: 5pm on Tuesday 12 November 2019." in changed
    assert (await tells(house, "/dp close 92 never")).startswith(
        "There is no closing time for comments on DP092 from the Operations Group"
    )
    house.clock.forward(minutes=2)
    await house.ticks()

    assert "No closing date for comments." in house.post_text()
    assert [at and at.day for at, _ in await closings(house)] == [12, 13, None]


async def test_a_comment_after_it_is_kept_and_shown_as_received_after_it(house: House) -> None:
    await house.robin.types(house.channel, "/dp close DP092 at 11am 30 October 2019")
    house.clock.forward(hours=2)
    await house.ada.replies(house.post(), "Issue: clear.")

    views = (await house.ben.types(house.channel, "/dp views 92")).text
    assert "Received after 11am on 30 October 2019" in views


async def test_only_an_analyst_sets_one(house: House) -> None:
    told = sentence(await house.ada.types(house.channel, SET))

    assert told.startswith("Only the SECAS analysts named in dpbot's configuration may set a closing time")
    assert await closings(house) == []
