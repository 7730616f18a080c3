"""Text as Slack keeps it: control characters escaped, and the readable words of a message with blocks."""

import re
from collections.abc import Iterator
from typing import Any

MENTION = re.compile(r"(<@[UW][A-Z0-9]+(?:\|[^<>]*)?>)")
LINK = re.compile(
    r"""(https?://[^\s<>|]*[^\s<>|.,:;!?()\[\]'"“”‘’])"""
)  # what ends a sentence is no part of it (assumed)


def whole(value: Any) -> Any:  # noqa: ANN401 (JSON in, the same JSON out)
    """The same without lone halves of characters (surrogates), which could not be written out as UTF-8 later."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [whole(part) for part in value]
        case dict():
            return {whole(name): whole(part) for name, part in value.items()}
        case _:
            return value


def escape(words: str) -> str:
    """What Slack makes of a member's words. Slack: `&`, `<`, `>` become entities; a mention `<@U123>` stays."""
    return "".join(part if MENTION.fullmatch(part) else _entities(part) for part in MENTION.split(whole(words)))


def said(words: str) -> str:
    """A member's words in a message: escaped, and addresses marked as links, `<https://a.example>`."""
    return "".join(f"<{escape(part)}>" if LINK.fullmatch(part) else escape(part) for part in LINK.split(words))


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def readable(payload: object) -> str:
    """The fallback text, then every text found in the blocks, a line each, entities undone."""
    return unescape("\n".join(_texts(payload)))


def _entities(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _texts(payload: object) -> Iterator[str]:
    if isinstance(payload, list):
        for part in payload:
            yield from _texts(part)
    elif isinstance(payload, dict):
        for key, value in payload.items():
            if key == "text" and isinstance(value, str):
                yield value
            elif key == "errors" and isinstance(value, dict):  # a modal's answer: block -> what is wrong with it
                yield from (str(sentence) for sentence in value.values())
            else:
                yield from _texts(value)
