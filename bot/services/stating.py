"""“My comment…”: what the author of a recorded comment says of it in a form, changes in it, or takes back."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Actor, Replaced, Role, Stated, Withdrawn
from bot.domain import HeardWords, Message, Origin, Place, Source, Speaker
from bot.errors import NotPermitted, UserError, WrongField
from bot.models import LedgerEntry, Ref, View
from bot.outbox import Outbox
from bot.rules import dates
from bot.services import acknowledging, audience, collecting, deciding, people, record
from bot.services.attributing import ENTERED
from bot.services.deciding import About
from bot.services.people import Account
from bot.services.recorded import Recorded, State

LONGEST = 3000  # characters that a form's field takes
LONGEST_NAME = 300  # of those for whom a comment is given
_GONE = {State.WITHDRAWN, State.REMOVED}


@dataclass(frozen=True)
class Form:
    """The form as it was filled in. `words` are of a private comment only; `replaces`: the id of another one's ref.

    `stated` is None where the form did not ask for it. `confidential`, which goes before what `stated` has of that, is
    None where it did not ask, or its author left the tick as he found it: an older form takes no tick out.
    """

    stated: Stated | None
    words: str | None = None
    replaces: int | None = None
    withdraw: bool = False
    confidential: bool | None = None


@dataclass(frozen=True)
class Own:
    """A comment in its author's hands. `earlier`: his own before it on the same proposal, which it may replace.

    `replaced`: those that it replaces already.
    """

    view: Recorded
    earlier: tuple[Recorded, ...]
    replaced: tuple[Recorded, ...]


@dataclass(frozen=True)
class Changed:
    """What a form changed; `replaced` is the ref of the earlier comment."""

    words: bool = False
    stated: bool = False
    replaced: str | None = None
    withdrawn: bool = False


async def accounts(session: AsyncSession, config: Config, speaker: Speaker) -> frozenset[Account]:
    """By what a person's comments are his: his accounts, and what SECAS entered for the person known by one of them."""
    own = await people.accounts(session, config, speaker)
    return own | {(ENTERED, person) for _, person in own}


async def mine(session: AsyncSession, config: Config, speaker: Speaker, most: int) -> tuple[tuple[Recorded, ...], int]:
    """A person's latest comments and replies, in whatever state, as they came; and how many there are in all."""
    own = tuple_(View.platform, LedgerEntry.speaker).in_(await accounts(session, config, speaker))
    ids = (await session.scalars(select(View.id).join(View.first).where(own).order_by(View.id))).all()
    found = [await record.view(session, audience.SECAS, view_id) for view_id in ids[-most:]]
    return tuple(view for view in found if view is not None), len(ids)


