"""Random papers, written from what is true in every layout we know, are read as what is true."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.papers import Reading, Severity, as_contract, read_paper
from tests.papers.writing.examples import Example, examples
from tests.papers.writing.footnotes import expected
from tests.papers.writing.keeping import lost, without_place
from tests.papers.writing.switches import Switch
from tests.papers.writing.themes import THEMES

# What is read here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

OUTLOOKS = {("None.",): "none", ("To be confirmed.",): "pending"}
# Switches may be turned off by name while the reader learns a layout: SWITCHES_OFF=NARROW,TABLE.
OFF = {Switch[name] for name in os.environ.get("SWITCHES_OFF", "").split(",") if name}
HOLDS = settings(
    deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
STRAY = "Quokkas prefer cold tea"


def as_written(reading: Reading) -> dict[str, object]:
    """The contract's value without what the register does not hold."""
    value: dict[str, Any] = {**as_contract(reading)}
    for impact in (impact for item in value["items"] for impact in item["impacts"]):
        outlook = impact.pop("outlook")
        assert outlook == OUTLOOKS.get(tuple(impact["text"]), outlook)
        del impact["because"]
    return {name: inner for name, inner in value.items() if name != "findings"}


def check(example: Example) -> None:
    reading = read_paper(example.file_name, example.content)

    assert as_written(reading) == expected(example.paper, example.layout)
    assert [finding for finding in reading.findings if finding.severity is Severity.ERROR] == []
    assert [finding for finding in reading.findings if finding.code == "unplaced-text"] == []
    assert without_place(reading, example) == []


def switches(theme: str) -> list[Switch]:
    return [switch for switch in THEMES[theme] if switch not in OFF]


@pytest.mark.parametrize("theme", [theme for theme in THEMES if theme not in {"tables", "word"}])
@given(data=st.data())
@settings(HOLDS, max_examples=60)
def test_a_text_is_read_as_it_was_written(theme: str, data: st.DataObject) -> None:
    check(data.draw(examples(*switches(theme))))


@pytest.mark.parametrize("theme", ["people", "titles", "sections"])
@given(data=st.data())
@settings(HOLDS, max_examples=30)
def test_a_table_is_read_as_the_sections_it_stands_for(theme: str, data: st.DataObject) -> None:
    check(data.draw(examples(*switches(theme), *switches("tables"), always=frozenset({Switch.TABLE}))))


@pytest.mark.parametrize("theme", ["facts", "titles", "people", "all"])
@given(data=st.data())
@settings(HOLDS, max_examples=30)
def test_markdown_is_read_as_it_was_written(theme: str, data: st.DataObject) -> None:
    check(data.draw(examples(*switches(theme), suffix=".md")))


@pytest.mark.parametrize("always", [frozenset(), frozenset({Switch.TABLE})], ids=["sections", "table"])
@given(data=st.data())
@settings(HOLDS, max_examples=30)
def test_a_word_document_is_read_as_it_was_written(always: frozenset[Switch], data: st.DataObject) -> None:
    check(data.draw(examples(*switches("word"), always=always, suffix=".docx")))


@given(example=examples(*switches("running text"), *switches("people"), *switches("sections"), most=3), data=st.data())
@settings(HOLDS, max_examples=30)
def test_words_that_belong_nowhere_are_kept_or_shown(example: Example, data: st.DataObject) -> None:
    lines = example.content.decode().split("\n")
    # Not in the sentence that classifies the paper: of that one the contract keeps the name only.
    place = data.draw(st.integers(lines.index(""), len(lines)))
    stray = data.draw(st.sampled_from([[f"{STRAY}."], ["", f"{STRAY}.", ""], ["", STRAY, ""], [f"- {STRAY}"]]))

    assert lost(example, "\n".join([*lines[:place], *stray, *lines[place:]]).encode()) == []


@given(example=examples(*switches("running text"), *switches("people"), *switches("sections"), most=3), data=st.data())
@settings(HOLDS, max_examples=60)
def test_lines_that_are_lost_or_moved_take_no_other_words_with_them(example: Example, data: st.DataObject) -> None:
    lines = example.content.decode().split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)

    assert lost(example, "\n".join(lines).encode()) == []
