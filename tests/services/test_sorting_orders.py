"""Whatever the order of decisions, edits and withdrawals, a comment ends in the state of the rule."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.decisions import Actor, Role, Withdrawn
from bot.domain import Facet, Reference
from bot.errors import UserError
from bot.models import View
from bot.rules.refs import RefName
from bot.services import deciding, record, replaying, sorting
from bot.services.audience import SECAS, within
from bot.services.deciding import About
from bot.services.recorded import Recorded, State
from tests.services.hearing import ADA, BEN, NOW, Record, open_record

ANALYST = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))
V1, V2 = (RefName(Reference(92), "V", number) for number in (1, 2))
LATER = NOW + timedelta(hours=1)
REASON = "It thanks the Proposer and says no more."
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.unmeasured]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orders")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(folder: Path) -> AsyncIterator[Record]:
    """One database for all examples. They work in a reading session, so nothing of an example stays."""
    async with open_record(folder) as found:
        yield found


async def seen(session: AsyncSession, named: RefName) -> Recorded:
    session.expunge_all()
    return await sorting.find(session, named)


ACTS = ("impact", "question", "set aside", "withhold", "restore", "edit", "remove", "withdraw")


def ends_in(acts: Sequence[str]) -> tuple[State, Facet]:
    """The rule, in the words of the issue: withdrawn for good; else withheld, else set aside, unless restored since.

    A facet counts for the words it was decided on.
    """
    state, facet, aside, withheld = State.STANDS, Facet.UNSORTED, False, False
    for act in acts:
        match act:
            case "remove" | "withdraw" if state is State.STANDS:
                state = State.REMOVED if act == "remove" else State.WITHDRAWN
            case "withdraw" if state is State.REMOVED:
                state = State.WITHDRAWN  # the author said so as well
            case _ if state is not State.STANDS:
                continue
            case "set aside":
                aside = True
            case "withhold":
                withheld = True
            case "restore":
                aside = withheld = False
            case "edit":
                facet = Facet.UNSORTED
            case "impact" | "question":
                facet = Facet(act)
    stands = State.WITHHELD if withheld else State.SET_ASIDE if aside else State.STANDS
    return (stands, facet) if state is State.STANDS else (state, Facet.UNSORTED)


async def do(session: AsyncSession, opened: Record, act: str, number: int) -> None:
    at = LATER + timedelta(minutes=number)
    match act:
        case "edit":
            await opened.hear(session, BEN.replies("m7", f"Wording {number}.", 20 + number, said=15))
        case "remove":
            await opened.hear(session, BEN.removes("m7", 20 + number, said=15))
        case "withdraw":
            (view,) = (await session.scalars(select(View).where(View.message == "m7"))).all()
            await deciding.decide(session, About(ref_id=view.id), Withdrawn(), ANALYST, at)
        case "set aside":
            await sorting.set_aside(session, V2, REASON, ANALYST, at)
        case "withhold":
            await sorting.withhold(session, V2, REASON, ANALYST, at)
        case "restore":
            await sorting.restore(session, V2, "", ANALYST, at)
        case _:
            await sorting.sort(session, V2, Facet(act), ANALYST, at)
    session.expunge_all()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), max_size=9))
async def test_any_order_ends_in_the_state_of_the_rule_and_replay_gives_the_same(
    opened: Record, acts: list[str]
) -> None:
    async with opened.sessions.read() as session:
        await opened.hear(session, ADA.replies("m1", "First.", 10))
        await opened.hear(session, BEN.replies("m7", "Wording.", 15))
        for number, act in enumerate(acts):
            with contextlib.suppress(UserError):  # of what was withdrawn nothing is decided
                await do(session, opened, act, number)
        view = await seen(session, V2)

        assert (view.state, view.parts[0].facet) == ends_in(acts)
        assert view.text == ("" if view.state in {State.REMOVED, State.WITHDRAWN} else view.wordings[-1].text)
        members = await record.views(session, within(frozenset({"OPSG"})), view.proposal_id)
        assert [each.ref for each in members] == ["DP092-V001", *(["DP092-V002"] if view.stands else [])]
        await replaying.replay(session)
        session.expunge_all()
        assert await record.views(session, SECAS, view.proposal_id) == (await seen(session, V1), view)
