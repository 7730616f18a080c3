"""What `dpbot import --json` prints: exactly the schema, and for our own sample exactly the golden file."""

import json
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from bot.papers import Reading, as_contract

GOLDEN = Path(__file__).parent / "golden/sample_paper.json"


def faults(schema: Path, reading: Reading) -> list[str]:
    value = json.loads(json.dumps(as_contract(reading)))
    return [error.message for error in Draft202012Validator(json.loads(schema.read_text())).iter_errors(value)]


def test_the_real_paper_fits_the_schema(schema: Path, real: Reading) -> None:
    assert faults(schema, real) == []


def test_the_sample_paper_fits_the_schema(schema: Path, sample: Reading) -> None:
    assert faults(schema, sample) == []


def test_a_paper_of_which_nothing_can_be_read_fits_the_schema(schema: Path, read: Callable[[str], Reading]) -> None:
    assert faults(schema, read("Nothing here.")) == []


def test_split_and_old_modifications_fit_the_schema(schema: Path, changed: Callable[..., Reading]) -> None:
    reading = changed({"DP501": "MP102A", "DP502": "SECMP0009"})

    assert faults(schema, reading) == []
    assert [item.reference for item in reading.items] == ["MP102A", "SECMP0009"]


def test_the_sample_paper_reads_as_reviewed(sample: Reading) -> None:
    """The golden file was compared with the sample field by field; a change of it needs the same."""
    assert as_contract(sample) == json.loads(GOLDEN.read_text(encoding="utf-8"))
