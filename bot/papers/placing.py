"""What a line is in its place, by the lines around it; headings that run over several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.papers.headings import proposals_in, without_number
from bot.papers.lines import Line, LineKind
from bot.papers.quotes import QUOTES
from bot.papers.shapes import (
    DATE,
    NAME,
    RAISED,
    TEAM,
    Shape,
    continues_title,
    ended,
    has_title_in_quotes,
    shape_of,
)
from bot.rules.references import leading_reference

BLANK = Line(0, "", LineKind.BLANK)  # what stands after the last line
NEAR = 8  # lines in which the next words stand, blank ones of a page break between
HEADING_LINES = 5  # that one heading runs over, at most

# Nobody ends a paragraph so: what follows is its other half, whatever letter it begins with.
CUT = re.compile(r"(?:,|\b(?:the|a|an|of|and|or|to|in|for|by|with|that|which|on|at|from|as|its|their|this|these))\Z")
# A line after which a joint heading goes on: "MP102A 'Clear names' and". And one that goes on with its next proposal:
# "and MP102B 'Clearer names'", or with "(SEC Section D)".
AND = re.compile(r"(?:,|;|/|&|\band)\Z")
ANOTHER = re.compile(r"(?:,|;|/|&|and) ?(?:SECMP|DP|MP)[ _-]?\d|\([^()]*\)\Z")
# Who raised it, said below the heading without a subject.
BY_WHOM = re.compile(r"(?:(?:was|has been) )?(?:raised|submitted|proposed)\b")
# What may turn out to be a proposal's heading by what follows it.
MAY_BE_HEADING = {Shape.TEXT, Shape.BULLET, Shape.HEADING, Shape.IMPACT, Shape.SECTION}


@dataclass(frozen=True)
class Place:
    """A line among those that hold the paper's own words. `breaks`: a page ended just before it."""

    line: Line
    breaks: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading that runs over `lines` lines."""

    lines: int
    text: str
    shape: Shape


def broken_heading(body: Sequence[Place], start: int) -> Heading | None:
    """A heading that runs over several lines: its parts taken one by one would be another, or none."""
    if body[start].line.kind is not LineKind.TEXT or (start and body[start - 1].line.kind is not LineKind.BLANK):
        return None
    lines = [place.line for place in body[start : start + HEADING_LINES + 1]]
    touching = next((i for i, line in enumerate(lines) if line.kind is not LineKind.TEXT), len(lines))
    if quoted := _in_quotes(lines, min(touching, HEADING_LINES)):
        return quoted
    if not 1 < touching <= HEADING_LINES:
        return None
    text = " ".join(line.text for line in lines[:touching])
    bare = not has_title_in_quotes(lines[0].text) and not ended(text)
    if bare and proposals_in(text) and _says_who(body, start + touching):
        return Heading(touching, text, Shape.ITEM)
    return _of_section(lines[:touching], text)


def _in_quotes(lines: Sequence[Line], most: int) -> Heading | None:
    """A proposal's heading whose title is in quotes that only a later line closes."""
    for count in range(2, most + 1):
        text = " ".join(line.text for line in lines[:count])
        opened = text.count("(") > text.count(")")
        goes_on = count < most and (opened or AND.search(text) or ANOTHER.match(lines[count].text))
        if continues_title(lines[0].text, text) and not goes_on:
            return Heading(count, text, Shape.ITEM)
    return None


def _of_section(lines: Sequence[Line], text: str) -> Heading | None:
    """The name of a section, or of impact statements, that is whole in all these lines only."""
    shape = shape_of(text, LineKind.TEXT, apart=True)
    first = shape_of(lines[0].text, LineKind.TEXT, apart=True)
    runs_on = all(after.text[0].islower() or CUT.search(before.text) for before, after in pairwise(lines))
    alone = first in {Shape.SECTION, Shape.IMPACT, Shape.ITEM}
    named = shape in {Shape.SECTION, Shape.IMPACT} and (runs_on or not alone)
    return Heading(len(lines), text, shape) if named else None


