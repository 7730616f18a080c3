"""Proposals as rows of a table. What a table's cells say is what the sections would."""

from collections.abc import Sequence

from tests.papers.writing.blocks import Block, Kind, Layout
from tests.papers.writing.headings import name_of
from tests.papers.writing.register import Proposal
from tests.papers.writing.switches import Switch


def table_of(proposals: Sequence[Proposal], layout: Layout) -> Block:
    rows = [_row(proposal, layout) for proposal in proposals]
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    return Block(Kind.TABLE, "", rows=(names, *(tuple(row.get(name, "") for name in names) for row in rows)))


def _row(proposal: Proposal, layout: Layout) -> dict[str, str]:
    row = {
        layout.pick(["Reference", "Ref", "Proposal"]): name_of(proposal, layout, 1),
        "Title": layout.pick(["{}", "'{}'", "‘{}’"]).format(proposal.title),
        **_who(proposal, layout),
        "Lead Analyst": proposal.lead or "",
        layout.pick(["Summary", "Issue"]): " ".join(proposal.summary),
        **{heading: " ".join(text) for heading, text in proposal.impacts},
        "Appendix": layout.pick(["{}", "Appendix {}"]).format(proposal.appendix) if proposal.appendix else "",
    }
    return {name: cell for name, cell in row.items() if cell or name in {"Proposer", "Organisation"}}


def _who(proposal: Proposal, layout: Layout) -> dict[str, str]:
    raised = proposal.raised
    if Switch.TABLE_SPLIT_COLUMNS in layout.on:
        person = raised.proposer or ("" if raised.organisation else raised.words)
        return {"Proposer": person or "", "Organisation": raised.organisation or ""}
    return {layout.pick(["Raised by", "Proposer"]): raised.words or ""}
