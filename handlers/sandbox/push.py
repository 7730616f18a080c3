"""Signed HTTP: events as JSON, commands and interactions as forms, to the app's own address.

Slack: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import json
import secrets
import time
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode

import aiohttp

from handlers.sandbox.basics import Json
from handlers.sandbox.deliveries import Delivery, NotAcknowledged

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class Push:
    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        self._session = session
        self._url = url
        self._secret = secret

    async def carry(self, delivery: Delivery) -> Json | None:
        """Slack: any 2xx acknowledges an event, 200 the rest; all else, or no answer, is a failed attempt.

        A failed attempt whose answer has the header `X-Slack-No-Retry: 1` is the last one.
        """
        content_type, body = _body(delivery)
        try:
            async with self._post(content_type, body, _retry(delivery)) as response:
                taken = response.ok if delivery.kind == "event" else response.status == HTTPStatus.OK
                if not taken or response.status >= HTTPStatus.MULTIPLE_CHOICES:
                    raise NotAcknowledged("http_error", again=response.headers.get("X-Slack-No-Retry") != "1")
                return _answer(response.content_type, await response.text())
        except aiohttp.ClientError as error:
            raise NotAcknowledged("connection_failed") from error

    async def verify(self, token: str) -> bool:
        """Whether the address answers a challenge with the challenge: as text, form or JSON.

        Slack: docs.slack.dev/reference/events/url_verification. It asks once, when the address is set.
        """
        challenge = secrets.token_urlsafe(32)
        asked = {"token": token, "challenge": challenge, "type": "url_verification"}
        try:
            async with self._post(JSON, json.dumps(asked).encode(), {}) as response:
                return response.ok and challenge in _echoes(await response.text())
        except aiohttp.ClientError:
            return False

    def _post(self, content_type: str, body: bytes, headers: dict[str, str]) -> "aiohttp.client._RequestContextManager":
        signed = {"Content-Type": content_type} | signature(self._secret, body, int(time.time())) | headers
        return self._session.post(self._url, data=body, headers=signed, allow_redirects=False)


def signature(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The headers that prove it comes from the workspace. Slack: v0 = HMAC SHA256 of "v0:timestamp:body"."""
    digest = hmac.new(secret.encode(), b"v0:%d:%b" % (timestamp, body), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def _body(delivery: Delivery) -> tuple[str, bytes]:
    if delivery.kind == "command":
        return FORM, urlencode(delivery.payload).encode()
    if delivery.kind == "interactive":
        return FORM, urlencode({"payload": delivery.body}).encode()
    return JSON, delivery.body.encode()


def _retry(delivery: Delivery) -> dict[str, str]:
    if delivery.attempts == 1:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.attempts - 1), "X-Slack-Retry-Reason": delivery.failure}


def _echoes(body: str) -> list[str]:
    try:
        read = json.loads(body)
    except ValueError:
        return [body.strip(), *parse_qs(body.strip()).get("challenge", [])]
    return [str(read.get("challenge"))] if isinstance(read, dict) else []


def _answer(content_type: str, body: str) -> Json | None:
    if not body:
        return None
    if content_type != JSON:
        return {"text": body}
    try:
        read = json.loads(body)
    except ValueError as error:
        raise NotAcknowledged("http_error") from error
    return read if isinstance(read, dict) else None
