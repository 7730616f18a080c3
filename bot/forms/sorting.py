"""The analysts' forms on comments: sort, and what is decided of one."""

import re
from collections.abc import Awaitable, Callable

from bot.commands import asking_of, deciding, sorting
from bot.commands.deciding import Deed
from bot.domain import Facet, Message, Speaker
from bot.forms.filled import Filled, NotOurs, Pressed, number_of, option_of
from bot.messenger import Messenger
from bot.services.desk import Desk

# Of the fields of a decision, those that are chosen from a list or a calendar; the others are typed in.
_CHOSEN, _DAYS = {"stands", "capacity", "disposition"}, {"due"}
_FIELD = re.compile(r"[a-z]+ [0-9]{1,18} [0-9]{1,18} \S")  # the name of a field that asks for a facet


async def more(desk: Desk, pressed: Pressed) -> Message:
    """One comment in full, beside the form of many."""
    ref_id = number_of(pressed.value)
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, pressed.speaker, desk.clock())
        return await sorting.one_comment(session, asking, ref_id)


def deed(chosen: Deed) -> Callable[[Desk, Pressed], Awaitable[Message]]:
    """What opens the form of a deed on one comment."""

    async def form(desk: Desk, pressed: Pressed) -> Message:
        ref_id = number_of(pressed.value)
        async with desk.sessions.read() as session:
            asking = await asking_of(session, desk.config, desk.outbox, pressed.speaker, desk.clock())
            return await deciding.form(session, asking, chosen, ref_id)

    return form


async def sort(desk: Desk, _: Messenger, speaker: Speaker, form: Filled) -> Message:
    """All that was chosen in one form, in one transaction."""
    chosen = {name: option_of(Facet, facet) for name in form.names if _is_field(name) and (facet := form.chosen(name))}
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        return await sorting.sort_all(session, asking, chosen)


async def decide(desk: Desk, _: Messenger, speaker: Speaker, form: Filled) -> Message:
    """One decision on one comment."""
    named, ref = form.about.partition(" ")[::2]
    chosen, ref_id = option_of(Deed, named), number_of(ref)
    given = {name: _given(form, name) or "" for name in form.names}
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        return await deciding.decide(session, asking, chosen, ref_id, given)


def _given(form: Filled, name: str) -> str | None:
    if name in _CHOSEN:
        return form.chosen(name)
    return form.day(name) if name in _DAYS else form.words(name)


def _is_field(name: str) -> bool:
    if not _FIELD.fullmatch(name):
        raise NotOurs
    return True
