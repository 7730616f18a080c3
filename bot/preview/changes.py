"""What changed since the paper or its proposals were last seen, word by word."""

import itertools
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.rules.differences import Kind, Piece
from bot.services.describing import Change

STYLE = {Kind.SAME: "", Kind.REMOVED: "red strike", Kind.ADDED: "green underline"}
MARKS = {Kind.SAME: ("", ""), Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("{+", "+}")}


def changes(found: Sequence[Change], *, coloured: bool) -> list[RenderableType]:
    """One part for each paper that this one is compared with; without colours, words stand in marks."""
    by_paper = itertools.groupby(sorted(found, key=lambda change: change.since), key=lambda change: change.since)
    return [_part(since, list(group), coloured=coloured) for since, group in by_paper]


def _part(since: str, found: Sequence[Change], *, coloured: bool) -> Group:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", max_width=28)
    table.add_column(overflow="fold")
    for change in found:
        words = [_words(piece, coloured=coloured) for piece in change.pieces]
        table.add_row(Text(change.where), Text(" ").join(words))
    return Group(Text(f"Changed since {since}", style="bold"), table)


def _words(piece: Piece, *, coloured: bool) -> Text:
    if coloured:
        return Text(piece.text, style=STYLE[piece.kind])
    before, after = MARKS[piece.kind]
    return Text(f"{before}{piece.text}{after}")
