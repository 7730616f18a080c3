"""One heading's part of the paper: who raised the proposal, summary, impact statements, appendix.

A heading may name several proposals (a modification that was split): what names one of them is that one's, what names
none or all is everybody's.
"""

import re
from collections.abc import Sequence

from bot.domain import Reference
from bot.papers.facts import LEAD_ANALYST, RAISED_BY, labelled_fact, lead_analyst_in, letters_in, says_where
from bot.papers.findings import Findings
from bot.papers.found import ItemFound
from bot.papers.headings import proposals_in, without_number
from bot.papers.paragraphs import Paragraph
from bot.papers.parts import Parts, item_of
from bot.papers.sections import Block
from bot.papers.sentences import sentences_of
from bot.papers.shapes import Shape
from bot.rules.references import find_references

# What may stand before the number that a paragraph of a split modification begins with: "For MP102A, …".
BEGINS_WITH = re.compile(
    r"(?:(?:For|Under|On|Regarding|In respect of|With regard to|As for) )?(?=(?:SECMP|DP|MP)[ _-]?\d)"
)


def items_of(block: Block, stage: str | None, findings: Findings) -> list[ItemFound]:
    """The items that a heading and the text under it describe."""
    findings.place(block.heading.lines, _where(block))
    named = proposals_in(without_number(block.heading.text))
    if len({one.mention.reference.number for one in named if not one.words} | {named[-1].mention.reference.number}) > 1:
        message = "The heading names more than one proposal and not a title for each: give each a heading of its own."
        findings.add("heading-unclear", block.heading.line, message)
    everyone = [Parts(one, block.heading.line, stage) for one in named]
    _Reader(everyone, findings).read(block.body)
    return [item_of(parts, named[-1].words, findings) for parts in everyone]


def _where(block: Block) -> str:
    return f"{' and '.join(one.mention.label for one in proposals_in(block.heading.text))} heading"


