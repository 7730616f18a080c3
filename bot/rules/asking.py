"""What a paper asks a Sub-Committee to agree."""

import re
from collections.abc import Sequence

# In one sentence: "agreement on which proposals it will want to provide further input on".
_FURTHER_INPUT = re.compile(r"\bagree(?:ment)?\b[^.]*\bfurther input\b", re.IGNORECASE)


def asks_for_further_input(purpose: Sequence[str], recommendation: str | None) -> bool:
    """Whether the paper asks the Sub-Committee to agree which proposals it will want to give further input on."""
    return any(_FURTHER_INPUT.search(text) for text in [*purpose, recommendation or ""])
