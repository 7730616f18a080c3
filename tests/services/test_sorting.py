"""What an analyst decides of comments: sorted, set aside, withheld, restored, corrected, asked, responded to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.deciding import Deed, offered
from bot.config import load_config
from bot.decisions import Actor, Disposition, Role, Sorted
from bot.domain import Basis, Capacity, Facet, Reference
from bot.errors import NotPermitted, UserError
from bot.models import Decision, Post, View
from bot.rules.refs import RefName
from bot.services import answering, correcting, counting, record, replaying, sorting
from bot.services.audience import within
from bot.services.correcting import Correction
from bot.services.recorded import Recorded, State
from bot.services.sorting import Choice, Decided
from tests.house import ROOT
from tests.services.hearing import ADA, CARA, JO, NOW, ROBIN, Record, open_record

ANALYST = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))
V1 = RefName(Reference(92), "V", 1)
R1 = RefName(Reference(92), "R", 1)
SHIPPED = load_config(ROOT / "config.toml")
LATER = NOW + timedelta(hours=1)
REASON = "It thanks the Proposer and says no more."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sorting")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(folder: Path) -> AsyncIterator[Record]:
    async with open_record(folder) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def session(opened: Record) -> AsyncIterator[AsyncSession]:
    """Nothing of a test stays: it works in a reading session, in which Ada has said one thing."""
    async with opened.sessions.read() as found:
        await opened.hear(found, ADA.replies("m1", "Notice for agents is short.", 10))
        yield found


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def seen(session: AsyncSession, named: RefName = V1) -> Recorded:
    session.expunge_all()
    return await sorting.find(session, named)


async def count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(Decision)) or 0


# --- sorting ----------------------------------------------------------------------------------------------------------


async def test_a_decision_stands_beside_the_rules_suggestion_and_is_written_down_once(session: AsyncSession) -> None:
    before = (await seen(session)).parts[0]
    first = await sorting.sort(session, V1, Facet.CONSIDER, ANALYST, LATER)
    again = await sorting.sort(session, V1, Facet.CONSIDER, ANALYST, LATER)
    part = (await seen(session)).parts[0]

    assert (part.facet, part.decided, part.decided_by) == (Facet.CONSIDER, Facet.CONSIDER, ANALYST.who)
    assert part.suggestion == before.suggestion
    assert (first.new, again.new, first.ref) == (True, False, "DP092-V001")
    assert await count(session) == 1


async def test_parts_are_sorted_one_by_one_and_the_whole_is_not_guessed(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, CARA.replies("m2", "Thanks all.\nIssue: unclear.\nImpacts: high.", 11))
    v2 = replace(V1, number=2)
    await sorting.sort(session, replace(v2, part="a"), Facet.SOLUTION, ANALYST, LATER)

    parts = (await seen(session, v2)).parts
    assert [(part.letter, part.facet) for part in parts] == [
        ("a", Facet.SOLUTION),
        ("b", Facet.ISSUE),
        ("c", Facet.IMPACT),
    ]
    with pytest.raises(UserError, match=r"^DP092-V002 has the parts DP092-V002a, DP092-V002b and DP092-V002c: name"):
        await sorting.sort(session, v2, Facet.ISSUE, ANALYST, LATER)
    with pytest.raises(UserError, match=r"^DP092-V001 is of one piece: name it whole\.$"):
        await sorting.sort(session, replace(V1, part="a"), Facet.ISSUE, ANALYST, LATER)


async def test_new_words_are_sorted_anew(session: AsyncSession, opened: Record) -> None:
    await sorting.sort(session, V1, Facet.IMPACT, ANALYST, LATER)
    read = (await seen(session)).wording_id
    assert read is not None
    await opened.hear(session, ADA.replies("m1", "Who gives notice?", 20, said=10))

    assert (await seen(session)).parts[0].facet is Facet.UNSORTED
    form = [Choice((await seen(session)).id, "", read, Facet.ISSUE)]
    answer = await sorting.sort_all(session, form, ANALYST, LATER)
    assert (answer.decided, answer.changed) == ((), ("DP092-V001",))
    assert (await seen(session)).parts[0].decided is None


async def test_several_choices_of_one_form_are_decided_together(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, CARA.replies("m2", "Agents lose a day.", 11))
    views = [await seen(session), await seen(session, replace(V1, number=2))]
    form = [Choice(v.id, "", v.wording_id or 0, f) for v, f in zip(views, [Facet.IMPACT, Facet.QUESTION], strict=True)]
    answer = await sorting.sort_all(session, form, ANALYST, LATER)

    assert [(one.ref, one.new) for one in answer.decided] == [("DP092-V001", True), ("DP092-V002", True)]
    assert [one.value.facet for one in answer.decided if isinstance(one.value, Sorted)] == ["impact", "question"]


# --- set aside, withheld, restored ------------------------------------------------------------------------------------


async def test_what_is_set_aside_or_withheld_is_seen_by_secas_alone_and_counted_nowhere(
    session: AsyncSession,
) -> None:
    for verb, state in ((sorting.set_aside, State.SET_ASIDE), (sorting.withhold, State.WITHHELD)):
        done = await verb(session, V1, f"  {REASON}\n", ANALYST, LATER)
        view = await seen(session)

        assert (view.state, view.reason, view.state_by, done.new) == (state, REASON, ANALYST.who, True)
        assert await record.views(session, within(frozenset({"OPSG"})), view.proposal_id) == ()
        assert await counting.counts_by_invitation(session) == {}
    await sorting.restore(session, V1, "", ANALYST, LATER)
    assert (await seen(session)).stands
    assert len(await counting.counts_by_invitation(session)) == 1


async def test_posts_are_shown_anew_when_their_counts_may_have_changed(session: AsyncSession) -> None:
    async def out_of_date() -> int:
        return len((await session.scalars(select(Post).where(Post.counts == "out of date"))).all())

    await sorting.sort(session, V1, Facet.ISSUE, ANALYST, LATER)
    assert await out_of_date() == 0
    await sorting.withhold(session, V1, REASON, ANALYST, LATER)
    assert await out_of_date() == 1


async def test_the_same_decision_is_not_doubled_and_a_better_reason_is_a_new_one(session: AsyncSession) -> None:
    async def done(reason: str) -> Decided:
        return await sorting.set_aside(session, V1, reason, ANALYST, LATER)

    assert [(await done(reason)).new for reason in (REASON, REASON, "A courtesy.", "A courtesy.")] == [
        True,
        False,
        True,
        False,
    ]
    assert (await sorting.restore(session, V1, "", ANALYST, LATER)).new
    assert not (await sorting.restore(session, V1, "again", ANALYST, LATER)).new
    assert (await done("A courtesy.")).new
    assert await count(session) == 4


async def test_a_reply_is_withheld_but_neither_sorted_nor_set_aside(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, ROBIN.replies("m9", "The trial ended in May.", 12))
    await sorting.withhold(session, R1, "It names a customer.", ANALYST, LATER)

    assert (await seen(session, R1)).state is State.WITHHELD
    with pytest.raises(UserError, match=r"^DP092-R001 is a reply by SECAS, the chair or the Proposer's side: name a"):
        await sorting.set_aside(session, R1, REASON, ANALYST, LATER)


async def test_what_was_removed_is_decided_of_no_more(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, ADA.removes("m1", 20, said=10))
    attempts: list[Awaitable[Decided]] = [
        sorting.sort(session, V1, Facet.ISSUE, ANALYST, LATER),
        sorting.withhold(session, V1, REASON, ANALYST, LATER),
        answering.respond(session, V1, Disposition.NOTED, "", None, ANALYST, LATER),
    ]
    for attempt in attempts:
        with pytest.raises(UserError, match=r"^DP092-V001 was removed in Slack: nothing more is decided of it\.$"):
            await attempt


@pytest.mark.parametrize(("stands", "state"), [(True, State.STANDS), (False, State.REMOVED)])
async def test_a_comment_that_was_not_seen_is_decided_by_an_analyst(
    session: AsyncSession, stands: bool, state: State
) -> None:
    async def decide() -> Decided:
        return await sorting.decide_missing(session, V1, stands, "", ANALYST, LATER)

    with pytest.raises(UserError, match="is not among the comments that are no longer seen"):
        await decide()
    (view,) = (await session.scalars(select(View))).all()
    view.missing_at = NOW
    await session.flush()

    assert (await seen(session)).state is State.NOT_SEEN
    assert ((await decide()).new, (await seen(session)).state, (await decide()).new) == (True, state, False)


async def test_a_mistaken_withdrawal_of_a_comment_not_seen_is_undone_and_its_authors_removal_is_not(
    session: AsyncSession, opened: Record
) -> None:
    async def decide(*, stands: bool, hours: int) -> Decided:
        return await sorting.decide_missing(session, V1, stands, "", ANALYST, NOW + timedelta(hours=hours))

    (view,) = (await session.scalars(select(View))).all()
    view.missing_at = NOW
    await session.flush()
    await decide(stands=False, hours=1)
    assert (await decide(stands=True, hours=2)).new
    assert (await seen(session)).state is State.STANDS
    await replaying.replay(session)
    assert (await seen(session)).state is State.STANDS

    await opened.hear(session, ADA.removes("m1", 300, said=10))
    found = await seen(session)
    assert (found.state, found.state_by) == (State.REMOVED, None)  # no analyst took it so
    assert not (await decide(stands=True, hours=6)).new
    await replaying.replay(session)
    assert await seen(session) == found


async def test_what_was_edited_since_it_was_set_aside_can_be_set_aside_anew(
    session: AsyncSession, opened: Record
) -> None:
    await sorting.set_aside(session, V1, REASON, ANALYST, NOW)
    assert not sorting.edited_since_set_aside(await seen(session))
    await opened.hear(session, ADA.replies("m1", "Who gives notice?", 300, said=10))
    view = await seen(session)

    assert sorting.edited_since_set_aside(view)
    assert offered(view)[0] is Deed.SET_ASIDE
    assert (await sorting.set_aside(session, V1, REASON, ANALYST, NOW + timedelta(hours=9))).new
    assert not sorting.edited_since_set_aside(await seen(session))


async def test_a_reason_is_needed_and_is_a_sentence_or_two(session: AsyncSession) -> None:
    for reason, sentence in ((" \n", "A reason is needed to withhold a comment"), ("x" * 1001, "and may have 1,000: ")):
        with pytest.raises(UserError, match=sentence):
            await sorting.withhold(session, V1, reason, ANALYST, LATER)
    with pytest.raises(UserError, match=r"^There is no DP092-V099 in the record: "):
        await sorting.withhold(session, replace(V1, number=99), REASON, ANALYST, LATER)
    with pytest.raises(UserError, match=r"^DP092-V001a is a part of a comment, and this is of the whole: name DP092-"):
        await sorting.withhold(session, replace(V1, part="a"), REASON, ANALYST, LATER)


# --- corrections ------------------------------------------------------------------------------------------------------


async def test_a_correction_is_a_new_fact_beside_the_old_one(session: AsyncSession, opened: Record) -> None:
    async def corrects(correction: Correction) -> Decided:
        return await correcting.correct(session, opened.config, V1, correction, "Moved in May.", ANALYST, LATER)

    await corrects(Correction(organisation=" Calder  Networks", party_category="electricity networks", seat=""))
    profile = (await seen(session)).profile
    (view,) = (await session.scalars(select(View))).all()
    await session.refresh(view, ["first"])

    assert (profile.organisation, profile.party_category, profile.seat) == (
        "Calder Networks",
        "Electricity Networks",
        None,
    )
    assert (profile.capacity, profile.basis) == (Capacity.MEMBER, Basis.CORRECTED)
    assert (view.first.organisation, view.first.seat) == ("Northshire Energy", "Large Supplier 1")
    assert not (await corrects(Correction(organisation="Calder Networks"))).new
    await corrects(Correction(capacity="Alternate", alternate_for="Cara Dunn"))
    assert (await seen(session)).profile.alternate_for == "Cara Dunn"
    await corrects(Correction(capacity="observer"))
    assert (await seen(session)).profile.alternate_for is None


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        (Correction(party_category="Suppliers"), '^"Suppliers" is no Party Category: allowed are Large Suppliers, '),
        (Correction(party_category="Gas Networks and Small Suppliers"), "may be Gas Networks or Small Suppliers: name"),
        (Correction(capacity="boss"), '^"boss" is no capacity: allowed are member, alternate, '),
        (Correction(alternate_for="Cara Dunn"), "^Only an alternate stands in for somebody"),
        (Correction(organisation="x" * 201), "200 characters"),
        (Correction(seat="1\x1b"), "no control characters"),
    ],
)
async def test_a_correction_that_cannot_be_is_said_with_what_is_allowed(
    session: AsyncSession, opened: Record, correction: Correction, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        await correcting.correct(session, opened.config, V1, correction, "Wrong.", ANALYST, LATER)


async def test_what_a_person_only_stated_is_confirmed_by_a_correction_to_the_same(
    session: AsyncSession, opened: Record
) -> None:
    await opened.hear(session, JO.replies("m2", "We see this too.", 11))
    done = await correcting.correct(
        session, opened.config, replace(V1, number=2), Correction(), "No organisation is right.", ANALYST, LATER
    )

    assert done.new
    assert (await seen(session, replace(V1, number=2))).profile.basis is Basis.CORRECTED


# --- questions and responses ------------------------------------------------------------------------------------------


async def test_a_question_is_with_the_lead_analyst_unless_somebody_is_named(session: AsyncSession) -> None:
    await answering.ask(session, V1, "", None, ANALYST, LATER)
    asked = (await seen(session)).asked
    assert asked
    assert (asked.owner, asked.due) == ("Ellis Farrow", None)

    done = await answering.ask(session, V1, "Finn Reid", date(2019, 11, 20), ANALYST, LATER)
    assert (done.value, done.new) == ((await seen(session)).asked, True)
    assert not (await answering.ask(session, V1, "Finn Reid", date(2019, 11, 20), ANALYST, LATER)).new
    with pytest.raises(UserError, match=r"^29 October 2019 has passed"):
        await answering.ask(session, V1, "", date(2019, 10, 29), ANALYST, LATER)


async def test_an_answer_is_linked_to_the_reply_that_gives_it(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, ROBIN.replies("m9", "The trial ended in May.", 12))

    async def responds(reply: RefName | None, words: str = "") -> Decided:
        return await answering.respond(session, V1, Disposition.ANSWERED, words, reply, ANALYST, LATER)

    first, again = await responds(R1), await responds(R1)
    (response,) = (await seen(session)).responses
    assert (first.new, again.new, response.reply_ref) == (True, False, (await seen(session, R1)).id)
    with pytest.raises(UserError, match=r"^An answer needs its words"):
        await responds(None)
    with pytest.raises(UserError, match=r"^DP092-V001 is a comment: name a standing reply"):
        await responds(V1)
    await opened.hear(session, ROBIN.replies("m8", "Elsewhere.", 12, thread="DP089"))
    with pytest.raises(UserError, match=r"^DP089-R001 is on another proposal"):
        await responds(replace(R1, proposal=Reference(89)))


@pytest.mark.parametrize("typed", ["Passed to the Proposer", "passed", "PASSED"])
async def test_a_disposition_is_typed_whole_or_by_its_name(typed: str) -> None:
    assert answering.disposition_of(typed) is Disposition.PASSED


@pytest.mark.parametrize("typed", ["", "parked"])
async def test_what_is_no_disposition_is_said_with_those_there_are(typed: str) -> None:
    with pytest.raises(UserError, match="allowed are Noted, Answered, Passed to the Proposer, "):
        answering.disposition_of(typed)


# --- permission -------------------------------------------------------------------------------------------------------

Verb = Callable[[AsyncSession, Actor], Awaitable[object]]
VERBS: dict[str, Verb] = {
    "sort": lambda s, who: sorting.sort(s, V1, Facet.ISSUE, who, LATER),
    "sort all": lambda s, who: sorting.sort_all(s, (), who, LATER),
    "set aside": lambda s, who: sorting.set_aside(s, V1, REASON, who, LATER),
    "withhold": lambda s, who: sorting.withhold(s, V1, REASON, who, LATER),
    "restore": lambda s, who: sorting.restore(s, V1, REASON, who, LATER),
    "decide": lambda s, who: sorting.decide_missing(s, V1, True, "", who, LATER),
    "correct": lambda s, who: correcting.correct(s, SHIPPED, V1, Correction(), REASON, who, LATER),
    "ask": lambda s, who: answering.ask(s, V1, "", None, who, LATER),
    "respond": lambda s, who: answering.respond(s, V1, Disposition.NOTED, "", None, who, LATER),
}


@pytest.mark.parametrize("verb", VERBS)
async def test_only_an_analyst_decides(session: AsyncSession, verb: str) -> None:
    for role in (Role.MEMBER, Role.CHAIR, Role.OPERATOR):
        with pytest.raises(NotPermitted, match=r"^Only the SECAS analysts named in dpbot's configuration may "):
            await VERBS[verb](session, Actor("somebody", frozenset({role})))
    assert await count(session) == 0
