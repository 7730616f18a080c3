"""The demo on three papers, performed side by side: one second a post is Slack's own limit."""

import asyncio
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.demo.month import rehearse
from tests.demo.outside import Outside, connections
from tests.papers.conftest import REAL_PAPER, SHORT_PAPER
from tests.services.compiled import file_names

UNKNOWN_BODY = SHORT_PAPER.replace("OPSG_26", "TABASC_26").replace("Clearer tariff names", "Names & <codes> {{ 1 }}")

MONTH = "month"


@dataclass(frozen=True)
class Performances:
    """What the runs left: a folder and what was said for each, and what the machine saw of them."""

    folder: Path
    said: dict[str, str]
    addresses: list[str]
    callers: int

    def out(self, name: str) -> Path:
        return self.folder / name / "out"

    def names(self, name: str) -> set[str]:
        out = self.out(name)
        return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}


async def perform_all(folder: Path, papers: dict[str, tuple[str, bytes]]) -> dict[str, str]:
    """Every paper, each in its own folder, and the month; what was said."""
    said: dict[str, list[str]] = {name: [] for name in (*papers, MONTH)}
    await asyncio.gather(
        *(
            demo.perform(folder / name / "out", paper, once=True, say=said[name].append)
            for name, paper in papers.items()
        ),
        rehearse(folder / MONTH / "out", said[MONTH].append),
    )
    return {name: "".join(parts) for name, parts in said.items()}


def perform_in(folder: Path) -> dict[str, Any]:
    """The performances with an environment that looks like a real workspace's, and every way out watched."""
    papers = {"sample": demo.sample_paper(), "unknown": ("paper.txt", UNKNOWN_BODY.encode())}
    if REAL_PAPER.exists():
        papers["real"] = (REAL_PAPER.name, REAL_PAPER.read_bytes())
    temporary = folder / "tmp"
    temporary.mkdir()
    outside = Outside()
    with pytest.MonkeyPatch.context() as patch, connections() as addresses:
        for name, value in {
            "SLACK_BOT_TOKEN": "xoxb-1-real-looking",
            "SLACK_APP_TOKEN": "xapp-1-real-looking",
            "SLACK_SIGNING_SECRET": "0123456789abcdef",
            "SLACK_API_URL": f"{outside.address}/api/",
            "DATABASE_URL": f"sqlite:///{folder}/real.db",
            "HTTP_PROXY": outside.address,
            "HTTPS_PROXY": outside.address,
        }.items():
            patch.setenv(name, value)
        patch.setattr(tempfile, "tempdir", str(temporary))
        patch.chdir(temporary)
        said = asyncio.run(perform_all(folder, papers))
    outside.close()
    return {"said": said, "addresses": sorted(set(addresses)), "callers": outside.callers}


def words_of(path: Path) -> str:
    """All the words in a file; of Word's, of every part in it."""
    if path.suffix != ".docx":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]*>", "", " ".join(parts)).replace("&amp;", "&")


def documents(references: Sequence[str]) -> set[str]:
    found = file_names(*(f"{name} Comments v0.1" for name in references))
    return {f"documents/{name}" for name in found}


def posts(references: Sequence[str]) -> set[str]:
    return {"posts/0 heading.txt", *(f"posts/{name}.txt" for name in references)}


SIX = [f"DP0{number}" for number in range(88, 94)]
