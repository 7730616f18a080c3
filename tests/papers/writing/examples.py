"""A paper as a test sees it: what is true, how it is laid out, and the file."""

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from tests.papers.writing import text, word
from tests.papers.writing.blocks import Block, Layout
from tests.papers.writing.footnotes import with_footnotes
from tests.papers.writing.layouts import blocks_of, statement_of
from tests.papers.writing.register import Paper
from tests.papers.writing.switches import Switch, settled
from tests.papers.writing.truth import papers


@dataclass(frozen=True)
class Example:
    """`repr` is what a failing test prints: the switches that were on, then the file."""

    paper: Paper
    layout: Layout
    blocks: tuple[Block, ...]
    file_name: str
    content: bytes

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: ARG002
        """As `repr`: Hypothesis prints dataclasses field by field otherwise."""
        printer.text(repr(self))

    def __repr__(self) -> str:
        on = ", ".join(sorted(switch.name for switch in self.layout.on))
        shown = self.content.decode("utf-16" if Switch.UTF_16 in self.layout.on else "utf-8", "replace")
        if self.file_name.endswith(".docx"):
            shown = "\n\n".join(f"{block.kind}: {block.text}{block.rows or ''}" for block in self.blocks)
        return f"\n{self.file_name}, switches: {on or 'none'}\n{shown}\n"


@st.composite
def examples(
    draw: st.DrawFn, *themes: Switch, always: frozenset[Switch] = frozenset(), most: int = 5, suffix: str = ".txt"
) -> Example:
    """A paper of which up to `most` of the switches are on, and `always` those of that name."""
    on = settled(always | frozenset(draw(st.lists(st.sampled_from(themes), max_size=most, unique=True))))
    paper = draw(papers(on))
    layout = Layout(
        on,
        turn=draw(st.integers(0, 11)),
        width=draw(st.integers(22, 40)) if Switch.NARROW in on else draw(st.integers(60, 100)),
        every=draw(st.integers(1, 3)),
    )
    blocks = tuple(with_footnotes(blocks_of(paper, layout), layout))
    statement = statement_of(paper)
    if suffix == ".docx":
        content = word.written(blocks, layout, statement)
    else:
        content = text.written(blocks, layout, statement, markdown=suffix == ".md")
    return Example(paper, layout, blocks, f"paper{suffix}", content)
