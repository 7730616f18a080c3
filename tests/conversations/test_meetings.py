"""`/dp meeting`, `/dp meetings` and `/dp further`: entered by SECAS, echoed in full, shown wherever they matter."""

import pytest
from sqlalchemy import select

from bot.models import Act
from tests.handlers.slack.asking import sentence
from tests.house import PAPER, ROBIN, House

AGREED = '/dp further DP092 yes meeting 26 on 30 October 2019 minute "item 16"'


async def tells(house: House, line: str) -> str:
    return (await house.robin.types(house.channel, line)).text


async def test_a_meeting_is_changed_and_every_post_that_names_it_says_so(house: House) -> None:
    assert await tells(house, "/dp meeting OPS 26 on Wednesday 6 November 2019") == (
        f"Meeting 26 of the Operations Group is on Wednesday 6 November 2019 (entered by {ROBIN}). "
        "Before: Tuesday 5 November 2019. Posts that name it are updated."
    )
    house.clock.forward(minutes=2)
    await house.ticks()

    assert "meeting 26, Wednesday 6 November 2019" in house.post_text()
    heading = next(words for words in house.side.messages(house.channel) if PAPER in words)
    assert "Wednesday 6 November 2019" in heading
    assert "Tuesday 5 November 2019" not in heading
    assert (await tells(house, "/dp meeting OPSG 26 on 6/11/2019")).endswith("nothing was changed.")
    await tells(house, "/dp meeting the Security Sub-Committee 71 on 12 November 2019")
    listed = (await house.ada.types(house.channel, "/dp meetings")).text
    assert "Meeting 26, Wednesday 6 November 2019" in listed
    assert "Security Sub-Committee" in listed
    async with house.desk.sessions.read() as session:
        acts = [
            act.about for act in await session.scalars(select(Act).order_by(Act.id)) if act.action == "meeting entered"
        ]
    assert acts[0] == "Meeting 26 of the Operations Group is on 6 November 2019, not on 5 November 2019."
    assert len(acts) == 2


async def test_further_input_is_indicated_by_members_and_agreed_by_what_secas_recorded(house: House) -> None:
    for member in (house.ada, house.cara):
        await member.reacts(house.post(), "raised_hand")
    shown = (await house.ada.types(house.channel, "/dp show 92")).text
    assert "further input: not yet agreed; indicated by 2 people" in shown

    told = await tells(house, AGREED.replace(" on 30 October 2019", ""))
    assert "is still to come" in told  # the paper's meeting 26 is on 5 November
    await tells(house, "/dp meeting OPSG 26 on 30 October 2019")
    assert await tells(house, AGREED) == (
        "The Operations Group agreed on DP092 that further input is wanted (meeting 26, 30 October 2019, item 16); "
        f"recorded by {ROBIN}. Before: not yet agreed."
    )

    shown = (await house.ada.types(house.channel, "/dp show 92")).text
    assert "further input: agreed at meeting 26 (30 October 2019, item 16)" in shown
    assert "further input agreed" in (await house.ada.types(house.channel, "/dp list")).text
    assert "further input" not in (await house.isla.types(house.channel, "/dp show 92")).text
    document = await house.compiles()
    assert "agreed at meeting 26 (30 October 2019, item 16)" in document


@pytest.mark.parametrize("line", ["meeting OPSG 26 on 6 November 2019", AGREED.removeprefix("/dp ")])
async def test_only_an_analyst_records(house: House, line: str) -> None:
    told = sentence(await house.ada.types(house.channel, f"/dp {line}"))

    assert told.startswith("Only the SECAS analysts named in dpbot's configuration may record")
