"""The paper's own facts, a line each."""

from rich.table import Table
from rich.text import Text

from bot.papers import PaperFound, Reading
from bot.rules import dates
from bot.services.describing import set_at_import

NOT_STATED = Text("not stated", style="dim")


def facts(reading: Reading) -> Table:
    paper = reading.paper
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in (
        ("Paper", paper.reference),
        ("Title", paper.title),
        ("Action", paper.action),
        ("Classification", set_at_import(paper.classification, reading.findings) or paper.classification.value),
        ("Meeting", _meeting(paper)),
        ("Dated", dates.day(paper.dated) if paper.dated else None),
        ("Author", ", ".join(filter(None, (paper.author, paper.team)))),
        ("Comments to", paper.comments_to),
        ("Comments by", dates.closing(paper.comments_by) if paper.comments_by else None),
        ("Views invited on", "\n".join(paper.invitations)),
    ):
        table.add_row(Text(name, style="bold"), stated(value))
    return table


def stated(value: str | None) -> Text:
    return Text(value) if value else NOT_STATED


def _meeting(paper: PaperFound) -> str | None:
    if paper.meeting is None:
        return None
    if paper.meeting_date is None:
        return f"{paper.meeting}, date not stated"
    return f"{paper.meeting}, {dates.weekday(paper.meeting_date)} (read from the reference: please confirm)"
