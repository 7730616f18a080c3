"""What publishing would post where, and why not."""

from rich.console import Group
from rich.table import Table
from rich.text import Text

from bot.rules.wording import capital
from bot.services.planning import Plan, Planned


def posts(plan: Plan) -> Group:
    heading = Text("On publish", style="bold")
    if plan.because:
        return Group(heading, Text(f"{capital(plan.because)}."))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for planned in plan.channels:
        table.add_row(
            Text(f"#{planned.channel.name}"), Text(f"clearance {planned.channel.clearance.value}"), Text(_what(planned))
        )
    return Group(heading, table)


def _what(planned: Planned) -> str:
    if planned.because:
        return f"nothing: {planned.because}"
    proposals = planned.posts - 1
    if not proposals:
        return "the heading post"
    posts = f"the heading post and {proposals} post{'s' if proposals > 1 else ''}, one for each proposal"
    return "; ".join(filter(None, (posts, planned.before)))
