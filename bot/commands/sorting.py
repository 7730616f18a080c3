"""`/dp sort`: the forms in which an analyst sorts comments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import Answer, Asking, Inspects, OpenModal, Reader, short
from bot.commands.deciding import offered, recorded
from bot.decisions import Action, Disposition
from bot.domain import Facet, Message, Reference
from bot.errors import WrongUsage
from bot.models import Item
from bot.rules import facets
from bot.rules.references import parse_reference
from bot.rules.refs import RefName, parse_ref
from bot.services import record, register, sorting
from bot.services.acting import permit
from bot.services.recorded import Recorded, RecordedPart, State
from bot.services.sorting import Choice

_MOST_BLOCKS = 95  # of the hundred in a form, for the comments
_MOST_EDITED, _BLOCKS_EDITED = 10, 3  # of comments that were edited since they were set aside
_EARLIER = 5  # wordings shown beside the latest
_KEY, _WHOLE = "facet", "-"  # in the names of fields


@dataclass(frozen=True)
class Line:
    """A comment, or a part of it, in a form. `first`: of its comment. `courtesy`: why it may be one, else ""."""

    view: Recorded
    part: RecordedPart
    first: bool
    courtesy: str

    @property
    def ref(self) -> str:
        return self.view.ref + self.part.letter

    @property
    def key(self) -> str:
        """The field's name: which words were read, and so which are sorted."""
        return f"{_KEY} {self.view.id} {self.view.wording_id} {self.part.letter or _WHOLE}"


@dataclass(frozen=True)
class Sort(Inspects):
    """The comments on a proposal that are not sorted, and those set aside for words that were edited since."""

    reference: Reference

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        permit(asking.actor, Action.SORT)
        item = await register.item_of(session, self.reference, unpublished=True)
        views = await record.views(session, asking.viewer, item.proposal_id)
        waiting = [
            view for view in views if view.is_view and view.state is State.STANDS and any(map(_unsorted, view.parts))
        ]
        edited = [view for view in views if sorting.edited_since_set_aside(view)]
        return OpenModal(form_of(item, waiting, edited), f"/dp sort {item.called}")


@dataclass(frozen=True)
class SortOne(Inspects):
    """One comment, in whatever state it is."""

    named: RefName

    async def answer(self, session: AsyncSession, asking: Asking) -> Answer:
        permit(asking.actor, Action.SORT)
        view = await sorting.find(session, replace(self.named, part=""))
        return OpenModal(await one_comment(session, asking, view.id), f"/dp sort {view.ref}")


def _read(rest: str) -> Sort | SortOne:
    if (reference := parse_reference(rest)) is not None:
        return Sort(reference)
    if (named := parse_ref(rest)) is not None:
        return SortOne(named)
    found = f'found "{short(rest)}"' if rest else "found nothing"
    raise WrongUsage(
        f"sort needs a proposal or a comment: {found}; allowed is a reference such as DP092, or DP092-V007."
    )


READERS: dict[str, Reader] = {"sort": _read}
USAGES = ("sort DP092",)


async def one_comment(session: AsyncSession, asking: Asking, ref_id: int) -> Message:
    """A comment or a reply in full, with what may be done with it."""
    permit(asking.actor, Action.SORT)
    view = await recorded(session, asking, ref_id)
    linked = {response.reply_ref for response in view.responses}
    others = await record.views(session, asking.viewer, view.proposal_id) if linked else ()
    return form_of_one(view, {other.id: other.ref for other in others if other.id in linked})


def form_of(item: Item, waiting: Sequence[Recorded], edited: Sequence[Recorded] = ()) -> Message:
    """The form of the comments that are not sorted: as many as it holds. `edited`: since they were set aside."""
    lines = list(_fitting(waiting, _MOST_BLOCKS - _BLOCKS_EDITED * len(edited[:_MOST_EDITED])))
    shown = len({line.view.id for line in lines})
    values = {"item": item, "waiting": len(waiting), "shown": shown, "lines": lines}
    return Message("modals/sort", values | {"edited": edited[:_MOST_EDITED], "all_edited": len(edited)})


def form_of_one(view: Recorded, replies: Mapping[int, str]) -> Message:
    """The form of one comment. `replies`: refs of those that answer it, by their ids."""
    values = {
        "view": view,
        "lines": list(_lines(view, view.parts)),
        "sortable": view.is_view and view.state in {State.STANDS, State.NOT_SEEN} and view.wording_id is not None,
        "earlier": view.wordings[:-1][-_EARLIER:],
        "replies": replies,
        "answered": any(response.disposition is Disposition.ANSWERED for response in view.responses),
        "offered": offered(view),
    }
    return Message("modals/one_comment", values)


async def sort_all(session: AsyncSession, asking: Asking, chosen: Mapping[str, str]) -> Message:
    """What was chosen in a form of several comments, by the names of its fields. What was recorded, to be shown."""
    choices = []
    for key, facet in chosen.items():
        kind, ref_id, wording, letter = key.split()
        if kind == _KEY:
            part = "" if letter == _WHOLE else letter
            choices.append(Choice(int(ref_id), part, int(wording), Facet(facet)))
    done = await sorting.sort_all(session, choices, asking.actor, asking.now)
    return Message("modals/decided", {"decided": done.decided, "changed": done.changed})


def _unsorted(part: RecordedPart) -> bool:
    return part.facet is Facet.UNSORTED and part.decided is None


def _lines(view: Recorded, parts: Iterable[RecordedPart]) -> Iterable[Line]:
    for number, part in enumerate(parts):
        courtesy = facets.suggests_setting_aside(part.text)
        yield Line(view, part, number == 0, courtesy.because if courtesy.value else "")


def _fitting(waiting: Sequence[Recorded], room: int) -> Iterable[Line]:
    """The unsorted parts of as many comments as there is room for, the oldest first."""
    for view in waiting:
        lines = list(_lines(view, filter(_unsorted, view.parts)))
        room -= 2 + 2 * len(lines)  # a divider and who said it; words and a field for each part
        if room < 0:
            return
        yield from lines
