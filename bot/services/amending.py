"""What SECAS entered or recorded for somebody, put right: another wording, or a withdrawal at the author's request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor, Withdrawn
from bot.domain import Basis, HeardWords, Origin, Place, Profile, Source, Speaker
from bot.errors import UserError, WrongField
from bot.ledger import is_erased
from bot.models import LedgerEntry, View
from bot.outbox import Outbox
from bot.rules.refs import RefName
from bot.services import (
    acknowledging,
    attributing,
    audience,
    collecting,
    deciding,
    notifying,
    publishing,
    record,
    sorting,
)
from bot.services.acting import permit
from bot.services.deciding import About
from bot.services.entering import SOURCES, worded
from bot.services.recorded import Recorded, State

_GONE = {State.WITHDRAWN, State.REMOVED}


@dataclass(frozen=True)
class Amended:
    """What was changed, and whether its author is told on a platform."""

    view: Recorded
    told: bool


async def reword(
    session: AsyncSession, config: Config, outbox: Outbox, named: RefName, words: str, acting: Actor, now: datetime
) -> Amended:
    """Another wording of an entered comment, as its author gave it; the wordings before it are kept."""
    permit(acting, Action.ENTER)
    view, first = await _entered(session, named, "reworded", SOURCES)
    text = worded(words)
    if text == view.text:
        raise WrongField("words", f"{view.ref} has these words already: nothing was changed.")
    at = max(now, view.wordings[-1].at + timedelta(microseconds=1))  # wordings are told apart by their moments
    place = Place(first.platform, first.channel, first.thread, first.message)
    author = Speaker(first.platform, first.speaker, view.author.email, view.author.name) if view.author else None
    if author is None or first.post_id is None:
        raise LookupError(f"view {view.id} has no author or no post")
    heard = HeardWords(place, author, text, view.said_at, at)
    origin = Origin(first.source, first.context, acting.who, mark=first.mark)
    await collecting.write(session, config, heard, first.post_id, now, origin, _profile(first))
    return await _told(session, config, outbox, view, "worded", now)


async def withdraw_for_author(
    session: AsyncSession, config: Config, outbox: Outbox, named: RefName, reason: str, acting: Actor, now: datetime
) -> Amended:
    """The author asked SECAS to withdraw it: its words are shown to nobody from then on.

    What its author wrote in a proposal's thread or a form is the author's own to withdraw.
    """
    permit(acting, Action.ENTER)
    view, _ = await _entered(session, named, "withdrawn by SECAS", (*SOURCES, Source.MESSAGE))
    why = sorting.needed(reason, "withdraw a comment for its author")
    about = About(ref_id=view.id, proposal_id=view.proposal_id)
    await deciding.decide(session, about, Withdrawn(), acting, now, reason=why)
    await acknowledging.take_mark(session, outbox, view, now)
    await publishing.show_again(session, view.proposal_id)
    return await _told(session, config, outbox, view, "withdrawn", now)


async def _entered(
    session: AsyncSession, named: RefName, what: str, sources: tuple[Source, ...]
) -> tuple[Recorded, LedgerEntry]:
    """The whole comment that is named, and its first entry in the ledger."""
    view = await sorting.find(session, RefName(named.proposal, named.letter, named.number))
    if named.part:
        raise UserError(f"{named} is a part of a comment, and this is of the whole: name {view.ref}.")
    if view.source not in sources:
        raise UserError(
            f"{view.ref} cannot be {what}: its author gave it in the channel or in a form, and changes or withdraws it "
            "there; an analyst may set it aside or withhold it."
        )
    if view.state in _GONE:
        raise UserError(f"{view.ref} was {view.state_said}: nothing was changed.")
    query = select(LedgerEntry).join(View, View.first_entry_id == LedgerEntry.id).where(View.id == view.id)
    first = (await session.scalars(query)).one()
    # A comment that was set aside and then erased is still called set aside.
    if view.state is State.ERASED or is_erased(first.speaker):
        raise UserError(f"{view.ref} was erased, and nothing more is kept of its author: nothing was changed.")
    return view, first


def _profile(first: LedgerEntry) -> Profile:
    """As it was recorded; a correction since is a decision, which stands beside it."""
    return Profile(
        first.organisation,
        first.party_category,
        first.seat,
        first.capacity,
        alternate_for=first.alternate_for,
        basis=Basis(first.basis),
    )


async def _told(
    session: AsyncSession, config: Config, outbox: Outbox, before: Recorded, event: str, now: datetime
) -> Amended:
    view = await record.view(session, audience.SECAS, before.id)
    if view is None or view.author is None:
        raise LookupError(f"view {before.id} is not there")
    person = await attributing.reachable(session, config, view.author, now)
    if person is not None:
        await notifying.tell(session, config, outbox, view, person, event, now)
    return Amended(view, person is not None)
