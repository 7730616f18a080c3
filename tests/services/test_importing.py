"""A paper goes into the register once; what contradicts the register changes nothing."""

import asyncio
import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select
from sqlalchemy.orm import selectinload

from bot import db
from bot.config import Config
from bot.db import Sessions
from bot.errors import UserError
from bot.models import Base, Item, Meeting, OutboxEntry, Paper, Proposal
from bot.papers import Finding, Reading, Severity
from bot.services import importing
from bot.services.importing import Imported
from tests.house import OPERATOR, PAPER, sample
from tests.services.hearing import NOW

READING = sample({})
ANOTHER = sample({PAPER: "OPSG_26_0511_17"})  # for the same meeting
UNDATED = sample({PAPER: "OPSG_26_0511_17", "29 October 2019": ""})  # its meeting has no date therefore
MEETING_DAY = date(2019, 11, 5)


async def store(
    sessions: Sessions, config: Config, reading: Reading = READING, content: bytes = b"file", *, confirmed: bool = True
) -> Imported:
    async with sessions.begin() as session:
        return await importing.store(session, config, reading, "paper.txt", content, confirmed, OPERATOR, NOW)


async def everything(sessions: Sessions) -> dict[str, list[Row[Any]]]:
    async with sessions.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: list((await session.execute(select(table))).all()) for table in tables}


async def meeting(sessions: Sessions) -> tuple[date | None, bool]:
    """The date of the one meeting there is, and whether a person agreed to it."""
    async with sessions.read() as session:
        found = (await session.scalars(select(Meeting))).one()
    return found.date, found.confirmed


# --- the same paper, and others ---------------------------------------------------------------------------------------


async def test_a_paper_is_stored_with_its_items_in_order(sessions: Sessions, config: Config) -> None:
    imported = await store(sessions, config)

    assert imported.stored
    assert imported.notes == ()
    async with sessions.read() as session:
        query = select(Paper).options(selectinload(Paper.items), selectinload(Paper.attachments))
        paper = (await session.scalars(query)).one()
    assert (paper.reference, paper.sub_committee, paper.sha256) == (PAPER, "OPSG", sha256(b"file").hexdigest())
    assert [item.reference for item in paper.items] == ["DP088", "DP089", "DP090", "DP091", "DP092", "DP093"]
    assert [item.title for item in paper.items] == [item.title for item in READING.items]
    assert [attachment.label[-1] for attachment in paper.attachments] == list("ABCDEF")


async def test_a_stage_that_the_configuration_does_not_know_is_said_and_kept_as_printed(
    sessions: Sessions, config: Config
) -> None:
    known, unknown = (
        replace(READING.items[0], stage="Development Stage"),
        replace(READING.items[1], stage="Report Phase"),
    )
    assert (config.stages.draft, config.stages.others) == ("Development Stage", ())

    imported = await store(sessions, config, replace(READING, items=(known, unknown)))

    assert imported.notes == ("The stage “Report Phase” is none of [stages] in config.toml; it is kept as printed.",)
    assert [item.stage for item in imported.paper.items] == ["Development Stage", "Report Phase"]


async def test_a_stage_among_the_others_is_known(sessions: Sessions, config: Config) -> None:
    stages = config.stages.model_copy(update={"others": ("Report Phase",)})
    reading = replace(READING, items=(replace(READING.items[0], stage="Report Phase"),))

    imported = await store(sessions, config.model_copy(update={"stages": stages}), reading)

    assert imported.notes == ()


async def test_importing_queues_nothing(sessions: Sessions, config: Config) -> None:
    await store(sessions, config)

    async with sessions.read() as session:
        assert (await session.scalars(select(OutboxEntry))).all() == []


async def test_the_same_file_again_changes_nothing(sessions: Sessions, config: Config) -> None:
    first = await store(sessions, config, confirmed=False)
    before = await everything(sessions)

    again = await store(sessions, config, confirmed=True)

    assert (again.stored, again.paper.id) == (False, first.paper.id)
    assert await everything(sessions) == before


async def test_the_same_reference_from_another_file_is_refused(sessions: Sessions, config: Config) -> None:
    await store(sessions, config)
    before = await everything(sessions)

    with pytest.raises(UserError, match="imported on 30 October 2019 from a different file: nothing was changed"):
        await store(sessions, config, content=b"another file")

    assert await everything(sessions) == before


@pytest.mark.parametrize(
    ("stored", "free"),
    [
        (["_16"], "such as OPSG_26_0511_16a."),
        (["_16a"], "such as OPSG_26_0511_16b."),
        (["_16A"], "such as OPSG_26_0511_16B."),
        (["_16", "_16a"], "such as OPSG_26_0511_16b."),
        (["_16z"], "needs a reference of its own."),
    ],
    ids="".join,
)
async def test_a_changed_paper_is_told_a_reference_that_is_free_and_can_be_read(
    sessions: Sessions, config: Config, stored: list[str], free: str
) -> None:
    papers = [sample({"_0511_16": f"_0511{ending}"}) for ending in stored]
    for number, reading in enumerate(papers):
        await store(sessions, config, reading, f"file {number}".encode())

    with pytest.raises(UserError, match=f"{re.escape(free)}$"):
        await store(sessions, config, papers[0], b"another file")


