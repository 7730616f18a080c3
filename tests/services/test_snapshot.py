"""What the snapshot of a Comments document takes from the record: words, decisions, and what is not shown."""

import hashlib
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.compilation import AgreedInput, CommentsDocument, Compilation, Event, Happened, Question, Response
from bot.decisions import Actor, Disposition, Replaced, Role, SpeaksFor, Stance, Stated, Withdrawn
from bot.domain import (
    Basis,
    Capacity,
    Classification,
    Facet,
    HeardAnswer,
    Origin,
    Place,
    ProposalType,
    Reference,
    Source,
    Version,
)
from bot.models import Post, Ref, Words
from bot.outbox import Outbox
from bot.render import Renderer
from bot.reports.editions import editions
from bot.reports.summary import checksum
from bot.rules.refs import RefName
from bot.services import answering, closing, collecting, deciding, entering, events, further, snapshot, sorting
from bot.services.attributing import Said
from bot.services.deciding import About
from bot.services.entering import EnteredComment
from bot.services.further import Minute
from tests.reports.written import markdown
from tests.services.hearing import ADA, BEN, CARA, CHANNEL, JO, NOW, POST, ROBIN, Record, moment, open_record

DP092 = Reference(92)
ANALYST = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))
MEMBER = Actor("ada.firth@northshire.example", frozenset({Role.MEMBER}))
LATER = NOW + timedelta(days=10)
R1 = RefName(DP092, "R", 1)


def v(number: int, part: str = "") -> RefName:
    return RefName(DP092, "V", number, part)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("snapshot")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(folder: Path) -> AsyncIterator[Record]:
    async with open_record(folder) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def session(opened: Record) -> AsyncIterator[AsyncSession]:
    """Nothing of a test stays: it works in a reading session."""
    async with opened.sessions.read() as found:
        yield found


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def taken(session: AsyncSession, record: Record) -> Compilation:
    await session.flush()
    session.expunge_all()
    return await snapshot.compile_comments(session, record.config, DP092, LATER)


def draft_of(compilation: Compilation) -> CommentsDocument:
    return CommentsDocument(compilation, Version(0, 1), LATER, None)


async def ref_id(session: AsyncSession, number: int) -> int:
    found = await session.scalar(select(Ref.id).where(Ref.letter == "V", Ref.number == number))
    assert found
    return found


async def test_a_comment_in_parts_stands_under_the_facets_of_its_prefixes(
    session: AsyncSession, opened: Record
) -> None:
    await opened.hear(session, ADA.replies("m1", "Issue: unclear.\n\nImpacts: two teams.\nQ: who decides?", 10))
    await opened.hear(session, CARA.reacts("m1", "+1", 20))
    stated = Stated(stance=Stance.CLARIFY, on_behalf_of="Calder Data", speaks_for=SpeaksFor.PERSONAL)
    await deciding.decide(session, About(ref_id=await ref_id(session, 1)), stated, MEMBER, NOW)
    await answering.ask(session, v(1), "the DCC", date(2020, 1, 8), ANALYST, NOW)
    await answering.respond(session, v(1), Disposition.NOTED, "Thank you.", None, ANALYST, NOW)
    found = await taken(session, opened)

    assert [(c.ref, c.of, c.text, c.facet) for c in found.comments] == [
        ("DP092-V001a", "DP092-V001", "Issue: unclear.", Facet.ISSUE),
        ("DP092-V001b", "DP092-V001", "Impacts: two teams.", Facet.IMPACT),
        ("DP092-V001c", "DP092-V001", "Q: who decides?", Facet.QUESTION),
    ]
    assert [c.question for c in found.comments] == [None, None, Question("the DCC", date(2020, 1, 8))]
    assert [c.stance for c in found.comments] == [Stance.CLARIFY, None, None]
    assert [len(c.reactions) for c in found.comments] == [1, 0, 0]
    assert {c.responses for c in found.comments} == {(Response(Disposition.NOTED, "Thank you."),)}
    assert {(c.on_behalf_of, c.speaks_for) for c in found.comments} == {("Calder Data", SpeaksFor.PERSONAL)}
    assert found.received == 1


