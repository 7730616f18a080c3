"""Whatever the file: no exception but our own, one sentence where it is refused, and nothing lost that matters."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import confined
from bot.errors import UserError
from bot.papers import Opened, as_contract, as_text, open_paper, parse
from tests.papers.mutations import PHRASES, mutated_pdf, mutated_text, mutated_word

# What is read here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

NOISE = st.one_of(st.sampled_from(PHRASES), st.text(max_size=12))
TEXTS = st.lists(st.tuples(NOISE, st.sampled_from(["\n\n", "\n", " ", ""])), max_size=60).map(
    lambda parts: "".join(words + gap for words, gap in parts)
)
Mutated = Callable[[int], tuple[str, bytes]]
# How many seeds of each kind: 20,000 in all, in parts that the tests' processes share out.
CAMPAIGN: list[tuple[Mutated, range]] = [
    *((mutated_text, range(first, first + 1_000)) for first in range(0, 17_000, 1_000)),
    *((mutated_word, range(first, first + 250)) for first in range(0, 1_500, 250)),
    *((mutated_pdf, range(first, first + 250)) for first in range(0, 1_500, 250)),
]


def opened_or_said(read: Callable[[str, bytes], Opened], name: str, content: bytes) -> Opened | str:
    try:
        return read(name, content)
    except UserError as refusal:
        return str(refusal)


def read_or_refused(name: str, content: bytes) -> bool:
    """Whether it was read. Fails where what was read cannot be right, or a refusal is no sentence."""
    opened = opened_or_said(open_paper, name, content)
    if isinstance(opened, str):
        assert opened.isprintable()
        assert opened.endswith(".")
        return False
    reading = parse(opened)
    json.dumps(as_contract(reading))
    assert as_text(opened.lines).count("\n") == len(opened.lines) - 1
    assert [line.number for line in opened.lines] == list(range(1, len(opened.lines) + 1))
    assert all(finding.line is None or 1 <= finding.line <= len(opened.lines) for finding in reading.findings)
    assert all(item.title or reading.blocked for item in reading.items)
    return True


@given(TEXTS, st.sampled_from(["paper.txt", "paper.md"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_in_a_sentence(text: str, name: str) -> None:
    read_or_refused(name, text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200), st.text(max_size=20), st.sampled_from(["", ".md", ".txt", ".docx", ".pdf"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_under_any_name_are_read_or_refused(content: bytes, name: str, kind: str) -> None:
    read_or_refused(f"{name}{kind}", content)


@pytest.mark.parametrize(
    ("mutated", "seeds"), CAMPAIGN, ids=[f"{mutated.__name__} {seeds.start}" for mutated, seeds in CAMPAIGN]
)
def test_a_paper_made_bad_is_read_or_refused(mutated: Mutated, seeds: range) -> None:
    read = 0
    for seed in seeds:
        try:
            read += read_or_refused(*mutated(seed))
        except Exception as error:
            raise AssertionError(f"{mutated.__name__}({seed}) of tests/papers/mutations.py is not read") from error

    assert read, "every file was refused: nothing behind the opening was tried"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mutated", [mutated_text, mutated_word, mutated_pdf])
def test_a_bad_paper_is_read_apart_as_it_is_read_here(mutated: Mutated, seed: int) -> None:
    name, content = mutated(seed)

    apart = opened_or_said(lambda *paper: confined.read(*paper).lines, name, content)

    assert apart == opened_or_said(open_paper, name, content)
