"""Slack behind the Messenger port: Web API calls, and what their failures mean."""

from collections.abc import AsyncIterator, Awaitable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain import Speaker
from bot.errors import UserError
from bot.messenger import Payload, Refused, Unavailable, Unclear
from handlers.slack.text import PLATFORM

# What the bot token must be allowed; deploy/slack-manifest.yaml says why, and a test holds the two together.
SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "pins:write",
        "reactions:read",
        "users:read",
        "users:read.email",
    }
)
T = TypeVar("T")
METADATA_TYPE = "dpbot_outbox"
_PAGE = 200
_TOO_MANY_REQUESTS = 429
_RATE_LIMITED = {"ratelimited", "rate_limited"}
_SERVER_ERROR = 500
# An operator can mend these; the message waits (Slack: errors of chat.postMessage).
_MENDABLE = {
    "account_inactive",
    "channel_not_found",
    "invalid_auth",
    "is_archived",
    "missing_scope",
    "not_authed",
    "not_in_channel",
    "restricted_action",
    "token_expired",
    "token_revoked",
}
_MENDABLE_WAIT = 60.0
# Slack cannot say whether it happened.
_UNCLEAR = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


def web_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A client that never repeats a call by itself: a lost answer to chat.postMessage would post twice."""
    return AsyncWebClient(token=token, base_url=api_url, retry_handlers=[], timeout=30)


class SlackMessenger:
    """Implements `bot.messenger.Messenger`. `resolve` must have found the channels before anything is sent."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.identity = AuthorizeResult(enterprise_id=None, team_id=None)
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}

    async def resolve(self, names: set[str], private: str) -> None:
        """Check token and scopes, and find the channels that config.toml names, one of which must be private.

        UserError says what to do.
        """
        hello = await accepted(self.client.auth_test())
        self.identity = AuthorizeResult.from_auth_test_response(auth_test_response=hello, bot_token=self.client.token)
        granted = {scope.strip() for scope in str(hello.headers.get("x-oauth-scopes", "")).split(",")}
        if missing := SCOPES - granted:
            raise UserError(
                f"The Slack app lacks the scopes {', '.join(sorted(missing))}: add them as in "
                "deploy/slack-manifest.yaml and install the app to the workspace again."
            )
        async for channel in self._channels():
            words = sorted(names & {channel["id"], channel["name"]})
            if words:
                self._keep(channel, words, private)
        if unknown := names - set(self._ids):
            raise UserError(
                f"Slack has no channel {', '.join(sorted(unknown))} that dpbot can see: check [[channels]] and [secas] "
                "in config.toml, and invite dpbot to private channels with /invite."
            )

    def _keep(self, channel: dict[str, Any], words: list[str], private: str) -> None:
        """A channel that config.toml names; UserError where dpbot cannot use it so."""
        if len(words) > 1:
            raise UserError(f"config.toml names the Slack channel {' and '.join(words)} twice: keep one of them.")
        word = words[0]
        if not channel.get("is_member"):
            raise UserError(f"dpbot is not in the Slack channel {word}: invite it there with /invite.")
        if word == private and not channel.get("is_private"):
            raise UserError(f"The Slack channel {word} of [secas] is open to everybody: make it private.")
        self._names[channel["id"]] = word
        self._ids |= dict.fromkeys((channel["id"], channel["name"]), channel["id"])

    @property
    def names(self) -> Mapping[str, str]:
        """The channels of config.toml: how it names each, by Slack's id and by Slack's name."""
        return {key: self._names[channel] for key, channel in self._ids.items()}

    def name_of(self, channel: str) -> str | None:
        """The channel as config.toml names it; None for one that is not ours."""
        return self._names.get(channel)

    async def channel_id(self, name: str) -> str:
        return self._ids.get(name, name)

    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": key}}
        call = self.client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
            **_parts(payload),
        )
        return str((await answered(call))["ts"])

    async def find_post(self, channel: str, thread: str | None, key: str, since: datetime) -> str | None:
        async for message in self._messages(channel, thread, since):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == METADATA_TYPE and metadata["event_payload"].get("key") == key:
                return str(message["ts"])
        return None

    async def link(self, channel: str, message: str) -> str | None:
        answer = await answered(self.client.chat_getPermalink(channel=channel, message_ts=message))
        return str(answer["permalink"])

    async def update(self, channel: str, message: str, payload: Payload) -> None:
        await answered(self.client.chat_update(channel=channel, ts=message, **_parts(payload)))

    async def pin(self, channel: str, message: str) -> None:
        try:
            await answered(self.client.pins_add(channel=channel, timestamp=message))
        except Refused as refusal:
            if str(refusal) != "already_pinned":
                raise

    async def whisper(self, channel: str, thread: str | None, person: str, payload: Payload) -> None:
        await answered(
            self.client.chat_postEphemeral(channel=channel, thread_ts=thread, user=person, **_parts(payload))
        )

    async def upload(self, channel: str, name: str, content: bytes, comment: str) -> None:
        await answered(
            self.client.files_upload_v2(
                channel=channel, filename=name, title=name, content=content, initial_comment=comment
            )
        )

    async def has_file(self, channel: str, name: str, since: datetime) -> bool:
        async for message in self._messages(channel, None, since):
            if any(file.get("name") == name for file in message.get("files") or []):
                return True
        return False

    async def thread_of(self, channel: str, message: str) -> str | None:
        """A reply's own timestamp finds it, with its thread (conversations.history would return a neighbour)."""
        call = self.client.conversations_replies(channel=channel, ts=message, limit=_PAGE)
        try:
            answer = await answered(call)
        except Refused as refusal:
            if str(refusal) != "thread_not_found":
                raise
            return None
        messages = answer.get("messages") or []
        return str(messages[0].get("thread_ts") or messages[0]["ts"]) if messages else None

    async def describe(self, person: str) -> Speaker | None:
        """Slack says of an address whether it was confirmed; one that was not could be anybody's."""
        user = (await answered(self.client.users_info(user=person)))["user"]
        if user.get("is_bot"):
            return None
        profile = user.get("profile") or {}
        email = profile.get("email") if user.get("is_email_confirmed", True) else None
        return Speaker(PLATFORM, person, email or None, profile.get("real_name") or user.get("real_name"))

    async def open_modal(self, trigger: str, view: Payload) -> None:
        """Slack: a trigger lives 3 seconds."""
        await answered(self.client.views_open(trigger_id=trigger, view=cast("dict[str, Any]", view)))

    async def _channels(self) -> AsyncIterator[dict[str, Any]]:
        cursor = None
        while cursor != "":
            call = self.client.conversations_list(
                types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
            )
            answer = await accepted(call)
            for channel in answer["channels"]:
                yield channel
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""

    async def _messages(self, channel: str, thread: str | None, since: datetime) -> AsyncIterator[dict[str, Any]]:
        """Messages of a channel or thread since then, with metadata. Our clock and Slack's may differ a little."""
        oldest, cursor = f"{since.timestamp() - 60:.6f}", None
        while cursor != "":
            page: dict[str, Any] = {"oldest": oldest, "limit": _PAGE, "cursor": cursor, "include_all_metadata": True}
            if thread is None:
                call = self.client.conversations_history(channel=channel, **page)
            else:
                call = self.client.conversations_replies(channel=channel, ts=thread, **page)
            answer = await answered(call)
            for message in answer.get("messages") or []:
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""


