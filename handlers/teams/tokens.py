"""Whether an activity comes from Microsoft: its token, checked as the Bot Connector's documents ask, and no other kind.

Microsoft: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "Authenticate
requests from the Bot Connector service to your bot". The SDK's own check takes tokens of any tenant too, and waits for
keys with the whole program.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt

log = logging.getLogger(__name__)

KEYS = "https://login.botframework.com/v1/.well-known/keys"
ISSUER = "https://api.botframework.com"
_CHANNEL = "msteams"
_LEEWAY = 300  # seconds that clocks may differ
_FRESH = 24 * 3600.0  # Microsoft: keys may be kept a day
_COOLDOWN = 30.0  # before keys are asked for again, whoever sends tokens with keys that nobody knows
_PATIENCE = 10.0
_NEEDED = ["exp", "iss", "aud", "serviceurl"]


class NotTrusted(Exception):
    """It does not come from Microsoft, or not for us. Its text holds nothing of the token."""


class NoKeys(Exception):
    """Microsoft's keys could not be had, so nobody knows: it should come again."""


class Inbound:
    """`client_id`: whom a token must be meant for. `keys`: where Microsoft publishes its keys."""

    def __init__(self, client_id: str, keys: str = KEYS, clock: Callable[[], float] = time.monotonic) -> None:
        self._client_id, self._address, self._clock = client_id, keys, clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched, self._asked = -_FRESH, -_FRESH
        self._turn = asyncio.Lock()

    async def check(self, header: str, service_url: object) -> str:
        """The token of an `Authorization` header, for an activity that says it came from this address."""
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token:
            raise NotTrusted("no bearer token")
        try:
            key = await self._key(jwt.get_unverified_header(token).get("kid"))
            claims = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._client_id,
                issuer=ISSUER,
                leeway=_LEEWAY,
                options={"require": _NEEDED},
            )
        except (jwt.InvalidTokenError, UnicodeError) as error:
            raise NotTrusted(type(error).__name__) from None
        if not isinstance(service_url, str) or _bare(claims["serviceurl"]) != _bare(service_url):
            raise NotTrusted("another service address")
        return token

    async def _key(self, name: object) -> jwt.PyJWK:
        """The key of this name; asked for anew where it is not known, or what is known is old."""
        async with self._turn:
            now = self._clock()
            stale = name not in self._keys or now - self._fetched > _FRESH
            if stale and now - self._asked > _COOLDOWN:
                await self._fetch(now)
        if not self._keys:
            raise NoKeys
        if not isinstance(name, str) or name not in self._keys:
            raise NotTrusted("unknown key")
        return self._keys[name]

    async def _fetch(self, now: float) -> None:
        """Where Microsoft does not answer, what it said before serves; where it never did, it is asked each time."""
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE) as client:
                told = (await client.get(self._address)).raise_for_status().json()
            self._keys = {each["kid"]: jwt.PyJWK(each) for each in told["keys"] if _is_for_teams(each)}
        except (httpx.HTTPError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
            log.warning("Microsoft's keys could not be had (%s).", type(error).__name__)
            self._asked = now if self._keys else self._asked
            return
        self._fetched = self._asked = now


def _is_for_teams(key: dict[str, Any]) -> bool:
    """A key that says for which channels it signs must say ours (Microsoft: endorsements)."""
    return _CHANNEL in key.get("endorsements", [_CHANNEL])


def _bare(address: object) -> str:
    return str(address).rstrip("/")
