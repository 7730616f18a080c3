"""What a Word document's styles and lists say of a paragraph: heading, list, table of contents, hidden, bold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from bot.papers.lines import LineKind
from bot.papers.opening.docx.xml import W, child, number, switch, value

# Word keeps these names in English, whatever language it speaks; "Heading" alone is LibreOffice's.
HEADING = re.compile(r"heading ?(?P<level>[1-9])?|title", re.IGNORECASE)
LISTED = re.compile(r"list (?:bullet|number) ?(?P<level>[1-9])?", re.IGNORECASE)
# Tables of contents repeat the headings.
CONTENTS = re.compile(r"(?:toc|contents) (?:heading|[1-9])", re.IGNORECASE)
BODY_TEXT = 9  # the outline level that is none
LONGEST_CHAIN = 30  # styles, each based on the next; Word's own stop at five
DEEPEST = 8  # the depth of lists, counted from 0, as Word has it
BULLETS = {"bullet", ""}


@dataclass(frozen=True)
class Look:
    """What a paragraph is by its own properties and its style. `numbered`: a list that counts."""

    kind: LineKind
    level: int = 0
    numbered: bool = False


@dataclass(frozen=True)
class Style:
    name: str
    based_on: str
    paragraph: Element | None
    run: Element | None


class Styles:
    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = () if styles is None else styles.iterfind(f"{W}style")
        self._styles = {value(style, "styleId"): _style(style) for style in found}
        self._formats = _formats(numbering)

    def look(self, properties: Element | None) -> Look:
        """The look of a paragraph with these properties."""
        chain = list(self._chain(value(child(properties, "pStyle"))))
        if any(CONTENTS.fullmatch(style.name) for style in chain):
            return Look(LineKind.FURNITURE)
        level = _heading_level(properties, chain)
        return Look(LineKind.HEADING, level) if level else self._listed(properties, chain)

    def is_on(self, name: str, run: Element, paragraph: Element | None) -> bool:
        """Whether a run's text is `vanish` or `b`: by itself, by its style, or by the paragraph's style."""
        own = child(run, "rPr")
        styles = (value(child(own, "rStyle")), value(child(paragraph, "pStyle")))
        chain = [own, *(style.run for start in styles for style in self._chain(start))]
        return next((said for said in (switch(properties, name) for properties in chain) if said is not None), False)

    def _chain(self, start: str) -> Iterator[Style]:
        """A style and those that it is based on, each once."""
        seen: set[str] = set()
        while start in self._styles and start not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(start)
            yield self._styles[start]
            start = self._styles[start].based_on

    def _listed(self, properties: Element | None, chain: list[Style]) -> Look:
        """Where a style is in a list, its name may know better how deep: "List Bullet 2"."""
        own = child(properties, "numPr")
        if own is not None:
            return self._in_list(own)
        listed = next((found for style in chain if (found := child(style.paragraph, "numPr")) is not None), None)
        look = Look(LineKind.BULLET) if listed is None else self._in_list(listed)
        named = next((int(name["level"] or 1) for style in chain if (name := LISTED.fullmatch(style.name))), 0)
        if look.kind is LineKind.TEXT or not max(look.level, named):
            return Look(LineKind.TEXT)
        return replace(look, level=max(look.level, named))

    def _in_list(self, listed: Element) -> Look:
        list_id, depth = value(child(listed, "numId")), number(value(child(listed, "ilvl"))) or 0
        form = self._formats.get((list_id, depth), "")
        if list_id in {"", "0"} or form == "none":
            return Look(LineKind.TEXT)
        return Look(LineKind.BULLET, depth + 1, form not in BULLETS)


def _style(style: Element) -> Style:
    return Style(value(child(style, "name")), value(child(style, "basedOn")), child(style, "pPr"), child(style, "rPr"))


def _heading_level(properties: Element | None, chain: list[Style]) -> int:
    """1 is the highest; 0 for none. What the paragraph says itself comes before its style, and that before others."""
    own = number(value(child(properties, "outlineLvl")))
    if own is not None:
        return own + 1 if own < BODY_TEXT else 0
    for style in chain:
        outline = number(value(child(style.paragraph, "outlineLvl")))
        if outline is not None:
            return outline + 1 if outline < BODY_TEXT else 0
        if found := HEADING.fullmatch(style.name):
            return int(found["level"] or 1)
    return 0


def _formats(numbering: Element | None) -> dict[tuple[str, int], str]:
    """By list and depth, what an item is marked with: "bullet", "decimal", …"""
    if numbering is None:
        return {}
    models = {value(model, "abstractNumId"): _levels(model) for model in numbering.iterfind(f"{W}abstractNum")}
    formats: dict[tuple[str, int], str] = {}
    for listed in numbering.iterfind(f"{W}num"):
        levels = dict(models.get(value(child(listed, "abstractNumId")), {}))
        for override in listed.iterfind(f"{W}lvlOverride"):
            levels |= _levels(override)
        formats |= {(value(listed, "numId"), depth): form for depth, form in levels.items()}
    return formats


def _levels(model: Element) -> dict[int, str]:
    found = ((number(value(level, "ilvl")), value(child(level, "numFmt"))) for level in model.iterfind(f"{W}lvl"))
    return {depth: form for depth, form in found if depth is not None and depth <= DEEPEST}
