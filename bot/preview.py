"""What `dpbot import` shows before it stores a paper."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.papers import Finding, ItemFound, PaperFound, Reading, Severity
from bot.rules import dates
from bot.rules.wording import with_article

_WIDTH = 110
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def show(reading: Reading, console: Console) -> None:
    """The paper's facts, a table of its items, and the findings by severity."""
    console.print(_facts(reading.paper))
    console.print(_items(reading.items))
    console.print(_findings(reading.findings))


def console() -> Console:
    """A terminal as wide as it is, or a file with lines of a fixed width."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_WIDTH)


def _facts(paper: PaperFound) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    meeting = f"{paper.meeting or 'not stated'}"
    if paper.meeting_date:
        meeting += f", {dates.weekday(paper.meeting_date)} (read from the reference: please confirm)"
    for name, value in (
        ("Paper", paper.reference),
        ("Title", paper.title),
        ("Action", paper.action),
        ("Classification", paper.classification.value),
        ("Meeting", meeting),
        ("Dated", paper.dated and dates.day(paper.dated)),
        ("Author", ", ".join(filter(None, (paper.author, paper.team)))),
        ("Comments to", paper.comments_to),
        ("Comments by", paper.comments_by and dates.closing(paper.comments_by)),
        ("Views invited on", "\n".join(paper.invitations)),
    ):
        table.add_row(f"[bold]{name}[/bold]", escape(value or "not stated"))
    return table


def _items(items: tuple[ItemFound, ...]) -> Table:
    table = Table(title="Proposals", title_justify="left", title_style="bold")
    for column in ("Reference", "Title", "Raised by", "Lead Analyst", "Impacts", "Appendix"):
        table.add_column(column, overflow="fold")
    for item in items:
        raised = " of ".join(filter(None, (item.proposer, item.organisation and with_article(item.organisation))))
        outlooks = "\n".join(impact.outlook.value for impact in item.impacts)
        cells = (item.reference, item.title, raised, item.lead_analyst, outlooks, item.appendix)
        table.add_row(*(escape(cell or "not stated") for cell in cells))
    return table


def _findings(findings: tuple[Finding, ...]) -> Table:
    table = Table(
        show_header=False, title="Findings" if findings else "No findings", title_justify="left", title_style="bold"
    )
    order = list(Severity)
    for found in sorted(findings, key=lambda f: (order.index(f.severity), f.line or 0)):
        line = f"line {found.line}" if found.line else ""
        table.add_row(f"[{_STYLE[found.severity]}]{found.severity}[/]", line, escape(found.message))
    return table
