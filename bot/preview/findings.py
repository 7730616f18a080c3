"""The findings, the gravest first, each with the line it speaks of."""

from collections import Counter

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.papers import Opened, Reading, Severity
from bot.rules.wording import counted

STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def findings(reading: Reading, opened: Opened) -> RenderableType:
    if not reading.findings:
        return Text("No findings", style="bold")
    order = list(Severity)
    lines = {line.number: line.text for line in opened.lines}
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for found in sorted(reading.findings, key=lambda f: (order.index(f.severity), f.line or 0)):
        place = f"line {found.line}" if found.line else ""
        table.add_row(Text(found.severity, style=STYLE[found.severity]), Text(place), Text(found.message))
        if words := lines.get(found.line or 0):
            table.add_row("", "", Text(f"│ {words}", style="dim", no_wrap=True, overflow="ellipsis"))
    return Group(Text(f"Findings: {_counts(reading)}", style="bold"), table)


def _counts(reading: Reading) -> str:
    found = Counter(finding.severity for finding in reading.findings)
    return ", ".join(counted(found[severity], severity) for severity in Severity if found[severity])
