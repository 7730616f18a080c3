"""dpbot's own tokens for the Bot Connector and for Graph: asked for by msal, which keeps them while they last."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import httpx
import msal  # type: ignore[import-untyped]
from msal.exceptions import MsalError  # type: ignore[import-untyped]

from bot.messenger import Unavailable

CONNECTOR = "https://api.botframework.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
_LOGIN = "https://login.microsoftonline.com"
_WAIT = 60.0
_TIMEOUT = 10.0
Fields = dict[str, str] | None


@dataclass(frozen=True)
class _Answer:
    """What msal reads of an answer."""

    status_code: int
    text: str
    headers: httpx.Headers


class _Web:
    """msal's way to the network. It refuses http:// addresses, so a local server is put in Microsoft's place here."""

    def __init__(self, login: str) -> None:
        self._login = login

    def get(self, url: str, params: Fields = None, headers: Fields = None, **_more: object) -> _Answer:
        return self._ask("GET", url, params, None, headers)

    def post(
        self, url: str, params: Fields = None, data: Fields = None, headers: Fields = None, **_more: object
    ) -> _Answer:
        return self._ask("POST", url, params, data, headers)

    def close(self) -> None:
        """Nothing is kept open."""

    def _ask(self, method: str, url: str, params: Fields, data: Fields, headers: Fields) -> _Answer:
        place = url.replace(_LOGIN, self._login, 1) if url.startswith(_LOGIN) else url
        answer = httpx.request(method, place, params=params, data=data, headers=headers, timeout=_TIMEOUT)
        return _Answer(answer.status_code, answer.text.replace(self._login, _LOGIN), answer.headers)


class Tokens:
    """`login`: another server than Microsoft's. A token is asked for once, however many wait for it."""

    def __init__(self, client: str, secret: str, tenant: str, login: str = "") -> None:
        self._client, self._secret, self._tenant = client, secret, tenant
        self._web = _Web(login or _LOGIN)
        self._app: Any = None  # msal has no types
        self._turn = asyncio.Lock()
        logging.getLogger("msal").setLevel(logging.WARNING)

    async def token(self, scope: str) -> str:
        """Unavailable where Microsoft gives none; its text holds no secret."""
        async with self._turn:
            told = await asyncio.to_thread(self._ask, scope)
        token = told.get("access_token")
        if not isinstance(token, str):
            raise Unavailable(f"Microsoft gives dpbot no token ({told.get('error', 'no reason')})", _WAIT)
        return token

    async def drop(self) -> None:
        """The tokens were not accepted: the next are asked for anew."""
        async with self._turn:
            if self._app is not None:
                await asyncio.to_thread(self._app.remove_tokens_for_client)

    def _ask(self, scope: str) -> dict[str, Any]:
        try:
            if self._app is None:
                self._app = msal.ConfidentialClientApplication(
                    self._client,
                    client_credential=self._secret,
                    authority=f"{_LOGIN}/{self._tenant}",
                    http_client=self._web,
                )
            return dict(self._app.acquire_token_for_client([scope]) or {})
        except (httpx.HTTPError, MsalError, RuntimeError) as error:  # msal's own of what is not refused but failed
            return {"error": type(error).__name__}
        except ValueError:  # msal says so too where it cannot read the answer
            return {"error": "there is no such tenant, or no login"}
