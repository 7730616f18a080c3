"""The heading over a proposal, or over the two halves of one that was split."""

from tests.papers.writing.blocks import Block, Kind, Layout
from tests.papers.writing.register import Proposal
from tests.papers.writing.switches import Switch
from tests.papers.writing.words import MARK

QUOTES = "'‘’\"“”"
STRAIGHT = "{name} '{title}{space}'{after}"
FORMS = {
    Switch.CURLY: "{name} ‘{title}{space}’{after}",
    Switch.DOUBLE: '{name} "{title}{space}"{after}',
    Switch.CURLY_DOUBLE: "{name} “{title}{space}”{after}",
    Switch.MIXED: "{name} ‘{title}{space}'{after}",
    Switch.COLON: "{name}: '{title}{space}'{after}",
    Switch.DASH: "{name} – ‘{title}{space}’{after}",
    Switch.COLON_BARE: "{name}: {title}",
    Switch.BARE: "{name} {title}",
    Switch.TITLE_OPEN: "{name} '{title}",
}
WITHOUT_CLOSE = {Switch.COLON_BARE, Switch.BARE, Switch.TITLE_OPEN}
AFTER = {
    Switch.TITLE_FOOTNOTE: (MARK,),
    Switch.TITLE_STOP: (".",),
    Switch.TITLE_BRACKET: (" (SEC Section D)", " (raised in June)"),
}
NUMBER_OF_SECTION = 2


def heading_of(group: tuple[Proposal, ...], layout: Layout, index: int) -> Block:
    *firsts, last = group
    text = " and ".join([*(_titled(one, layout, index, ends=False) for one in firsts), _titled(last, layout, index)])
    if Switch.LINKED in layout.on:
        text = f"[{text}](#)"
    if Switch.BOLD in layout.on:
        text = f"**{text}**"
    if Switch.SUBNUMBERED in layout.on:
        text = f"{NUMBER_OF_SECTION}.{index + 1} {text}"
    return Block(Kind.HEADING, text, level=3)


def _titled(proposal: Proposal, layout: Layout, index: int, *, ends: bool = True) -> str:
    form = layout.pick(layout.allowed(STRAIGHT, FORMS), index)
    if form in {FORMS[switch] for switch in WITHOUT_CLOSE} and not _may_stand_bare(proposal.title):
        form = STRAIGHT
    if proposal.suffix and layout.on & {Switch.SPLIT_JOINT, Switch.SPLIT_COLON} and "{after}" not in form:
        form = STRAIGHT
    after = [end for switch, forms in AFTER.items() if switch in layout.on and ends for end in forms]
    return form.format(
        name=name_of(proposal, layout, index),
        title=proposal.title,
        space=" " if Switch.TITLE_SPACE in layout.on else "",
        after=layout.pick([*after, ""], index),
    )


def _may_stand_bare(title: str) -> bool:
    """Whether a reader can tell the title's own quotes from quotes around it, and its end from a sentence's."""
    return title[0] not in QUOTES and title[-1] not in f"{QUOTES}?."


def name_of(proposal: Proposal, layout: Layout, index: int) -> str:
    if not proposal.former:
        return proposal.reference
    former = proposal.former_reference
    return layout.pick(
        [
            f"{proposal.reference}, previously {former},",
            f"{proposal.reference} (previously {former})",
            f"{proposal.reference} (formerly {former})",
        ],
        index,
    )
