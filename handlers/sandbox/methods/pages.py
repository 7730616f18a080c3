"""Pages of a list, by cursor. Slack: docs.slack.dev/apis/web-api/pagination."""

import base64
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import SECOND, SlackError
from handlers.sandbox.store import Post

AT_MOST = 1000  # Slack: no page is longer

T = TypeVar("T")


def page(items: Sequence[T], arguments: Arguments, default: int) -> tuple[Sequence[T], str]:
    """One page of people or channels, and the cursor that says where the next one starts; it is empty at the end."""
    start = _read(arguments.text("cursor"), "next")
    end = start + _limit(arguments, default, AT_MOST)
    return items[start:end], _written("next", end) if end < len(items) else ""


def page_of_messages(
    posts: Sequence[Post],
    arguments: Arguments,
    default: int,
    longest: int,
    most: int = AT_MOST,
    *,
    newest_first: bool = False,
) -> tuple[Sequence[Post], str]:
    """As `page`. Slack's cursor is `next_ts:` and digits: a place in time, whatever was said or deleted meanwhile.

    `most` may be asked for; `longest` is what comes at the most.
    """
    limit = min(_limit(arguments, default, most), longest)
    if last := _read(arguments.text("cursor"), "next_ts"):
        way = -1 if newest_first else 1
        posts = posts[bisect_right(posts, way * last, key=lambda post: way * _number(post)) :]
    shown = posts[:limit]
    return shown, _written("next_ts", _number(shown[-1])) if len(posts) > limit else ""


def _limit(arguments: Arguments, default: int, most: int) -> int:
    limit = arguments.number("limit", default)
    if not 0 <= limit <= most:
        raise SlackError("invalid_limit")
    return limit or default


def _number(post: Post) -> int:
    """Its ts without the point, as it stands in a cursor."""
    return int(Decimal(post.ts) * SECOND)


def _written(word: str, number: int) -> str:
    return base64.b64encode(f"{word}:{number}".encode()).decode()


def _read(cursor: str, wanted: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, digits = base64.b64decode(cursor, validate=True).decode().partition(":")
        number = int(digits)
    except ValueError as error:
        raise SlackError("invalid_cursor") from error
    if word != wanted or number < 0:
        raise SlackError("invalid_cursor")
    return number
