"""One call of Microsoft's web services: its answer, or why there is none. Nothing is repeated by itself."""

from typing import Any

import httpx

from bot.messenger import Payload, Unclear
from handlers.teams import failures
from handlers.teams.granted import Tokens

_TIMEOUT = 10.0
Told = dict[str, Any]


class Calls:
    """The Bot Connector and Graph, each with its own token. No connection is kept open, so none has to be closed."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, limits=httpx.Limits(max_keepalive_connections=0))

    async def get(self, scope: str, address: str) -> Told:
        return await self._made("GET", scope, address, None)

    async def post(self, scope: str, address: str, body: Payload) -> Told:
        return await self._made("POST", scope, address, body)

    async def put(self, scope: str, address: str, body: Payload) -> Told:
        return await self._made("PUT", scope, address, body)

    async def _made(self, method: str, scope: str, address: str, body: Payload | None) -> Told:
        """A token that was not taken is renewed once."""
        try:
            return await self._once(method, scope, address, body)
        except failures.NotAccepted:
            await self._tokens.drop()
            return await self._once(method, scope, address, body)

    async def _once(self, method: str, scope: str, address: str, body: Payload | None) -> Told:
        headers = {"Authorization": f"Bearer {await self._tokens.token(scope)}"}
        try:
            answer = await self._client.request(method, address, json=body, headers=headers)
        except httpx.TransportError as error:
            raise failures.silence(error, repeatable=method != "POST") from None
        if not answer.is_success:
            raise failures.meaning(answer)
        return _object(answer, method)


def _object(answer: httpx.Response, method: str) -> Told:
    """Only a PUT may be answered with nothing."""
    try:
        told = answer.json()
    except ValueError:
        told = None
    if isinstance(told, dict):
        return told
    if method == "PUT":
        return {}
    raise Unclear("Microsoft's answer cannot be read")  # a proxy's page, say
