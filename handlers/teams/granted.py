"""dpbot's own tokens for the Bot Connector and for Graph: asked for by msal, which keeps them while they last."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import httpx
import msal  # type: ignore[import-untyped]

from bot.messenger import Limited

log = logging.getLogger(__name__)
CONNECTOR = "https://api.botframework.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
_LOGIN = "https://login.microsoftonline.com"
_WAIT = 60.0
_TIMEOUT = 10.0
_TOO_MANY_REQUESTS, _SERVER_ERROR = 429, 500
Fields = dict[str, str] | None
# What an operator is to do where Microsoft gives no token, by its name for the reason.
_TO_DO = {
    "invalid_client": (
        "TEAMS_CLIENT_SECRET is not the secret of TEAMS_CLIENT_ID, or it has ended: put the value of a new one there"
    ),
    "unauthorized_client": (
        "TEAMS_TENANT_ID has no application TEAMS_CLIENT_ID: compare both with what the registration says"
    ),
    "invalid_request": "there is no tenant TEAMS_TENANT_ID: compare it with what the registration says",
    "silence": "its login does not answer: check the network, and TEAMS_URL where that is set; or try again later",
}


class NoToken(Limited):
    """Microsoft gives none, so nothing was asked for: it may give one later. `to_do` is for who runs dpbot."""

    def __init__(self, why: str) -> None:
        super().__init__("Microsoft gives dpbot no token", _WAIT)
        self.to_do = _TO_DO.get(why, f"{why}: compare the three TEAMS_ values with what the registration says")


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
        """What is no answer of a login is silence: a server that fails, a proxy's page."""
        place = url.replace(_LOGIN, self._login, 1) if url.startswith(_LOGIN) else url
        answer = httpx.request(method, place, params=params, data=data, headers=headers, timeout=_TIMEOUT)
        if answer.status_code == _TOO_MANY_REQUESTS or answer.status_code >= _SERVER_ERROR or not _is_object(answer):
            raise httpx.DecodingError("no answer of a login")
        return _Answer(answer.status_code, answer.text.replace(self._login, _LOGIN), answer.headers)


class Tokens:
    """`login`: another server than Microsoft's. A token is asked for once, however many wait for it."""

    def __init__(self, client: str, secret: str, tenant: str, login: str = "") -> None:
        self._client, self._secret, self._tenant = client, secret, tenant
        self._web = _Web(login or _LOGIN)
        self._app: Any = None  # msal has no types
        self._turn, self._had = asyncio.Lock(), False
        logging.getLogger("msal").setLevel(logging.WARNING)

    async def token(self, scope: str) -> str:
        """NoToken where Microsoft gives none."""
        async with self._turn:
            told = await asyncio.to_thread(self._ask, scope)
        token = told.get("access_token")
        if not isinstance(token, str) or not token:
            missing = NoToken(str(told.get("error") or "it gives no reason"))
            if self._had:  # at first whoever starts dpbot is told
                log.warning("%s: %s.", missing, missing.to_do)
            raise missing
        self._had = True
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
        except httpx.HTTPError:
            return {"error": "silence"}
        except ValueError:  # msal says so where the tenant has no login
            return {"error": "invalid_request"}
        except Exception as error:  # noqa: BLE001 - it fails in many ways on what it does not expect
            return {"error": type(error).__name__}


def _is_object(answer: httpx.Response) -> bool:
    try:
        return isinstance(answer.json(), dict)
    except ValueError:
        return False
