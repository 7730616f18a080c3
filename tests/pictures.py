"""The sandbox's page as pictures, for people to look at: `python -m tests.pictures FOLDER` (needs Chromium).

The demo is played, without its pauses, and the page of its workspace is pictured: a proposal's post with its thread,
wide and narrow, light and dark, and a modal. The README's picture is made anew with them.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.async_api import Page

from bot.demo import Demo, sample_paper
from bot.demo.stage import Stage, stage
from bot.papers import read_paper
from tests.handlers.sandbox.visitor import MODAL, NARROW, WIDE, Browser, browsing
from tests.house import ROOT

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
POST = "DP092  New Planned Maintenance Methodology"
TALL = (WIDE[0], 1000)  # the whole of a post
# The post from its first line; the thread stays at its end, as it opens. No caret, which blinks.
AS_READ = """(ts) => {
  document.getElementById(`room-${ts}`).scrollIntoView();
  document.activeElement.blur();
}"""


async def take(folder: Path) -> None:
    """Play the demo and leave the pictures in this folder."""
    paper = sample_paper()
    reading = read_paper(*paper)
    with tempfile.TemporaryDirectory() as name:
        async with stage(reading) as on, browsing(Path(name)) as browser:
            demo = Demo(on, Path(name) / "out", lambda _: None, pause=0)
            items = await demo.publish(reading, paper)
            await demo.converse(items)
            await demo.show(items)
            await _pictures(on, browser, folder)
    shutil.copyfile(folder / f"post {TALL[0]} light.png", ROOT / "docs/pictures/post.png")


async def _pictures(on: Stage, browser: Browser, folder: Path) -> None:
    ada, post = on.cast["Ada"], on.workspace.find(on.channel, POST)
    for size in (TALL, NARROW):
        page = await browser.opens(on.workspace, ada, on.channel, size)
        await page.goto(f"{page.url}&thread={post.ts}")
        await page.evaluate(AS_READ, post.ts)
        await _shoot(page, folder, f"post {size[0]}")
    on.workspace._core.store.modals[ada.id] = [MODAL | {"id": "V1"}]
    for size in (WIDE, NARROW):
        await _shoot(await browser.opens(on.workspace, ada, on.channel, size), folder, f"modal {size[0]}")


async def _shoot(page: Page, folder: Path, name: str) -> None:
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.screenshot(path=folder / f"{name} {scheme}.png")


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
