"""What was read, as the JSON value of `dpbot import --json`."""

from dataclasses import asdict
from datetime import date
from enum import StrEnum

from bot.papers.found import Reading


def as_contract(reading: Reading) -> dict[str, object]:
    """The fields have the contract's names already: what is left is dates as ISO 8601, enums as their words, lists."""
    return {name: _plain(value) for name, value in asdict(reading).items() if name != "places"}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
