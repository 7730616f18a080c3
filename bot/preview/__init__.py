"""What `dpbot import` shows before it stores a paper: what was read and is unclear, what changed, what would follow."""

from collections.abc import Iterator

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

PAGE = 110  # columns of what is no terminal, such as a file
WIDEST = 140  # longer lines are hard to read


def show(
    reading: Reading, opened: Opened, console: Console, comparison: Comparison | None = None, plan: Plan | None = None
) -> None:
    """The paper's facts, its proposals and the findings; of what the register and config.toml say, what is given."""
    seen = comparison or Comparison()
    parts = [facts(reading.paper), proposals(reading, seen.held, console.width), findings(reading, opened)]
    parts += changes(seen.changes, coloured=console.is_terminal and not console.no_color)
    parts += [posts(plan)] if plan else []
    for part in _apart(parts):
        console.print(part)


def console() -> Console:
    """A terminal as wide as it is, or a file with lines of a fixed width."""
    found = Console(highlight=False)
    width = min(found.width, WIDEST) if found.is_terminal else PAGE
    return Console(highlight=False, width=width)


def _apart(parts: list[RenderableType]) -> Iterator[RenderableType]:
    for index, part in enumerate(parts):
        if index:
            yield Text()
        yield part
