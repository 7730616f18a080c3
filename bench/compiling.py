"""Time and peak memory of compiling 10,000 views; each step in a process of its own, so that memory is its own."""

import asyncio
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import RowMapping, insert, select

from bench import table
from bot import db, reports
from bot.compilation import CommentsDocument, Compilation
from bot.config import load_config
from bot.domain import Reference, Version
from bot.models import LedgerEntry, Ref, View, Wording, Words
from bot.reports import Format
from bot.services import snapshot
from tests.services.hearing import ADA, NOW, open_record

VIEWS = 10_000
NOTHING = "nothing"  # what a process takes that only opens the database


async def measure() -> None:
    with TemporaryDirectory(prefix="dpbot-bench-") as name:
        folder = Path(name)
        await _fill(folder)
        steps = [await asyncio.to_thread(_in_a_process, folder, step) for step in (NOTHING, "docx", "md", "json")]
    nothing, *written = steps
    table.heading(f"Compiling {VIEWS:,} views")
    table.row("a process that opens the database", f"{nothing['memory']:.0f} MB")
    table.row("the compilation, from the database", f"{written[0]['compile']:.1f} s")
    for name, step in zip(("DOCX", "Markdown", "JSON"), written, strict=True):
        share = step["memory"] / nothing["memory"]
        remark = f"{step['memory']:.0f} MB at the peak, {share:.1f} x; the file has {step['size']:.1f} MB"
        table.row(f"{name}, from the compilation", f"{step['write']:.1f} s", remark)


async def _fill(folder: Path) -> None:
    """One view is heard; the others are copies of its rows, as hearing each would take a minute."""
    async with open_record(folder) as record:
        await record.hears(ADA.replies("m1", "Issue: one view. " + "Words of a usual length. " * 12, 1))
        async with record.sessions.begin() as session:
            for model in (LedgerEntry, Words, Ref, View, Wording):
                row = (await session.execute(select(model.__table__))).mappings().one()
                await session.execute(insert(model), [_copy(row, number) for number in range(2, VIEWS + 1)])


def _copy(row: RowMapping, number: int) -> dict[str, Any]:
    """A row of the first view as the row of another: ids, keys and messages are unique."""
    ids = dict.fromkeys(row.keys() & {"id", "entry_id", "view_id", "first_entry_id"}, number)
    names = {name: f"{row[name]}-{number}" for name in row.keys() & {"key", "message", "text"}}
    return {**row, **ids, **names, **dict.fromkeys(row.keys() & {"number"}, number)}


def _in_a_process(folder: Path, step: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.compiling", str(folder), step]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


async def _step(folder: Path, step: str) -> dict[str, float]:
    figures: dict[str, float] = {}
    config, sessions = load_config(folder / "config.toml"), db.open_sessions(f"sqlite:///{folder / 'test.db'}")
    if step != NOTHING:
        start = time.perf_counter()
        async with sessions.read() as session:
            compilation = await snapshot.compile_comments(session, config, Reference(92), NOW)
        figures["compile"] = time.perf_counter() - start
        figures |= _write(compilation, Format(step))
    await sessions.close()
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _write(compilation: Compilation, form: Format) -> dict[str, float]:
    document = CommentsDocument(compilation, Version(0, 1), NOW, None)
    start = time.perf_counter()
    content = reports.write(document, form)
    return {"write": time.perf_counter() - start, "size": len(content) / 1024 / 1024}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_step(Path(sys.argv[1]), sys.argv[2]))))
