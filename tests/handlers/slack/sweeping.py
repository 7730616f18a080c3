"""What tests of sweeping share: a house whose threads are read again, and what the record and the workspace say."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import select

from bot import jobs
from bot.compilation import Check
from bot.domain import Reference
from bot.models import Act, LedgerEntry, Proposal, Reaction, Sweep
from bot.services import audience, receipts, record, register
from bot.services.recorded import State
from tests.house import House
from tests.waiting import eventually

Reactions = set[tuple[str, str, str]]  # message, emoji, person


async def sweeps(house: House, *, wait: float = 120) -> None:
    """A while later dpbot reads every thread again, as when it starts."""
    house.clock.forward(seconds=wait)
    await jobs.sweep_all(house.desk)
    await goes_on(house)


async def goes_on(house: House, *, most: int = 500) -> None:
    """dpbot goes on reading until nothing is left to read; where it was asked to wait, time passes."""
    for _ in range(most):
        await jobs.sweep(house.desk)
        waiting = await unfinished(house)
        if not waiting:
            return
        house.clock.now = max(house.clock.now, min(sweep.not_before for sweep in waiting))
    raise AssertionError("reading the threads came to no end")


async def unfinished(house: House) -> list[Sweep]:
    async with house.desk.sessions.read() as session:
        return list(await session.scalars(select(Sweep).where(Sweep.finished_at.is_(None))))


async def checks(house: House, number: int = 92) -> tuple[Check, ...]:
    """What the receipt of a proposal says now."""
    async with house.desk.sessions.read() as session:
        item = await register.item_of(session, Reference(number), unpublished=False)
        config = house.desk.config
        return await receipts.checks(session, config, item.proposal_id, house.clock())


async def check(house: House, number: int = 92) -> Check:
    (found,) = await checks(house, number)
    return found


async def acts(house: House) -> list[str]:
    async with house.desk.sessions.read() as session:
        return list(await session.scalars(select(Act.about).where(Act.action == "swept").order_by(Act.id)))


@dataclass(frozen=True)
class Kept:
    """A reply as SECAS sees it: its wordings by time, none where they are sealed, and how it stands."""

    words: tuple[str, ...]
    withdrawn: bool
    missing: bool


async def kept(house: House) -> dict[str, Kept]:
    """Every reply of the record, by its message."""
    async with house.desk.sessions.read() as session:
        proposals = await session.scalars(select(Proposal.id))
        found = [view for each in proposals.all() for view in await record.views(session, audience.SECAS, each)]
    return {
        view.message: Kept(
            tuple(said.text for said in view.wordings),
            withdrawn=view.state in {State.REMOVED, State.WITHDRAWN},
            missing=view.state is State.NOT_SEEN,
        )
        for view in found
    }


async def kept_reactions(house: House) -> Reactions:
    async with house.desk.sessions.read() as session:
        present = await session.scalars(select(Reaction).where(Reaction.present))
        return {(each.message, each.emoji, each.speaker) for each in present}


async def entries(house: House) -> list[LedgerEntry]:
    async with house.desk.sessions.read() as session:
        return list(await session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)))


async def held(house: House, method: str) -> tuple[asyncio.Task[None], asyncio.Event]:
    """A reading of every thread that is under way and waits for an answer to this call, until the event is set."""
    released = house.workspace.faults.hold(method)
    reading = asyncio.create_task(goes_on(house))
    fault = house.workspace.faults._planned[method][-1]
    await eventually(lambda: fault.times == 0, f"{method} is called")
    return reading, released
