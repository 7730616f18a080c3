"""`/dp` in Slack, all the way: signature or socket, routing, database, template."""

import pytest

from tests.house import House


@pytest.mark.parametrize("spelling", ["DP092", "dp92", "92", "MP092", "dp 092"])
async def test_show_finds_a_proposal_by_any_spelling_of_its_number(house: House, spelling: str) -> None:
    answer = await house.ada.types(house.channel, f"/dp show {spelling}")

    assert "DP092  New Planned Maintenance Methodology" in answer.text
    assert "Lead Analyst: Ellis Farrow, SECAS" in answer.text
    assert "meeting 26, 5 November 2019; no comments yet" in answer.text
