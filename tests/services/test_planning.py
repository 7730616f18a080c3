"""What publishing would do is told as publishing does it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.db import Sessions
from bot.domain import Classification
from bot.errors import UserError
from bot.outbox import Outbox
from bot.papers import Finding, Reading, Severity, read_paper
from bot.render import Renderer
from bot.services import importing, planning, publishing
from tests.house import CONFIG, PAPER, SAMPLE
from tests.services.hearing import NOW

READING = read_paper(SAMPLE.name, SAMPLE.read_bytes())
SECOND = '[[channels]]\nplatform = "slack"\nname = "second"\nsub_committee = "OPSG"\nclearance = "Green"\n[secas]'
GREEN = replace(READING, paper=replace(READING.paper, classification=Classification.GREEN))
BLOCKED = replace(READING, findings=(Finding(Severity.ERROR, "no-proposals", None, "None."),))


def configured(folder: Path, old: str = "", new: str = "") -> Config:
    path = folder / "changed.toml"
    path.write_text(CONFIG.replace(old, new) if old else CONFIG, "utf-8")
    return load_config(path)


@pytest.mark.parametrize(
    ("old", "new", "reading", "said"),
    [
        ("", "", READING, [("operations-group", 7, None)]),
        ("enabled = true", "", READING, [("operations-group", 7, "publishing is off in config.toml")]),
        ("", "", GREEN, [("operations-group", 7, "the paper is classified Green and only White is posted")]),
        (
            "[secas]",
            SECOND,
            READING,
            [
                ("operations-group", 7, "the channel's clearance is Green and only White is supported"),
                ("second", 7, "the channel's clearance is Green and only White is supported"),
            ],
        ),
    ],
    ids=["posted", "publishing off", "classification", "a channel's clearance"],
)
def test_each_channel_with_what_it_would_get_or_why_not(
    tmp_path: Path, old: str, new: str, reading: Reading, said: list[tuple[str, int, str | None]]
) -> None:
    plan = planning.plan(configured(tmp_path, old, new), reading, ())

    assert [(planned.channel.name, planned.posts, planned.because) for planned in plan.channels] == said


@pytest.mark.parametrize(
    ("reading", "because"),
    [
        (BLOCKED, "nothing is posted: a paper with errors cannot be stored"),
        (
            replace(READING, paper=replace(READING.paper, body="TABASC")),
            "nothing is posted: the paper is for no Sub-Committee in config.toml",
        ),
        (
            replace(READING, paper=replace(READING.paper, body="SSC")),
            "nothing is posted: no channel is configured for SSC",
        ),
    ],
    ids=["blocked", "unknown body", "no channel"],
)
def test_where_there_is_no_channel_it_says_why(config: Config, reading: Reading, because: str) -> None:
    assert planning.plan(config, reading, ()) == planning.Plan((), because)


async def test_a_channel_that_had_the_paper_gets_nothing(sessions: Sessions, config: Config) -> None:
    async with sessions.begin() as session:
        await importing.store(session, config, READING, SAMPLE.name, b"file", True, NOW)
        assert await planning.posted_to(session, PAPER) == frozenset()
        await publishing.publish(session, config, Outbox(Renderer(())), PAPER, NOW)
        posted = await planning.posted_to(session, PAPER.lower())

    (planned,) = planning.plan(config, READING, posted).channels
    assert planned.because == "it was published there before"


async def test_publishing_refuses_what_the_plan_says_it_would(sessions: Sessions, tmp_path: Path) -> None:
    config = configured(tmp_path, "[secas]", SECOND)
    async with sessions.begin() as session:
        await importing.store(session, config, READING, SAMPLE.name, b"file", True, NOW)
        with pytest.raises(UserError, match="the channel's clearance is Green"):
            await publishing.publish(session, config, Outbox(Renderer(())), PAPER, NOW)
