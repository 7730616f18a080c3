"""Reading takes time as the text is long: no words, however set, take a paper out of proportion."""

import gc
import time

import pytest

from bot.papers import open_paper, parse
from tests.papers.conftest import SHORT_PAPER

# What is read here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

TIMES = 8
MOST = 2.5 * TIMES  # in proportion it is 8; where time grows with the square of the text, 64
FLOOR = 0.004  # seconds of processor time: what takes less is not compared
SHORT = 500  # characters of a run in each of its places in the shorter text

START, ITEM, END = (
    SHORT_PAPER[: SHORT_PAPER.index("DP501 '")],
    SHORT_PAPER[SHORT_PAPER.index("DP501 '") : SHORT_PAPER.index("DP502 '")],
    SHORT_PAPER[SHORT_PAPER.index("3. Recommendations") :],
)
# What is repeated in one line, and what line by line: the marks and words that patterns begin or end with.
WORDS = [
    *("x", "Ab", "a-", "'", "“", "(", "[](", "**", "| ", " ", "a@b.", "\ufb01", "DP501, ", "MP1 and ", "Appendix A "),
    *("New Draft Proposals ", "raised by ", "by A of ", "is ", "and ", "Word Word ", "to be confirmed ", "A. B. "),
]
LINES = [
    *("", "x", "- x", "## x", "x-", "and,", "| a | b |", "1 Note", "Page 1 of 2", "Appendix A: x", "1. Purpose"),
    *("DP501 'x", "DP501: x", "Impacts:", "29 October 2019", "This document is classified as White.", "Ann Other"),
]
RUNS = {
    **{f"one line of {words!r}": (words, SHORT // len(words)) for words in WORDS},
    **{f"lines of {line!r}": (f"{line}\n", SHORT // (len(line) + 4)) for line in LINES},
    **{f"paragraphs of {line!r}": (f"{line}\n\n", SHORT // (len(line) + 4)) for line in LINES[3::2]},
    "200,000 blank lines": ("\n", 40_000 // TIMES),
    "lines of 100 kB": ("x y ", 25_000 // TIMES),
    "200,000 spaces": (" ", 200_000 // TIMES),
    "superscripts": ("word¹ ", 200),
    "superscripts that touch": ("word¹²³", 200),
    "statements that touch": ("This document is classified as White.\n", 100),
    "markings": ("SEC AMBER\n", 200),
    "parts of a paper": ("Appendix A is ", 200),
}


def paper(items: int) -> str:
    """A paper with so many proposals, each with its line in the list of attachments."""
    numbers = range(1_000, 1_000 + items)
    listed = "".join(f"- **Appendix A:** DP{number} draft problem statement\n" for number in numbers)
    return START + "".join(ITEM.replace("501", str(number)) for number in numbers) + END + listed


def with_run(run: str) -> str:
    """A paper with the run at its start, in a title, a summary, a name, a statement, and at its end."""
    text = SHORT_PAPER.replace("'Shorter notices'", f"'Shorter {run}").replace("names are long.", f"names {run} are.")
    text = text.replace("Ben Crane of the DCC.", f"Ben {run} of the DCC.").replace("To be confirmed.", f"To be {run}.")
    return f"{run}\n\n{text}{run}"


@pytest.fixture(scope="module", autouse=True)
def _nothing_else_to_collect() -> None:
    """What other tests left is not looked through before every paper."""
    gc.collect()
    gc.freeze()


def seconds(text: str, rounds: int = 3) -> float:
    """Processor time, the best of some rounds: what else the machine does counts little."""
    content, best = text.encode(), float("inf")
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        parse(open_paper("paper.md", content))
        best = min(best, time.process_time() - start)
    return best


def in_proportion(unit: str, times: int, rounds: int) -> bool:
    few, many = (seconds(with_run(unit * times * more), rounds) for more in (1, TIMES))
    return many < MOST * max(few, FLOOR)


def test_a_paper_of_1000_proposals_takes_about_ten_times_one_of_100() -> None:
    assert seconds(paper(1_000)) < 15 * seconds(paper(100))  # with the square of the paper it would be 100


RECOMMENDED = "requested to **DISCUSS** the proposals and send comments to team@secas.example."


@pytest.mark.parametrize(
    "run",
    [
        "Send comments to a@secas.example. It is so.\n\n",
        "Please send comments by 5pm on 12 November 2019.\n\n",
        "- discuss this;\n",
    ],
)
def test_a_long_recommendation_takes_time_in_proportion(run: str) -> None:
    texts = [SHORT_PAPER.replace(RECOMMENDED, f"requested to:\n\n{run * n}") for n in (200, 200 * TIMES)]
    few, many = (seconds(text, rounds=1) for text in texts)

    assert RECOMMENDED in SHORT_PAPER
    assert many < MOST * max(few, FLOOR)


@pytest.mark.parametrize("run", RUNS)
def test_a_run_of_the_same_words_takes_time_in_proportion(run: str) -> None:
    assert in_proportion(*RUNS[run], 1) or in_proportion(*RUNS[run], 2)
