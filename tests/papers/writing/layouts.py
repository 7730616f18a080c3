"""From a paper's facts to the blocks it is written in."""

from collections.abc import Iterator, Sequence

from tests.papers.writing.blocks import Block, Kind, Layout
from tests.papers.writing.headings import heading_of
from tests.papers.writing.raising import appendix_sentence, raising
from tests.papers.writing.register import Paper, Proposal, Section
from tests.papers.writing.switches import Switch
from tests.papers.writing.tables import table_of
from tests.papers.writing.words import STAGES

BETWEEN = {2: " and "}


def blocks_of(paper: Paper, layout: Layout) -> list[Block]:
    return [*_head(paper, layout), *_numbered(_body(paper, layout), layout), *_foot(paper, layout)]


def statement_of(paper: Paper) -> str:
    """What the paper says of its own classification."""
    first = f"This document is classified as **{paper.classification}** in line with the Panel's policy."
    return " ".join([first, *([paper.handling] if paper.handling else [])])


def _head(paper: Paper, layout: Layout) -> Iterator[Block]:
    on = layout.on
    by_field = Switch.CLASSIFICATION_FIELD in on
    if not by_field:
        yield Block(Kind.PARAGRAPH, statement_of(paper))
    if Switch.REFERENCE_FREE in on:
        yield Block(Kind.PARAGRAPH, paper.reference)
    else:
        yield Block(Kind.FIELD, f"Paper Reference:\t{paper.reference}")
    yield Block(Kind.FIELD, f"Action:\t{paper.action}")
    if by_field:
        yield Block(Kind.FIELD, f"Classification: {paper.classification}")
    if Switch.HEAD_FIELDS in on:
        day = f"{paper.dated.day} {paper.dated:%B %Y}"
        for name, value in (("Author", paper.author), ("Team", paper.team), ("Date", day)):
            yield Block(Kind.FIELD, f"{name}: {value}")
    if Switch.TITLE_FIELD in on:
        yield Block(Kind.FIELD, f"Paper Title: {paper.title}")
    else:
        yield Block(Kind.HEADING, paper.title, level=1)


def _body(paper: Paper, layout: Layout) -> Iterator[Block]:
    yield Block(Kind.HEADING, "Purpose", level=2)
    yield from (Block(Kind.PARAGRAPH, text) for text in paper.purpose)
    index, asked = 0, False
    for section in paper.sections:
        yield Block(Kind.HEADING, section.heading, level=2)
        yield from _introduction(section, () if asked else paper.invitations, layout)
        asked = asked or bool(section.groups)
        if Switch.TABLE in layout.on and section.groups:
            yield table_of([one for group in section.groups for one in group], layout)
            continue
        for group in section.groups:
            yield from _proposal(group, layout, index)
            index += 1
    yield Block(Kind.HEADING, layout.pick(["Recommendations", "Recommendation"]), level=2)
    yield Block(Kind.PARAGRAPH, paper.recommendation[0])
    yield from (Block(Kind.BULLET, text) for text in paper.recommendation[1:])
    if paper.more:
        yield Block(Kind.PARAGRAPH, paper.more)


def _introduction(section: Section, invitations: Sequence[str], layout: Layout) -> Iterator[Block]:
    if section.none:
        yield Block(Kind.PARAGRAPH, section.none)
        return
    stage = STAGES[section.stage] if section.stage else ""
    lead = layout.pick(
        ["We invite any views from the Group on", "Views are invited on", "We would welcome comments on"]
    )
    as_list = Switch.INVITED_LIST in layout.on and bool(invitations)
    views = f"{lead}:" if as_list else f"{lead} {_enumerated(invitations)}." if invitations else ""
    if Switch.INVITED_WITH_STAGE in layout.on:
        stage, views = "", f"{stage} {views}".strip()
    yield from (Block(Kind.PARAGRAPH, text) for text in (stage, views) if text)
    if as_list:
        ends = [";"] * (len(invitations) - 2) + ["; and"] * (len(invitations) > 1) + ["."]
        yield from (Block(Kind.BULLET, f"{text}{end}") for text, end in zip(invitations, ends, strict=True))


def _enumerated(entries: Sequence[str]) -> str:
    """One; one and another; one, another, and a third."""
    if len(entries) <= max(BETWEEN):
        return " and ".join(entries)
    return f"{', '.join(entries[:-1])}, and {entries[-1]}"


def _proposal(group: tuple[Proposal, ...], layout: Layout, index: int) -> Iterator[Block]:
    yield heading_of(group, layout, index)
    yield from (Block(Kind.PARAGRAPH, text) for text in raising(group, layout, index))
    yield from _text(group[0].summary)
    impacts = [_text(text) for proposal in group for _, text in proposal.impacts]
    headings = [heading for heading, _ in group[0].impacts]
    appendix = appendix_sentence(group, layout, index)
    blocks = []
    for position, texts in enumerate(impacts):
        if position < len(headings):
            blocks.append(Block(Kind.HEADING, headings[position], level=4))
        blocks += texts
    if appendix and Switch.APPENDIX_RUNS_ON in layout.on and blocks and blocks[-1].kind is Kind.PARAGRAPH:
        blocks[-1] = Block(Kind.PARAGRAPH, f"{blocks[-1].text} {appendix}")
    elif appendix:
        blocks.append(Block(Kind.PARAGRAPH, appendix))
    yield from blocks


def _text(paragraphs: Sequence[str]) -> list[Block]:
    return [
        Block(Kind.BULLET, text.removeprefix("- ")) if text.startswith("- ") else Block(Kind.PARAGRAPH, text)
        for text in paragraphs
    ]


def _numbered(blocks: Iterator[Block], layout: Layout) -> Iterator[Block]:
    """Sections with the numbers they are printed with."""
    number = 0
    for block in blocks:
        if block.kind is Kind.HEADING and block.level == 2 and Switch.NONE_NUMBERED not in layout.on:
            number += 1
            yield Block(block.kind, f"{number}. {block.text}", block.level)
        else:
            yield block


def _foot(paper: Paper, layout: Layout) -> Iterator[Block]:
    if Switch.HEAD_FIELDS not in layout.on:
        for text in (paper.author, paper.team, f"{paper.dated.day} {paper.dated:%B %Y}"):
            yield Block(Kind.SIGNED, text)
    listed = [proposal for proposal, _ in paper.proposals if proposal.appendix]
    if listed:
        yield Block(Kind.HEADING, "Attachments:", level=2)
    kind = Kind.PARAGRAPH if Switch.ATTACHMENT_LINES in layout.on else Kind.BULLET
    form = layout.pick(["**Appendix {letter}:** {name}", "Appendix {letter}: {name}", "Appendix {letter} – {name}"])
    for proposal in listed:
        yield Block(kind, form.format(letter=proposal.appendix, name=proposal.listed_as))