async def test_secas_decisions_count_and_the_suggestion_stands_beside(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, ADA.replies("m1", "This would cost us two more people each month.", 10))
    await opened.hear(session, BEN.replies("m2", "Consider: notice.", 20))
    await sorting.sort(session, v(1), Facet.SOLUTION, ANALYST, NOW)
    await closing.close(session, opened.config, DP092, "", moment(15), ANALYST, NOW)
    found = await taken(session, opened)
    first, second = found.comments

    assert (first.facet, first.after_closing) == (Facet.SOLUTION, None)
    assert (second.facet, second.after_closing) == (Facet.CONSIDER, moment(15))
    assert first.behind
    assert second.behind
    assert (first.behind.name, first.behind.email) == ("Ada Firth", "ada.firth@northshire.example")
    assert (first.behind.sorted_by, first.behind.suggested) == (ANALYST.who, Facet.IMPACT)
    assert (second.behind.sorted_by, second.behind.because) == (None, "the comment starts with “Consider:”")
    assert second.behind.wordings == ()
    (invited,) = found.invited
    assert (invited.closes, invited.closing_decided, invited.comments_by) == (moment(15), True, None)
    assert invited.asks_for_further_input


async def test_what_was_entered_is_printed_by_its_way_and_in_confidence_for_secas_alone(
    session: AsyncSession, opened: Record
) -> None:
    cara, ada, day = Said("Cara Dunn"), Said("Ada Firth"), date(2019, 11, 5)
    for comment in (
        EnteredComment(DP092, Source.MEETING, cara, day, "As minuted.", context="item 16"),
        EnteredComment(DP092, Source.EMAIL, ada, day, "Not for print.", confidential=True),
    ):
        await entering.enter(session, opened.config, Outbox(Renderer(())), comment, ANALYST, LATER)
    found = await taken(session, opened)
    minuted, hidden = found.comments

    assert (minuted.way, minuted.source, minuted.context) == (Source.MEETING, "meeting", "item 16")
    assert (minuted.organisation, minuted.basis, minuted.capacity) == ("Calder Networks", Basis.ROSTER, Capacity.MEMBER)
    assert minuted.behind
    assert minuted.behind.entered_by == ANALYST.who
    assert (hidden.confidential, hidden.source) == (True, "e-mail")
    assert (found.received, found.given[0].confidential) == (2, 1)
    public = editions(draft_of(found))[0].compilation
    assert [comment.ref for comment in public.comments] == [minuted.ref]
    assert public.received == 2


async def test_what_the_proposers_side_says_in_confidence_is_for_secas_alone_too(
    session: AsyncSession, opened: Record
) -> None:
    gwen = Said("Gwen Lowe")
    comment = EnteredComment(DP092, Source.EMAIL, gwen, date(2019, 11, 5), "Not for print.", confidential=True)
    await entering.enter(session, opened.config, Outbox(Renderer(())), comment, ANALYST, LATER)
    document = draft_of(await taken(session, opened))

    assert "In confidence; not in the public version. Gwen Lowe." in markdown(document)
    assert "> “Not for print.”" in markdown(document)
    assert "Not for print." not in markdown(editions(document)[0])


async def test_what_does_not_stand_is_kept_with_its_reason_and_sealed_words_are_not(
    session: AsyncSession, opened: Record
) -> None:
    words = ("Many thanks.", "Withheld words.", "Issue: first.", "Issue: later.", "Withdrawn words.", "Removed words.")
    for number, text in enumerate((*words, "?"), 1):
        await opened.hear(session, ADA.replies(f"m{number}", text, number))
    await sorting.set_aside(session, v(1), "Courtesy.", ANALYST, NOW)
    await sorting.withhold(session, v(2), "Names a person.", ANALYST, NOW)
    about = About(ref_id=await ref_id(session, 3))
    later = await ref_id(session, 4)
    await deciding.decide(session, about, Replaced(later), Actor(ADA.speaker.id, MEMBER.roles), NOW)
    await deciding.decide(session, About(ref_id=await ref_id(session, 5)), Withdrawn(), MEMBER, NOW)
    await opened.hear(session, ADA.removes("m6", 60, said=6))
    await opened.hear(session, ADA.looked_for("m7", 70, said=7, seen=False))
    found = await taken(session, opened)

    assert [(k.ref, k.state, k.reason, k.text) for k in found.kept] == [
        ("DP092-V001", "set aside", "Courtesy.", "Many thanks."),
        ("DP092-V002", "withheld", "Names a person.", "Withheld words."),
        ("DP092-V003", "replaced by a later comment", None, "Issue: first."),
        ("DP092-V005", "withdrawn by its author", None, ""),
        ("DP092-V006", "removed in Slack", None, ""),
        ("DP092-V007", "not seen in Slack", None, "?"),
    ]
    assert [k.by for k in found.kept[:3]] == [ANALYST.who, ANALYST.who, "Ada Firth"]
    assert [k.replaced_by for k in found.kept] == [None, None, "DP092-V004", None, None, None]
    assert {(k.name, k.sub_committee) for k in found.kept} == {("Ada Firth", "Operations Group")}
    assert [c.ref for c in found.comments] == ["DP092-V004"]
    (given,) = found.given
    assert (given.withdrawn, given.not_seen) == (2, 1)


