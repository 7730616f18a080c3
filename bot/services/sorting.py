"""What an analyst decides of a comment: under which facet it stands, and whether it stands at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.decisions import (
    KINDS,
    Action,
    Actor,
    Corrected,
    Looked,
    Restored,
    SetAside,
    Sorted,
    Value,
    Withheld,
)
from bot.domain import Facet
from bot.errors import UserError, WrongField
from bot.models import Proposal, Ref
from bot.rules.refs import RefName
from bot.rules.wording import listed
from bot.services import audience, deciding, publishing, record
from bot.services.acting import permit
from bot.services.deciding import About
from bot.services.recorded import Recorded, RecordedPart, State

LONGEST = 1000  # characters of a reason: it is a sentence or two
_COUNTS = (SetAside, Withheld, Restored, Looked, Corrected)
_SEALED = {State.REMOVED, State.WITHDRAWN}


@dataclass(frozen=True)
class Decided:
    """One decision on a comment. `new` is False where it had been decided so before: nothing was written down."""

    ref: str
    value: Value
    reason: str | None
    new: bool

    @property
    def kind(self) -> str:
        return next(name for name, kind in KINDS.items() if isinstance(self.value, kind))


@dataclass(frozen=True)
class Choice:
    """An analyst's facet for a comment or a part of it. `wording`: the ledger entry of the words that were read."""

    ref_id: int
    part: str
    wording: int
    facet: Facet


@dataclass(frozen=True)
class SortedAll:
    """What became of several choices; `changed`: refs of comments whose words were no longer those that were read."""

    decided: tuple[Decided, ...]
    changed: tuple[str, ...]


async def find(session: AsyncSession, named: RefName) -> Recorded:
    """The comment or reply with this ref, as SECAS sees it. UserError where there is none."""
    query = (
        select(Ref.id)
        .join(Proposal, Ref.proposal_id == Proposal.id)
        .where(Proposal.number == named.proposal.number, Proposal.suffix == named.proposal.suffix)
        .where(Ref.letter == named.letter, Ref.number == named.number)
    )
    ref_id = await session.scalar(query)
    found = await record.view(session, audience.SECAS, ref_id) if ref_id is not None else None
    if found is None:
        raise UserError(f"There is no {named} in the record: `/dp views` with the proposal shows the refs there are.")
    return found


async def named_view(session: AsyncSession, named: RefName, *, comment: bool = True) -> Recorded:
    """The whole comment of which an analyst decides; a reply only where it need be no `comment`."""
    view = await find(session, named)
    if named.part:
        raise UserError(f"{named} is a part of a comment, and this is of the whole: name {view.ref}.")
    if comment and not view.is_view:
        raise UserError(
            f"{view.ref} is a reply by SECAS, the chair or the Proposer's side: name a comment, such as DP092-V007."
        )
    if view.state in _SEALED:
        raise UserError(f"{view.ref} was {view.state_said}: nothing more is decided of it.")
    return view


async def sort(session: AsyncSession, named: RefName, facet: Facet, acting: Actor, now: datetime) -> Decided:
    """Put a comment, or a lettered part of it, under a facet; it counts for the words as they are now."""
    permit(acting, Action.SORT)
    view = await named_view(session, RefName(named.proposal, named.letter, named.number))
    part = _part(view, named.part)
    return await _sort(session, view, part, facet, acting, now)


async def sort_all(session: AsyncSession, choices: Sequence[Choice], acting: Actor, now: datetime) -> SortedAll:
    """Sort what was read in one form. What was edited or withdrawn since is left alone and named."""
    permit(acting, Action.SORT)
    decided, changed = [], []
    for choice in choices:
        view = await record.view(session, audience.SECAS, choice.ref_id)
        if view is None:
            raise UserError("The form names a comment that is not in the record: open it again with `/dp sort`.")
        part = next((each for each in view.parts if each.letter == choice.part), None)
        if part is None or view.wording_id != choice.wording:
            changed.append(view.ref + choice.part)
        else:
            decided.append(await _sort(session, view, part, choice.facet, acting, now))
    return SortedAll(tuple(decided), tuple(changed))


def edited_since_set_aside(view: Recorded) -> bool:
    """Whether it is set aside for words that are no longer its latest."""
    aside = view.edited and view.state is State.SET_ASIDE
    return aside and view.state_at is not None and view.wordings[-1].at > view.state_at


def taken_for_removed(view: Recorded) -> bool:
    """Whether an analyst decided that its absence is a withdrawal; it may have been a mistake."""
    return view.state is State.REMOVED and view.state_by is not None


