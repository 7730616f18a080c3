"""What `dpbot import` shows before it stores a paper: what was read and is unclear, what changed, what would follow."""

import os
from collections.abc import Iterator
from contextlib import nullcontext

from rich.console import Console, RenderableType
from rich.text import Text

from bot.papers import Opened, Reading
from bot.preview.changes import changes
from bot.preview.facts import facts
from bot.preview.findings import findings
from bot.preview.posts import posts
from bot.preview.proposals import proposals
from bot.services.comparing import Comparison
from bot.services.planning import Plan

NARROWEST = 40
PAGE = 110  # columns of what is no terminal, such as a file
WIDEST = 140  # longer lines are hard to read


def show(
    reading: Reading, opened: Opened, console: Console, comparison: Comparison | None = None, plan: Plan | None = None
) -> None:
    """The paper's facts, its proposals and the findings; of what the register and config.toml say, what is given."""
    seen = comparison or Comparison()
    parts = [facts(reading), proposals(reading, seen.held, console.width), findings(reading, opened)]
    parts += changes(seen.changes, coloured=console.is_terminal and not console.no_color)
    parts += [posts(plan)] if plan else []
    with console.capture() if not console.is_terminal else nullcontext() as captured:
        for part in _apart(parts):
            console.print(part)
    if captured:  # a file needs no spaces to the edge of a screen
        console.out("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")), highlight=False)


def console() -> Console:
    """A terminal as wide as it is; a file with lines as wide as COLUMNS says, else of a fixed width."""
    found = Console(highlight=False)
    columns = os.environ.get("COLUMNS", "")
    asked = found.width if found.is_terminal or columns.isdecimal() else PAGE
    return Console(highlight=False, width=max(NARROWEST, min(asked, WIDEST)))


def _apart(parts: list[RenderableType]) -> Iterator[RenderableType]:
    for index, part in enumerate(parts):
        if index:
            yield Text()
        yield part
