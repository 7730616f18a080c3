"""The proposals: a table where the screen is wide enough, else a few lines each."""

import itertools
from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.papers import ItemFound, Reading
from bot.preview.facts import stated
from bot.rules.wording import capital, in_words, listed, with_article

NARROW = 100  # below it, a table's columns get too narrow for titles
WIDE = 120  # from here on "Appendix A, approved" has its line
INDENT = 7  # a reference such as "MP102A" and a space

Held = Mapping[str, str]  # the problem statement that is held, by the reference of its item


def proposals(reading: Reading, held: Held, width: int) -> RenderableType:
    if not reading.items:
        return Text("No proposals", style="bold")
    statuses = {attachment.label: attachment.status for attachment in reading.attachments}
    named = {item.reference: _statement(item, statuses, held) for item in reading.items}
    parts: list[RenderableType] = []
    for _, group in itertools.groupby(reading.items, key=lambda item: (item.type, item.stage)):
        items = list(group)
        body = _table(items, named, width, header=not parts) if width >= NARROW else _list(items, named)
        parts += [*([Text()] if parts else []), Text(_heading(items), style="bold"), body]
    return Group(*parts, *_not_held(reading, held))


def _heading(items: Sequence[ItemFound]) -> str:
    many = "s" if len(items) > 1 else ""
    stage = items[0].stage or "stage not stated"
    return f"{capital(in_words(len(items)))} {items[0].type}{many}, {stage}"


def _table(items: Sequence[ItemFound], named: Mapping[str, str], width: int, *, header: bool) -> Table:
    """Of the same width for every group, so that the columns stand under each other."""
    table = Table(
        box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), show_header=header
    )
    table.add_column("Reference", no_wrap=True, width=9)
    table.add_column("Title", overflow="fold", ratio=6)
    table.add_column("Raised by", overflow="fold", ratio=4)
    table.add_column("Lead Analyst", overflow="fold", ratio=3)
    table.add_column("Impacts", overflow="fold", width=11)
    table.add_column("Problem statement", overflow="fold", width=20 if width >= WIDE else 17)
    for item in items:
        cells = (item.title, _raised_by(item), item.lead_analyst, _impacts(item, "\n"), named[item.reference])
        table.add_row(Text(item.reference, style="bold"), *map(stated, cells))
    return table


def _list(items: Sequence[ItemFound], named: Mapping[str, str]) -> Group:
    return Group(*(line for item in items for line in _lines(item, named[item.reference])))


def _lines(item: ItemFound, statement: str) -> list[RenderableType]:
    head = Table.grid(padding=(0, 1, 0, 0))
    head.add_column(no_wrap=True, min_width=INDENT - 1)
    head.add_column(overflow="fold")
    head.add_row(Text(item.reference, style="bold"), Text(item.title, style="bold"))
    about = [
        f"Raised by {_raised_by(item) or 'somebody who is not stated'}",
        f"Lead Analyst: {item.lead_analyst or 'not stated'}  |  Impacts: {_impacts(item, '; ') or 'not stated'}",
        f"Problem statement: {statement or 'not stated'}",
    ]
    return [head, *(Padding(Text(line), (0, 0, 0, INDENT)) for line in about)]


def _raised_by(item: ItemFound) -> str:
    raised = " of ".join(filter(None, (item.proposer, item.organisation and with_article(item.organisation))))
    behalf = f"on behalf of {with_article(item.on_behalf_of)}" if item.on_behalf_of else ""
    return " ".join(filter(None, (raised, behalf)))


def _impacts(item: ItemFound, between: str) -> str:
    return between.join(impact.outlook.value.replace("-", " ") for impact in item.impacts)


def _statement(item: ItemFound, statuses: Mapping[str, str | None], held: Held) -> str:
    if item.reference in held:
        return held[item.reference]
    if item.appendix is None:
        return ""
    label = f"Appendix {item.appendix}"
    return ", ".join(filter(None, (label, statuses.get(label))))


def _not_held(reading: Reading, held: Held) -> list[RenderableType]:
    """One line on what the paper names and dpbot has not."""
    here = {f"Appendix {item.appendix}" for item in reading.items if item.reference in held}
    named = [attachment.label for attachment in reading.attachments]
    named += [f"Appendix {item.appendix}" for item in reading.items if item.appendix]
    missing = [label for label in dict.fromkeys(named) if label not in here]
    line = f"Circulated with the paper, not held here: {_listed(missing)}."
    return [Text(), Text(line, style="dim")] if missing else []


def _listed(labels: Sequence[str]) -> str:
    """As "Appendices A, B and C"; labels of other kinds stay whole."""
    if len(labels) > 1 and all(label.startswith("Appendix ") for label in labels):
        letters = sorted(
            (label.removeprefix("Appendix ") for label in labels), key=lambda letter: (len(letter), letter)
        )
        return f"Appendices {listed(letters)}"
    return listed(labels)
