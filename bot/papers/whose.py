"""Whom words under a heading are about: the proposals of a joint heading that they name or begin with."""

import re
from collections.abc import Sequence

from bot.papers.headings import proposals_in
from bot.papers.parts import Parts
from bot.rules.references import find_references

# What may stand before the number that a paragraph of a split modification begins with: "For MP102A, …".
BEGINS_WITH = re.compile(
    r"(?:(?:For|Under|On|Regarding|In respect of|With regard to|As for) )?(?=(?:SECMP|DP|MP)[ _-]?\d)"
)
OPENING = 120  # characters in which a sentence names those that it begins with


def begun_with(text: str, everyone: Sequence[Parts]) -> Sequence[Parts]:
    """The proposals of a joint heading that a text begins with: "For MP102A, …", "MP102A and B …"."""
    label = BEGINS_WITH.match(text) if len(everyone) > 1 else None
    named = proposals_in(text[label.end() : label.end() + OPENING]) if label else []
    references = {one.mention.reference for one in named}
    return [parts for parts in everyone if parts.mention.reference in references]


def about(sentences: Sequence[str], everyone: Sequence[Parts]) -> Sequence[Parts]:
    """Whom a paragraph is about: those its sentences begin with where its first begins with one, else everybody."""
    begun = [begun_with(sentence, everyone) for sentence in sentences]
    return [parts for parts in everyone if any(parts in some for some in begun)] if any(begun[:1]) else everyone


def named_in(sentence: str, everyone: Sequence[Parts]) -> Sequence[Parts]:
    """The proposals of this heading that a sentence names; everybody where the heading names one."""
    if len(everyone) == 1:
        return everyone
    named = {mention.reference for mention in find_references(sentence)}
    return [parts for parts in everyone if parts.mention.reference in named]
