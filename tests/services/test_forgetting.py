"""Forgetting anybody of a random record: nothing of theirs is left anywhere; counts and replay are the same."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.decisions import Actor, Objected, Role, SetAside, Stated
from bot.domain import Classification, Heard, Message, Reference, Speaker
from bot.errors import UserError
from bot.models import Answer, Base, Claim, Document, LedgerEntry, OutboxEntry, Reaction, View, Wording, Words
from bot.outbox import Outbox
from bot.render import Renderer
from bot.services import acting, compiling, counting, deciding, forgetting, identities, people, replaying
from bot.services.deciding import About
from tests.services.hearing import ADA, BEN, CARA, JO, NOW, Record, Voice, open_record

ANALYST = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))
DP092 = Reference(92)
LATER = NOW + timedelta(hours=1)
AUTHORS = (ADA, BEN, CARA, JO)
NAMES = {ADA: "Ada Firth", BEN: "Ben Holm", CARA: "Cara Dunn", JO: "jo.stone"}
ODD = ("said", "White", "thread", "Northshire Energy", "member")
FOLDED = (View, Wording, Reaction, Answer)
OUTBOX = Outbox(Renderer(()))


@st.composite
def said(draw: st.DrawFn) -> list[Heard]:
    """One comment with an edit perhaps, a mention of somebody perhaps, a removal perhaps."""
    number, who = draw(st.integers(1, 60)), draw(st.sampled_from(AUTHORS))
    named = draw(st.sampled_from(["nobody", *NAMES.values(), CARA.speaker.email or ""]))
    words = f"secretwords{who.speaker.id} as {named} said, Issue: {number}"
    found: list[Heard] = [who.replies(f"m{number}-{who.speaker.id[2:5]}", words, 100 + number)]
    first = found[0]
    if draw(st.booleans()):
        found.append(who.replies(first.place.message, f"{words} again", 300, said=100 + number))
    if draw(st.booleans()):
        found.append(who.reacts(first.place.message, "+1", 310))
    if draw(st.integers(0, 3)) == 0:
        found.append(who.removes(first.place.message, 320, said=100 + number))
    return found


histories = st.lists(said(), min_size=1, max_size=6, unique_by=lambda heard: heard[0].place.message)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Record]:
    async with open_record(tmp_path_factory.mktemp("forgetting")) as found:
        yield found


async def lived(opened: Record, session: AsyncSession, history: Sequence[Sequence[Heard]]) -> None:
    """It is heard, an analyst works on it, a draft is made, messages wait, people state things of themselves."""
    for heard in (each for some in history for each in some):
        await opened.hear(session, heard)
    for view in (await session.scalars(select(View).options(joinedload(View.first)))).all():
        about, author = About(ref_id=view.id), Actor(view.first.speaker, frozenset({Role.MEMBER}))
        await deciding.decide(session, about, Stated(on_behalf_of=f"secretbehalf{view.id}."), author, NOW)
        await deciding.decide(session, about, Objected(f"secretobjection{view.id}."), author, NOW)
    session.expunge_all()
    await compiling.draft(session, opened.config, DP092, ANALYST, NOW)
    for voice in AUTHORS:
        await people.remember(session, voice.speaker, NOW)
        to = ("slack", "C1", None, voice.speaker.id)
        note = Message("error", {"sentence": f"For {NAMES[voice]}"})
        await OUTBOX.whisper(session, *to, f"first:{voice.speaker.id}", note, NOW)
        await OUTBOX.direct(session, "slack", voice.speaker.id, note, f"note:{voice.speaker.id}", NOW)
        await OUTBOX.announce(session, "slack", "secas", note, f"about:{voice.speaker.id}", Classification.WHITE, NOW)
        session.add(Claim(platform="slack", person=voice.speaker.id, organisation="Ribble Gas", stated_at=NOW))
    await session.flush()


async def rows(session: AsyncSession, *models: type[Base]) -> list[Sequence[Row[Any]]]:
    tables = [model.__table__ for model in models]
    return [(await session.execute(select(table).order_by(*table.primary_key))).all() for table in tables]


async def whole(session: AsyncSession) -> str:
    """Every value of every row but what papers say and what posts to channels show of them."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in {"papers", "items", "attachments"}]
    found = [str((await session.execute(select(table))).all()) for table in tables if table.name != "outbox"]
    waiting = await session.scalars(select(OutboxEntry).where(OutboxEntry.post_id.is_(None)))
    return "\n".join(found + [str(vars(entry)) for entry in waiting])


