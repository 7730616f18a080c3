"""Words of removed replies go when their days are over, and nothing else does."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.models import Base, LedgerEntry, Reaction, Ref, View, Wording, Words
from bot.services import purging, replaying
from tests.services.hearing import ADA, BEN, CARA, POST, Record, moment

DAYS = 30
REMOVED_AT = 60
OVER = moment(REMOVED_AT) + timedelta(days=DAYS)  # the last moment at which the words are kept
SECOND = timedelta(seconds=1)
FOLDED = (View, Wording, Reaction)


async def texts(record: Record) -> list[str | None]:
    async with record.sessions.read() as session:
        return list(await session.scalars(select(Words.text).order_by(Words.entry_id)))


async def rows(record: Record, *models: type[Base]) -> list[Sequence[Row[Any]]]:
    tables = [model.__table__ for model in models]
    async with record.sessions.read() as session:
        return [(await session.execute(select(table).order_by(*table.primary_key))).all() for table in tables]


async def two_replies_one_removed(record: Record) -> None:
    await record.hears(
        ADA.replies("m1", "words to go", 10),
        ADA.replies("m1", "edited words to go", 20, said=10),
        BEN.replies("m2", "words to stay", 11),
        BEN.replies("m2", "edited words to stay", 21, said=11),
        CARA.reacts("m1", "+1", 30),
        CARA.reacts(POST, "+1", 31),
        ADA.removes("m1", REMOVED_AT, said=10),
    )


async def test_words_of_a_removed_reply_stay_until_their_days_are_over_and_then_go(record: Record) -> None:
    await two_replies_one_removed(record)
    before = await texts(record)

    async with record.sessions.begin() as session:
        await purging.purge(session, DAYS, OVER)
    assert await texts(record) == before

    async with record.sessions.begin() as session:
        await purging.purge(session, DAYS, OVER + SECOND)
    left = [text for text in await texts(record) if text]
    assert left == ["words to stay", "edited words to stay"]


async def test_nothing_but_words_goes(record: Record) -> None:
    await two_replies_one_removed(record)
    untouched = await rows(record, LedgerEntry, Ref, *FOLDED)
    [words] = await rows(record, Words)

    async with record.sessions.begin() as session:
        await purging.purge(session, DAYS, OVER + SECOND)

    assert await rows(record, LedgerEntry, Ref, *FOLDED) == untouched
    [left] = await rows(record, Words)
    assert [(row.entry_id, row.name, row.email) for row in left] == [(r.entry_id, r.name, r.email) for r in words]


async def test_a_replay_after_it_gives_the_same(record: Record) -> None:
    await two_replies_one_removed(record)
    async with record.sessions.begin() as session:
        await purging.purge(session, DAYS, OVER + SECOND)
    before = await rows(record, *FOLDED)

    async with record.sessions.begin() as session:
        await replaying.replay(session)

    assert await rows(record, *FOLDED) == before


async def test_an_edit_that_arrives_after_its_reply_was_purged_goes_at_the_next_purge(record: Record) -> None:
    await two_replies_one_removed(record)
    async with record.sessions.begin() as session:
        await purging.purge(session, DAYS, OVER + SECOND)
    await record.hears(ADA.replies("m1", "a late edit", 30, said=10))

    async with record.sessions.begin() as session:
        await purging.purge(session, DAYS, OVER + SECOND)

    assert "a late edit" not in await texts(record)


async def test_no_days_means_at_once(record: Record) -> None:
    await two_replies_one_removed(record)

    async with record.sessions.begin() as session:
        await purging.purge(session, 0, moment(REMOVED_AT) + SECOND)

    assert [text for text in await texts(record) if text] == ["words to stay", "edited words to stay"]
