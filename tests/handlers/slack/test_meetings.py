"""`/dp meeting`, `/dp meetings` and `/dp further`: entered by SECAS, echoed in full, shown wherever they matter."""

import pytest

from tests.handlers.slack.asking import sentence
from tests.house import PAPER, House, sample
from tests.services.digests import MONDAY, at

AGREED = '/dp further DP092 yes meeting 26 on 30 October 2019 minute "item 16"'


async def tells(house: House, line: str) -> str:
    return (await house.robin.types(house.channel, line)).text


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