class _Reader:
    """Reads the paragraphs under one heading into the parts of the proposals that it names."""

    def __init__(self, everyone: Sequence[Parts], findings: Findings) -> None:
        self._everyone = everyone
        self._findings = findings
        self._in_impacts = False
        self._first = True

    def read(self, body: Sequence[Paragraph]) -> None:
        for paragraph in body:
            self._paragraph(paragraph)
            self._first = False

    def _paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.shape is Shape.IMPACT:
            self._in_impacts = True
            for parts in self._everyone:
                parts.impacts.append((without_number(paragraph.text).rstrip(":"), []))
            self._place(paragraph, self._everyone, "impacts heading")
        elif paragraph.shape is Shape.HEADING and paragraph.level:
            self._in_impacts = False  # the heading itself is left over, and said to be so
        elif paragraph.shape is Shape.TABLE:
            self._table(paragraph)
        elif paragraph.shape is Shape.LABELLED and self._takes_labelled(paragraph):
            return
        elif paragraph.shape in {Shape.BULLET, Shape.FOOTNOTE}:
            self._keep(paragraph, paragraph.printed, self._about(paragraph.text))
        else:
            self._sentences(paragraph)

    def _sentences(self, paragraph: Paragraph) -> None:
        """The sentences that fill fields; each fills its field once, later ones stay as text."""
        kept: dict[Parts, list[str]] = {}
        about = self._about(paragraph.text)
        for sentence in sentences_of(paragraph.text):
            if self._takes(sentence, paragraph):
                continue
            if self._in_impacts:
                about = self._named_in(sentence) or about
            for parts in about:
                kept.setdefault(parts, []).append(sentence)
        for parts, sentences in kept.items():
            self._keep(paragraph, " ".join(sentences), [parts])

    def _keep(self, paragraph: Paragraph, text: str, about: Sequence[Parts]) -> None:
        for parts in about:
            place = parts.impacts[-1][1] if self._in_impacts else parts.summary
            place.append(text)
        self._place(paragraph, about, "impacts" if self._in_impacts else "summary")

    def _table(self, paragraph: Paragraph) -> None:
        for row in paragraph.rows:
            place = Paragraph((row.number,), row.text, Shape.TABLE)
            self._keep(place, row.text, self._everyone)
        message = "A table among the words of a proposal was read as text, one paragraph a row."
        self._findings.add("table-as-text", paragraph.line, message)

    def _about(self, text: str) -> Sequence[Parts]:
        """Whom a paragraph is about: those it begins with, else everybody."""
        label = BEGINS_WITH.match(text) if len(self._everyone) > 1 else None
        opening = text[: label.end() + 40].partition(":")[0].partition(",")[0] if label else ""
        return self._named_in(opening) or self._everyone

    def _named_in(self, sentence: str) -> Sequence[Parts]:
        """The proposals of this heading that a sentence names; everybody where the heading names one."""
        if len(self._everyone) == 1:
            return self._everyone
        named = {mention.reference for mention in find_references(sentence)}
        return [parts for parts in self._everyone if parts.mention.reference in named]

    def _takes(self, sentence: str, paragraph: Paragraph) -> bool:
        return (
            self._takes_raised(sentence, paragraph)
            or self._takes_lead_analyst(sentence, paragraph)
            or self._takes_appendix(sentence, paragraph)
        )

    def _takes_raised(self, sentence: str, paragraph: Paragraph) -> bool:
        """Who raised it. Another proposal's sentence counts only where ours should stand: right at the start."""
        found = RAISED_BY.match(sentence)
        named = find_references(sentence[: found.start("who")]) if found else []
        about = self._named_in(sentence[: found.start("who")]) if found and named else self._everyone
        others = [mention for mention in named if mention.reference not in self._references()]
        open_ones = [parts for parts in about or self._everyone if parts.raised is None]
        if found is None or not open_ones or (others and not self._first):
            return False
        for parts in open_ones:
            parts.raised = (
                f"{found['who'].rstrip('. ')} on behalf of {found['behalf']}" if found["behalf"] else found["who"]
            )
            parts.other_reference = others[0] if others else None
            if lead := LEAD_ANALYST.search(sentence):
                parts.lead_analyst = lead["name"]
        self._place(paragraph, open_ones, "proposer")
        return True

    def _takes_labelled(self, paragraph: Paragraph) -> bool:
        """A fact on a line of its own: "Proposer: Ada Holt (Calder)". What is none of a field's values stays text."""
        fact = labelled_fact(paragraph.text)
        open_ones = [parts for parts in self._everyone if fact and (fact.over or getattr(parts, fact.field) is None)]
        for parts in open_ones:
            setattr(parts, fact.field if fact else "", fact.value if fact else "")
        self._place(paragraph, open_ones, fact.where if fact else "")
        return bool(open_ones)

    def _takes_lead_analyst(self, sentence: str, paragraph: Paragraph) -> bool:
        name = lead_analyst_in(sentence)
        open_ones = [parts for parts in self._named_in(sentence) or self._everyone if parts.lead_analyst is None]
        if name is None or not open_ones:
            return False
        for parts in open_ones:
            parts.lead_analyst = name
        self._place(paragraph, open_ones, "Lead Analyst")
        return True

    def _takes_appendix(self, sentence: str, paragraph: Paragraph) -> bool:
        letters = self._letters(sentence)
        open_ones = [p for p in self._everyone if p.appendix is None and p.label in letters]
        for parts in open_ones:
            parts.appendix = letters[parts.label]
        self._place(paragraph, open_ones, "appendix")
        return bool(open_ones)

    def _letters(self, sentence: str) -> dict[str, str]:
        """The appendix of each proposal that the sentence speaks of: one for all, or as many as there are."""
        letters = letters_in(sentence)
        about = list(dict.fromkeys(p for m in find_references(sentence) for p in self._named_in(m.label)))
        about = about or list(self._everyone)
        if len(letters) == len(about) > 1 and says_where(sentence, several=True):
            return {parts.label: letter for parts, letter in zip(about, letters, strict=True)}
        if letters and says_where(sentence, several=False) and len(letters) < max(len(about), 2):
            return {parts.label: letters[-1] for parts in about}
        return {}

    def _references(self) -> set[Reference]:
        return {parts.mention.reference for parts in self._everyone}

    def _place(self, paragraph: Paragraph, about: Sequence[Parts], where: str) -> None:
        for parts in about:
            self._findings.place(paragraph.lines, f"{parts.label} {where}")
