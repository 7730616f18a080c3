"""What publishing would do is told as publishing does it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config, load_config
from bot.db import Sessions
from bot.domain import Reference
from bot.errors import UserError
from bot.models import OutboxEntry
from bot.outbox import Kind, Outbox, State
from bot.papers import Finding, ItemFound, Reading, Severity
from bot.render import Renderer
from bot.services import importing, planning, publishing, withdrawing
from tests.house import CONFIG, OPERATOR, PAPER, SAMPLE, sample
from tests.services.hearing import NOW

ROBIN = "robin.ainsley@secas.example"
READING = sample({})
SECOND = '[[channels]]\nplatform = "slack"\nname = "second"\nsub_committee = "OPSG"\nclearance = "Green"\n[secas]'
GREEN = sample({"**White**": "**Green**"})
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
    plan = planning.plan(configured(tmp_path, old, new), reading)

    assert [(planned.channel.name, planned.posts, planned.because) for planned in plan.channels] == said


@pytest.mark.parametrize(
    ("reading", "because"),
    [
        (BLOCKED, "nothing is posted: a paper with errors cannot be stored"),
        (
            sample({"OPSG_26": "TABASC_26"}),
            "nothing is posted: the paper is for no Sub-Committee in config.toml",
        ),
        (
            sample({"OPSG_26": "SSC_26"}),
            "nothing is posted: no channel is configured for SSC",
        ),
    ],
    ids=["blocked", "unknown body", "no channel"],
)
def test_where_there_is_no_channel_it_says_why(config: Config, reading: Reading, because: str) -> None:
    assert planning.plan(config, reading) == planning.Plan((), because)


async def planned(session: AsyncSession, config: Config, reading: Reading = READING) -> planning.Planned:
    """What the one channel would get."""
    (found,) = planning.plan(config, reading, await planning.standing(session, reading)).channels
    return found


async def stored(session: AsyncSession, config: Config, reading: Reading = READING) -> None:
    await importing.store(session, config, reading, SAMPLE.name, str(reading.paper).encode(), True, OPERATOR, NOW)


async def publish(session: AsyncSession, config: Config, reference: str = PAPER) -> publishing.Published:
    return await publishing.publish(session, config, Outbox(Renderer(())), reference, OPERATOR, NOW)


def another(reference: str, *items: ItemFound) -> Reading:
    """The sample under another reference, with these items."""
    return replace(sample({PAPER: reference}), items=items)


async def test_a_channel_that_had_the_paper_gets_nothing(sessions: Sessions, config: Config) -> None:
    async with sessions.begin() as session:
        late = sample({PAPER: f"{PAPER}a"})
        await stored(session, config, late)
        assert (await planned(session, config, late)).because is None
        await publish(session, config, f"{PAPER}a")

        there = await planned(session, config, sample({PAPER: f"{PAPER}A"}))
    assert (there.because, there.before) == ("it was published there before", None)


# --- proposals that were posted before, or are withdrawn --------------------------------------------------------------


async def test_it_is_said_which_proposals_are_out_already_and_by_which_paper(
    sessions: Sessions, config: Config
) -> None:
    correction = another(f"{PAPER}a", *READING.items[1:])
    async with sessions.begin() as session:
        await stored(session, config)
        assert (await planned(session, config, correction)).before is None
        await publish(session, config)
        await stored(session, config, another("OPSG_26_0511_17", READING.items[2]))
        await publish(session, config, "OPSG_26_0511_17")

        there = await planned(session, config, correction)
    assert (there.because, there.posts) == (None, 6)
    assert there.before == (
        "DP089, DP090, DP091, DP092 and DP093 were published there before by OPSG_26_0511_16; "
        "DP090 was published there before by OPSG_26_0511_17"
    )


async def test_what_went_to_another_channel_is_not_out_in_this_one(sessions: Sessions, config: Config) -> None:
    moved = config.model_copy(update={"channels": (config.channels[0].model_copy(update={"name": "other"}),)})
    async with sessions.begin() as session:
        await stored(session, config)
        await publish(session, config)

        assert (await planned(session, moved, another(f"{PAPER}a", *READING.items))).before is None


async def test_a_paper_with_a_withdrawn_proposal_is_not_published_until_that_is_undone(
    sessions: Sessions, config: Config
) -> None:
    because = "DP091 is recorded as withdrawn on 20 October 2019"
    async with sessions.begin() as session:
        await stored(session, config)
        await withdrawing.withdraw(session, config, Reference(91), ROBIN, date(2019, 10, 20), NOW)
        assert (await planned(session, config)).because == because
        with pytest.raises(UserError) as refused:
            await publish(session, config)
        assert (await session.scalars(select(OutboxEntry))).all() == []
    assert str(refused.value) == (
        f"OPSG_26_0511_16 was not posted: {because}; where it is not withdrawn, `dpbot withdraw DP091 --by ADDRESS "
        "--undo` says so, else publish a corrected paper without it."
    )
    async with sessions.begin() as session:
        await withdrawing.undo(session, config, Reference(91), ROBIN, NOW)
        assert (await planned(session, config)).because is None
        assert (await publish(session, config)).messages == 7


async def test_several_withdrawn_proposals_are_all_named(sessions: Sessions, config: Config) -> None:
    async with sessions.begin() as session:
        await stored(session, config)
        for number, day in ((93, 21), (91, 20)):
            await withdrawing.withdraw(session, config, Reference(number), ROBIN, date(2019, 10, day), NOW)

        because = (await planned(session, config)).because
        with pytest.raises(UserError, match="where one is not withdrawn, `dpbot withdraw DP091 --by ADDRESS --undo`"):
            await publish(session, config)
    assert because == (
        "DP091 is recorded as withdrawn on 20 October 2019 and DP093 is recorded as withdrawn on 21 October 2019"
    )


async def test_once_it_is_out_a_withdrawal_changes_nothing_but_what_slack_refused(
    sessions: Sessions, config: Config
) -> None:
    async with sessions.begin() as session:
        await stored(session, config)
        await publish(session, config)
        await withdrawing.withdraw(session, config, Reference(91), ROBIN, date(2019, 10, 20), NOW)
        assert (await publish(session, config)).before == ("operations-group",)
        entry = (await session.scalars(select(OutboxEntry).where(OutboxEntry.kind == Kind.POST))).all()[4]
        assert "DP091" in str(entry.payload)
        entry.state = State.REFUSED

    async with sessions.begin() as session:
        with pytest.raises(UserError, match="DP091 is recorded as withdrawn"):
            await publish(session, config)


async def test_publishing_refuses_what_the_plan_says_it_would(sessions: Sessions, tmp_path: Path) -> None:
    config = configured(tmp_path, "[secas]", SECOND)
    async with sessions.begin() as session:
        await importing.store(session, config, READING, SAMPLE.name, b"file", True, OPERATOR, NOW)
        with pytest.raises(UserError, match="the channel's clearance is Green"):
            await publishing.publish(session, config, Outbox(Renderer(())), PAPER, OPERATOR, NOW)
