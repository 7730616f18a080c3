"""What is shown of comments to those who read and those who sort them, with any words in every field."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.commands import deciding, discussing, sorting
from bot.commands.deciding import Deed
from bot.compilation import NoComment
from bot.decisions import (
    Asked,
    Corrected,
    Disposition,
    Looked,
    Responded,
    Restored,
    SetAside,
    Sorted,
    Stated,
    Value,
    Withheld,
)
from bot.domain import Capacity, Facet, Message, Source, Suggestion
from bot.models import Item
from bot.services.counting import Answers, Counts
from bot.services.discussion import By, Discussion, Group, Line, Put
from bot.services.recorded import Recorded, RecordedPart, Said, State
from bot.services.sorting import Decided
from tests.own_messages import NOW, a_view


def a_part(words: str, letter: str = "", facet: Facet | None = None) -> RecordedPart:
    return RecordedPart(letter, words, None, Suggestion(Facet.IMPACT, words), facet, words)


def a_sorted_view(words: str) -> Recorded:
    """A comment of which everything was decided, said and objected that can be."""
    return replace(
        a_view(words),
        parts=(a_part(words, "a"), a_part(words, "b", Facet.SOLUTION)),
        context=words,
        entered_by=words,
        source=Source.MEETING,
        wordings=(Said(words, NOW), Said(f"{words}.", NOW)),
        asked=Asked(words, date(2019, 11, 20)),
        responses=(Responded(Disposition.ANSWERED, words, 9), Responded(Disposition.NOTED)),
        objections=(words, words),
        after_closing=NOW,
    )


def views_message(item: Item, words: str, by: By, *, names: bool) -> Message:
    """More than a message holds, under every heading."""
    view = a_sorted_view(words)
    line = Line(view, view.parts[0], words, replies={9: "DP001-R001"})
    kept = [replace(view, state=state, state_by=words, state_at=NOW, reason=words) for state in State]
    reply = replace(line, view=replace(view, profile=replace(view.profile, capacity=Capacity.PROPOSER)))
    groups = [Group(facet, words if by is By.ORGANISATION else None, (line,) * 3) for facet in Facet]
    found = Discussion(
        put=(Put(words, 26, Counts(9, 3, 1), 2), Put(words, None, Counts(), 0)),
        groups=tuple(replace(group, facet=None) if by is By.ORGANISATION else group for group in groups),
        aside=tuple(replace(line, view=each) for each in kept),
        replies=(reply,) * 9,
        no_comment=Answers((NoComment(words, words, words, NOW, words),) * 2),
        silent=words or "nobody",
    )
    return discussing.message_of(item, found, by, names=names)


def decided(words: str) -> Iterator[Decided]:
    values: tuple[Value, ...] = (
        Sorted(Facet.IMPACT, 1),
        SetAside(),
        Withheld(),
        Restored(),
        Looked(stands=True),
        Looked(stands=False),
        Corrected(words, words, words, Capacity.ALTERNATE, words),
        Asked(words, date(2019, 11, 20)),
        Responded(Disposition.PASSED, words),
    )
    for value in values:
        yield Decided("DP001-V007", value, words, new=True)
        yield Decided("DP001-V007", value, words, new=False)


def sorting_messages(item: Item, words: str) -> Iterator[Message]:
    view = a_sorted_view(words)
    for by in By:
        yield views_message(item, words, by, names=True)
        yield views_message(item, words, by, names=False)
    for waiting in ([], [view], [replace(view, id=number) for number in range(60)]):
        yield sorting.form_of(item, waiting)
    for state in State:
        kept = replace(view, state=state, state_by=words, state_at=NOW, reason=words, replaced_by="DP001-V009")
        yield sorting.form_of_one(kept, {9: "DP001-R001"})
    for deed in Deed:
        for each in (view, replace(view, asked=None, stated=Stated())):
            yield deciding.form_of(deed, each, (words, words))
    yield Message("modals/decided", {"decided": tuple(decided(words)), "changed": ("DP001-V008",)})
    yield Message("modals/decided", {"decided": (), "changed": ("DP001-V008",)})
    yield Message("modals/decided", {"decided": (), "changed": ()})
