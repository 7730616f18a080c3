"""What a failed call of Microsoft's web services means: try again, look first, or give up. No word of its answer."""

import re
from typing import Any

import httpx

from bot.messenger import Limited, NotInChannel, NotSent, Refused, Unavailable, Unclear

_WAIT = 5.0
_MENDABLE_WAIT = 60.0
_TOO_MANY_REQUESTS, _SERVER_ERROR = 429, 500
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TIMEOUT, _PRECONDITION = 401, 403, 404, 408, 412
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,79}")
# The app is not in the channel's team, or an administrator has switched it off: an operator can mend it.
_NOT_THERE = {"BotNotInConversationRoster", "ConversationNotFound", "BotDisabledByAdmin"}


class Gone(Refused):
    """What was asked for is not there."""


class Forbidden(Refused):
    """We have not been given the right to it."""


class NotAccepted(Unavailable):
    """Our token was not taken: it is asked for anew before a second try."""


def meaning(answer: httpx.Response) -> NotSent:
    """Microsoft: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages.

    412, 502 and 504 are to be tried again, and what was asked for may have been done.
    """
    status, name = answer.status_code, code(answer)
    if status == _TOO_MANY_REQUESTS:
        return Limited("Microsoft asks to slow down", _seconds(answer))
    if status >= _SERVER_ERROR or status in {_TIMEOUT, _PRECONDITION}:
        return Unclear(name)
    if name in _NOT_THERE:
        return NotInChannel(name, _MENDABLE_WAIT)
    if status == _UNAUTHORIZED:
        return NotAccepted("Microsoft did not take dpbot's token", _MENDABLE_WAIT)
    if status == _NOT_FOUND:
        return Gone(name)
    return Forbidden(name) if status == _FORBIDDEN else Refused(name)


def silence(error: httpx.TransportError, *, repeatable: bool) -> NotSent:
    """No answer. Where no connection was made, nothing happened; what may be repeated is asked for again anyway."""
    why = f"no answer from Microsoft ({type(error).__name__})"
    if not repeatable and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return Unavailable(why, _WAIT)
    return Unclear(why)


def code(answer: httpx.Response) -> str:
    """Microsoft's word for what was wrong; its sentence may hold names or words, and is left out."""
    try:
        told: Any = answer.json()
    except ValueError:
        told = None
    error = told.get("error") if isinstance(told, dict) else None
    name = error.get("code") if isinstance(error, dict) else error
    return name if isinstance(name, str) and _CODE.fullmatch(name) else f"HTTP status {answer.status_code}"


def _seconds(answer: httpx.Response) -> float:
    wait = answer.headers.get("Retry-After", "")
    return float(wait) if wait.isascii() and wait.isdigit() else _WAIT
