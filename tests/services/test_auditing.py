"""The audit: every act that needs permission leaves a line with who, what and when, and none quotes anybody."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.decisions import Action, Actor, Disposition, Objected, Role, Stated
from bot.domain import Reference
from bot.errors import UserError
from bot.models import Ref
from bot.papers import read_paper
from bot.services import (
    acting,
    answering,
    auditing,
    closing,
    compiling,
    deciding,
    events,
    forgetting,
    identities,
    importing,
    promises,
    publishing,
)
from bot.services import sorting as sorts
from bot.services.deciding import About
from tests.house import PAPER, ROBIN, SAMPLE, sample_text
from tests.services.hearing import ADA, NOW, POST, Record
from tests.services.test_permitted import CONVERTED, DAY, DP092, LATER, OUTBOX, V001, VERBS, Verb

ANALYST = Actor(ROBIN, frozenset({Role.ANALYST}))
NEW = PAPER.replace("26_0511_16", "27_0312_11")
TEXT = sample_text({PAPER: NEW}).encode()
READING = read_paper(SAMPLE.name, TEXT)


async def imports(session: AsyncSession, record: Record, by: Actor) -> object:
    return await importing.store(session, record.config, READING, "p", TEXT, True, by, LATER)


async def publishes(session: AsyncSession, record: Record, by: Actor) -> object:
    await importing.store(session, record.config, READING, "p", TEXT, True, by, NOW)
    return await publishing.publish(session, record.config, OUTBOX, NEW, by, LATER)


async def restores(session: AsyncSession, _record: Record, by: Actor) -> object:
    await sorts.withhold(session, V001, "as asked", by, NOW)
    return await sorts.restore(session, V001, "", by, LATER)


async def issues(session: AsyncSession, record: Record, by: Actor) -> object:
    await compiling.draft(session, record.config, DP092, by, NOW)
    return await compiling.issue(session, record.config, DP092, by, LATER)


async def erases(session: AsyncSession, _record: Record, by: Actor) -> object:
    return await forgetting.forget(session, await identities.find(session, ADA.speaker.email or ""), by, LATER)


# Of test_permitted those that come as far as being done; of the rest here what has to be done before.
MORE: list[tuple[Action, Verb]] = [
    (Action.IMPORT, imports),
    (Action.PUBLISH, publishes),
    (Action.WITHHOLD, restores),
    (Action.ISSUE, issues),
    (Action.ERASE, erases),
]


async def test_every_act_of_the_permission_table_leaves_a_line_with_who_and_when(record: Record) -> None:
    await record.hears(ADA.replies("m1", "Issue: clear.", 10, thread=POST))
    told = set()
    for action, verb in [*VERBS, *MORE]:
        async with record.sessions.read() as session:  # each on its own: nothing is committed
            before = await auditing.audit(session, None, ANALYST)
            try:
                await verb(session, record, ANALYST)
            except UserError:
                continue
            await session.flush()
            new = set(await auditing.audit(session, None, ANALYST)) - set(before)
        if any((line.who, line.at) == (ROBIN, LATER) for line in new):
            told.add(action)
    assert told == set(Action) - {Action.AUDIT}  # which only looks


async def test_it_says_in_words_what_was_done_and_quotes_nobody(record: Record) -> None:
    await record.hears(
        ADA.replies("m1", "Issue: plantedword.", 10, thread=POST),
        ADA.replies("m1", "Issue: plantedword again.", 20, said=10, thread=POST),
    )
    async with record.sessions.begin() as session:
        ref = (await session.scalars(select(Ref))).one()
        about, author = About(ref.id, proposal_id=ref.proposal_id), Actor(ADA.speaker.id, frozenset({Role.MEMBER}))
        await deciding.decide(session, about, Stated(on_behalf_of="plantedword Ltd", confidential=True), author, LATER)
        await deciding.decide(session, about, Objected("plantedword, and no"), author, LATER)
        await answering.respond(session, V001, Disposition.NOTED, "plantedword is noted", None, ANALYST, LATER)
        await sorts.withhold(session, V001, "as its author asked", ANALYST, LATER)
        await events.record(session, record.config, DP092, CONVERTED, ANALYST, LATER)
        await promises.keep(session, DP092, 1, DAY, ANALYST, LATER)
        await closing.close(session, record.config, DP092, "", LATER, ANALYST, LATER)
        await compiling.draft(session, record.config, DP092, ANALYST, LATER)

    async with record.sessions.read() as session:
        lines = await auditing.audit(session, DP092, ANALYST)
    said = [f"{line.who}: {line.ref}: {line.what}{f' ({line.reason})' if line.reason else ''}" for line in lines]
    assert "plantedword" not in str(lines)
    assert said[1:] == [
        "Ada Firth: DP092-V001: commented, by thread",
        "Ada Firth: DP092-V001: edited it",
        "Ada Firth: DP092-V001: stated: confidential",
        "Ada Firth: DP092-V001: objected",
        f"{ROBIN}: DP092-V001: responded: Noted",
        f"{ROBIN}: DP092-V001: withheld (as its author asked)",
        f"{ROBIN}: DP092: converted: body Panel, on 30 October 2019",
        f"{ROBIN}: DP092: promise kept: on 30 October 2019",
        f"{ROBIN}: DP092: closes: 10am on 29 November 2019",
        f"{ROBIN}: DP092 Comments v0.1: drafted",
    ]
    assert [line.at for line in lines] == sorted(line.at for line in lines)


async def test_what_was_done_about_another_proposal_is_not_in_it(record: Record) -> None:
    await record.hears(ADA.replies("m1", "Issue: clear.", 10, thread="DP088"))
    async with record.sessions.read() as session:
        assert [line.ref for line in await auditing.audit(session, DP092, ANALYST)] == ["DP092"]
        with pytest.raises(UserError, match="DP500"):
            await auditing.audit(session, Reference(500), acting.OPERATOR)
