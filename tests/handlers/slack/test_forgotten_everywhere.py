"""Somebody with a long life in the record is forgotten while dpbot runs: no byte of theirs is left in its files."""

from datetime import date

from sqlalchemy import select, update

from bot import db, jobs
from bot.decisions import Actor, Disposition, Role
from bot.domain import Reference, Source
from bot.models import Document, OutboxEntry
from bot.outbox import Kind, State
from bot.rules.refs import parse_ref
from bot.services import answering, compiling, counting, entering, sorting
from bot.services.attributing import Said
from bot.services.entering import EnteredComment
from tests.handlers.slack.own import comments_privately, notes, presses, replayed, submits
from tests.handlers.slack.recording import records
from tests.handlers.slack.test_forgotten import ADA, forgets
from tests.house import ROBIN, House

ANALYST = Actor(ROBIN, frozenset({Role.ANALYST}))
# In everything that is hers; what others say of her has her name, her address or a mention of her.
HER = "marchwindmill"


async def lives(house: House) -> None:
    """She comments in every way, and others speak of her; an analyst works on it all."""
    post = house.post("DP092")
    said = await house.ada.replies(post, f"Issue: {HER} one.")
    await house.ada.edits(said, f"Issue: {HER} two.")
    await house.cara.replies(post, f"As <@{house.ada.id}> says; her address is {ADA}, and so says ada firth.")
    await house.ada.deletes(await house.ada.replies(post, f"{HER} three."))
    await house.ada.reacts(post, "+1")
    await comments_privately(house, house.ada, f"{HER} four.", on_behalf_of=f"{HER} Ltd", confidential=["confidential"])
    await house.sends()
    recorded = await house.ada.posts(house.channel, f"On DP092: {HER} five.")
    await records(house, recorded)
    await notes(house, house.ada)
    await presses(house, house.ada, "object_to_record")
    await submits(house.ada, house.ada.modals[-1], words=f"{HER} six.")
    await house.ada.clicks(house.post("DP088"), "no_comment")
    await enters(house, ADA, f"{HER} seven.", f"{HER} as a subject")
    await enters(house, "Ada Firth", f"{HER} eight.")
    async with house.desk.sessions.begin() as session:
        now = house.clock()
        first, second = [parse_ref(f"DP092-V00{number}") for number in (1, 2)]
        assert first
        assert second
        await answering.ask(session, first, "Ada Firth", None, ANALYST, now)
        await answering.respond(session, second, Disposition.NOTED, "As Ada Firth asked.", None, ANALYST, now)
        await sorting.set_aside(session, second, "Ada Firth had it so.", ANALYST, now)


async def enters(house: House, who: str, words: str, context: str = "") -> None:
    comment = EnteredComment(
        Reference(92), Source.EMAIL, Said(who), date(2019, 10, 30), words, context=context, confidential=not context
    )
    async with house.desk.sessions.begin() as session:
        await entering.enter(session, house.desk.config, house.desk.outbox, comment, ANALYST, house.clock())


async def drafts(house: House) -> None:
    """A draft was delivered and another issued; of a third a file waits, and one was refused by Slack for good."""
    await house.compiles()
    async with house.desk.sessions.begin() as session:
        await compiling.issue(session, house.desk.config, Reference(92), ANALYST, house.clock())
    await house.robin.types(house.channel, "/dp compile DP092")
    house.clock.forward(minutes=1)
    await jobs.compile_requested(house.desk)
    async with house.desk.sessions.begin() as session:
        waiting = (OutboxEntry.kind == Kind.FILE, OutboxEntry.state == State.QUEUED)
        first = select(OutboxEntry.id).where(*waiting).limit(1).scalar_subquery()
        refused = {"state": State.REFUSED, "settled_at": house.clock()}
        await session.execute(update(OutboxEntry).where(OutboxEntry.id == first).values(refused))


def left_of(house: House) -> list[str]:
    """What the database's files still hold of her, whatever the case."""
    content = b"".join(path.read_bytes() for path in house.folder.glob("test.db*")).lower()
    return [trace for trace in (HER, ADA, "Ada Firth", house.ada.id) if trace.lower().encode() in content]


async def test_nothing_is_left_of_a_person_in_any_file(house: House) -> None:
    await lives(house)
    await drafts(house)
    assert len(left_of(house)) == 4
    async with house.desk.sessions.read() as session:
        counts = await counting.counts_by_invitation(session)
    house.clock.forward(minutes=1)

    await forgets(house, ADA)
    assert db.compact(house.desk.sessions.url)

    assert left_of(house) == []
    assert not any(entry.content for entry in await house.outbox())
    async with house.desk.sessions.read() as session:
        assert await counting.counts_by_invitation(session) == counts
        documents = [compiling.document(each) for each in await session.scalars(select(Document))]
    assert [str(each.version) for each in documents if each.redacted_at] == ["v0.1", "v1.0", "v1.1"]
    assert all("[erased on 30 October 2019]" in str(each.compilation.comments) for each in documents)
    await replayed(house)
    assert (await house.ada.types(house.channel, "/dp mine")).text.count("DP092") == 0
