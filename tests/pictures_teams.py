"""The golden cards for Teams as pictures, to look at: `python -m tests.pictures_teams FOLDER` (needs Chromium)."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from handlers.sandbox.teams.drawing import COLOURS, drawn
from tests.handlers.sandbox.visitor import CHROMIUM, FLAGS

GOLDEN = Path(__file__).parent / "handlers/teams/golden"
WIDTHS = {"wide": 760, "narrow": 320}


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
                        await page.set_content(drawn([card], scheme))
                        await page.screenshot(path=folder / f"{path.stem} {width} {scheme}.png", full_page=True)
            await browser.close()


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(into))
