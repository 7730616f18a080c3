"""Pages of a list, by cursor. Slack: docs.slack.dev/apis/web-api/pagination."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import SlackError

AT_MOST = 1000  # Slack: no page is longer

T = TypeVar("T")


def page(items: Sequence[T], arguments: Arguments, default: int) -> tuple[Sequence[T], str]:
    """One page and the cursor that says where the next one starts; the cursor is empty at the end."""
    limit = arguments.number("limit", default)
    if not 0 <= limit <= AT_MOST:
        raise SlackError("invalid_limit")
    start = _start(arguments.text("cursor"))
    end = start + (limit or default)
    return items[start:end], base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        start = int(number)
    except ValueError as error:
        raise SlackError("invalid_cursor") from error
    if word != "next" or start < 0:
        raise SlackError("invalid_cursor")
    return start