async def accepted(call: Awaitable[T]) -> T:
    """A call at start-up: whatever fails is for the operator to mend now, in a UserError."""
    try:
        return await answered(call)
    except (Refused, Unavailable, Unclear) as error:
        raise UserError(f"Slack did not accept dpbot: {error}. {_ADVICE.get(str(error), _LOOK)}") from None


async def answered(call: Awaitable[T]) -> T:
    """A call's answer; Refused, Unavailable or Unclear where there is none."""
    try:
        return await call
    except SlackApiError as error:
        raise _meaning(error.response) from None
    except SlackRequestError:
        raise Unclear("Slack did not take a file's bytes") from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unclear(f"no answer from Slack ({type(error).__name__})") from None


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


def _meaning(answer: object) -> Refused | Unavailable | Unclear:
    if not isinstance(answer, AsyncSlackResponse):
        return Unclear("Slack's answer cannot be read")  # a proxy's page, say
    name = _name(answer)
    if answer.status_code == _TOO_MANY_REQUESTS or name in _RATE_LIMITED:
        wait = str(answer.headers.get("Retry-After", ""))
        return Unavailable("Slack asks to slow down", float(wait) if wait.isascii() and wait.isdigit() else 1.0)
    if answer.status_code >= _SERVER_ERROR or name in _UNCLEAR:
        return Unclear(name)
    if name in _MENDABLE:
        return Unavailable(name, _MENDABLE_WAIT)
    return Refused(name)


def _name(answer: AsyncSlackResponse) -> str:
    data = answer.data if isinstance(answer.data, dict) else {}
    return str(data.get("error") or f"HTTP status {answer.status_code}")


def _parts(payload: Payload) -> dict[str, Any]:
    return {"text": payload.get("text"), "blocks": payload.get("blocks")}
