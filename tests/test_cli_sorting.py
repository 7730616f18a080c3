"""The analyst's commands on single comments, as a person types them."""

import asyncio
import re
import shlex

import pytest
from sqlalchemy import select, update

from bot import db
from bot.config import load_config
from bot.domain import Origin
from bot.models import Invitation, Item, Post, View
from bot.services import collecting
from tests.house import ROBIN, ROOT
from tests.services.hearing import ADA, CARA, NOW
from tests.services.hearing import ROBIN as ANALYST
from tests.terminal import Shown, Terminal

SAID = (
    ADA.replies("m1", "We lose a day a month.", 10),
    CARA.replies("m2", "Issue: unclear.\nWho pays, and when?\nImpacts: high.", 11),
    ANALYST.replies("m3", "The trial ended in May.", 12),
)


@pytest.fixture
def heard(posted: Terminal) -> Terminal:
    """Two comments and a reply on DP092 are in the record; the first was not seen by a sweep."""
    asyncio.run(hear(posted))
    return posted


async def hear(terminal: Terminal) -> None:
    config = load_config(terminal.folder / "config.toml")
    sessions = db.open_sessions(f"sqlite:///{terminal.folder / 'dpbot.db'}")
    async with sessions.begin() as session:
        post = await session.scalar(select(Post.id).join(Invitation).join(Item).where(Item.reference == "DP092"))
        assert post
        for said in SAID:
            await collecting.write(session, config, said, post, NOW, Origin())
        await session.execute(update(View).where(View.message == "m1").values(missing_at=NOW))
    await sessions.close()


def types(terminal: Terminal, line: str, by: str = ROBIN) -> Shown:
    return terminal.types(*shlex.split(line), "--by", by)


def test_each_command_says_what_it_recorded_and_records_it_once(heard: Terminal) -> None:
    later = "2099-11-20"
    told = {
        "decide DP092-V001 stands": "DP092-V001 stands, though it is no longer seen.",
        "sort DP092-V001 impact": "DP092-V001: sorted as impact.",
        "sort dp92-v2a UNSORTED": "DP092-V002a: left unsorted.",
        "set-aside 92-V1 --reason Courtesy.": "DP092-V001 is set aside as not a view: “Courtesy.”",
        "withhold 92-V1 --reason Names.": "DP092-V001 is withheld from every output: “Names.”",
        "restore 92-V1": "DP092-V001 stands again.",
        'correct 92-V1 --organisation "Tarn Metering" --category "Other SEC Parties" --seat "" --capacity observer '
        "--reason Moved.": "DP092-V001 is recorded for Tarn Metering, Other SEC Parties (observer): “Moved.”",
        f"question 92-V2 --due {later}": "DP092-V002 is a question for Ellis Farrow, due 20 November 2099.",
        "respond 92-V2 --disposition answered --reply R1": "DP092-V002: the response is recorded: Answered.",
    }
    for line, sentence in told.items():
        shown = types(heard, line)
        assert (shown.code, shown.err, shown.out) == (0, "", f"{sentence}\n"), line
    for line in ("restore 92-V1", "sort 92-V2a unsorted", f"question 92-V2 --due {later}"):
        assert types(heard, line).out.endswith(" That was recorded before: nothing was changed.\n"), line
    assert len(heard.rows("decisions")) == len(told)


WRONG = {
    "sort V1 impact": "'V1' is no comment: allowed is a ref such as DP092-V007.",
    "sort 92-V1 effect": "'effect' is no facet: allowed are issue, impact, consider, question, solution or unsorted.",
    "sort 92-V9 impact": "There is no DP092-V009 in the record: ",
    "decide 92-V1 perhaps": "'perhaps' is no decision: allowed are stands or withdrawn.",
    "correct 92-V1 --reason None.": "Say what is to be corrected: --organisation, --category, ",
    "question 92-V1 --due soon": "'soon' is no day: allowed is a date such as 2019-11-20.",
    "respond 92-V1 --disposition parked": "That is no disposition: allowed are Noted, Answered, ",
    "respond 92-V1 --disposition noted --reply it": "'it' is no comment: allowed is a ref such as",
    "withhold 92-V1 --reason ' '": "A reason is needed to withhold a comment: say in a sentence why.",
}


def test_what_cannot_be_done_is_said_in_one_sentence(heard: Terminal) -> None:
    for line, sentence in WRONG.items():
        shown = types(heard, line)
        assert shown.code in {1, 2}, line
        assert shown.sentence.startswith(sentence), line
    shown = types(heard, "withhold 92-V1 --reason Names.", by="ada.firth@northshire.example")
    assert "Only the SECAS analysts named in dpbot's configuration may withhold or restore a comment" in shown.sentence
    assert heard.rows("decisions") == []


def test_every_command_of_the_guide_runs_in_its_order(heard: Terminal) -> None:
    heard.configures(ROBIN, "analyst@secas.example")
    guide = (ROOT / "docs/sorting.md").read_text("utf-8")
    blocks = re.findall(r"^```text\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("dpbot ") for block in blocks for line in block.splitlines()]

    assert len(lines) > 7
    for line in lines:
        shown = heard.types(*shlex.split(line))
        assert (shown.code, shown.err) == (0, ""), line
