"""How a figure is printed, and the statistics behind it."""

from collections.abc import Sequence


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def row(name: str, figure: str, remark: str = "") -> None:
    print(f"  {name:<58}{figure:>14}  {remark}".rstrip(), flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