async def test_a_file_that_is_stored_is_known_whatever_is_wrong_with_it_now(sessions: Sessions, config: Config) -> None:
    first = await store(sessions, config)
    blocked = replace(READING, findings=(Finding(Severity.ERROR, "broken", 3, "It says two things."),))

    again = await store(sessions, config, blocked)

    assert (again.stored, again.paper.id) == (False, first.paper.id)


async def test_another_paper_with_the_same_proposals_adds_items(sessions: Sessions, config: Config) -> None:
    await store(sessions, config)
    await store(sessions, config, ANOTHER, b"another file")

    async with sessions.read() as session:
        proposals = (await session.scalars(select(Proposal).options(selectinload(Proposal.items)))).all()
    assert [proposal.number for proposal in proposals] == [88, 89, 90, 91, 92, 93]
    assert all(len({item.paper_id for item in proposal.items}) == 2 for proposal in proposals)


async def test_a_split_proposal_is_a_proposal_of_its_own(sessions: Sessions, config: Config) -> None:
    dp092 = READING.items[4]
    split = replace(READING, items=(dp092, replace(dp092, reference="DP092A", suffix="A")))
    await store(sessions, config, split)

    async with sessions.read() as session:
        identities = [(p.number, p.suffix) for p in await session.scalars(select(Proposal))]
    assert identities == [(92, ""), (92, "A")]


# --- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        pytest.param(
            sample({"OPSG_26": "TABASC_26"}),
            "TABASC is no Sub-Committee in config.toml, which has OPSG, SSC",
            id="body",
        ),
        pytest.param(
            replace(READING, paper=replace(READING.paper, reference=None)),
            "it has no Paper Reference",
            id="no reference",
        ),
        pytest.param(sample({"OPSG_26": "26"}), "it has no Paper Reference", id="reference that names no body"),
        pytest.param(
            replace(READING, findings=(Finding(Severity.ERROR, "broken", 3, "It says two things."),)),
            "The paper was not stored: It says two things.",
            id="blocked",
        ),
    ],
)
async def test_a_paper_that_cannot_be_stored_leaves_nothing(
    sessions: Sessions, config: Config, reading: Reading, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        await store(sessions, config, reading)

    assert not any((await everything(sessions)).values())


async def test_a_body_is_known_by_its_alias(sessions: Sessions, config: Config) -> None:
    imported = await store(sessions, config, replace(READING, paper=replace(READING.paper, body="ops")))

    assert imported.paper.sub_committee == "OPSG"


# --- the meeting ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("confirmed", [True, False])
async def test_the_meeting_is_confirmed_only_by_a_person(sessions: Sessions, config: Config, confirmed: bool) -> None:
    await store(sessions, config, confirmed=confirmed)

    assert await meeting(sessions) == (MEETING_DAY, confirmed)


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
async def test_once_confirmed_a_meeting_stays_confirmed(
    sessions: Sessions, config: Config, first: bool, second: bool
) -> None:
    await store(sessions, config, confirmed=first)
    await store(sessions, config, ANOTHER, b"another file", confirmed=second)

    assert await meeting(sessions) == (MEETING_DAY, True)


async def test_another_date_for_the_same_meeting_is_said_and_not_taken(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, confirmed=False)
    later = sample({PAPER: "OPSG_26_0611_17"})

    imported = await store(sessions, config, later, b"another file")

    sentence = "Meeting 26 stays on 5 November 2019, as recorded; this paper's reference says 6 November 2019."
    assert imported.notes == (sentence,)
    assert await meeting(sessions) == (MEETING_DAY, False)


@pytest.mark.parametrize("confirmed", [True, False])
async def test_a_meeting_without_a_date_takes_it_from_the_next_paper(
    sessions: Sessions, config: Config, confirmed: bool
) -> None:
    await store(sessions, config, UNDATED)

    await store(sessions, config, content=b"another file", confirmed=confirmed)

    assert await meeting(sessions) == (MEETING_DAY, confirmed)


async def test_a_paper_that_gives_no_date_confirms_none(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, confirmed=False)

    await store(sessions, config, UNDATED, b"another file", confirmed=True)

    assert await meeting(sessions) == (MEETING_DAY, False)


async def test_a_paper_for_no_meeting_is_stored(sessions: Sessions, config: Config) -> None:
    no_meeting = replace(READING, paper=replace(READING.paper, meeting=None, meeting_date=None))

    imported = await store(sessions, config, no_meeting)

    assert imported.paper.meeting is None


# --- two at once ------------------------------------------------------------------------------------------------------


async def test_two_imports_of_one_file_at_once_store_it_once(
    sessions: Sessions, config: Config, tmp_path: Path
) -> None:
    other_process = db.open_sessions(f"sqlite:///{tmp_path / 'test.db'}")
    imported = await asyncio.gather(store(sessions, config), store(other_process, config))
    await other_process.close()

    assert sorted(each.stored for each in imported) == [False, True]
    async with sessions.read() as session:
        assert len((await session.scalars(select(Item))).all()) == 6


async def test_two_papers_at_once_share_their_proposals(sessions: Sessions, config: Config, tmp_path: Path) -> None:
    other_process = db.open_sessions(f"sqlite:///{tmp_path / 'test.db'}")
    await asyncio.gather(store(sessions, config), store(other_process, config, ANOTHER, b"another file"))
    await other_process.close()

    async with sessions.read() as session:
        assert len((await session.scalars(select(Proposal))).all()) == 6
        assert len((await session.scalars(select(Item))).all()) == 12
        assert len((await session.scalars(select(Meeting))).all()) == 1
