"""Cards as a page to look at: a small drawer, after the measures of Teams' host configuration, without a network."""

import html
from collections.abc import Sequence

from handlers.sandbox.basics import Json

COLOURS = {  # ground, card, words, subtle words, accent, lines
    "light": ("#f5f5f5", "#ffffff", "#242424", "#616161", "#4f52b2", "#e0e0e0"),
    "dark": ("#141414", "#292929", "#ffffff", "#adadad", "#9299f7", "#525252"),
}
GAPS = {"None": 0, "Small": 8, "Default": 12, "Medium": 16, "Large": 20}
SIZES = {"Small": 12, "Default": 14, "Large": 18}


def drawn(cards: Sequence[Json], scheme: str = "light") -> str:
    """The cards as a page, one below the other."""
    ground, paper, ink, subtle, accent, rule = COLOURS[scheme]
    body = "".join(f"<main>{_body(card, rule)}</main>" for card in cards)
    return f"""<!doctype html><meta charset=utf-8><style>
body {{ margin: 12px; background: {ground}; color: {ink}; font: 14px/1.43 "Segoe UI", "Noto Sans", sans-serif }}
main {{ background: {paper}; border-radius: 6px; padding: 16px; box-shadow: 0 1px 3px #0004; overflow-wrap: anywhere }}
.subtle {{ color: {subtle} }} .Accent {{ color: {accent} }} .Bolder {{ font-weight: 600 }} a {{ cursor: pointer }}
p {{ margin: 0; white-space: pre-wrap }} .Small {{ font-size: 12px }} .Large {{ font-size: 18px; line-height: 1.33 }}
div {{ display: flex; flex-wrap: wrap; gap: 8px }}
label {{ display: flex; flex-direction: column; gap: 4px }} label b {{ font-weight: 600 }}
input[type=text], input[type=date], input[type=time], select, textarea {{ font: inherit; padding: 5px 8px; color: {ink};
  background: {paper}; border: 1px solid {rule}; border-radius: 4px }}
button {{ font: 600 14px "Segoe UI", "Noto Sans", sans-serif; color: {ink}; background: {paper}; min-height: 32px;
  border: 1px solid {rule}; border-radius: 4px; padding: 5px 12px }}
main {{ max-width: 704px; margin: 0 auto 12px }}
</style>{body}"""


def _body(card: Json, rule: str) -> str:
    return "".join(_element(element, first=place == 0, rule=rule) for place, element in enumerate(card["body"]))


def _element(element: Json, *, first: bool, rule: str) -> str:
    gap = 0 if first else GAPS[element.get("spacing", "Default")]
    style = f"margin-top:{gap}px"
    if element.get("separator"):
        style += f";padding-top:{gap}px;border-top:1px solid {rule}"
    if element["type"] == "ActionSet":
        buttons = "".join(f"<button>{html.escape(action['title'])}</button>" for action in element["actions"])
        return f'<div style="{style}">{buttons}</div>'
    if element["type"].startswith("Input."):
        return f'<label style="{style}">{_input(element)}</label>'
    if "items" in element:
        return "".join(
            _element(each, first=first and place == 0, rule=rule) for place, each in enumerate(element["items"])
        )
    return f'<p style="{style}">{"".join(map(_run, element["inlines"]))}</p>'


def _input(element: Json) -> str:
    """As Teams draws it: the label above, a star where it is needed."""
    label, value = html.escape(element.get("label", "")), html.escape(str(element.get("value", "")))
    label = f"<b>{label}{' *' if element.get('isRequired') else ''}</b>" if label else ""
    match element["type"]:
        case "Input.Toggle":
            return f"{label}<span><input type=checkbox> {html.escape(element['title'])}</span>"
        case "Input.ChoiceSet":
            titles = {each["value"]: html.escape(each["title"]) for each in element.get("choices", [])}
            shown = titles.get(element.get("value", ""), html.escape(element.get("placeholder", "")))
            radios = "".join(f"<span><input type=radio> {title}</span>" for title in titles.values())
            return label + (radios if element.get("style") == "expanded" else f"<select><option>{shown}</select>")
        case "Input.Text" if element.get("isMultiline"):
            return f"{label}<textarea rows=3>{value}</textarea>"
        case kind:
            field = {"Input.Date": "date", "Input.Time": "time"}.get(kind, "text")
            return f'{label}<input type={field} value="{value}">'


def _run(run: Json) -> str:
    kinds = [run.get("weight", ""), run.get("color", ""), run.get("size", ""), "subtle" if run.get("isSubtle") else ""]
    tag = "a" if "selectAction" in run else "span"
    return f'<{tag} class="{" ".join(filter(None, kinds))}">{html.escape(run["text"])}</{tag}>'
