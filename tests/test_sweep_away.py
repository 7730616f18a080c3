"""dpbot is away, much happens, it starts: nothing is missing, nothing is doubled, and retention withdraws nothing."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from bot import jobs
from bot.models import LedgerEntry, Reaction, Ref, View, Wording, Words
from bot.services import replaying
from tests.handlers.slack.sweeping import acts, checks, entries, goes_on, held, kept, sweeps
from tests.house import PAPER, House, open_house, published, sample
from tests.talking import KINDS, Talk, receipt_is_right

pytestmark = [pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="module")]
LATER = {PAPER: "OPSG_30_0503_09", "29 October 2019": "25 February 2020"}
DAYS = 120  # between the two papers


async def happen(talks: list[Talk], chance: random.Random, times: int) -> None:
    for _ in range(times):
        talk = chance.choice(talks)
        talk.house.clock.forward(seconds=chance.choice([0, 0.3, 2, 30]))
        await talk.happens(chance.choice(KINDS), chance.randrange(100), chance.randrange(100))


async def rows(house: House) -> list[list[Row[tuple[object, ...]]]]:
    """Every column of what is folded, and of what it is folded from."""
    tables = [model.__table__ for model in (View, Wording, Reaction, Ref, LedgerEntry, Words)]
    async with house.desk.sessions.read() as session:
        return [list((await session.execute(select(t).order_by(*t.primary_key))).all()) for t in tables]


def disturb(house: House, chance: random.Random) -> None:
    """Slack asks to slow down, breaks, and cuts connections, again and again."""
    faults = house.workspace.faults
    for method in ("conversations.replies", "users.info", "reactions.get", "conversations.info"):
        for _ in range(8):
            chance.choice([faults.lose_answer, faults.garble_answer, faults.server_error])(method)
            faults.rate_limit(method, retry_after=chance.choice([0, 3, 40]))


async def is_killed(house: House) -> None:
    """In the middle of a reading."""
    reading, _ = await held(house, "conversations.replies")
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading


@pytest.mark.parametrize("disturbed", [False, True])
async def test_two_hundred_happenings_of_the_time_away(tmp_path: Path, disturbed: bool) -> None:
    chance = random.Random(92)
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            old = Talk(house, house.post("DP092"))
            await happen([old], chance, 30)
            house.clock.forward(days=DAYS)
            await house.puts(sample(LATER))
            talks = [Talk(house, house.post("DP092")), Talk(house, house.post("DP089"))]
            await happen(talks, chance, 60)
        house.workspace.limits.messages, house.workspace.limits.reaction_users = 5, 1
        for talk in talks:
            talk.away = True
        with house.workspace.away():
            await happen(talks, chance, 100)
            assert house.workspace.admin.purge(house.channel, house.clock() - timedelta(days=DAYS - 1)) > 10
            await happen(talks, chance, 100)
        house.clock.forward(minutes=5)

        async with house.connected():
            await jobs.sweep_all(house.desk)
            if disturbed:
                await is_killed(house)
                disturb(house, chance)
                await jobs.sweep_all(house.desk)
            await goes_on(house, most=2000)

            await nothing_is_missing_or_doubled(house, talks, old)
            before = await entries(house)
            await sweeps(house)
            assert len(await entries(house)) == len(before)
            await a_replay_changes_nothing(house)


async def nothing_is_missing_or_doubled(house: House, talks: list[Talk], old: Talk) -> None:
    for talk in talks:
        assert len(house.workspace.thread(house.channel, talk.post.ts)) > 3 * house.workspace.limits.messages
        assert talk.lost
        await talk.agrees()
    gone = await kept(house)
    for ts in (*old.standing, *old.withdrawn):
        assert (gone[ts].missing, gone[ts].withdrawn) == (False, ts in old.withdrawn)
    async with house.desk.sessions.read() as session:
        refs = (await session.scalars(select(Ref).order_by(Ref.id))).all()
    for proposal in {ref.proposal_id for ref in refs}:
        assert [r.number for r in refs if r.proposal_id == proposal] == [
            *range(1, sum(r.proposal_id == proposal for r in refs) + 1)
        ]
    first, second = await checks(house)
    assert first.problem == "dpbot's post is no longer there"
    assert (second.comments, second.missing, second.problem) == (len(talks[0].standing), len(talks[0].lost), None)
    told = [act for act in await acts(house) if "DP089" in act and "was read" in act]
    assert len(told) == 1
    assert told[0].endswith(f"; {len(talks[1].lost)} replies were not seen.")


async def a_replay_changes_nothing(house: House) -> None:
    before = await rows(house)
    async with house.desk.sessions.begin() as session:
        await replaying.replay(session)
    assert await rows(house) == before


# --- in any order, beside events --------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    """One thread for all examples: each goes on where the one before it ended."""
    async with open_house(tmp_path_factory.mktemp("away")) as house, house.connected():
        await published(house)
        house.workspace.limits.messages, house.workspace.limits.reaction_users = 5, 1
        yield Talk(house, house.post("DP092"))


numbers = st.integers(0, 99)
happenings = st.lists(st.tuples(st.sampled_from(KINDS), numbers, numbers, st.sampled_from([0, 0.4, 3])), max_size=8)


async def go_on(talk: Talk, these: list[tuple[str, int, int, float]]) -> None:
    for kind, who, which, later in these:
        talk.house.clock.forward(seconds=later)
        await talk.happens(kind, who, which)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings, happenings, happenings)
async def test_in_whatever_order_things_happen_the_record_ends_as_the_workspace(
    talk: Talk,
    heard: list[tuple[str, int, int, float]],
    missed: list[tuple[str, int, int, float]],
    beside: list[tuple[str, int, int, float]],
) -> None:
    """Some of it heard, some while dpbot was away, and some while it reads the thread and Slack asks to wait."""
    house = talk.house
    await go_on(talk, heard)
    talk.away = True
    with house.workspace.away():
        await go_on(talk, missed)
    talk.away = False
    await sweeps(house)
    talk.was_read()
    await talk.agrees()
    await receipt_is_right(talk)
    house.clock.forward(minutes=2)
    await jobs.sweep_all(house.desk)
    house.workspace.faults.rate_limit("reactions.get", retry_after=3)
    await asyncio.gather(goes_on(house), go_on(talk, beside))
    await talk.agrees()
    await a_replay_changes_nothing(house)
