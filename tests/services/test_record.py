"""The fold against an oracle written from the words of the issue: random histories, repeated, shuffled, with gaps."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.compilation import ReactionCount
from bot.domain import Capacity, Heard, HeardAbsence, HeardReaction, HeardRemoval, HeardWords, Reference
from bot.models import Base, LedgerEntry, Reaction, Ref, View, Wording, Words
from bot.services import counting, replaying, snapshot
from bot.services.counting import Counts
from tests.house import PAPER
from tests.services.hearing import ADA, BEN, CARA, JO, NOW, POST, ROBIN, Record, Voice, moment, open_record

# Who says which reply, and when. For whom they speak is stated here once more, apart from roster and rules.
REPLIES: Mapping[str, tuple[Voice, int]] = {"m1": (ADA, 10), "m2": (BEN, 11), "m3": (JO, 12), "m4": (ROBIN, 13)}
ORGANISATION = {ADA: "Northshire Energy", BEN: "Northshire Energy", CARA: "Calder Networks", JO: None}  # Robin: SECAS
MEANING = {
    "+1": "agree with the issue as described",
    "+1::skin-tone-3": "agree with the issue as described",
    "grey_question": "needs clarification",
}
REMOVED_AT = 23  # in the midst of the edits: a removal wins whatever its time
DP092 = Reference(92)


# --- histories --------------------------------------------------------------------------------------------------------


@st.composite
def lives(draw: st.DrawFn) -> list[Heard]:
    """Of one reply: its first words, edits, removal and readings of its thread, or only some of these. A moment has its
    words; the same words may come back at another.
    """
    message = draw(st.sampled_from(sorted(REPLIES)))
    author, said = REPLIES[message]
    moments = draw(st.lists(st.just(said) | st.integers(20, 26), unique=True, max_size=4))
    edits = [author.replies(message, f"{message}, wording {at % 4}", at, said=said) for at in moments]
    removal = [author.removes(message, REMOVED_AT, said=said)] if draw(st.booleans()) else []
    looks = draw(st.lists(st.tuples(st.integers(20, 26), st.booleans()), max_size=3))
    return [*edits, *removal, *(author.looked_for(message, at, said=said, seen=seen) for at, seen in looks)]


@st.composite
def flickers(draw: st.DrawFn) -> list[Heard]:
    """One person's emoji on one message, put on and taken off, at times in the same moment."""
    who = draw(st.sampled_from([ADA, BEN, CARA, JO, ROBIN]))
    on = draw(st.sampled_from([POST, "m1", "m4"]))
    emoji = st.sampled_from(draw(st.sampled_from([["+1", "+1::skin-tone-3"], ["grey_question"], ["tada"]])))
    touches = draw(st.lists(st.tuples(emoji, st.integers(20, 22), st.booleans()), min_size=1, max_size=3))
    return [who.reacts(on, name, at, added=added) for name, at, added in touches]


@st.composite
def elsewhere(draw: st.DrawFn) -> list[Heard]:
    """In a thread that is not ours: of others, or our heading post's."""
    thread = draw(st.sampled_from(["a thread of others", PAPER]))
    return [ADA.replies("x1", "not for us", 20, thread=thread), ADA.reacts("x1", "+1", 20, thread=thread)]


def possible(history: Iterable[Heard]) -> list[Heard]:
    """A reading looks only for what is recorded."""
    known: set[str] = set()
    found: list[Heard] = []
    for heard in history:
        if isinstance(heard, HeardWords | HeardRemoval):
            known.add(heard.place.message)
        if not isinstance(heard, HeardAbsence) or heard.place.message in known:
            found.append(heard)
    return found


histories: st.SearchStrategy[list[Heard]] = st.lists(
    st.one_of(lives(), flickers(), lives(), flickers(), elsewhere()), max_size=6
).map(lambda parts: possible(chain.from_iterable(parts)))


@st.composite
def arrivals(draw: st.DrawFn, history: list[Heard]) -> list[Heard]:
    """The history as it may arrive: in any order, some of it more than once."""
    repeats = draw(st.lists(st.sampled_from(history), max_size=4)) if history else []
    return possible(draw(st.permutations(history + repeats)))