async def set_aside(session: AsyncSession, named: RefName, reason: str, acting: Actor, now: datetime) -> Decided:
    """It is not a view, such as a courtesy: listed in the restricted annex with the reason, counted nowhere."""
    permit(acting, Action.SORT)
    view = await named_view(session, named)
    why = needed(reason, "set a comment aside")
    return await _state(session, view, SetAside(), acting, now, why)


async def withhold(session: AsyncSession, named: RefName, reason: str, acting: Actor, now: datetime) -> Decided:
    """Take a comment or a reply out of every output at once."""
    permit(acting, Action.WITHHOLD)
    view = await named_view(session, named, comment=False)
    why = needed(reason, "withhold a comment")
    return await _state(session, view, Withheld(), acting, now, why)


async def restore(session: AsyncSession, named: RefName, reason: str, acting: Actor, now: datetime) -> Decided:
    """It was set aside or withheld, and stands again. A reason is welcome."""
    permit(acting, Action.WITHHOLD)
    view = await named_view(session, named, comment=False)
    taken = await deciding.decisions(session, [SetAside, Withheld, Restored], ref_id=view.id)
    if not taken:
        raise UserError(f"{view.ref} was neither set aside nor withheld: there is nothing to restore.")
    why = cleaned(reason) or None
    if KINDS[taken[-1].kind] is Restored:
        return Decided(view.ref, Restored(), taken[-1].reason, new=False)
    return await decide(session, view, Restored(), acting, now, why)


async def decide_missing(
    session: AsyncSession, named: RefName, stands: bool, reason: str, acting: Actor, now: datetime
) -> Decided:
    """A comment that a sweep did not see stands all the same, or its absence is taken for a withdrawal.

    That it stands may be decided of one that was taken for withdrawn by mistake.
    """
    permit(acting, Action.RECORD)
    view = await find(session, named)
    value, last = Looked(stands), await deciding.latest(session, Looked, ref_id=view.id)
    if view.state is State.NOT_SEEN or (stands and taken_for_removed(view)):
        return await decide(session, view, value, acting, now, cleaned(reason) or None)
    if last is not None and deciding.value_of(last, Looked) == value:
        return Decided(view.ref, value, last.reason, new=False)
    raise UserError(f"{view.ref} is not among the comments that are no longer seen: there is nothing to decide.")


async def decide(
    session: AsyncSession,
    view: Recorded,
    value: Value,
    acting: Actor,
    now: datetime,
    reason: str | None = None,
    part: str = "",
) -> Decided:
    """Write it down; where it may change the posts' counts, they are shown anew."""
    about = About(ref_id=view.id, part=part, proposal_id=view.proposal_id)
    await deciding.decide(session, about, value, acting, now, reason=reason)
    if isinstance(value, _COUNTS):
        await publishing.show_again(session, view.proposal_id)
    return Decided(view.ref + part, value, reason, new=True)


def needed(reason: str, to: str) -> str:
    """The reason, in one line."""
    why = cleaned(reason)
    if not why:
        raise WrongField("reason", f"A reason is needed to {to}: say in a sentence why.")
    if len(why) > LONGEST:
        raise WrongField(
            "reason", f"The reason has {len(why):,} characters and may have {LONGEST:,}: say it in a sentence."
        )
    return why


def cleaned(text: str) -> str:
    return " ".join(text.split())


def _part(view: Recorded, letter: str) -> RecordedPart:
    letters = [part.letter for part in view.parts]
    if view.wording_id is None:
        raise UserError(f"{view.ref} has no words in the record any more: there is nothing to sort.")
    if letter not in letters:
        names = [view.ref + each for each in letters]
        has = f"has the parts {listed(names)}: name one of them" if len(names) > 1 else "is of one piece: name it whole"
        raise UserError(f"{view.ref} {has}.")
    return view.parts[letters.index(letter)]


async def _sort(
    session: AsyncSession, view: Recorded, part: RecordedPart, facet: Facet, acting: Actor, now: datetime
) -> Decided:
    value = Sorted(facet, view.wording_id or 0)
    if part.decided is facet:
        return Decided(view.ref + part.letter, value, None, new=False)
    return await decide(session, view, value, acting, now, part=part.letter)


async def _state(
    session: AsyncSession, view: Recorded, value: SetAside | Withheld, acting: Actor, now: datetime, reason: str
) -> Decided:
    """Decide it, unless the same was decided for the same reason and it was neither restored nor edited since."""
    taken = await deciding.decisions(session, [type(value), Restored], ref_id=view.id)
    same = taken and KINDS[taken[-1].kind] is type(value) and taken[-1].reason == reason
    if same and not (isinstance(value, SetAside) and edited_since_set_aside(view)):
        return Decided(view.ref, value, reason, new=False)
    return await decide(session, view, value, acting, now, reason)
