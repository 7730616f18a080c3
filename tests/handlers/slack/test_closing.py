"""`/dp close`: the analyst says to which moment comments are received; posts, answers and digests say it from then."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.decisions import Closes
from bot.services import deciding
from tests.handlers.slack.asking import sentence
from tests.house import PAPER, ROBIN, House, sample, two_bodies

SET = "/dp close DP092 at 5pm 12 November 2019"
SAID = "Comments are invited by 5pm on 12 November 2019."


async def tells(house: House, line: str) -> str:
    return (await house.robin.types(house.channel, line)).text


async def closings(house: House) -> list[tuple[datetime | None, str]]:
    async with house.desk.sessions.read() as session:
        taken = await deciding.decisions(session, [Closes])
        return [(deciding.value_of(each, Closes).at, each.by) for each in taken]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("close", "close needs a proposal and a time"),
        ("close DP092", "close needs a proposal and a time"),
        ("close DP092 at 12 November 2019", "does not say the time of day"),
        ("close DP092 at 1.30am 29 March 2020", "There is no 1.30am on 29 March 2020 in London"),
        ("close DP092 at 5pm 29 October 2019", "5pm on 29 October 2019 is past: allowed is a time to come."),
        ("close DP092 at 5pm 29 October 2091", "more than two years away"),
        ("close DP092 for SSC at 5pm 12 November 2019", "DP092 was not put to the Security Sub-Committee, but to the"),
        ("close DP092 for XYZ at 5pm 12 November 2019", '"XYZ" is no Sub-Committee: allowed is OPSG or SSC.'),
        ("close DP092 never", "DP092 has no closing time: nothing was changed."),
        ("close DP500 never", "DP500 is in no paper that was imported"),
    ],
)
async def test_what_cannot_be_a_closing_time_is_said_in_a_sentence(house: House, line: str, told: str) -> None:
    answer = await house.robin.types(house.channel, f"/dp {line}")

    assert told in sentence(answer)
    assert await closings(house) == []


async def test_where_several_were_invited_it_is_asked_for_which(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, security):
        await house.puts(sample({PAPER: "SSC_03_0511_16", "Operations Group": "Security Sub-Committee"}))

        asked = sentence(await house.robin.types(house.channel, SET))
        assert asked == (
            "DP092 was put to the Operations Group and the Security Sub-Committee: say for which, by OPSG or SSC."
        )
        told = await tells(house, "/dp close DP092 for the Security Sub-Committee at 5pm 12 November 2019")
        assert "from the Security Sub-Committee are received until" in told
        house.clock.forward(minutes=2)
        await house.ticks()

        assert SAID not in house.post_text()
        said = str(house.workspace.messages(security))
        assert said.count(SAID) == 2  # in the post's text, and in its block


async def test_a_closing_time_moved_later_takes_in_what_came_after_the_first_one_and_summer_time_is_londons(
    house: House,
) -> None:
    async def views() -> str:
        return str((await house.ben.types(house.channel, "/dp views 92")).payload)

    await tells(house, "/dp close DP092 at 11am 30 October 2019")
    house.clock.forward(hours=2)
    await house.ada.replies(house.post(), "Issue: clear.")
    assert "Received after 11am on 30 October 2019" in await views()

    assert "until 5pm on Tuesday 31 March 2020" in await tells(house, "/dp close DP092 at 5pm 31 March 2020")

    assert "Received after" not in await views()
    assert (await closings(house))[-1] == (datetime(2020, 3, 31, 16, tzinfo=UTC), ROBIN)
    house.clock.now = datetime(2020, 3, 31, 16, 1, tzinfo=UTC)
    await house.cara.replies(house.post(), "Impacts: some.")
    assert (await views()).count("Received after 5pm on 31 March 2020") == 1
