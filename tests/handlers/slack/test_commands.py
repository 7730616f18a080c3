"""`/dp` in Slack, all the way: help, one proposal, wrong words, and what breaks inside."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.handlers.slack.asking import TITLE, sentence
from tests.house import House, open_house, sample

# --- help -------------------------------------------------------------------------------------------------------------


async def test_answers_are_shown_to_the_caller_only(house: House) -> None:
    before = len(house.workspace.messages(house.channel))

    for line in ("/dp help", "/dp list", "/dp show DP092", "/dp views DP092", "/dp nonsense"):
        await house.ada.types(house.channel, line)

    assert len(house.workspace.messages(house.channel)) == before
    assert len(house.workspace.ephemerals(house.ada)) == 5
    assert not house.workspace.ephemerals(house.ben)


# --- show -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    ["DP092", "dp92", "92", "092", "MP092", "mp92", "dp 092", "DP_092", "dp-92", "SECMP0092", "  92 ", "dp\u00a092"],
)
async def test_show_finds_a_proposal_by_any_spelling_of_its_number(house: House, spelling: str) -> None:
    answer = await house.ada.types(house.channel, f"/dp show {spelling}")

    assert f"DP092  {TITLE}" in answer.text
    assert "Lead Analyst: Ellis Farrow, SECAS" in answer.text
    assert "meeting 26, 5 November 2019; no comments yet" in answer.text


# --- wrong words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["show", "views", "compile"])
async def test_a_missing_reference_is_answered_with_what_is_allowed(house: House, verb: str) -> None:
    answer = await house.robin.types(house.channel, f"/dp {verb}")

    assert sentence(answer) == (
        f"{verb} needs a proposal: found nothing; allowed is a number or reference such as DP092."
    )


@pytest.mark.parametrize("odd", ["DPxyz", "0", "-3", "92 and 93", "DP99999", "92.5", "DP092 please", "９２"])
async def test_an_odd_reference_is_answered_with_what_was_found_and_what_is_allowed(house: House, odd: str) -> None:
    answer = await house.ada.types(house.channel, f"/dp show {odd}")

    assert sentence(answer) == f'show needs a proposal: found "{odd}"; allowed is a number or reference such as DP092.'


async def test_a_very_long_wrong_command_is_quoted_in_short(house: House) -> None:
    answer = await house.ada.types(house.channel, f"/dp {'x' * 3000}")

    assert len(sentence(answer)) < 200


async def test_hostile_words_in_a_wrong_command_ping_nobody(house: House) -> None:
    answer = await house.ada.types(house.channel, '/dp <!channel> & "quotes" \\')

    assert '<!channel> & "quotes" \\' in sentence(answer)
    assert "<" not in json.dumps(answer.payload)


@pytest.mark.parametrize("verb", ["show", "views", "compile"])
async def test_a_proposal_that_no_paper_has_is_said_to_be_unknown(house: House, verb: str) -> None:
    answer = await house.robin.types(house.channel, f"/dp {verb} DP777")

    assert sentence(answer) == "DP777 is in no paper that was imported: check the number."


# --- something broken inside ------------------------------------------------------------------------------------------


async def test_when_something_inside_breaks_the_person_sees_one_neutral_sentence(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.desk.sessions.begin() as session:
        await session.execute(text("ALTER TABLE items RENAME TO gone"))

    with caplog.at_level(logging.ERROR):
        answer = await house.ada.types(house.channel, "/dp list")

    assert sentence(answer) == (
        "Something broke in dpbot and nothing was changed: please try again, or tell the SECAS Change Team."
    )
    assert "no such table" in caplog.text  # for the operator


async def test_when_no_window_can_be_opened_that_is_a_line_in_the_log(
    quiet_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house, before = quiet_house, "The trial ends in February 2020"
    await house.imports(sample({before: "A long story. " * 300 + before}))
    await house.publishes()
    house.workspace.faults.fail("views.open", "internal_error")
    house.workspace.faults.rate_limit("views.open")

    answer = await house.ada.clicks(house.post(), "read_in_full")

    assert answer.acknowledged
    assert not house.ada.modals
    assert "A person could not be told what went wrong: Slack asks to slow down" in caplog.text
    assert TITLE in (await house.ada.types(house.channel, "/dp show 92")).text


async def test_when_slack_does_not_say_who_asks_a_member_is_told_something_useful(house: House) -> None:
    house.workspace.faults.fail("users.info", "internal_error", times=5)

    assert "DP092" in (await house.dan.types(house.channel, "/dp show 92")).text
    assert "are shown to members of" in (await house.dan.types(house.channel, "/dp views 92")).text
    assert "Operations Group" in (await house.dan.types(house.channel, "/dp list")).text


async def test_operators_words_come_before_ours(tmp_path: Path) -> None:
    def with_own_templates(config: str) -> str:
        return config + '[templates]\ndirectory = "own"\n'

    (tmp_path / "own/slack").mkdir(parents=True)
    (tmp_path / "own/slack/help.json").write_text('{"text": "Ask Robin on extension 12."}', "utf-8")
    async with open_house(tmp_path, with_own_templates) as house, house.connected():
        answer = await house.ada.types(house.channel, "/dp help")

    assert answer.text == "Ask Robin on extension 12."
