"""What an analyst may do with one comment besides sorting it: the forms, and what is done when they are sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Asking, short
from bot.decisions import Action, Disposition
from bot.domain import Capacity, Message
from bot.errors import UserError, WrongField
from bot.rules.refs import RefName, parse_ref
from bot.rules.wording import listed
from bot.services import answering, correcting, record, sorting
from bot.services.acting import permit
from bot.services.correcting import Correction
from bot.services.recorded import Recorded, State
from bot.services.sorting import Decided


class Deed(StrEnum):
    """One of them, as the buttons have it."""

    SET_ASIDE = "set_aside"
    WITHHOLD = "withhold"
    RESTORE = "restore"
    LOOK = "look"  # decide of one that was not seen
    CORRECT = "correct"
    ASK = "ask"
    RESPOND = "respond"


_STANDING = (Deed.SET_ASIDE, Deed.WITHHOLD, Deed.CORRECT, Deed.ASK, Deed.RESPOND)
_OFFERED: Mapping[State, tuple[Deed, ...]] = {
    State.REMOVED: (),
    State.WITHDRAWN: (),
    State.WITHHELD: (Deed.RESTORE, Deed.CORRECT),
    State.SET_ASIDE: (Deed.RESTORE, Deed.WITHHOLD, Deed.CORRECT),
    State.NOT_SEEN: (Deed.LOOK, Deed.WITHHOLD, Deed.CORRECT),
    State.REPLACED: _STANDING,
    State.ERASED: (),
    State.STANDS: _STANDING,
}
_LOOKED = {"stands": True, "withdrawn": False}  # as the form has it
_OF_COMMENTS = {Deed.SET_ASIDE, Deed.ASK, Deed.RESPOND}


def offered(view: Recorded) -> tuple[Deed, ...]:
    """What may be done with it in its state; of a reply, which is not counted, only some of it."""
    deeds = _OFFERED[view.state]
    if sorting.taken_for_removed(view):
        deeds = (Deed.LOOK,)
    elif sorting.edited_since_set_aside(view):
        deeds = (Deed.SET_ASIDE, *deeds)
    return tuple(deed for deed in deeds if view.is_view or deed not in _OF_COMMENTS)


async def form(session: AsyncSession, asking: Asking, deed: Deed, ref_id: int) -> Message:
    """The form of one deed on one comment."""
    permit(asking.actor, Action.SORT)
    view = await recorded(session, asking, ref_id)
    return form_of(deed, view, [*asking.config.party_categories, *asking.config.other_bodies])


def form_of(deed: Deed, view: Recorded, categories: Sequence[str]) -> Message:
    """`categories`: what may be typed for a Party Category."""
    values = {
        "deed": deed,
        "view": view,
        "owner": (view.asked.owner or "") if view.asked else "",
        "categories": listed(categories, "or"),
        "capacities": [(capacity, capacity) for capacity in Capacity],
        "dispositions": [(disposition, disposition) for disposition in Disposition],
    }
    return Message("modals/decide", values)


async def decide(session: AsyncSession, asking: Asking, deed: Deed, ref_id: int, given: Mapping[str, str]) -> Message:
    """What was filled in, by the names of the fields. What was recorded, to be shown."""
    permit(asking.actor, Action.SORT)
    view = await recorded(session, asking, ref_id)
    named = parse_ref(view.ref)
    if named is None:
        raise LookupError(f"{view.ref} is no ref")
    done = await _DEEDS[deed](session, _Filled(asking, named, given))
    return Message("modals/decided", {"decided": (done,), "changed": ()})


async def recorded(session: AsyncSession, asking: Asking, ref_id: int) -> Recorded:
    """The comment that a button or a form names by the id of its ref."""
    view = await record.view(session, asking.viewer, ref_id)
    if view is None:
        raise UserError("That comment is not in the record: `/dp sort` with the proposal shows those that are.")
    return view


@dataclass(frozen=True)
class _Filled:
    """A form as it was sent; a field that is not in it is empty."""

    asking: Asking
    named: RefName
    given: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "")


async def _set_aside(session: AsyncSession, sent: _Filled) -> Decided:
    return await sorting.set_aside(session, sent.named, sent["reason"], sent.asking.actor, sent.asking.now)


async def _withhold(session: AsyncSession, sent: _Filled) -> Decided:
    return await sorting.withhold(session, sent.named, sent["reason"], sent.asking.actor, sent.asking.now)


async def _restore(session: AsyncSession, sent: _Filled) -> Decided:
    return await sorting.restore(session, sent.named, sent["reason"], sent.asking.actor, sent.asking.now)


async def _look(session: AsyncSession, sent: _Filled) -> Decided:
    stands = _LOOKED.get(sent["stands"])
    if stands is None:
        raise WrongField("stands", "Nothing was chosen: say whether it stands or is taken as withdrawn.")
    return await sorting.decide_missing(session, sent.named, stands, sent["reason"], sent.asking.actor, sent.asking.now)


async def _correct(session: AsyncSession, sent: _Filled) -> Decided:
    """The form has all fields: what was emptied is taken away."""
    correction = Correction(
        sent["organisation"], sent["party_category"], sent["seat"], sent["capacity"], sent["alternate_for"]
    )
    asking = sent.asking
    return await correcting.correct(
        session, asking.config, sent.named, correction, sent["reason"], asking.actor, asking.now
    )


async def _ask(session: AsyncSession, sent: _Filled) -> Decided:
    due = date.fromisoformat(sent["due"]) if sent["due"] else None
    return await answering.ask(session, sent.named, sent["owner"], due, sent.asking.actor, sent.asking.now)


async def _respond(session: AsyncSession, sent: _Filled) -> Decided:
    disposition = answering.disposition_of(sent["disposition"])
    reply = parse_ref(sent["reply"], sent.named.proposal)
    if sent["reply"] and reply is None:
        raise WrongField("reply", f'"{short(sent["reply"])}" is no reply: allowed is its ref, such as R001.')
    asking = sent.asking
    return await answering.respond(session, sent.named, disposition, sent["words"], reply, asking.actor, asking.now)


_DEEDS: Mapping[Deed, Callable[[AsyncSession, _Filled], Awaitable[Decided]]] = {
    Deed.SET_ASIDE: _set_aside,
    Deed.WITHHOLD: _withhold,
    Deed.RESTORE: _restore,
    Deed.LOOK: _look,
    Deed.CORRECT: _correct,
    Deed.ASK: _ask,
    Deed.RESPOND: _respond,
}
