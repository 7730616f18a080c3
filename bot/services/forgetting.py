"""A person erased: words, name, addresses and ids go from the whole database; that something was said stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import db
from bot.config import Config
from bot.db import Sessions
from bot.decisions import Action, Actor, Erased, Objected, Role, Stated
from bot.domain import Source
from bot.errors import UserError
from bot.models import (
    Act,
    Answer,
    Claim,
    Document,
    LedgerEntry,
    OutboxEntry,
    Proposal,
    Reaction,
    Ref,
    Seat,
    SeenPerson,
    View,
    Words,
)
from bot.outbox import Kind, State
from bot.rules.wording import counted, listed
from bot.services import deciding, identities, recalling, redacting
from bot.services.acting import permit
from bot.services.deciding import About
from bot.services.identities import Person
from bot.services.record import erased_on
from bot.services.scrubbing import NAME, Scrub, scrub_all, scrub_of

_ERASED, _WRITTEN = "erased", "written anew"  # acts
_SEEN_NAME = "erased"  # in the roster, where a name must be
AGAIN = Actor("dpbot", frozenset({Role.OPERATOR}))  # who erases what a restored backup brought back


@dataclass(frozen=True)
class Kept:
    """How much the database has of a person."""

    comments: int
    answers: int
    reactions: int
    seats: int
    claims: int
    described: int  # accounts that a platform described

    @property
    def parts(self) -> tuple[str, ...]:
        """Each as it is said, such as "3 comments and replies"; what there is none of is left out."""
        said = (
            (self.comments, "comment or reply", "comments and replies"),
            (self.answers, "answer “No comment”", "answers “No comment”"),
            (self.reactions, "reaction", "reactions"),
            (self.seats, "row of the roster", "rows of the roster"),
            (self.claims, "statement of an organisation", "statements of organisations"),
            (self.described, "account", "accounts"),
        )
        return tuple(counted(number, one, several) for number, one, several in said if number)


@dataclass(frozen=True)
class Found:
    person: Person
    kept: Kept


@dataclass(frozen=True)
class Forgotten:
    """What was erased. `documents`: versions that were changed; `files`: what was delivered, with the channel."""

    kept: Kept
    documents: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


async def preview(session: AsyncSession, config: Config, typed: str, acting: Actor) -> Found:
    """What `forget` would erase. NotPermitted; UserError where nobody is meant, or an analyst of config.toml."""
    permit(acting, Action.ERASE)
    person = await identities.find(session, typed)
    analyst = next((email for email in person.emails if config.secas.is_analyst(email)), None)
    if analyst:
        raise UserError(f"{analyst} is an analyst in config.toml: take the address out of [secas] analysts first.")
    return Found(person, await _kept(session, person))


async def forget(session: AsyncSession, person: Person, acting: Actor, now: datetime) -> Forgotten:
    """Erase a person. Replaying the ledger gives the same as before, with the same counts.

    The tombstone is to be written before, and the file to be written anew after: see `db.compact`.
    """
    permit(acting, Action.ERASE)
    kept, scrub = await _kept(session, person), scrub_of(person)
    refs = await _refs(session, person)
    await _unsay(session, person, refs)
    for ref, proposal in refs:
        await recalling.recall(session, ref.id, now)
        await _settled(session, recalling.naming(ref, proposal))
    documents = await _documents(session, scrub, refs, now)
    await _messages(session, scrub, now)
    await _roster(session, scrub, acting, now)
    names = tuple(f"{d.snapshot['reference']} Comments v{d.major}.{d.minor}" for d in documents)
    files, about = await _delivered(session, documents), [About(r.id, proposal_id=r.proposal_id) for r, _ in refs]
    await scrub_all(session, scrub)
    session.expire_all()
    for each in about:
        await deciding.decide(session, each, Erased(), acting, now)
    what = listed(kept.parts) or "nothing but the name"
    session.add(Act(action=_ERASED, proposal_id=None, about=f"A person was erased: {what}.", by=acting.who, at=now))
    await session.flush()
    return Forgotten(kept, names, files)


async def again(sessions: Sessions, now: datetime) -> int:
    """Erase anew whom a restored backup brought back; how many people."""
    async with sessions.read() as session:
        found = sessions.forgotten.among(await _seen(session)) if sessions.forgotten.path.exists() else []
    people = 0
    for identifier, _ in found:
        async with sessions.begin() as session:
            try:
                person = await identities.find(session, identifier)
            except UserError:
                continue  # the same person as one before
            await forget(session, person, AGAIN, now)
            people += 1
    if people or await _unwritten(sessions):
        await compact(sessions, now)
    return people


async def compact(sessions: Sessions, now: datetime) -> bool:
    """Write the database's file anew after forgetting; False where another program is at it: it is tried again when the
    database is next opened, as where this was cut short.
    """
    await sessions.close()  # what is compacted is to be held by nobody
    if not db.compact(sessions.url):
        return False
    async with sessions.begin() as session:
        session.add(
            Act(action=_WRITTEN, proposal_id=None, about="The database's file was written anew.", by=AGAIN.who, at=now)
        )
    return True


async def _unwritten(sessions: Sessions) -> bool:
    """Whether somebody was forgotten and the file was not written anew since."""
    async with sessions.read() as session:
        last = select(Act.action).where(Act.action.in_([_ERASED, _WRITTEN])).order_by(Act.id.desc())
        return await session.scalar(last.limit(1)) == _ERASED


def brought_back(people: int) -> str:
    """What an operator is told then."""
    were = "person was" if people == 1 else "people were"
    return f"{people} forgotten {were} in the database again, as after restoring a backup: erased anew."


async def _seen(session: AsyncSession) -> list[tuple[str, datetime]]:
    """Everybody's ids and addresses, and when each was first written down."""
    said = (
        select(LedgerEntry.speaker, func.min(LedgerEntry.heard_at)).group_by(LedgerEntry.speaker),
        select(Words.email, func.min(LedgerEntry.heard_at))
        .join(LedgerEntry, Words.entry_id == LedgerEntry.id)
        .group_by(Words.email),
        select(SeenPerson.id, SeenPerson.seen_at),
        select(SeenPerson.email, SeenPerson.seen_at).where(SeenPerson.external.is_(False)),
        select(Seat.platform_id, Seat.imported_at),
        select(Seat.email, Seat.imported_at),
        select(Claim.person, Claim.stated_at),
        *(select(who, func.min(at)).where(who.contains("@")).group_by(who) for who, at in identities.DONE),
    )
    rows = [row for query in said for row in await session.execute(query)]
    return [(identifier, at) for identifier, at in rows if identifier and at]