two_arrivals = histories.flatmap(lambda history: st.tuples(arrivals(history), arrivals(history)))


# --- the oracle -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """One reply: the latest wording by time (None: never heard), how many wordings, whether it was removed, and since
    when it is not seen.
    """

    words: str | None
    wordings: int
    removed: bool
    missing: datetime | None

    @property
    def stands(self) -> bool:
        return not self.removed and self.missing is None


@dataclass(frozen=True)
class State:
    replies: dict[str, Said]
    reactions: dict[tuple[str, str, str], bool]  # by message, person and emoji: whether it is there


def ours(history: Sequence[Heard]) -> list[Heard]:
    return [heard for heard in history if heard.place.thread == POST]


def expected(history: Sequence[Heard]) -> State:
    """The latest wording by time wins, any removal wins, a reaction's latest event wins; at one moment the removal. The
    latest reading wins; at one moment the one that saw it.
    """
    said: dict[str, dict[int, str]] = {}
    removed: set[str] = set()
    latest: dict[tuple[str, str, str], tuple[int, bool]] = {}
    looks: dict[str, tuple[int, bool]] = {}
    for heard in ours(history):
        message, at = heard.place.message, int((heard.at - NOW).total_seconds())
        match heard:
            case HeardWords():
                said.setdefault(message, {})[at] = heard.text
            case HeardRemoval():
                said.setdefault(message, {})
                removed.add(message)
            case HeardAbsence():
                looks[message] = max(looks.get(message, (at, heard.seen)), (at, heard.seen))
            case HeardReaction():
                key, event = (message, heard.speaker.id, heard.emoji), (at, not heard.added)
                latest[key] = max(latest.get(key, event), event)
    missing = {message: moment(at) for message, (at, seen) in looks.items() if not seen}
    replies = {
        m: Said(texts[max(texts)] if texts else None, len(texts), m in removed, missing.get(m))
        for m, texts in said.items()
    }
    return State(replies, {key: not gone for key, (_, gone) in latest.items()})


def expected_refs(arrived: Sequence[Heard]) -> dict[str, str]:
    """Given once, in order of arrival; SECAS's replies have numbers of their own."""
    refs: dict[str, str] = {}
    for heard in ours(arrived):
        if not isinstance(heard, HeardReaction) and heard.place.message not in refs:
            letter = "R" if REPLIES[heard.place.message][0] is ROBIN else "V"
            refs[heard.place.message] = f"{letter}{sum(ref[0] == letter for ref in refs.values()) + 1:03}"
    return refs


def expected_counts(state: State) -> Counts:
    authors = [REPLIES[message][0] for message, said in state.replies.items() if said.stands]
    views = [author for author in authors if author is not ROBIN]
    organisations = [ORGANISATION[author] for author in views]
    return Counts(len(views), len(set(organisations) - {None}), organisations.count(None))


def expected_reactions(state: State, message: str) -> tuple[ReactionCount, ...]:
    """By printed meaning, each person once; SECAS's are not counted, nor emoji that mean nothing."""
    people: dict[str, set[Voice]] = {}
    for (on, speaker, emoji), present in state.reactions.items():
        voice = next((v for v in ORGANISATION if v.speaker.id == speaker), None)
        if on == message and present and emoji in MEANING and voice:
            people.setdefault(MEANING[emoji], set()).add(voice)
    counted = [(meaning, people[meaning]) for meaning in dict.fromkeys(MEANING.values()) if meaning in people]
    return tuple(
        ReactionCount(m, len(who), tuple(sorted({ORGANISATION[v] or "" for v in who} - {""}))) for m, who in counted
    )


# --- the record -------------------------------------------------------------------------------------------------------


async def found(session: AsyncSession) -> State:
    """What the record has come to, read from its tables."""
    texts = {words.entry_id: words.text for words in await session.scalars(select(Words))}
    wordings = (await session.scalars(select(Wording).order_by(Wording.at))).all()
    latest = {wording.view_id: texts[wording.entry_id] for wording in wordings}
    replies = {
        view.message: Said(
            latest.get(view.id),
            sum(wording.view_id == view.id for wording in wordings),
            view.withdrawn_at == moment(REMOVED_AT),
            view.missing_at,
        )
        for view in await session.scalars(select(View))
    }
    reactions = await session.scalars(select(Reaction))
    return State(replies, {(r.message, r.speaker, r.emoji): r.present for r in reactions})


