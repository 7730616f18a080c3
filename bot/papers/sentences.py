"""Sentences of a paragraph, cut with care: initials and abbreviations end none."""

import re

from bot.papers.quotes import QUOTES

MARKS = re.escape(QUOTES)
# Where one sentence may end and the next begin.
BOUNDARY = re.compile(rf"(?<=[.!?])[{MARKS})\]]{{0,3}}\s+(?=[{MARKS}(\[]{{0,3}}[A-Z0-9])")
# A full stop that ends no sentence: an initial ("A. Other", but not "Appendix A."), a title, a short form.
NO_END = re.compile(
    r"(?:(?<!Appendix )(?<!Annex )\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Ltd|Co|cf|e\.g|i\.e|vs|approx))\.$"
)
# Words that begin a sentence and no name: before one of them a short form's full stop ends the sentence as well.
BEGINS = re.compile(
    r"(?:The|This|These|That|Those|It|Its|They|There|A(?= [a-z])|An|In|On|At|If|As|For|We|No|None"
    r"|However|SECAS|Users|Both|All"
    r"|Lead Analyst|(?:SECMP|DP|MP)\d+[A-Z]?)\b"
)


def sentences_of(text: str) -> list[str]:
    """The sentences in order; joined by a space they are the text again."""
    sentences, start = [], 0
    for boundary in BOUNDARY.finditer(text):
        sentence = text[start : boundary.end()].strip()
        if not NO_END.search(sentence[-20:]) or BEGINS.match(text, boundary.end()):
            sentences.append(sentence)
            start = boundary.end()
    return [*sentences, text[start:].strip()] if text[start:].strip() else sentences
