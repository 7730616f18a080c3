"""Microsoft Teams as a surface: plain runs of text, each line a block of its own, and how much a card holds.

Everything stands in RichTextBlocks, in whose runs no Markdown is read (Adaptive Cards: TextRun), so that there is
nothing to escape but JSON. Not every client breaks a line inside a run: a block is made of each line here.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.messenger import Payload

Element = dict[str, Any]

# Of UTF-8. Microsoft's pages name 28, 40 and about 100 KB for a message: this keeps to each. A form is no message.
CARD, FORM = 25_000, 80_000
SUMMARY = 250
TITLE = 75
_TEXT = 3000  # of a block, as it is taken on Slack
_SHORT = 300  # a block is not cut shorter than this as long as there are links to leave out
_LEAST = 150  # nor at all: then lines are left out
_LINE = 90  # about what a further line costs, which is a block of its own

# Control characters, but for tabs and line breaks, and halves of characters, which no UTF-8 can hold.
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s/]")
_OF_RUNS = ("size", "weight", "color", "isSubtle", "italic", "fontType")


def escape(text: str) -> str:
    """The text as it stands, without what is not shown."""
    return _NOT_SHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def fit(payload: Payload) -> Payload:
    """The last guard: templates divide long text themselves; whatever is still too long is cut, never refused."""
    fitted = dict(payload)
    for name, most in (("summary", SUMMARY), ("title", TITLE)):
        if isinstance(words := payload.get(name), str):
            fitted[name] = _cut(" ".join(words.split()), most)
    if isinstance(card := payload.get("card"), dict):
        fitted["card"] = _within(card, FORM if "title" in payload else CARD)
    return fitted


def _within(card: Element, limit: int) -> Element:
    """First long blocks are cut, then links left out from the end, then words cut further, then lines left out."""
    fitted, most = _laid_out(card, _TEXT), _TEXT
    while size(fitted) > limit and most > _SHORT:
        most = most * 4 // 5
        fitted = _laid_out(card, most)
    if size(fitted) > limit:
        _leave_out_links(fitted, size(fitted) - limit)
    while size(fitted) > limit and most > _LEAST:
        most = most * 4 // 5
        fitted = _laid_out(card, most, links=False)
    while size(fitted) > limit and _leave_out_a_line(fitted):
        pass
    return fitted


def size(card: Element) -> int:
    return len(json.dumps(card, ensure_ascii=False).encode())


def _laid_out(card: Element, most: int, *, links: bool = True) -> Element:
    """The card in lines, no block longer than `most`."""
    return {**card, "body": _stacked(card.get("body", []), lambda block: list(_lines(block, most, links=links)))}


def _stacked(elements: list[Element], lines: Callable[[Element], list[Element]]) -> list[Element]:
    found: list[Element] = []
    rule = False  # a separator that waits for something to stand above
    for element in elements:
        taken = _taken(element, lines)
        if rule and taken:
            taken[0] = {**taken[0], "separator": True, "spacing": "Medium"}
        rule = (rule and not taken) or (not taken and bool(element.get("separator")))
        found.extend(taken)
    return found


def _taken(element: Element, lines: Callable[[Element], list[Element]]) -> list[Element]:
    """An element as Teams takes it: none where it says nothing, several where it has several lines."""
    match element.get("type"):
        case "RichTextBlock":
            return lines(element)
        case "ActionSet":
            actions = [{**action, "title": _cut(str(action.get("title", "")), TITLE)} for action in element["actions"]]
            actions = [action for action in actions if "url" not in action or _ADDRESS.match(action["url"])]
            return [{**element, "actions": actions}] if actions else []
        case "Container" | "Column":
            items = _stacked(element.get("items", []), lines)
            return [{**element, "items": items}] if items else []
        case "ColumnSet":
            columns = _stacked(element.get("columns", []), lines)
            return [{**element, "columns": columns}] if columns else []
        case _:
            return [element]


def _lines(block: Element, most: int, *, links: bool) -> Iterator[Element]:
    """A block a line. What a template says of the block, such as `isSubtle`, each of its runs gets."""
    style = {key: block[key] for key in _OF_RUNS if key in block}
    rest = {key: value for key, value in block.items() if key not in (*_OF_RUNS, "inlines")}
    spacing = rest.get("spacing", "Default")
    for line in _divided(_shortened(block.get("inlines", []), most)):
        said = [_run({**style, **run}, links=links) for run in line if run["text"]]
        if any(run["text"].strip() for run in said):
            yield {**rest, "spacing": spacing, "inlines": said}
            rest, spacing = {"type": "RichTextBlock"}, "None"
        elif spacing == "None":
            spacing = "Small"  # a line left free


def _divided(runs: list[Element]) -> list[list[Element]]:
    lines: list[list[Element]] = [[]]
    for run in runs:
        first, *further = run["text"].split("\n")
        lines[-1].append({**run, "text": first})
        lines.extend([{**run, "text": text}] for text in further)
    return lines


def _shortened(runs: list[Element], most: int) -> list[Element]:
    """As many of a block's runs as there is room for, the last of them cut."""
    found: list[Element] = []
    for run in runs:
        text = run["text"]
        cost = len(text) + _LINE * text.count("\n")
        if cost > most:
            return [*found, {**run, "text": _cut(text, most, _LINE)}]
        found.append(run)
        most -= cost
    return found


def _run(run: Element, *, links: bool) -> Element:
    """A link only where it leads to a server."""
    address = run.get("selectAction", {}).get("url")
    return run if address is None or (links and _ADDRESS.match(address)) else _without_link(run)


def _without_link(run: Element) -> Element:
    return {key: value for key, value in run.items() if key != "selectAction"}


def _leave_out_links(card: Element, excess: int) -> None:
    """Their words stay."""
    for element in reversed(card["body"]):
        for place, run in enumerate(element.get("inlines", ())):
            if excess > 0 and "selectAction" in run:
                element["inlines"][place] = bare = _without_link(run)
                excess -= size(run) - size(bare)


def _leave_out_a_line(card: Element) -> bool:
    """The last but one, as the first line names what the card is about and the last its classification."""
    body = card["body"]
    lines = [place for place, element in enumerate(body) if element.get("type") == "RichTextBlock"]
    if len(lines) < 3:  # noqa: PLR2004 - the first, the last, and one between them
        return False
    before = body[lines[-3]]["inlines"]
    if not before[-1]["text"].endswith("…"):
        before.append({"type": "TextRun", "text": " …"})
    del body[lines[-2]]
    return True


def _cut(text: str, most: int, line: int = 0) -> str:
    """At a word, where one ends in its second half. `line`: what a line break costs."""
    if len(text) + line * text.count("\n") <= most:
        return text
    room, end = most - 1, 0
    while end < len(text) and (room := room - (1 + line if text[end] == "\n" else 1)) >= 0:
        end += 1
    space = max(text.rfind(" ", end // 2, end), text.rfind("\n", end // 2, end))
    return (text[:space] if space > 0 else text[:end]).rstrip() + "…"
