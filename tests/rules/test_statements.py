"""How well the outlook rules read labelled statements: those they were written with, and those kept apart.

A wrong answer that is confident (any but "unstated") is far worse than a cautious one, so the two are counted apart.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain import Outlook
from bot.rules.outlooks import outlook_of

HERE = Path(__file__).parent

KNOWN_RIGHT = 40  # of 40, without the help of `also`
# Measured once when the rules were done; the statements themselves are not looked at when rules are written.
KEPT_APART_RIGHT = 27  # of 40, at least, with a cautious answer where the file accepts one
KEPT_APART_CONFIDENTLY_WRONG = 2  # at most

QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True)
class Statement:
    text: str
    outlook: Outlook
    also: tuple[Outlook, ...]


@dataclass(frozen=True)
class Score:
    """Counts only: a failure must not print the statements that are kept apart."""

    statements: int
    right: int  # as labelled
    accepted: int  # as labelled, or as cautious as the file accepts
    confidently_wrong: int


def statements_in(name: str) -> list[Statement]:
    entries = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["statement"]
    return [
        Statement(entry["text"], Outlook(entry["outlook"]), tuple(map(Outlook, entry.get("also", ()))))
        for entry in entries
    ]


def score(statements: list[Statement]) -> Score:
    answers = [(outlook_of(statement.text).value, statement) for statement in statements]
    accepted = [answer in (statement.outlook, *statement.also) for answer, statement in answers]
    return Score(
        statements=len(answers),
        right=sum(answer is statement.outlook for answer, statement in answers),
        accepted=sum(accepted),
        confidently_wrong=sum(
            not fits and answer is not Outlook.UNSTATED for fits, (answer, _) in zip(accepted, answers, strict=True)
        ),
    )


@pytest.fixture
def recorded(record_property: Callable[[str, object], None]) -> Callable[[str], Score]:
    """The score of a file, printed and recorded in the report."""

    def record(name: str) -> Score:
        result = score(statements_in(name))
        print(f"{name}: {result}")  # noqa: T201 (shown by pytest -rP)
        record_property(name, str(result))
        return result

    return record


def test_the_known_statements_are_read_as_labelled(recorded: Callable[[str], Score]) -> None:
    result = recorded("statements_known.toml")
    assert (result.statements, result.confidently_wrong) == (40, 0)
    assert result.right >= KNOWN_RIGHT


def test_the_statements_kept_apart_are_read_no_worse_than_when_measured(recorded: Callable[[str], Score]) -> None:
    result = recorded("statements_kept_apart.toml")
    assert result.accepted >= KEPT_APART_RIGHT
    assert result.confidently_wrong <= KEPT_APART_CONFIDENTLY_WRONG


def straight(text: str) -> str:
    return text.replace("’", "'")


def curled(text: str) -> str:
    return text.replace("'", "’")


def with_hard_spaces(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def in_paragraphs(text: str) -> str:
    return re.sub(r"(?<=[.?!]) ", "\n\n", text)


def in_short_lines(text: str) -> str:
    return re.sub(r"(.{40}\S*) ", r"\1\n", text)


def with_space_around(text: str) -> str:
    return f" \n{text} \t"


@pytest.mark.parametrize(
    "change", [straight, curled, with_hard_spaces, in_paragraphs, in_short_lines, with_space_around]
)
@pytest.mark.parametrize("number", range(40))
def test_how_a_statement_is_set_does_not_change_its_reading(number: int, change: Callable[[str], str]) -> None:
    text = statements_in("statements_known.toml")[number].text
    assert outlook_of(change(text)).value is outlook_of(text).value


@pytest.mark.parametrize("number", range(40))
def test_the_words_a_reading_rests_on_stand_in_the_statement(number: int) -> None:
    text = statements_in("statements_known.toml")[number].text
    because = outlook_of(text).because
    assert because
    for words in QUOTED.findall(because):
        assert words in " ".join(text.split())


def test_every_confident_reading_quotes_the_words_it_rests_on() -> None:
    readings = [outlook_of(statement.text) for statement in statements_in("statements_known.toml")]
    assert all(QUOTED.search(reading.because) for reading in readings if reading.value is not Outlook.UNSTATED)
