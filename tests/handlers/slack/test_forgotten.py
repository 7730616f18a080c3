"""Somebody who was forgotten: their message in Slack stays theirs, and dpbot takes nothing of it again."""

import pytest
from sqlalchemy import select

from bot.models import LedgerEntry, SeenPerson, Words
from bot.services import acting, audience, counting, forgetting, identities, record, sweeping
from bot.services.recorded import State
from tests.house import House

ADA = "ada.firth@northshire.example"


async def forgets(house: House, who: str) -> None:
    now = house.clock()
    async with house.desk.sessions.begin() as session:
        person = await identities.find(session, who)
        house.desk.sessions.forgotten.add(person.identifiers, now)
        await forgetting.forget(session, person, acting.OPERATOR, now)


async def test_a_forgotten_comment_is_a_marked_gap_that_reading_the_thread_does_not_fill(house: House) -> None:
    post = house.post("DP092")
    said = await house.ada.replies(post, "Words of hers.")
    await house.cara.replies(post, "I agree with Ada Firth.")
    await house.ada.reacts(post, "+1")
    house.clock.forward(minutes=10)
    await forgets(house, ADA)
    async with house.desk.sessions.begin() as session:
        counts = await counting.counts_by_invitation(session)
        entries = len((await session.scalars(select(LedgerEntry))).all())
        await sweeping.queue(session, house.clock())

    while await sweeping.step(house.desk):
        pass
    await house.ada.edits(said, "Words of hers, again.")

    first, second = [view.id for view in await house.views()]
    async with house.desk.sessions.read() as session:
        gap, other = [await record.view(session, audience.SECAS, each) for each in (first, second)]
        assert gap
        assert other
        assert (gap.state, gap.text, gap.stands) == (State.ERASED, "[erased on 30 October 2019]", True)
        assert other.text == "I agree with [erased]."
        assert await counting.counts_by_invitation(session) == counts
        assert len((await session.scalars(select(LedgerEntry))).all()) == entries
        assert not [words for words in await session.scalars(select(Words.text)) if words and "hers" in words]

    await house.ada.deletes(said)
    async with house.desk.sessions.read() as session:
        gap = await record.view(session, audience.SECAS, first)
        assert gap
        assert gap.state is State.REMOVED
        assert house.ada.id not in [*await session.scalars(select(LedgerEntry.speaker))]


@pytest.mark.parametrize("who", ["the member", "the other"])
async def test_an_address_that_another_workspace_gives_somebody_makes_nobody_the_same_person(
    house: House, who: str
) -> None:
    house.workspace.share(house.channel, "T0OTHER")
    other = house.workspace.member("Mal Grey", ADA, team="T0OTHER")
    house.workspace.put(other, house.channel)
    await house.ada.replies(house.post("DP092"), "Words of hers.")
    await other.replies(house.post("DP092"), "Words of the other.")

    async with house.desk.sessions.read() as session:
        both = [await identities.find(session, each) for each in (ADA, other.id)]
        assert [person.ids for person in both] == [{house.ada.id}, {other.id}]
        assert [person.emails for person in both] == [{ADA}, set()]
        assert [person.namesakes for person in both] == [{other.id}, set()]
    await forgets(house, ADA if who == "the member" else other.id)

    async with house.desk.sessions.read() as session:
        texts = [*await session.scalars(select(Words.text).where(Words.text.is_not(None)))]
        assert texts == (["Words of the other."] if who == "the member" else ["Words of hers."])
        kept = {*await session.scalars(select(Words.email)), *await session.scalars(select(SeenPerson.email))}
        assert (ADA in kept) is (who == "the other")
