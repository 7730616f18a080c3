"""What a failed call of Slack's Web API means: try again, look first, or give up; and what an operator can do."""

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.messenger import Limited, NotInChannel, Refused, Unavailable, Unclear

_TOO_MANY_REQUESTS = 429
_RATE_LIMITED = {"ratelimited", "rate_limited"}
_SERVER_ERROR = 500
# An operator can mend these; the message waits (Slack: errors of chat.postMessage).
_MENDABLE = {
    "account_inactive",
    "invalid_auth",
    "is_archived",
    "missing_scope",
    "not_authed",
    "restricted_action",
    "token_expired",
    "token_revoked",
}
_MENDABLE_WAIT = 60.0
# Likewise. Slack calls a private channel that we are not in one that is not there.
_NOT_IN_CHANNEL = {"channel_not_found", "not_in_channel"}
# Slack cannot say whether it happened.
_UNCLEAR = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}

_LOOK = "Check the tokens, SLACK_API_URL and the network."
_TOKENS = (
    "Check SLACK_BOT_TOKEN, which begins with xoxb- (the app's page OAuth & Permissions), and SLACK_APP_TOKEN, which "
    "begins with xapp- (its page Basic Information)."
)
_AGAIN = "Install the app to the workspace again and put its new token into SLACK_BOT_TOKEN."
_ADVICE = {
    "invalid_auth": _TOKENS,
    "not_allowed_token_type": _TOKENS,
    "token_revoked": _AGAIN,
    "account_inactive": _AGAIN,
}


def advice(reason: str) -> str:
    """What an operator can do about it at start-up."""
    return _ADVICE.get(reason, _LOOK)


def meaning(answer: object) -> Refused | Unavailable | Unclear:
    if not isinstance(answer, AsyncSlackResponse):
        return Unclear("Slack's answer cannot be read")  # a proxy's page, say
    name = _name(answer)
    if answer.status_code == _TOO_MANY_REQUESTS or name in _RATE_LIMITED:
        wait = str(answer.headers.get("Retry-After", ""))
        return Limited("Slack asks to slow down", float(wait) if wait.isascii() and wait.isdigit() else 1.0)
    if answer.status_code >= _SERVER_ERROR or name in _UNCLEAR:
        return Unclear(name)
    if name in _NOT_IN_CHANNEL:
        return NotInChannel(name, _MENDABLE_WAIT)
    if name in _MENDABLE:
        return Unavailable(name, _MENDABLE_WAIT)
    return Refused(name)


def _name(answer: AsyncSlackResponse) -> str:
    data = answer.data if isinstance(answer.data, dict) else {}
    return str(data.get("error") or f"HTTP status {answer.status_code}")
