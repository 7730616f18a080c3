"""`/dp meeting`, `/dp meetings` and `/dp further`: entered by SECAS, echoed in full, shown wherever they matter."""

import pytest
from sqlalchemy import select

from bot.models import Act
from tests.handlers.slack.asking import sentence
from tests.house import PAPER, ROBIN, House, sample
from tests.services.digests import MONDAY, at

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
    heading = next(str(m) for m in house.workspace.messages(house.channel) if PAPER in str(m))
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


async def test_what_was_agreed_holds_when_a_later_paper_has_it_as_a_modification_proposal(house: House) -> None:
    await tells(house, "/dp meeting OPSG 26 on 30 October 2019")
    await tells(house, AGREED.replace("yes", "no"))
    later = {PAPER: "OPSG_27_0312_04", "DP092": "MP092", "29 October 2019": "26 November 2019"}
    await house.puts(sample(later))

    shown = (await house.ada.types(house.channel, "/dp show MP092")).text
    assert shown.count("agreed at meeting 26 (30 October 2019, item 16) that none is wanted") == 2  # both papers


async def test_the_digest_says_what_is_indicated(house: House) -> None:
    await house.ada.reacts(house.post(), "raised_hand")

    (digest,) = await at(house, MONDAY)

    assert "no comments yet; further input indicated by 1 person" in digest


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("meeting OPSG 26", "meeting needs a Sub-Committee, a number and a day"),
        ("meeting OPSG 26 on 5 November", "does not say the year"),
        ("meeting ABC 26 on 5 November 2019", '"ABC" is no Sub-Committee'),
        ("meeting OPSG 26 on 5 November 2029", "a day from 2013 to 2021"),
        ("further DP092 yes", "further needs a proposal, yes or no, a meeting and a minute"),
        ('further DP092 yes meeting 25 minute "item 1"', "The day of meeting 25 is not known"),
        ('further DP092 yes meeting 26 on 1 October 2019 minute "x"', "is entered on 5 November 2019, not on"),
        ('further DP092 yes meeting 25 on 1 October 2019 minute ""', "Say in which minute it is recorded"),
    ],
)
async def test_what_is_missing_is_asked_in_a_sentence(house: House, line: str, told: str) -> None:
    assert told in sentence(await house.robin.types(house.channel, f"/dp {line}"))


@pytest.mark.parametrize("line", ["meeting OPSG 26 on 6 November 2019", AGREED.removeprefix("/dp ")])
async def test_only_an_analyst_records(house: House, line: str) -> None:
    told = sentence(await house.ada.types(house.channel, f"/dp {line}"))

    assert told.startswith("Only the SECAS analysts named in dpbot's configuration may record")