async def _kept(session: AsyncSession, person: Person) -> Kept:
    async def count(query: Select[int]) -> int:
        return await session.scalar(query) or 0

    number = select(func.count())
    first = number.select_from(View).join(View.first)
    return Kept(
        comments=await count(first.where(LedgerEntry.speaker.in_(person.ids))),
        answers=await count(number.select_from(Answer).where(Answer.speaker.in_(person.ids), Answer.given)),
        reactions=await count(number.select_from(Reaction).where(Reaction.speaker.in_(person.ids), Reaction.present)),
        seats=await count(number.select_from(Seat).where(_sits(person))),
        claims=await count(number.select_from(Claim).where(Claim.person.in_(person.ids))),
        described=await count(number.select_from(SeenPerson).where(SeenPerson.id.in_(person.ids))),
    )


def _sits(person: Person) -> ColumnElement[bool]:
    return Seat.platform_id.in_(person.ids) | func.lower(Seat.email).in_(person.emails)


async def _refs(session: AsyncSession, person: Person) -> list[tuple[Ref, Proposal]]:
    query = (
        select(Ref, Proposal)
        .join(Proposal, Ref.proposal_id == Proposal.id)
        .join(View, View.id == Ref.id)
        .join(View.first)
        .where(LedgerEntry.speaker.in_(person.ids))
        .order_by(Ref.id)
    )
    return [(ref, proposal) for ref, proposal in await session.execute(query)]


