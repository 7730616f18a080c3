"""Signed HTTP: events as JSON, commands and interactions as forms, to the app's own address.

Slack: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from handlers.sandbox.basics import Json
from handlers.sandbox.deliveries import Delivery, NotAcknowledged

FORM = "application/x-www-form-urlencoded"


class Push:
    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        self._session = session
        self._url = url
        self._secret = secret

    async def carry(self, delivery: Delivery) -> Json | None:
        """Slack: HTTP 200 acknowledges; anything else, or no answer, is a failed attempt."""
        content_type, body = _body(delivery)
        headers = {"Content-Type": content_type} | signature(self._secret, body, int(time.time())) | _retry(delivery)
        try:
            async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as response:
                if response.status != 200:  # noqa: PLR2004 (HTTP's own number)
                    raise NotAcknowledged("http_error")
                return _answer(response.content_type, await response.text())
        except aiohttp.ClientError as error:
            raise NotAcknowledged("connection_failed") from error


def signature(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The headers that prove it comes from the workspace. Slack: v0 = HMAC SHA256 of "v0:timestamp:body"."""
    digest = hmac.new(secret.encode(), b"v0:%d:%b" % (timestamp, body), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def _body(delivery: Delivery) -> tuple[str, bytes]:
    if delivery.kind == "command":
        return FORM, urlencode(delivery.payload).encode()
    written = json.dumps(delivery.payload, ensure_ascii=False)
    if delivery.kind == "interactive":
        return FORM, urlencode({"payload": written}).encode()
    return "application/json", written.encode()


def _retry(delivery: Delivery) -> dict[str, str]:
    if delivery.attempts == 1:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.attempts - 1), "X-Slack-Retry-Reason": delivery.failure}


def _answer(content_type: str, body: str) -> Json | None:
    if not body:
        return None
    if content_type != "application/json":
        return {"text": body}
    try:
        read = json.loads(body)
    except ValueError as error:
        raise NotAcknowledged("http_error") from error
    return read if isinstance(read, dict) else None