async def refs(session: AsyncSession) -> dict[str, str]:
    return {ref.message: f"{ref.letter}{ref.number:03}" for ref in await session.scalars(select(Ref))}


async def rows(session: AsyncSession, *models: type[Base]) -> list[Sequence[Row[Any]]]:
    """Every column of every row, by primary key."""
    tables = [model.__table__ for model in models]
    return [(await session.execute(select(table).order_by(*table.primary_key))).all() for table in tables]


async def hear_all(record: Record, session: AsyncSession, arrived: Sequence[Heard]) -> list[bool]:
    """One after the other, with nothing remembered in between, as in transactions of their own."""
    new = []
    for heard in arrived:
        new.append(await record.hear(session, heard))
        session.expunge_all()
    return new


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("record")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def record(folder: Path) -> AsyncIterator[Record]:
    """One database for all examples. They work in a reading session, so nothing of an example stays."""
    async with open_record(folder) as opened:
        yield opened


many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.unmeasured]


@many
@given(two_arrivals)
async def test_whatever_the_order_the_record_comes_to_what_the_issue_says(
    record: Record, two: tuple[list[Heard], list[Heard]]
) -> None:
    for arrived in two:
        async with record.sessions.read() as session:
            new = await hear_all(record, session, arrived)

            assert await found(session) == expected(arrived)
            assert await refs(session) == expected_refs(arrived)
            assert sum(new) == len(set(ours(arrived)))
            assert len((await rows(session, LedgerEntry))[0]) == len(set(ours(arrived)))


@many
@given(histories)
async def test_hearing_everything_again_changes_no_row(record: Record, history: list[Heard]) -> None:
    everything = (LedgerEntry, Words, Ref, View, Wording, Reaction)
    async with record.sessions.read() as session:
        await hear_all(record, session, history)
        before = await rows(session, *everything)

        assert not any(await hear_all(record, session, history[::-1]))
        assert await rows(session, *everything) == before


@many
@given(histories)
async def test_a_replay_leaves_every_row_as_it_was(record: Record, history: list[Heard]) -> None:
    async with record.sessions.read() as session:
        await hear_all(record, session, history)
        before = await rows(session, View, Wording, Reaction, Ref, LedgerEntry, Words)

        replayed = await replaying.replay(session)

        assert await rows(session, View, Wording, Reaction, Ref, LedgerEntry, Words) == before
        sizes = (replayed.views, replayed.wordings, replayed.reactions, replayed.entries)
        assert sizes == (len(before[0]), len(before[1]), len(before[2]), len(before[4]))


@many
@given(histories)
@example([ADA.reacts(POST, "+1", 20), ADA.reacts(POST, "+1::skin-tone-3", 21)])
async def test_counts_and_documents_say_what_was_said(record: Record, history: list[Heard]) -> None:
    state = expected(history)
    standing = {message: said.words for message, said in state.replies.items() if said.stands}
    async with record.sessions.read() as session:
        await hear_all(record, session, history)
        counts = await counting.counts_by_invitation(session)
        compilation = await snapshot.compile_comments(session, record.config, DP092, NOW)
        messages = {f"DP092-{ref}": message for message, ref in (await refs(session)).items()}

    assert list(counts.values()) == [expected_counts(state)] * bool(expected_counts(state).comments)
    printed: dict[str, str] = {}
    for comment in compilation.comments:  # its parts are lettered: DP092-V007a
        ref = comment.ref.rstrip("abcdefghijklmnopqrstuvwxyz")
        printed[ref] = printed.get(ref, "") + comment.text
    printed |= {reply.ref: reply.text for reply in compilation.replies}
    assert {messages[ref]: text for ref, text in printed.items()} == standing
    assert all(reply.capacity is Capacity.SECAS for reply in compilation.replies)
    assert compilation.given[0].reactions == expected_reactions(state, POST)
    for comment in compilation.comments:
        if comment.ref in messages:
            assert comment.reactions == expected_reactions(state, messages[comment.ref])
