"""How long it takes to read the sample paper."""

import time
from statistics import median

from bench import table
from bot.papers import read_paper
from tests.house import SAMPLE

TIMES = 50


def measure() -> None:
    content = SAMPLE.read_bytes()
    found = [_once(content) for _ in range(TIMES)]
    table.heading("Reading the sample paper")
    table.row(
        f"median of {TIMES}", f"{median(found) * 1000:.1f} ms", f"the first {found[0] * 1000:.1f} ms; the aim is 50 ms"
    )


def _once(content: bytes) -> float:
    start = time.perf_counter()
    read_paper(SAMPLE.name, content)
    return time.perf_counter() - start