async def test_a_reply_is_linked_to_what_it_answers_while_it_stands(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, ADA.replies("m1", "Who decides?", 10))
    await opened.hear(session, ROBIN.replies("m2", "The Panel does.", 20))
    await answering.respond(session, v(1), Disposition.ANSWERED, "", R1, ANALYST, NOW)
    linked = await taken(session, opened)
    await sorting.withhold(session, R1, "Wrong.", ANALYST, NOW)
    alone = await taken(session, opened)

    assert linked.comments[0].responses == (Response(Disposition.ANSWERED, "", "DP092-R001"),)
    assert [(reply.text, reply.answers) for reply in linked.replies] == [("The Panel does.", ("DP092-V001",))]
    assert alone.comments[0].responses == (Response(Disposition.ANSWERED, ""),)
    assert alone.replies == ()


async def test_answers_further_input_and_events_are_taken_as_recorded(session: AsyncSession, opened: Record) -> None:
    nothing = HeardAnswer(Place("slack", CHANNEL, POST, POST), CARA.speaker, True, moment(5))
    await opened.hear(session, nothing)
    minute = Minute(26, "item 16", date(2019, 11, 5))
    await further.agree(session, opened.config, DP092, "", True, minute, ANALYST, LATER)
    stages = opened.config.stages.model_copy(update={"others": ("Refinement Process",)})
    config = opened.config.model_copy(update={"stages": stages})
    for event in (
        Event(Happened.CONVERTED, date(2019, 11, 7), "Panel"),
        Event(Happened.STAGED, date(2019, 11, 8), "Panel", "Refinement Process"),
    ):
        await events.record(session, config, DP092, event, ANALYST, LATER)
    found = await taken(session, opened)

    assert [(n.organisation, n.party_category, n.name) for n in found.no_comment] == [
        ("Calder Networks", "Electricity Networks", "Cara Dunn")
    ]
    assert found.invited[0].further_input == AgreedInput(True, 26, date(2019, 11, 5), "item 16")
    assert (found.reference, found.formerly) == ("MP092", "DP092")
    assert (found.type, found.stage) == (ProposalType.MODIFICATION, "Refinement Process")
    assert [(event.what, event.day) for event in found.events] == [
        (Happened.CONVERTED, date(2019, 11, 7)),
        (Happened.STAGED, date(2019, 11, 8)),
    ]


async def test_each_digest_is_of_the_salt_and_the_latest_words(session: AsyncSession, opened: Record) -> None:
    await opened.hear(session, ADA.replies("m1", "First words.", 10))
    await opened.hear(session, ADA.replies("m1", "Second words.", 20, said=10))
    await opened.hear(session, ROBIN.replies("m2", "A reply.", 30))
    found = await taken(session, opened)
    words = {each.text: each.salt for each in await session.scalars(select(Words))}

    assert [(row.ref, row.digest) for row in found.digests] == [
        ("DP092-R001", hashlib.sha256(f"{words['A reply.']}A reply.".encode()).hexdigest()),
        ("DP092-V001", hashlib.sha256(f"{words['Second words.']}Second words.".encode()).hexdigest()),
    ]
    assert found.checksum == checksum(found.digests)
    (comment,) = found.comments
    assert comment.behind
    assert comment.behind.wordings == ((moment(10), "First words."),)


async def test_the_mark_is_the_highest_of_what_the_document_holds(session: AsyncSession, opened: Record) -> None:
    post = await session.scalar(select(Post.id).where(Post.message == POST))
    assert post
    for number, mark in ((1, Classification.GREEN), (2, Classification.AMBER)):
        said = JO.replies(f"m{number}", f"Issue: {mark}.", number)
        await collecting.write(session, opened.config, said, post, NOW, Origin(mark=mark))
    await sorting.set_aside(session, v(2), "Courtesy.", ANALYST, NOW)
    found = await taken(session, opened)

    assert found.classification is Classification.AMBER
    assert editions(draft_of(found))[0].compilation.classification is Classification.GREEN
