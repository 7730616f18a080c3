"""The golden cards for Teams as pictures, to look at: `python -m tests.pictures_teams FOLDER` (needs Chromium).

A small drawer of ours, after the measures of Teams' host configuration (15 pt less its own chrome); no network.
"""

import asyncio
import html
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from tests.handlers.sandbox.visitor import CHROMIUM, FLAGS

GOLDEN = Path(__file__).parent / "handlers/teams/golden"
WIDTHS = {"wide": 760, "narrow": 320}
COLOURS = {  # ground, card, words, subtle words, accent, lines
    "light": ("#f5f5f5", "#ffffff", "#242424", "#616161", "#4f52b2", "#e0e0e0"),
    "dark": ("#141414", "#292929", "#ffffff", "#adadad", "#9299f7", "#525252"),
}
GAPS = {"None": 0, "Small": 8, "Default": 12, "Medium": 16, "Large": 20}
SIZES = {"Small": 12, "Default": 14, "Large": 18}


def drawn(card: dict[str, Any], scheme: str) -> str:
    """The card as a page."""
    ground, paper, ink, subtle, accent, rule = COLOURS[scheme]
    body = "".join(_element(element, first=place == 0, rule=rule) for place, element in enumerate(card["body"]))
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
</style><main>{body}</main>"""


def _element(element: dict[str, Any], *, first: bool, rule: str) -> str:
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


def _input(element: dict[str, Any]) -> str:
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


def _run(run: dict[str, Any]) -> str:
    kinds = [run.get("weight", ""), run.get("color", ""), run.get("size", ""), "subtle" if run.get("isSubtle") else ""]
    tag = "a" if "selectAction" in run else "span"
    return f'<{tag} class="{" ".join(filter(None, kinds))}">{html.escape(run["text"])}</{tag}>'


async def take(folder: Path) -> None:
    """Each golden card, wide and narrow, light and dark."""
    async with async_playwright() as playwright:
        with tempfile.TemporaryDirectory() as profile:
            browser = await playwright.chromium.launch_persistent_context(profile, executable_path=CHROMIUM, args=FLAGS)
            page = await browser.new_page()
            for path in sorted(GOLDEN.glob("*.json")):
                card = json.loads(path.read_text("utf-8"))["card"]
                for width, pixels in WIDTHS.items():
                    await page.set_viewport_size({"width": pixels, "height": 200})
                    for scheme in COLOURS:
                        await page.set_content(drawn(card, scheme))
                        await page.screenshot(path=folder / f"{path.stem} {width} {scheme}.png", full_page=True)
            await browser.close()


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(into))
