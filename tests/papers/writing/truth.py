"""Strategies for what is true of a paper. A switch that is on adds its forms to those that are drawn from."""

from dataclasses import replace
from datetime import date, timedelta
from string import ascii_uppercase

from hypothesis import strategies as st

from tests.papers.writing import words
from tests.papers.writing.asked import asked
from tests.papers.writing.proposals import groups
from tests.papers.writing.register import Paper, Proposal, Section
from tests.papers.writing.switches import Switch

Switches = frozenset[Switch]
LETTERS = [*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase)]
FIRST_DAY = date(2019, 1, 1)
DRAFTS, MODIFICATIONS = "New Draft Proposals", "New Modification Proposals"
CONVERTED = "Draft Proposals that have converted to Modification Proposals"
BOTH = "New Draft Proposals and Modification Proposals"
NONE = {
    DRAFTS: "There are no new Draft Proposals this month; DP044 is on hold.",
    MODIFICATIONS: "There are no new Modification Proposals, and MP042 has been withdrawn.",
    CONVERTED: "No Draft Proposals have converted this month. There are no new Modification Proposals.",
    BOTH: "There are no new Draft Proposals or Modification Proposals this month; DP044 is on hold.",
}


@st.composite
def papers(draw: st.DrawFn, on: Switches) -> Paper:
    body = draw(st.sampled_from(list(words.BODIES)))
    dated = FIRST_DAY + timedelta(days=draw(st.integers(0, 1000)))
    sections = draw(_sections(on, words.BODIES[body][1]))
    field = Switch.CLASSIFICATION_FIELD in on
    return Paper(
        body=None if Switch.REFERENCE_BARE in on else body,
        meeting=draw(st.integers(1, 120)),
        meets=dated + timedelta(days=draw(st.integers(-5, 40))),
        number=draw(st.integers(1, 30)),
        late="a" if Switch.LATE_PAPER in on else "",
        title=draw(st.sampled_from([BOTH, DRAFTS, "Change update for the month"])),
        action=draw(st.sampled_from(["For Discussion", "For Decision", "For Information"])),
        classification=draw(st.sampled_from(["White", "Clear", "Green", "Amber", "Red"])),
        handling=None if field else draw(st.sampled_from(words.HANDLINGS)),
        purpose=tuple(draw(st.lists(st.sampled_from(words.PURPOSES), min_size=1, max_size=3, unique=True))),
        dated=dated,
        author=draw(st.sampled_from(["Alex Penrose", "Sam O’Shea-Lund", "J. P. Doe"])),
        team=draw(st.sampled_from(["SECAS Team", "Change Team"])),
        sections=sections,
        **draw(asked(on, words.BODIES[body][0], dated, invites=any(section.groups for section in sections))),
    )


@st.composite
def _sections(draw: st.DrawFn, on: Switches, flavour: str) -> tuple[Section, ...]:
    drafts = draw(groups(on, flavour, draft=True))
    modifications = draw(groups(on, flavour, draft=False))
    if Switch.ONE_SECTION in on or Switch.TABLE in on:
        planned = [(BOTH if modifications else DRAFTS, drafts + modifications)]
    else:
        planned = [(DRAFTS, drafts), (CONVERTED if Switch.CONVERTED in on else MODIFICATIONS, modifications)]
    if Switch.MODIFICATIONS_FIRST in on:
        planned.reverse()
    says_none = Switch.NONE_THIS_MONTH in on or not (drafts or modifications)
    sections = [_section(draw, on, heading, found) for heading, found in planned if found or says_none]
    return tuple(_lettered(sections, on))


def _section(draw: st.DrawFn, on: Switches, heading: str, found: list[tuple[Proposal, ...]]) -> Section:
    if not found:
        return Section(heading, None, NONE[heading], ())
    stage = None if Switch.NO_STAGE in on else draw(st.sampled_from(list(words.STAGES)))
    return Section(heading, stage, None, tuple(found))


def _lettered(sections: list[Section], on: Switches) -> list[Section]:
    """The letters of the appendices, in the order of the paper."""
    letters = iter(LETTERS[24:] if Switch.APPENDIX_LATE in on else LETTERS)

    def lettered(proposal: Proposal) -> Proposal:
        return replace(proposal, appendix=None if Switch.APPENDIX_NONE in on else next(letters))

    if Switch.TABLE in on:
        sections = _tabled(sections)

    return [replace(s, groups=tuple(tuple(map(lettered, group)) for group in s.groups)) for s in sections]


def _tabled(sections: list[Section]) -> list[Section]:
    """A cell is one paragraph, and all rows share their columns."""
    proposals = [proposal for section in sections for group in section.groups for proposal in group]
    headings = [heading for heading, _ in proposals[0].impacts] if proposals else []

    def in_cells(proposal: Proposal) -> Proposal:
        texts = [(" ".join(text),) for _, text in proposal.impacts]
        impacts = tuple(zip(headings, texts, strict=True))
        return replace(proposal, summary=(" ".join(proposal.summary),), impacts=impacts)

    return [replace(s, groups=tuple(tuple(map(in_cells, group)) for group in s.groups)) for s in sections]