async def at_message(session: AsyncSession, config: Config, speaker: Speaker, place: Place, now: datetime) -> Own:
    """The comment that a message is. UserError where it is none, or not this person's."""
    at = (View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    ref_id = await session.scalar(select(View.id).where(*at))
    if ref_id is None:
        raise UserError(
            "That message is not recorded as a comment: “My comment…” is for your own replies in a proposal's thread."
        )
    return await own(session, config, speaker, ref_id, now)


async def own(session: AsyncSession, config: Config, speaker: Speaker, ref_id: int, now: datetime) -> Own:
    """A person's own comment that may still be changed. NotPermitted for anybody else, UserError where it is gone."""
    ref = await session.get(Ref, ref_id)
    views = await record.views(session, audience.SECAS, ref.proposal_id) if ref else ()
    view = next((each for each in views if each.id == ref_id), None)
    by = await accounts(session, config, speaker)
    if view is None or not _is_by(view, by):
        raise await _not_theirs(session, config, speaker, view, now)
    if view.state in _GONE:
        on = f" on {dates.day(dates.london(view.state_at))}" if view.state_at else ""
        state = view.state_said.removesuffix(" by its author")
        raise UserError(
            f"{view.ref} was {state}{on} and can no longer be changed: to comment again, reply in the "
            "proposal's thread or use “Comment privately”."
        )
    others = earlier(views, by, view.sub_committee, view) if view.stands else ()
    return Own(view, others, tuple(each for each in views if each.replaced_by == view.ref))


def earlier(
    views: tuple[Recorded, ...], accounts: frozenset[Account], sub_committee: str, before: Recorded | None = None
) -> tuple[Recorded, ...]:
    """A person's comments to a Sub-Committee that stand, of all on a proposal; those that came before another one."""
    theirs = (view for view in views if view.sub_committee == sub_committee and _is_by(view, accounts))
    own = (view for view in theirs if view.is_view and view.stands)
    # By the refs, which are given as comments come: said privately or in a thread, their times are of two clocks.
    return tuple(view for view in own if before is None or view.id < before.id)


async def change(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    speaker: Speaker,
    ref_id: int,
    form: Form,
    key: str,
    now: datetime,
) -> Changed:
    """Record what the author gave in the form, as far as it is new, and confirm it privately. `key`: of this form."""
    mine = await own(session, config, speaker, ref_id, now)
    if form.withdraw:
        changed = await _withdraw(session, outbox, mine.view, now)
    else:
        changed = Changed(
            words=await _word(session, config, speaker, mine.view, form.words, now),
            stated=await state(session, mine.view, form, now),
            replaced=await supersede(session, mine, form.replaces, now),
        )
    view = await record.view(session, audience.SECAS, ref_id)
    if view is not None:
        message = Message("stated", {"view": view, "changed": changed})
        await acknowledging.tell(session, outbox, view, message, f"stated:{key}", now, speaker)
    return changed


def in_slack(source: Source) -> bool:
    """Whether a message in a channel is the comment: others have read it there, and it cannot become confidential."""
    return source in {Source.THREAD, Source.MESSAGE}


async def state(session: AsyncSession, view: Recorded, form: Form, now: datetime) -> bool:
    """What the author says of a comment, whole; whether it is new. What the form did not ask for stays as it is."""
    keeps = form.confidential is None or in_slack(view.source)
    confidential = view.stated.confidential if keeps else bool(form.confidential)
    stated = replace(form.stated or view.stated, confidential=confidential)
    if len(stated.on_behalf_of or "") > LONGEST_NAME:
        raise WrongField("on_behalf_of", f"That is longer than {LONGEST_NAME} characters: name them more shortly.")
    if stated == view.stated:
        return False
    await _decide(session, view, stated, now)
    return True


async def supersede(session: AsyncSession, mine: Own, replaces: int | None, now: datetime) -> str | None:
    """Let a comment stand in place of an earlier one of its author; the ref of that. WrongField where it may not."""
    if replaces is None or any(view.id == replaces for view in mine.replaced):
        return None
    before = next((view for view in mine.earlier if view.id == replaces), None)
    if before is None:
        raise WrongField(
            "replaces",
            "That comment cannot be replaced: allowed is an earlier one of your own on the same proposal that stands. "
            "Open the form again to see which those are.",
        )
    await _decide(session, before, Replaced(mine.view.id), now)
    return before.ref


def checked(words: str) -> str:
    """The words of a private comment. WrongField where there are none, or more than the form takes."""
    if not words.strip():
        raise WrongField("words", "The comment has no words: write some, or close the form.")
    if len(words) > LONGEST:
        raise WrongField("words", f"The comment is longer than {LONGEST:,} characters: give the rest in another.")
    return words


async def _word(
    session: AsyncSession, config: Config, speaker: Speaker, view: Recorded, words: str | None, now: datetime
) -> bool:
    """A new wording of a private comment, beside the old; whether there is one. In a thread the message is edited."""
    if words is None or view.source is not Source.PRIVATE or words == view.text:
        return False
    entry = select(LedgerEntry).join(View, View.first_entry_id == LedgerEntry.id).where(View.id == view.id)
    first = (await session.scalars(entry)).one()
    place = Place(view.platform, view.channel, first.thread, view.message)
    author = replace(speaker, platform=first.platform, id=first.speaker)  # he may be at another platform now
    heard = HeardWords(place, author, checked(words), view.said_at, now)
    origin = Origin(Source.PRIVATE)
    return await collecting.write(session, config, heard, first.post_id or 0, now, origin) is not None


async def _withdraw(session: AsyncSession, outbox: Outbox, view: Recorded, now: datetime) -> Changed:
    await _decide(session, view, Withdrawn(), now)
    await acknowledging.take_mark(session, outbox, view, now)
    return Changed(withdrawn=True)


async def _decide(session: AsyncSession, view: Recorded, value: Stated | Withdrawn | Replaced, now: datetime) -> None:
    """By the author's id on the platform alone: names and addresses stand only where they can be erased."""
    author = Actor(view.author.id if view.author else "", frozenset({Role.MEMBER}))
    await deciding.decide(session, About(ref_id=view.id, proposal_id=view.proposal_id), value, author, now)


def _is_by(view: Recorded, accounts: frozenset[Account]) -> bool:
    return view.author is not None and (view.author.platform, view.author.id) in accounts


async def _not_theirs(
    session: AsyncSession, config: Config, speaker: Speaker, view: Recorded | None, now: datetime
) -> NotPermitted:
    viewer = await people.viewer(session, config, speaker, now)
    if view is None or not viewer.secas:
        return NotPermitted("That is somebody else's comment: only its author can change or withdraw it.")
    return NotPermitted(
        f"{view.ref} is somebody else's comment: only its author can change or withdraw it. To sort it, set it aside "
        f"or withhold it, type `/dp sort {view.ref.partition('-')[0]}`."
    )
