"""How long it takes to read the sample paper."""

import time
from statistics import median

from bench import table
from bot.papers import read_paper
from tests.house import SAMPLE

TIMES = 50
TEXTS = 8


def measure() -> None:
    content = SAMPLE.read_bytes()
    found = [_once(content) for _ in range(TIMES)]
    table.heading("Reading the sample paper")
    table.row(
        f"median of {TIMES}", f"{median(found) * 1000:.1f} ms", f"the first {found[0] * 1000:.1f} ms; the aim is 50 ms"
    )
    few, many = (_text_of(content.decode(), number) for number in (TEXTS, TEXTS * TEXTS))
    growth = min(map(_once, [many] * 5)) / min(map(_once, [few] * 5))
    table.row(
        f"{TEXTS} times the text takes", f"{growth:.1f} times", f"about {TEXTS} where time grows as the text does"
    )


def _text_of(paper: str, number: int) -> bytes:
    """A paper with `number` times 40 of its lines in one section."""
    return (paper + "\n\nA line of a paper, raised by nobody.\n\n" * 40 * number).encode()


def _once(content: bytes) -> float:
    start = time.perf_counter()
    read_paper(SAMPLE.name, content)
    return time.perf_counter() - start
