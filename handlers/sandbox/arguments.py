"""A call's arguments, wherever Slack allows them: query, form or JSON body; values may be JSON in a string."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from handlers.sandbox.basics import Json, SlackError


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
            value = json.loads(value) if isinstance(value, str) else value
        except ValueError as fault:
            raise SlackError(error) from fault
        if not isinstance(value, kind):
            raise SlackError(error)
        return value


async def read(request: web.Request) -> tuple[Arguments, str]:
    """The arguments and the token: from the header Authorization, else from the argument of that name."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        values |= _json(await request.text())
    elif request.method == "POST":
        values |= dict(await request.post())
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or str(values.get("token") or "")
    return Arguments(values), token


def _json(body: str) -> Json:
    try:
        read = json.loads(body or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read
