"""A withdrawal is what an analyst recorded: kept with who and when, corrected and undone by adding to it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain import Reference
from bot.errors import NotPermitted, UserError, WrongUsage
from bot.models import Withdrawal
from bot.services import withdrawing
from bot.services.withdrawing import Recorded
from tests.house import House
from tests.services.hearing import NOW, Record

ROBIN = "robin.ainsley@secas.example"
DAY = date(2019, 10, 20)
DP092 = Reference(92)


async def withdraw(record: Record, day: date = DAY, by: str = ROBIN, reference: Reference = DP092) -> Recorded:
    async with record.sessions.begin() as session:
        return await withdrawing.withdraw(session, record.config, reference, by, day, NOW)


async def undo(record: Record, by: str = ROBIN) -> Recorded:
    async with record.sessions.begin() as session:
        return await withdrawing.undo(session, record.config, DP092, by, NOW)


async def rows(record: Record) -> list[tuple[bool, date, str]]:
    async with record.sessions.read() as session:
        found = await session.scalars(select(Withdrawal).order_by(Withdrawal.id))
        return [(row.withdrawn, row.day, row.by) for row in found]


async def test_it_is_kept_with_its_day_and_who_recorded_it(record: Record) -> None:
    recorded = await withdraw(record)

    assert recorded.stored
    assert await rows(record) == [(True, DAY, ROBIN)]
    assert recorded.withdrawal.at == NOW


async def test_the_same_again_changes_nothing_and_another_day_is_added(record: Record) -> None:
    await withdraw(record)
    assert not (await withdraw(record)).stored
    assert (await withdraw(record, DAY + timedelta(days=1))).stored

    assert [day for _, day, _ in await rows(record)] == [DAY, DAY + timedelta(days=1)]


async def test_undone_it_is_no_longer_withdrawn_and_all_of_it_is_kept(record: Record) -> None:
    await withdraw(record)
    await undo(record)

    assert await rows(record) == [(True, DAY, ROBIN), (False, NOW.date(), ROBIN)]
    with pytest.raises(UserError, match="DP092 is not recorded as withdrawn: nothing was changed"):
        await undo(record)
    assert (await withdraw(record)).stored


@pytest.mark.parametrize("by", ["ada.firth@northshire.example", ""])
async def test_only_an_analyst_may(record: Record, by: str) -> None:
    with pytest.raises(NotPermitted, match="may not record a withdrawal: only the analysts"):
        await withdraw(record, by=by)
    with pytest.raises(NotPermitted, match="may not record a withdrawal: only the analysts"):
        await undo(record, by=by)


async def test_a_day_to_come_is_refused(record: Record) -> None:
    await withdraw(record, NOW.date())
    with pytest.raises(WrongUsage, match="31 October 2019 is still to come"):
        await withdraw(record, NOW.date() + timedelta(days=1))


async def test_a_day_before_there_was_a_code_is_refused(record: Record) -> None:
    with pytest.raises(WrongUsage, match="31 December 2012 is before the Smart Energy Code began in 2013: allowed is"):
        await withdraw(record, date(2012, 12, 31))
    assert (await withdraw(record, date(2013, 1, 1))).stored


async def test_a_proposal_that_no_paper_has_is_one_sentence(record: Record) -> None:
    with pytest.raises(UserError, match="DP777 is in no paper that was imported: check the number"):
        await withdraw(record, reference=Reference(777))


async def test_show_and_its_post_say_it_and_no_other_does(house: House) -> None:
    async with house.desk.sessions.begin() as session:
        await withdrawing.withdraw(session, house.desk.config, DP092, ROBIN, DAY, house.clock())
    await house.ticks()

    assert "Withdrawn on 20 October 2019" in str(await house.ada.types(house.channel, "/dp show 92"))
    assert "Withdrawn" not in str(await house.ada.types(house.channel, "/dp show 91"))
    assert "Withdrawn on 20 October 2019" in house.post_text()
    assert "Withdrawn" not in house.post_text("DP091")
