"""A call's arguments, wherever Slack allows them: query, form or JSON body; values may be JSON in a string."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.text import whole


class Arguments:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {name: value for name, value in values.items() if name != "token"}

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        return self.text(name, str(default)).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise SlackError("invalid_arguments") from error

    def json_list(self, name: str, error: str = "invalid_arguments") -> list[Json] | None:
        parsed: list[Json] | None = self._parsed(name, list, error)
        return parsed

    def json_object(self, name: str, error: str = "invalid_arguments") -> Json | None:
        parsed: Json | None = self._parsed(name, dict, error)
        return parsed

    def _parsed(self, name: str, kind: type, error: str) -> Any:  # noqa: ANN401 (JSON, checked for its outer kind)
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            value = parsed(value) if isinstance(value, str) else value
        except ValueError as fault:
            raise SlackError(error) from fault
        if not isinstance(value, kind):
            raise SlackError(error)
        return value


async def read(request: web.Request) -> tuple[Arguments, str]:
    """The arguments and the token: from the header Authorization, else from the argument of that name."""
    values: Json = dict(request.query) | await _body(request)
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or str(values.get("token") or "")
    return Arguments(values), token


def parsed(words: str) -> Any:  # noqa: ANN401 (whatever JSON it is)
    """ValueError where it is no JSON, or is nested too deep to be read."""
    try:
        return whole(json.loads(words))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


async def _body(request: web.Request) -> Json:
    """Slack: invalid_charset, invalid_json, json_not_object, invalid_form_data."""
    is_json = request.content_type == "application/json"
    try:
        if not is_json:
            return dict(await request.post()) if request.method == "POST" else {}
        read = parsed(await request.text() or "{}")
    except LookupError as error:
        raise SlackError("invalid_charset") from error
    except ValueError as error:
        raise SlackError("invalid_json" if is_json else "invalid_form_data") from error
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read