@pytest.mark.unmeasured
@pytest.mark.asyncio(loop_scope="module")
@settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories, who=st.sampled_from(AUTHORS))
async def test_after_forgetting_anybody_nothing_of_theirs_is_left_and_counts_and_replay_are_the_same(
    opened: Record, history: Sequence[Sequence[Heard]], who: Voice
) -> None:
    async with opened.sessions.read() as session:
        await lived(opened, session, history)
        mine = select(View.id).join(View.first).where(LedgerEntry.speaker == who.speaker.id)
        own = (await session.scalars(mine)).all()
        counts = await counting.counts_by_invitation(session)
        places = [("slack", view.channel, view.message) for view in await session.scalars(select(View))]
        config, alone = opened.config, [[place] for place in places]
        reactions = await counting.reactions_on(session, config, alone, config.reactions)

        person = await identities.find(session, who.speaker.email or "")
        await forgetting.forget(session, person, ANALYST, LATER)
        session.expunge_all()

        left = await whole(session)
        gone = [f"secretwords{who.speaker.id}", who.speaker.id, who.speaker.email or "", NAMES[who]]
        for trace in [*gone, *(f"secret{kind}{ref}." for ref in own for kind in ("behalf", "objection"))]:
            at = left.casefold().find(trace.casefold())
            assert at < 0, left[max(0, at - 200) : at + 60]
        assert await counting.counts_by_invitation(session) == counts
        assert await counting.reactions_on(session, config, alone, config.reactions) == reactions
        before = await rows(session, *FOLDED)
        await replaying.replay(session)
        assert await rows(session, *FOLDED) == before


async def test_somebody_called_as_the_program_or_a_company_calls_things_takes_none_of_them_along(
    record: Record,
) -> None:
    odd = [Voice(Speaker("slack", f"U-{at}", f"odd{at}@elsewhere.example", name)) for at, name in enumerate(ODD)]
    for at, voice in enumerate(odd):
        await record.hears(voice.replies(f"o{at}", f"Words of {voice.speaker.name}.", 400 + at))
    await record.hears(ADA.replies("m1", "Issue: White and said.", 500))
    async with record.sessions.begin() as session:
        await compiling.draft(session, record.config, DP092, ANALYST, NOW)
        for voice in odd:
            person = await identities.find(session, voice.speaker.id)
            await forgetting.forget(session, person, ANALYST, LATER)
        document = compiling.document((await session.scalars(select(Document))).one())
        before = await rows(session, *FOLDED)
        await replaying.replay(session)
        assert await rows(session, *FOLDED) == before
        assert document.compilation.comments[-1].organisation == "Northshire Energy"
        assert (await session.scalars(select(View.organisation))).all()[-1] == "Northshire Energy"
        assert (await session.scalars(select(Words.text))).all()[-1] == "Issue: [erased] and [erased]."


async def test_an_analyst_who_only_ever_typed_commands_is_forgotten_too(record: Record) -> None:
    await record.hears(ADA.replies("m1", "Issue: clear.", 10))
    async with record.sessions.begin() as session:
        ref = await session.scalar(select(View.id))
        assert ref
        await deciding.decide(session, About(ref_id=ref), SetAside(), ANALYST, NOW, reason="As robin.ainsley@ said.")
        person = await identities.find(session, "Robin.Ainsley@secas.example")
        assert person.identifiers == frozenset({ANALYST.who})
        await forgetting.forget(session, person, acting.OPERATOR, LATER)
        assert ANALYST.who not in await whole(session)
        with pytest.raises(UserError, match=r"^Nobody called robin"):
            await identities.find(session, ANALYST.who)
