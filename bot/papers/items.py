"""One heading's part of the paper: who raised the proposal, summary, impact statements, appendix.

A heading may name several proposals (a modification that was split): what names one of them is that one's, what names
none or all is everybody's.
"""

import re
from collections.abc import Callable, Sequence

from bot.domain import Reference
from bot.papers.facts import LEAD_ANALYST, RAISED_BY, WHERE, labelled_fact, lead_analyst_in, letters_in, says_where
from bot.papers.findings import Findings, opening
from bot.papers.found import ItemFound
from bot.papers.headings import proposals_in, without_number
from bot.papers.paragraphs import Paragraph
from bot.papers.parts import Parts, item_of
from bot.papers.people import name_of, raised_by
from bot.papers.sections import Block
from bot.papers.sentences import sentences_of
from bot.papers.shapes import Shape
from bot.papers.whose import about, begun_with, named_in
from bot.rules.references import find_references

# A sentence on all of them, whatever the one before it names.
OF_ALL = re.compile(r"(?:Both|All|Each|Neither|None|Together)\b")
# How two values of a field are compared: "Ada Holt (Calder)" and "Ada Holt of Calder" are one.
ALIKE: dict[str, Callable[[str], object]] = {"raised": raised_by, "lead_analyst": name_of}


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
        self._spoken_of = everyone  # whom the sentence is about, where it names none
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
            self._keep(paragraph, paragraph.printed, about(sentences_of(paragraph.text), self._everyone))
        else:
            self._sentences(paragraph)

    def _sentences(self, paragraph: Paragraph) -> None:
        """The sentences that fill fields; each fills its field once, later ones stay as text.

        The others are about those that the paragraph's sentences begin with, or everybody. Impacts go sentence by
        sentence.
        """
        kept: dict[Parts, list[str]] = {}
        sentences = sentences_of(paragraph.text)
        self._spoken_of = self._everyone
        whose = about(sentences, self._everyone)
        for sentence in sentences:
            self._spoken_of = begun_with(sentence, self._everyone) or self._spoken_of
            if self._takes(sentence, paragraph):
                continue
            if self._in_impacts:
                whose = self._everyone if OF_ALL.match(sentence) else self._named_in(sentence) or self._spoken_of
            for parts in whose:
                kept.setdefault(parts, []).append(sentence)
        for parts, sentences in kept.items():
            self._keep(paragraph, " ".join(sentences), [parts])

    def _keep(self, paragraph: Paragraph, text: str, whose: Sequence[Parts]) -> None:
        for parts in whose:
            place = parts.impacts[-1][1] if self._in_impacts else parts.summary
            place.append(text)
        self._place(paragraph, whose, "impacts" if self._in_impacts else "summary")

    def _table(self, paragraph: Paragraph) -> None:
        for row in paragraph.rows:
            place = Paragraph((row.number,), row.text, Shape.TABLE)
            self._keep(place, row.text, self._everyone)
        message = "A table among the words of a proposal was read as text, one paragraph a row."
        self._findings.add("table-as-text", paragraph.line, message)

    def _named_in(self, sentence: str) -> Sequence[Parts]:
        return named_in(sentence, self._everyone)

    def _takes(self, sentence: str, paragraph: Paragraph) -> bool:
        return (
            self._takes_raised(sentence, paragraph)
            or self._takes_lead_analyst(sentence, paragraph)
            or self._takes_appendix(sentence, paragraph)
        )

    def _takes_raised(self, sentence: str, paragraph: Paragraph) -> bool:
        """Who raised it. Another proposal's sentence counts only where ours should stand: right at the start."""
        found = RAISED_BY.match(sentence)
        if found is None:
            return False
        named = find_references(sentence[: found.start("who")])
        others = [mention for mention in named if mention.reference not in self._references()]
        if others and not self._first:
            return False
        whose = (
            begun_with(sentence, self._everyone) or self._named_in(sentence[: found.start("who")]) or self._spoken_of
        )
        who = f"{found['who'].rstrip('. ')} on behalf of {found['behalf']}" if found["behalf"] else found["who"]
        open_ones = self._set("raised", who, whose, paragraph)
        for parts in open_ones:
            parts.other_reference = others[0] if others else None
        if open_ones:
            self._lead_analyst_beside(sentence, open_ones, paragraph)
        return bool(open_ones)

    def _lead_analyst_beside(self, sentence: str, whose: Sequence[Parts], paragraph: Paragraph) -> None:
        """The Lead Analyst that the sentence on the Proposer names as well. Words that are no name are left over."""
        lead = LEAD_ANALYST.search(sentence)
        name = lead_analyst_in(lead.group()) if lead else None
        if lead and name is None:
            self._findings.unplaced(paragraph.lines, lead.group())
        elif name:
            self._set("lead_analyst", name, whose, paragraph)

    def _takes_labelled(self, paragraph: Paragraph) -> bool:
        """A fact on a line of its own: "Proposer: Ada Holt (Calder)". What is none of a field's values stays text."""
        fact = labelled_fact(paragraph.text)
        if fact is None:
            return False
        for parts in self._everyone if fact.over else ():
            setattr(parts, fact.field, None)
        if not self._set(fact.field, fact.value, self._everyone, paragraph):
            self._keep(paragraph, paragraph.text, self._everyone)
        return True

    def _takes_lead_analyst(self, sentence: str, paragraph: Paragraph) -> bool:
        name = lead_analyst_in(sentence)
        whose = self._named_in(sentence) or self._spoken_of
        return name is not None and bool(self._set("lead_analyst", name, whose, paragraph))

    def _takes_appendix(self, sentence: str, paragraph: Paragraph) -> bool:
        letters = self._letters(sentence)
        said = [parts for parts in self._everyone if parts.label in letters]
        taken = [self._set("appendix", letters[parts.label], [parts], paragraph) for parts in said]
        return any(taken)

    def _letters(self, sentence: str) -> dict[str, str]:
        """The appendix of each proposal that the sentence speaks of: one for all, or as many as there are."""
        letters = letters_in(sentence)
        whose = list(dict.fromkeys(p for m in find_references(sentence) for p in self._named_in(m.label)))
        whose = whose or list(self._spoken_of)
        if len(letters) == len(whose) > 1 and says_where(sentence, several=True):
            return {parts.label: letter for parts, letter in zip(whose, letters, strict=True)}
        if letters and says_where(sentence, several=False) and len(letters) < max(len(whose), 2):
            return {parts.label: letters[-1] for parts in whose}
        return {}

    def _set(self, field: str, value: str, whose: Sequence[Parts], paragraph: Paragraph) -> Sequence[Parts]:
        """Fill a field where it is open: of these proposals. Where it is not, the value should be the same."""
        open_ones = [parts for parts in whose if getattr(parts, field) is None]
        self._compare(field, value, [parts for parts in whose if parts not in open_ones], paragraph)
        for parts in open_ones:
            setattr(parts, field, value)
        self._place(paragraph, open_ones, WHERE[field])
        return open_ones

    def _compare(self, field: str, value: str, others: Sequence[Parts], paragraph: Paragraph) -> None:
        """Another value than the one read before: whose it is is not clear. `unread` sees sentences on one proposal."""
        joint = len(self._everyone) > 1
        alike = ALIKE.get(field, str.strip)
        differs = any(alike(getattr(parts, field)) != alike(value) for parts in others)
        if differs and (joint or (paragraph.shape is Shape.LABELLED and field != "lead_analyst")):
            whose = "give each proposal a heading of its own." if joint else "is a proposal's heading missing?"
            message = f"“{opening(paragraph.text)}” says otherwise than the words before it: {whose}"
            self._findings.add("heading-unclear" if joint else "proposal-not-read", paragraph.line, message)

    def _references(self) -> set[Reference]:
        return {parts.mention.reference for parts in self._everyone}

    def _place(self, paragraph: Paragraph, whose: Sequence[Parts], where: str) -> None:
        for parts in whose:
            self._findings.place(paragraph.lines, f"{parts.label} {where}")