async def _unsay(session: AsyncSession, person: Person, refs: list[tuple[Ref, Proposal]]) -> None:
    """The words, with what makes a digest of them tell something, and what the form has of them."""
    own = select(LedgerEntry.id).where(LedgerEntry.speaker.in_(person.ids))
    nothing = dict.fromkeys(("text", "raw", "salt", "name", "email"))
    await session.execute(update(Words).where(Words.entry_id.in_(own)).values(nothing))
    subject = (LedgerEntry.id.in_(own), LedgerEntry.source != Source.MEETING)
    await session.execute(update(LedgerEntry).where(*subject).values(context=None))
    said = await deciding.decisions(session, [Stated, Objected], ref_id={ref.id for ref, _ in refs})
    for decision in said:
        hidden = {"on_behalf_of": None} if "on_behalf_of" in decision.value else {"words": NAME}
        decision.value = decision.value | hidden
    await session.flush()


async def _documents(
    session: AsyncSession, scrub: Scrub, refs: list[tuple[Ref, Proposal]], now: datetime
) -> list[Document]:
    """Those in which something of the person was, drafts and issued ones."""
    found = []
    for document in await session.scalars(select(Document).order_by(Document.id)):
        own = {f"{r.letter}{r.number:03}" for r, proposal in refs if proposal.id == document.proposal_id}
        left = redacting.changed(redacting.without(document.snapshot, own, erased_on(now)), scrub)
        if left != document.snapshot:
            document.snapshot, document.redacted_at = left, now
            found.append(document)
            await recalling.recall_document(session, document, now)
        if document.issued_by:
            document.issued_by = str(scrub(document.issued_by))
    await session.flush()
    return found


async def _messages(session: AsyncSession, scrub: Scrub, now: datetime) -> None:
    """What waits for the person goes; what others were or will be told loses the name. Posts say what papers say."""
    ids = scrub.person.ids
    addressed = [OutboxEntry.channel.in_(ids), *(cast(OutboxEntry.payload, String).contains(f'"{i}"') for i in ids)]
    private = OutboxEntry.kind.in_((Kind.WHISPER, Kind.DIRECT)) & or_(*addressed)
    await recalling.drop(session, private, now)
    # What a file was refused with is looked at by nobody, and its name does not say who is in it.
    refused = (OutboxEntry.kind == Kind.FILE, OutboxEntry.state == State.REFUSED)
    await session.execute(update(OutboxEntry).where(*refused).values(content=None))
    for entry in await session.scalars(select(OutboxEntry).where(OutboxEntry.post_id.is_(None))):
        entry.key, entry.channel = str(scrub(entry.key, "key")), str(scrub(entry.channel, "channel"))
        entry.payload = {key: scrub(value) for key, value in entry.payload.items()}
        entry.error = entry.error and str(scrub(entry.error))
    await session.flush()


async def _settled(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """What was sent, or refused for good, keeps nothing."""
    over = (OutboxEntry.post_id.is_(None), OutboxEntry.state.in_([State.SENT, State.REFUSED]), which)
    await session.execute(update(OutboxEntry).where(*over).values(payload={}, content=None))


async def _roster(session: AsyncSession, scrub: Scrub, acting: Actor, now: datetime) -> None:
    """That there was a seat stays, under no name; a row that still held ends. The platforms' descriptions go."""
    person = scrub.person
    for seat in await session.scalars(select(Seat).where(_sits(person))):
        stand_in = scrub.stand_ins[seat.platform_id or (seat.email or "").casefold()]
        seat.name, seat.email, seat.platform_id = _SEEN_NAME, None, stand_in
        if seat.superseded_at is None:
            seat.superseded_at, seat.superseded_by = now, acting.who
    await session.flush()
    # Where another workspace gives somebody the address, the platform can be asked again.
    theirs = SeenPerson.id.in_(person.ids) | func.lower(SeenPerson.email).in_(person.emails)
    await session.execute(delete(SeenPerson).where(theirs))


async def _delivered(session: AsyncSession, documents: list[Document]) -> tuple[tuple[str, str], ...]:
    """Files that were put into a channel, which only people can take away there."""
    files = [recalling.file_of(document) for document in documents]
    if not files:
        return ()
    query = select(OutboxEntry).where(OutboxEntry.kind == Kind.FILE, OutboxEntry.state != State.QUEUED, or_(*files))
    return tuple((str(e.payload["name"]), e.channel) for e in await session.scalars(query.order_by(OutboxEntry.id)))
