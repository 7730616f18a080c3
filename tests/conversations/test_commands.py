"""Commands, on whatever platform: help, one proposal, wrong words."""

import json
import re

import pytest

from tests.handlers.slack.asking import TITLE, sentence
from tests.house import House


@pytest.mark.parametrize("line", ["/dp", "/dp HELP"])
async def test_help_says_what_can_be_asked_and_how_to_comment(house: House, line: str) -> None:
    answer = await house.ada.types(house.channel, line)

    for command in ("/dp list", "/dp show DP092", "/dp views DP092"):
        assert command in answer.text
    assert "reply in a proposal's thread" in answer.text


async def test_only_the_analyst_is_told_of_compile(house: House) -> None:
    assert "compile" in (await house.robin.types(house.channel, "/dp help")).text
    assert "compile" not in (await house.ada.types(house.channel, "/dp help")).text


async def test_a_reference_alone_shows_the_proposal(house: House) -> None:
    assert f"DP092  {TITLE}" in (await house.ada.types(house.channel, "/dp dp92")).text


async def test_show_has_the_issue_the_impacts_and_the_way_to_the_thread(house: House) -> None:
    answer = await house.ada.types(house.channel, "/dp show 92")

    assert "The trial ends in February 2020" in answer.text
    assert "Anticipated Operational Impacts (as stated in the paper)" in answer.text
    assert "The DCC will report to the Operations Group in November" in answer.text
    assert "Raised by Daniel Stroud of the DCC" in answer.text
    assert "Problem statement: Appendix E, draft" in answer.text
    assert "OPSG_26_0511_16, 29 October 2019" in answer.text
    assert house.side.address(house.post()) in json.dumps(answer.payload)


async def test_show_counts_comments_as_they_stand(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: clear.")
    await house.cara.replies(house.post(), "Impacts: none.")
    await house.ada.deletes(said)

    answer = await house.ben.types(house.channel, "/dp show 92")

    assert "1 comment from 1 organisation" in answer.text


async def test_an_unknown_command_is_answered_with_what_is_allowed(house: House) -> None:
    answer = await house.ada.types(house.channel, "/dp frobnicate DP092")

    told = sentence(answer)
    assert told.startswith('"frobnicate DP092" is not a command: allowed are help, list, show DP092, views DP092, ')
    assert {"compile DP092", "mine"} <= set(re.split(", | or ", told.rstrip(".")))
