"""Messages as pictures, for people to look at: `python -m tests.pictures FOLDER` (needs Chromium).

The demo's channel as its workspace has it after the conversation, shown in a browser roughly as Slack does.
"""

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jinja2 import Environment

from bot.demo import Demo, sample_paper
from bot.demo.stage import stage
from bot.papers import read_paper

_PAGE = """<!doctype html><meta charset="utf-8"><style>
body { font: 15px/1.46 Lato, Carlito, sans-serif; color: #1d1c1d; margin: 0; width: 760px; background: #fff }
.bar { background: #f4ede4; font-size: 12px; padding: 4px 20px; color: #616061 }
.message { display: flex; gap: 10px; padding: 12px 20px }
.face { width: 36px; height: 36px; border-radius: 6px; background: #2f4a6b; color: #fff; text-align: center;
  line-height: 36px; font-weight: 700; flex: none }
h3 { font-size: 18px; margin: 4px 0 8px } p { margin: 0 0 8px; white-space: pre-wrap; overflow-wrap: anywhere }
small { color: #616061; font-size: 13px; white-space: pre-wrap } hr { border: 0; border-top: 1px solid #ddd }
code { border: 1px solid #ddd; border-radius: 3px; background: #f8f8f8;
  color: #c01343; padding: 1px 3px; font-size: 12px }
.reply { margin-left: 46px } .app { background: #e8e8e8; font-size: 10px; padding: 1px 3px; border-radius: 2px }
.tag { background: #f1f1f1; border-radius: 12px; padding: 2px 8px; font-size: 12px }
a { color: #1264a3 }
</style><div class="bar">Sandbox: a local workspace. Everybody in it is invented.</div>
{% for message in messages %}
<div class="message {{ 'reply' if message.reply }}"><div class="face">{{ message.name[0] | upper }}</div><div>
<b>{{ message.name }}</b> {% if message.name == "dpbot" %}<span class="app">APP</span>{% endif %}
{% for block in message.blocks %}
{% if block.type == "header" %}<h3>{{ block.text.text | mrkdwn }}</h3>
{% elif block.type == "section" %}<p>{{ block.text.text | mrkdwn }}</p>
{% elif block.type == "context" %}<small>{{ block.elements[0].text | mrkdwn }}</small>
{% elif block.type == "divider" %}<hr>{% endif %}
{% else %}<p>{{ message.text | mrkdwn }}</p>{% endfor %}
<div>{% for reaction in message.reactions %}<span class="tag">{{ (":" ~ reaction.name ~ ":") | mrkdwn }}
{{ reaction.count }}</span>{% endfor %}</div></div></div>
{% endfor %}"""
_EMOJI = {":+1:": "👍", ":grey_question:": "❔", ":raised_hand:": "✋"}
_CHROMIUM = (
    "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --disable-background-networking --disable-sync"
)


def mrkdwn(text: str) -> str:
    """Slack's marks as HTML; the text is escaped for both already."""
    shown = re.sub(r"&lt;|<", "&lt;", text) if "<http" not in text else text
    shown = re.sub(r"<(http[^|>]*)\|([^>]*)>", r'<a href="#">\2</a>', shown)
    shown = re.sub(r"(?<!\w)\*([^*\n]+)\*(?!\w)", r"<b>\1</b>", shown)
    shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", shown)
    for name, sign in _EMOJI.items():
        shown = shown.replace(name, sign)
    return shown


def picture(messages: list[dict[str, Any]], path: Path, height: int = 900) -> None:
    """Messages (with name, text, blocks, reactions) as a PNG."""
    environment = Environment(autoescape=False)  # Slack's text is escaped for HTML too
    environment.filters["mrkdwn"] = mrkdwn
    html = environment.from_string(_PAGE).render(messages=messages)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, "utf-8")
        size = f"--window-size=760,{height}"
        command = [*_CHROMIUM.split(), f"--user-data-dir={folder}/profile", size, f"--screenshot={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


async def play(out: Path) -> None:
    paper = sample_paper()
    async with stage(read_paper(*paper)) as on:
        demo = Demo(on, out, print, pause=0)
        items = await demo.publish(read_paper(*paper), paper)
        await demo.converse(items)
        await demo.show(items)
        await demo.digest()
        names = {member.id: member.name for member in on.cast.values()}
        show = await on.cast["Ada"].types(on.channel, "/dp show DP092")
        views = await on.cast["Ada"].types(on.channel, "/dp views DP092")
        lists = await on.cast["Ada"].types(on.channel, "/dp list")
        helps = await on.cast["Robin"].types(on.channel, "/dp help")
        messages = sorted(on.workspace.messages(on.channel), key=lambda m: str(m["ts"]))
        shots = {m["text"].split(".")[0].split(":")[0][:5]: m for m in messages if not m.get("subtype")}
        for name, message in {**shots, "heading": messages[0], "digest": messages[-1]}.items():
            thread = on.workspace.thread(on.channel, str(message["ts"]))[1:]
            shown = [{**message, "name": "dpbot"}, *({**r, "reply": True, "name": names[r["user"]]} for r in thread)]
            picture(shown, out / f"{name}.png", 1130)
        for name, answer in {"show": show, "views": views, "list": lists, "help": helps}.items():
            picture([{**answer.payload, "name": "dpbot"}], out / f"answer {name}.png")


if __name__ == "__main__":
    asyncio.run(play(Path(sys.argv[1])))