def _says_who(body: Sequence[Place], start: int) -> bool:
    """Whether the next paragraph says who raised a proposal: what stands before it is the proposal's heading."""
    after = next((place.line for place in body[start : start + NEAR] if place.line.kind is not LineKind.BLANK), BLANK)
    return RAISED.match(after.text) is not None


def shape_in(body: Sequence[Place], index: int) -> Shape | None:
    """The shape of a line in its place; None where it is blank."""
    line = body[index].line
    if line.kind is LineKind.BLANK:
        return None
    before = body[index - 1].line.kind if index else LineKind.BLANK
    after = body[index + 1].line if index + 1 < len(body) else BLANK
    apart = before is LineKind.BLANK and (after.kind is not LineKind.TEXT or RAISED.match(after.text) is not None)
    shape = shape_of(line.text, line.kind, apart=apart)
    if shape in {Shape.TEXT, Shape.HEADING} and NAME.fullmatch(line.text) and _signs(body, index + 1):
        return Shape.AUTHOR
    if shape in MAY_BE_HEADING and _is_raised_next(body, index):
        return Shape.ITEM
    if shape in {Shape.ITEM, Shape.SECTION} and _is_cut(body, index):
        return Shape.TEXT
    if shape in {Shape.DATE, Shape.IMPACT} and _is_within(body, index):
        return Shape.TEXT
    return shape


def _is_raised_next(body: Sequence[Place], index: int) -> bool:
    """Whether a line names a proposal at its start or end, and the next paragraph says who raised that proposal."""
    named = proposals_in(body[index].line.text)
    before = body[index - 1].line.kind if index else LineKind.BLANK
    after = next((p.line.text for p in body[index + 1 : index + NEAR] if p.line.kind is not LineKind.BLANK), "")
    raised = leading_reference(after) if RAISED.match(after) else None
    touched = before in {LineKind.TEXT, LineKind.BULLET} and body[index].line.kind is LineKind.TEXT
    if not named or raised is None or touched or RAISED.match(body[index].line.text):
        return False
    return named[0].mention.reference == raised.reference


def _is_within(body: Sequence[Place], index: int) -> bool:
    """Whether a line stands in the middle of a paragraph: the one before it breaks off, the one after goes on."""
    before = body[index - 1].line if index else BLANK
    after = body[index + 1].line if index + 1 < len(body) else BLANK
    breaks_off = before.kind is LineKind.TEXT and not ended(before.text) and not NAME.fullmatch(before.text)
    goes_on = after.kind is LineKind.TEXT and (after.text[0].islower() or not after.text[0].isalpha())
    return breaks_off and goes_on and TEAM.fullmatch(before.text) is None


def _is_cut(body: Sequence[Place], index: int) -> bool:
    """Whether what looks like a heading is half a sentence: in lower case it goes on, at once or not after quotes."""
    line, touching = body[index].line, body[index + 1].line if index + 1 < len(body) else BLANK
    goes_on = touching.kind is LineKind.TEXT and touching.text[0].islower()
    if line.kind is LineKind.TEXT and goes_on and not BY_WHOM.match(touching.text):
        return True
    after = next((p.line for p in body[index + 1 : index + NEAR] if p.line.kind is not LineKind.BLANK), BLANK)
    unmarked = line.kind is LineKind.TEXT and line.text[-1] not in QUOTES and without_number(line.text) == line.text
    return unmarked and after.kind is LineKind.TEXT and after.text[0].islower()


def _signs(body: Sequence[Place], start: int) -> bool:
    """Whether the next words after a name are a team or a date, as at the end of a paper."""
    after = (body[index].line for index in range(start, len(body)))
    words = next((line.text for line in after if line.kind is not LineKind.BLANK), "")
    return TEAM.fullmatch(words) is not None or DATE.fullmatch(words) is not None
