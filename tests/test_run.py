"""`dpbot run` as an operator starts and stops it."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.house import ROSTER, House, open_house
from tests.programs import DPBOT
from tests.waiting import eventually


async def start(house: House) -> asyncio.subprocess.Process:
    pipe, environment = asyncio.subprocess.PIPE, house.environment
    del environment["SLACK_SIGNING_SECRET"]  # which the socket does not need
    return await asyncio.create_subprocess_exec(
        DPBOT, "run", cwd=house.folder, env=environment, stdout=pipe, stderr=pipe
    )


EMPTY = (
    'The roster is empty: every comment would be recorded as "organisation not stated". '
    "Import it with `dpbot roster import FILE`."
)


@pytest.mark.parametrize(
    ("sign", "roster", "warning"),
    [(signal.SIGINT, ROSTER, []), (signal.SIGTERM, ROSTER.splitlines()[0], [EMPTY])],
)
async def test_it_says_that_it_runs_publishes_what_another_command_queued_and_stops_quietly(
    tmp_path: Path, sign: signal.Signals, roster: str, warning: list[str]
) -> None:
    async with open_house(tmp_path) as house:
        await house.has_roster(roster)
        await house.imports()
        await house.queues()
        process = await start(house)
        await house.workspace.connected()
        await eventually(lambda: bool(house.workspace.messages(house.channel)), "the heading is posted")

        process.send_signal(sign)
        out, errors = await process.communicate()

    assert process.returncode == 0
    assert out.decode().splitlines() == [
        "dpbot is running in Slack for operations-group. Publishing is on. Stop it with Ctrl+C.",
        *warning,
        "dpbot is stopped. What is queued is sent when it runs again.",
    ]
    assert "Traceback" not in errors.decode()


async def test_a_refused_token_is_one_line(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.workspace.faults.fail("auth.test", error="invalid_auth", times=1)
        process = await start(house)
        _, errors = await process.communicate()

    assert process.returncode == 1
    assert errors.decode().strip() == (
        "Slack did not accept dpbot: invalid_auth. Check SLACK_BOT_TOKEN, which begins with xoxb- "
        "(the app's page OAuth & Permissions), and SLACK_APP_TOKEN, which begins with xapp- "
        "(its page Basic Information)."
    )
